import {
  CompleteWebAuthnRegistrationCommand,
  DeleteWebAuthnCredentialCommand,
  ListWebAuthnCredentialsCommand,
  StartWebAuthnRegistrationCommand,
} from '@aws-sdk/client-cognito-identity-provider';

import { type AuthenticatorBehaviour, SoftwareAuthenticator } from '../support/software-authenticator.js';
import { type LocalService, startLocalService } from './local-service.js';
import { CHOICE_POOL, passwordToken, registerPasskey, startPasskey } from './passkey-service.js';

const PASSWORD = 'Correct-Horse-9';
const ann = { username: 'ann', password: PASSWORD, attributes: { email: 'ann@example.com' } };

describe('passkeys of the signed-in user', () => {
  let service: LocalService;
  let accessToken: string;

  beforeEach(async () => {
    service = await startLocalService({
      pools: [
        { name: 'choice', ...CHOICE_POOL, users: [ann], clients: [{ name: 'one' }, { name: 'two' }] },
        { name: 'passwords', users: [ann], webAuthn: { RelyingPartyId: 'localhost' } },
        { name: 'no-party', users: [ann], Policies: CHOICE_POOL.Policies ?? {} },
        {
          name: 'verified',
          users: [ann],
          ...CHOICE_POOL,
          webAuthn: { RelyingPartyId: 'example.com', UserVerification: 'required' },
        },
      ],
    });
    accessToken = await tokenOf('choice');
  });

  afterEach(() => service.stop());

  function tokenOf(pool: string, client?: string): Promise<string> {
    return passwordToken(service.sdk, service.cognito.pool(pool).client(client).id, 'ann', PASSWORD);
  }

  function complete(credential: object, token = accessToken) {
    return service.sdk.send(
      new CompleteWebAuthnRegistrationCommand({ AccessToken: token, Credential: credential as Record<string, string> }),
    );
  }

  async function answer(behaviour: AuthenticatorBehaviour = {}, token = accessToken) {
    return new SoftwareAuthenticator().create(await startPasskey(service.sdk, token), behaviour);
  }

  function list(input: { MaxResults?: number; NextToken?: string } = {}) {
    return service.sdk.send(new ListWebAuthnCredentialsCommand({ AccessToken: accessToken, ...input }));
  }

  it('start with options for the browser', async () => {
    const options = await startPasskey(service.sdk, accessToken);
    expect(options).toEqual({
      authenticatorSelection: { requireResidentKey: true, residentKey: 'required', userVerification: 'preferred' },
      challenge: expect.stringMatching(/^[\w-]{43}$/),
      excludeCredentials: [],
      pubKeyCredParams: [
        { alg: -7, type: 'public-key' },
        { alg: -257, type: 'public-key' },
      ],
      rp: { id: 'localhost', name: 'localhost' },
      timeout: 60000,
      user: { displayName: 'ann@example.com', id: expect.any(String), name: 'ann@example.com' },
    });
    expect((await startPasskey(service.sdk, accessToken)).challenge).not.toBe(options.challenge);
  });

  it.each(['ES256', 'RS256'] as const)('are registered with %s and listed', async (algorithm) => {
    const credential = await answer({ algorithm });
    expect(await complete(credential)).toMatchObject({ $metadata: { httpStatusCode: 200 } });
    expect(await list()).toMatchObject({
      Credentials: [
        {
          CredentialId: credential.id,
          FriendlyCredentialName: 'Passkey 1',
          RelyingPartyId: 'localhost',
          AuthenticatorAttachment: 'platform',
          AuthenticatorTransports: ['internal'],
          CreatedAt: expect.any(Date),
        },
      ],
    });
  });

  it('are excluded from the next registration', async () => {
    const credential = await answer();
    await complete(credential);
    const options = await startPasskey(service.sdk, accessToken);
    expect(options.excludeCredentials).toEqual([{ id: credential.id, type: 'public-key' }]);
  });

  it('are listed in pages', async () => {
    const authenticator = new SoftwareAuthenticator();
    for (let count = 0; count < 3; count++) {
      await registerPasskey(service.sdk, accessToken, authenticator);
    }
    const first = await list({ MaxResults: 2 });
    const second = await list({ MaxResults: 2, NextToken: first.NextToken ?? '' });
    const ids = [...(first.Credentials ?? []), ...(second.Credentials ?? [])].map(({ CredentialId }) => CredentialId);
    expect(ids).toEqual(authenticator.credentials.map(({ id }) => id));
    expect(second.NextToken).toBeUndefined();
  });

  it('are deleted', async () => {
    const credential = await answer();
    await complete(credential);
    const deletion = new DeleteWebAuthnCredentialCommand({ AccessToken: accessToken, CredentialId: credential.id });
    await service.sdk.send(deletion);
    expect((await list()).Credentials).toEqual([]);
    await expect(service.sdk.send(deletion)).rejects.toMatchObject({
      name: 'ResourceNotFoundException',
      message: 'The passkey credential does not exist.',
    });
  });

  it.each<[string, AuthenticatorBehaviour, string, string]>([
    [
      'another origin',
      { origin: 'https://evil.example' },
      'WebAuthnOriginNotAllowedException',
      'The origin of the passkey credential is not allowed.',
    ],
    [
      'a plain-text origin',
      { origin: 'http://example.com' },
      'WebAuthnOriginNotAllowedException',
      'The origin of the passkey credential is not allowed.',
    ],
    [
      'no origin at all',
      { origin: 'nowhere' },
      'WebAuthnOriginNotAllowedException',
      'The origin of the passkey credential is not allowed.',
    ],
    [
      'another relying party',
      { rpId: 'example.org' },
      'WebAuthnRelyingPartyMismatchException',
      'The passkey credential is for another relying party.',
    ],
    [
      'another algorithm',
      { algorithm: 'EdDSA' },
      'WebAuthnCredentialNotSupportedException',
      'The algorithm of the passkey credential is not supported.',
    ],
    [
      'another challenge',
      { challenge: 'AAAA' },
      'WebAuthnChallengeNotFoundException',
      'The passkey registration was not started or has expired.',
    ],
    [
      'a sign-in in place of a registration',
      { type: 'webauthn.get' },
      'InvalidParameterException',
      'Credential data is not valid',
    ],
    ['nobody present', { userPresent: false }, 'InvalidParameterException', 'Credential data is not valid'],
    [
      'a key that cannot be found without its id',
      { discoverable: false },
      'InvalidParameterException',
      'Credential data is not valid',
    ],
  ])('are rejected for %s', async (_case, behaviour, name, message) => {
    await expect(complete(await answer(behaviour))).rejects.toMatchObject({ name, message });
    expect((await list()).Credentials).toEqual([]);
  });

  it.each<[string, (good: Record<string, unknown>) => object]>([
    ['without an id', (good) => ({ ...good, id: undefined })],
    ['of another type', (good) => ({ ...good, type: 'password' })],
    ['without a response', (good) => ({ ...good, response: undefined })],
    ['with client data that is no JSON', (good) => withResponse(good, { clientDataJSON: 'AAAA' })],
    ['with client data that is incomplete', (good) => withResponse(good, { clientDataJSON: 'e30' })],
    ['with an attestation that is no CBOR', (good) => withResponse(good, { attestationObject: 'AAAA' })],
    ['with an attestation that is no base64url', (good) => withResponse(good, { attestationObject: '!' })],
    ['whose ids differ', (good) => ({ ...good, rawId: 'AAAA' })],
  ])('are rejected when the credential is one %s', async (_case, change) => {
    await expect(complete(change(await answer()))).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Credential data is not valid',
    });
  });

  it('are rejected a second time with the same challenge', async () => {
    const credential = await answer();
    await complete(credential);
    await expect(complete(credential)).rejects.toThrow('The passkey registration was not started or has expired.');
  });

  it('are rejected when the same credential comes again with a new challenge', async () => {
    const authenticator = new SoftwareAuthenticator();
    const first = authenticator.create(await startPasskey(service.sdk, accessToken));
    await complete(first);
    const { challenge } = await startPasskey(service.sdk, accessToken);
    const data = JSON.parse(Buffer.from(first.response.clientDataJSON, 'base64url').toString()) as object;
    const clientDataJSON = Buffer.from(JSON.stringify({ ...data, challenge })).toString('base64url');
    await expect(complete(withResponse(first, { clientDataJSON }))).rejects.toThrow('Credential data is not valid');
  });

  it('are rejected after the challenge has expired', async () => {
    const credential = await answer();
    service.pass(5 * 60_000);
    await expect(complete(credential)).rejects.toMatchObject({ name: 'WebAuthnChallengeNotFoundException' });
  });

  it('are rejected through another app client than the one that started', async () => {
    const credential = await answer();
    await expect(complete(credential, await tokenOf('choice', 'two'))).rejects.toMatchObject({
      name: 'WebAuthnClientMismatchException',
      message: 'The passkey registration was started by another app client.',
    });
    await expect(complete(credential)).resolves.toBeDefined();
  });

  it('are rejected if they are not a first factor of the pool', async () => {
    const AccessToken = await tokenOf('passwords');
    await expect(service.sdk.send(new StartWebAuthnRegistrationCommand({ AccessToken }))).rejects.toMatchObject({
      name: 'WebAuthnNotEnabledException',
      message: 'WEB_AUTHN is not an allowed first authentication factor of this user pool.',
    });
  });

  it('are rejected if the pool has no relying party', async () => {
    const AccessToken = await tokenOf('no-party');
    await expect(service.sdk.send(new StartWebAuthnRegistrationCommand({ AccessToken }))).rejects.toMatchObject({
      name: 'WebAuthnConfigurationMissingException',
      message: 'The user pool has neither a relying party ID nor a domain.',
    });
  });

  it('are rejected without user verification if the pool requires it', async () => {
    const token = await tokenOf('verified');
    expect((await startPasskey(service.sdk, token)).authenticatorSelection).toMatchObject({
      userVerification: 'required',
    });
    const origin = 'https://login.example.com';
    await expect(complete(await answer({ origin, userVerified: false }, token), token)).rejects.toThrow(
      'Credential data is not valid',
    );
    await expect(complete(await answer({ origin }, token), token)).resolves.toBeDefined();
  });

  it('are limited to twenty', async () => {
    const authenticator = new SoftwareAuthenticator();
    for (let count = 0; count < 20; count++) {
      await registerPasskey(service.sdk, accessToken, authenticator);
    }
    await expect(registerPasskey(service.sdk, accessToken, authenticator)).rejects.toMatchObject({
      name: 'LimitExceededException',
      message: 'The user has the maximum number of passkeys.',
    });
    expect((await list()).Credentials).toHaveLength(20);
  });

  it('require an access token', async () => {
    await expect(startPasskey(service.sdk, 'a.b.c')).rejects.toMatchObject({ name: 'NotAuthorizedException' });
  });
});

function withResponse(credential: Record<string, unknown>, change: object): Record<string, unknown> {
  return { ...credential, response: { ...(credential['response'] as object), ...change } };
}
