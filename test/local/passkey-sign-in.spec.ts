import type { CredentialRequestOptionsJson } from '../../lib/protocol/web-authn.js';
import { type AuthenticatorBehaviour, SoftwareAuthenticator } from '../support/software-authenticator.js';
import { type Answer, ChoiceSignIn, claimsOf } from './choice-service.js';
import { type LocalService, startLocalService } from './local-service.js';
import { CHOICE_POOL, passwordToken, registerPasskey } from './passkey-service.js';

const PASSWORD = 'Correct-Horse-9';
const REFUSED = { name: 'NotAuthorizedException', message: 'Incorrect username or password.' };
const NO_CREDENTIAL = { name: 'InvalidParameterException', message: 'Credential data is not valid' };

describe.each(['public', 'secret'])('sign-in with a passkey through a %s client', (client) => {
  let service: LocalService;
  let authenticator: SoftwareAuthenticator;

  beforeEach(async () => {
    const users = ['ann', 'bob'].map((username) => ({ username, password: PASSWORD }));
    service = await startLocalService({ pools: [{ name: 'choice', ...CHOICE_POOL, users }] });
    authenticator = await withPasskey('ann');
  });

  afterEach(() => service.stop());

  async function withPasskey(username: string): Promise<SoftwareAuthenticator> {
    const token = await passwordToken(service.sdk, service.cognito.pool().client('public').id, username, PASSWORD);
    const made = new SoftwareAuthenticator();
    await registerPasskey(service.sdk, token, made);
    return made;
  }

  function signIn(username = 'ann'): ChoiceSignIn {
    return new ChoiceSignIn(service.sdk, service.cognito.pool().client(client), username);
  }

  function preferred(): Promise<Answer> {
    return signIn().start({ PREFERRED_CHALLENGE: 'WEB_AUTHN' });
  }

  function prove(challenge: Answer, behaviour?: AuthenticatorBehaviour, by = authenticator) {
    return signIn().answer(challenge, { CREDENTIAL: JSON.stringify(by.get(optionsOf(challenge), behaviour)) });
  }

  it('asks for a passkey of the user', async () => {
    const challenge = await preferred();
    expect(challenge).toMatchObject({ ChallengeName: 'WEB_AUTHN', AvailableChallenges: ['WEB_AUTHN'] });
    expect(optionsOf(challenge)).toEqual({
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      timeout: 60000,
      rpId: 'localhost',
      allowCredentials: [{ type: 'public-key', id: authenticator.credentials[0]?.id, transports: ['internal'] }],
      userVerification: 'preferred',
    });
  });

  it('accepts it', async () => {
    const { AuthenticationResult } = await prove(await preferred());
    expect(claimsOf(AuthenticationResult?.AccessToken)).toMatchObject({
      username: 'ann',
      acr: 'urn:cognito:loa:3',
      amr: ['hwk'],
    });
  });

  it('accepts it after a choice, with a key of any algorithm, from a subdomain', async () => {
    authenticator = new SoftwareAuthenticator({ algorithm: 'RS256', origin: 'http://app.localhost:8080' });
    const token = await passwordToken(service.sdk, service.cognito.pool().client('public').id, 'bob', PASSWORD);
    await registerPasskey(service.sdk, token, authenticator);
    const flow = signIn('bob');
    const challenge = await flow.answer(await flow.start(), { ANSWER: 'WEB_AUTHN' });
    const CREDENTIAL = JSON.stringify(authenticator.get(optionsOf(challenge)));
    expect((await flow.answer(challenge, { CREDENTIAL })).AuthenticationResult).toBeDefined();
  });

  it('accepts it without user verification if that is only preferred', async () => {
    expect((await prove(await preferred(), { userVerified: false })).AuthenticationResult).toBeDefined();
  });

  it.each<[string, AuthenticatorBehaviour]>([
    ['another origin', { origin: 'https://evil.example' }],
    ['another relying party', { rpId: 'example.org' }],
    ['another challenge', { challenge: 'AAAA' }],
    ['a registration in place of a sign-in', { type: 'webauthn.create' }],
    ['nobody present', { userPresent: false }],
  ])('rejects %s', async (_case, behaviour) => {
    await expect(prove(await preferred(), behaviour)).rejects.toMatchObject(REFUSED);
  });

  it('rejects the passkey of another user', async () => {
    const bobs = await withPasskey('bob');
    const challenge = await preferred();
    const options = { ...optionsOf(challenge), allowCredentials: undefined };
    const CREDENTIAL = JSON.stringify(bobs.get(options as unknown as CredentialRequestOptionsJson));
    await expect(signIn().answer(challenge, { CREDENTIAL })).rejects.toMatchObject(REFUSED);
  });

  it('rejects an invalid signature, a foreign user handle and a copied authenticator', async () => {
    const challenge = await preferred();
    const good = authenticator.get(optionsOf(challenge));
    const forged = { ...good, response: { ...good.response, signature: Buffer.from('no').toString('base64url') } };
    await expect(signIn().answer(challenge, { CREDENTIAL: JSON.stringify(forged) })).rejects.toMatchObject(REFUSED);

    const again = await preferred();
    const theirs = authenticator.get(optionsOf(again));
    const foreign = { ...theirs, response: { ...theirs.response, userHandle: 'AAAA' } };
    await expect(signIn().answer(again, { CREDENTIAL: JSON.stringify(foreign) })).rejects.toMatchObject(REFUSED);

    await prove(await preferred());
    for (const credential of authenticator.credentials) {
      credential.counter = 0;
    }
    await expect(prove(await preferred())).rejects.toMatchObject(REFUSED);
  });

  it.each([
    ['no JSON', 'passkey'],
    ['no credential', '{}'],
    [
      'a credential without a signature',
      '{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"AA"}}',
    ],
  ])('rejects %s', async (_case, CREDENTIAL) => {
    await expect(signIn().answer(await preferred(), { CREDENTIAL })).rejects.toMatchObject(NO_CREDENTIAL);
  });

  it('rejects an answer without a credential', async () => {
    await expect(signIn().answer(await preferred(), {})).rejects.toThrow('Missing required parameter CREDENTIAL');
  });

  it('rejects the same answer twice', async () => {
    const challenge = await preferred();
    const credential = { CREDENTIAL: JSON.stringify(authenticator.get(optionsOf(challenge))) };
    await signIn().answer(challenge, credential);
    await expect(signIn().answer(challenge, credential)).rejects.toThrow('session can only be used once');
    await expect(signIn().answer(await preferred(), credential)).rejects.toMatchObject(REFUSED);
  });
});

function optionsOf({ ChallengeParameters }: Answer): CredentialRequestOptionsJson {
  return JSON.parse(ChallengeParameters?.['CREDENTIAL_REQUEST_OPTIONS'] ?? '') as CredentialRequestOptionsJson;
}
