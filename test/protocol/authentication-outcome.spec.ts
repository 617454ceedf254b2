import { readOutcome, type AuthenticationAnswer } from '../../lib/protocol/authentication-outcome.js';

const NOW = 1_700_000_000_000;

describe('readOutcome', () => {
  it('reads tokens', () => {
    const answer = {
      AuthenticationResult: { AccessToken: 'access', IdToken: 'id', RefreshToken: 'refresh', ExpiresIn: 3600 },
    };

    expect(readOutcome(answer, 'ann', NOW)).toEqual({
      status: 'AUTHENTICATED',
      tokens: {
        accessToken: 'access',
        idToken: 'id',
        refreshToken: 'refresh',
        expiresAt: NOW + 3_600_000,
        tokenType: 'Bearer',
      },
    });
  });

  it('reads the expiry from the access token when the answer does not say it', () => {
    const claims = Buffer.from(JSON.stringify({ exp: 1_700_000_300 })).toString('base64url');
    const answer = { AuthenticationResult: { AccessToken: `e30.${claims}.c2ln`, IdToken: 'id' } };

    expect(readOutcome(answer, 'ann', NOW)).toMatchObject({ tokens: { expiresAt: 1_700_000_300_000 } });
  });

  it('reads a new device', () => {
    const answer = {
      AuthenticationResult: {
        AccessToken: 'access',
        IdToken: 'id',
        ExpiresIn: 3600,
        NewDeviceMetadata: { DeviceKey: 'key', DeviceGroupKey: 'group' },
      },
    };

    expect(readOutcome(answer, 'ann', NOW)).toMatchObject({ newDevice: { key: 'key', groupKey: 'group' } });
  });

  const delivery = { CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS', CODE_DELIVERY_DESTINATION: '+*******9934' };
  const srp = { SALT: '0a', SRP_B: '0b', SECRET_BLOCK: 'AAAA' };

  it.each<[string, Record<string, string>, object]>([
    ['ADMIN_NO_SRP_AUTH', {}, {}],
    ['CUSTOM_CHALLENGE', { USERNAME: 'ann', question: 'Which?' }, { question: 'Which?' }],
    [
      'DEVICE_PASSWORD_VERIFIER',
      { ...srp, DEVICE_KEY: 'key' },
      { salt: '0a', serverPublic: '0b', secretBlock: 'AAAA', deviceKey: 'key' },
    ],
    ['DEVICE_SRP_AUTH', {}, {}],
    [
      'EMAIL_OTP',
      { ...delivery, CODE_DELIVERY_DELIVERY_MEDIUM: 'EMAIL' },
      { medium: 'EMAIL', destination: '+*******9934' },
    ],
    ['MFA_SETUP', { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' }, { choices: ['SOFTWARE_TOKEN_MFA'] }],
    [
      'NEW_PASSWORD_REQUIRED',
      { requiredAttributes: '["userAttributes.name","email"]', userAttributes: '{"email_verified":"true"}' },
      { requiredAttributes: ['name', 'email'], userAttributes: { email_verified: 'true' } },
    ],
    ['NEW_PASSWORD_REQUIRED', {}, { requiredAttributes: [], userAttributes: {} }],
    ['PASSWORD', {}, {}],
    ['PASSWORD_SRP', {}, {}],
    [
      'PASSWORD_VERIFIER',
      { ...srp, USER_ID_FOR_SRP: 'ann' },
      { salt: '0a', serverPublic: '0b', secretBlock: 'AAAA', userId: 'ann' },
    ],
    ['SELECT_CHALLENGE', {}, { choices: ['PASSWORD', 'EMAIL_OTP'] }],
    ['SELECT_MFA_TYPE', { MFAS_CAN_CHOOSE: '["SMS_MFA","EMAIL_OTP"]' }, { choices: ['SMS_MFA', 'EMAIL_OTP'] }],
    ['SMS_MFA', delivery, { medium: 'SMS', destination: '+*******9934' }],
    ['SMS_OTP', delivery, { medium: 'SMS', destination: '+*******9934' }],
    ['SOFTWARE_TOKEN_MFA', { FRIENDLY_DEVICE_NAME: 'phone' }, { deviceName: 'phone' }],
    [
      'WEB_AUTHN',
      { CREDENTIAL_REQUEST_OPTIONS: '{"challenge":"abc"}' },
      { credentialRequestOptions: { challenge: 'abc' } },
    ],
  ])('reads %s with %j', (ChallengeName, ChallengeParameters, parameters) => {
    const AvailableChallenges = ['PASSWORD', 'EMAIL_OTP'];
    const answer: AuthenticationAnswer = {
      ChallengeName,
      ChallengeParameters,
      AvailableChallenges,
      Session: 'session',
    };

    const outcome = readOutcome(answer, 'ann', NOW);

    const challenge = { name: ChallengeName, username: 'ann', session: 'session', parameters };
    expect(outcome).toEqual({ status: 'CHALLENGE', challenge });
    expect(JSON.parse(JSON.stringify(outcome))).toEqual(outcome);
  });

  it.each([
    [{ USERNAME: 'internal', USER_ID_FOR_SRP: 'other' }, 'internal'],
    [{ USER_ID_FOR_SRP: 'internal' }, 'internal'],
    [{}, 'typed'],
  ])('answers on under the name in %j', (ChallengeParameters, username) => {
    const outcome = readOutcome({ ChallengeName: 'SMS_MFA', ChallengeParameters }, 'typed', NOW);

    expect(outcome).toMatchObject({ challenge: { username } });
  });
});
