import type { CognitoService } from '../../lib/user/cognito.service.js';
import type { Passkey } from '../../lib/user/user-passkeys.js';
import { SoftwareAuthenticator } from '../support/software-authenticator.js';
import { CHOICE } from './factor-pools.js';
import { registerPasskey, signIn } from './factors.js';
import { challengeOf, CLIENT_KINDS, type Person, tokensOf, World } from './world.js';

describe.each(CLIENT_KINDS)('passkeys through a %s client', (kind) => {
  let world: World;
  let cognito: CognitoService;

  beforeAll(async () => {
    world = await World.start([CHOICE, { name: 'passwords' }]);
    cognito = world.services('choice', kind).service;
  });

  afterAll(() => world.stop());

  const owner = async (): Promise<{ person: Person; accessToken: string; authenticator: SoftwareAuthenticator }> => {
    const person = world.resident('choice');
    const tokens = await signIn(cognito, person);
    const authenticator = new SoftwareAuthenticator();
    await registerPasskey(cognito, tokens, authenticator);
    return { person, accessToken: tokens.accessToken, authenticator };
  };

  const challengeFor = async ({ login: username }: Person) =>
    challengeOf(
      await cognito.authenticate({ flow: 'USER_AUTH', username, preferredChallenge: 'WEB_AUTHN' }),
      'WEB_AUTHN',
    );

  it('start with the options for the browser, as an object', async () => {
    const person = world.resident('choice');
    const { accessToken } = await signIn(cognito, person);

    await expect(cognito.passkeys.startRegistration(accessToken)).resolves.toMatchObject({
      challenge: expect.stringMatching(/^[\w-]{20,}$/) as string,
      rp: { id: 'localhost' },
      user: { name: person.email },
      pubKeyCredParams: [{ type: 'public-key', alg: -7 }, { alg: -257 }],
      authenticatorSelection: { residentKey: 'required' },
    });
  });

  it('sign in', async () => {
    const { person, authenticator } = await owner();
    const challenge = await challengeFor(person);

    const credential = authenticator.get(challenge.parameters.credentialRequestOptions);

    const { accessToken } = tokensOf(await cognito.respondToChallenge(challenge, { credential }));
    await expect(cognito.verifyToken(accessToken)).resolves.toMatchObject({ username: person.username });
  });

  it.each([
    ['of another site', { origin: 'https://evil.example' }],
    ['for another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
    ['without the user', { userPresent: false }],
  ])('do not sign in with an assertion %s', async (_, deviation) => {
    const { person, authenticator } = await owner();
    const challenge = await challengeFor(person);

    const credential = authenticator.get(challenge.parameters.credentialRequestOptions, deviation);

    await expect(cognito.respondToChallenge(challenge, { credential })).rejects.toMatchObject({
      code: 'CREDENTIALS_INVALID',
    });
  });

  it('are listed and deleted', async () => {
    const { accessToken, authenticator, person } = await owner();
    await registerPasskey(cognito, await signIn(cognito, person), new SoftwareAuthenticator());
    const [mine] = authenticator.credentials;

    const both = await all(cognito, accessToken);
    expect(both).toHaveLength(2);
    expect(both.find(({ credentialId }) => credentialId === mine?.id)).toEqual({
      credentialId: mine?.id,
      name: expect.any(String) as string,
      relyingPartyId: 'localhost',
      attachment: 'platform',
      transports: ['internal'],
      createdAt: expect.any(Number) as number,
    });

    await cognito.passkeys.delete({ accessToken, credentialId: mine?.id ?? '' });

    const left = await all(cognito, accessToken);
    expect(left.map(({ credentialId }) => credentialId)).not.toContain(mine?.id);
    await expect(cognito.passkeys.delete({ accessToken, credentialId: mine?.id ?? '' })).rejects.toMatchObject({
      code: 'PASSKEY_NOT_FOUND',
    });
  });

  it('are completed once for each start', async () => {
    const person = world.resident('choice');
    const { accessToken } = await signIn(cognito, person);
    const credential = new SoftwareAuthenticator().create(await cognito.passkeys.startRegistration(accessToken));
    await cognito.passkeys.completeRegistration({ accessToken, credential });

    await expect(cognito.passkeys.completeRegistration({ accessToken, credential })).rejects.toMatchObject({
      code: 'PASSKEY_CHALLENGE_NOT_FOUND',
    });
  });

  it.each([
    ['another site', { origin: 'https://evil.example' }, 'PASSKEY_ORIGIN_REFUSED'],
    ['another relying party', { rpId: 'evil.example' }, 'PASSKEY_RELYING_PARTY_MISMATCH'],
  ])('created for %s are rejected', async (_, deviation, code) => {
    const { accessToken } = await signIn(cognito, world.resident('choice'));
    const options = await cognito.passkeys.startRegistration(accessToken);

    const credential = new SoftwareAuthenticator(deviation).create(options);

    await expect(cognito.passkeys.completeRegistration({ accessToken, credential })).rejects.toMatchObject({ code });
  });

  it('are rejected where the pool does not enable them', async () => {
    const { service } = world.services('passwords', kind);
    const { accessToken } = await signIn(service, world.resident('passwords'));

    await expect(service.passkeys.startRegistration(accessToken)).rejects.toMatchObject({
      code: expect.stringMatching(/^PASSKEY_NOT_(ENABLED|CONFIGURED)$/) as string,
    });
  });
});

async function all({ passkeys }: CognitoService, accessToken: string): Promise<Passkey[]> {
  const list: Passkey[] = [];
  for await (const passkey of passkeys.list(accessToken)) {
    list.push(passkey);
  }
  return list;
}
