/** Values that several examples show, so that the examples of one document belong together. */
export const EXAMPLE = {
  sub: '5a8c0f7e-2d3b-4c1a-9e6f-0b1c2d3e4f5a',
  accessToken: 'eyJraWQi.eyJzdWIi.c2lnbmF0dXJl',
  idToken: 'eyJraWQi.eyJhdWQi.c2lnbmF0dXJl',
  refreshToken: 'eyJjdHkiOiJKV1Qi.a2V5.aXY.Y29udGVudA.dGFn',
  deviceKey: 'eu-west-1_5ac3f0d2-1111-2222-3333-444455556666',
  challengeSession: 'AYABeExampleSessionOfTheChallenge',
  signUpSession: 'AYABeExampleSessionOfTheSignUp',
  destination: 'a***@e***',
  credentialId: 'KEDetxZcUfinhVi6Za5nZQ',
  webAuthnChallenge: 'Y2hhbGxlbmdlLW9mLXRoZS1zZXJ2ZXI',
} as const;
