import type { TokenSet } from '../../lib/protocol/authentication-outcome.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import { PASSWORD, tokensOf, World } from './world.js';

describe('a wrong or missing secret', () => {
  let world: World;
  let tokens: TokenSet;

  beforeAll(async () => {
    world = await World.start([{ name: 'usernames', users: [{ username: 'ann', password: PASSWORD }] }]);
    const { service } = world.services('usernames', 'secret');
    tokens = tokensOf(await service.authenticate({ username: 'ann', password: PASSWORD }));
  });

  afterAll(() => world.stop());

  const CALLS: [string, (service: CognitoService) => Promise<unknown>][] = [
    ['register', (service) => service.register({ username: 'bob', password: PASSWORD })],
    ['authenticate', (service) => service.authenticate({ username: 'ann', password: PASSWORD })],
    ['initiateForgotPassword', (service) => service.initiateForgotPassword({ username: 'ann' })],
    ['confirmSignUp', (service) => service.confirmSignUp({ username: 'ann', code: '123456' })],
    ['resendConfirmationCode', (service) => service.resendConfirmationCode({ username: 'ann' })],
    [
      'confirmForgotPassword',
      (service) => service.confirmForgotPassword({ username: 'ann', code: '123456', password: PASSWORD }),
    ],
    ['renewTokens', (service) => service.renewTokens(tokens)],
    [
      'renewTokens by REFRESH_TOKEN_AUTH',
      (service) => service.renewTokens({ ...tokens, method: 'REFRESH_TOKEN_AUTH' }),
    ],
    ['revokeToken', (service) => service.revokeToken(tokens.refreshToken)],
  ];

  /** Operations with the secret itself cannot report that a hash is missing. */
  const PLAIN: Readonly<Record<string, string>> = {
    renewTokens: 'SECRET_HASH_INVALID',
    revokeToken: 'CLIENT_UNAUTHORIZED',
  };

  const refusalOf = (call: Promise<unknown>): Promise<Error> =>
    call.then(
      () => new Error('passed'),
      (reason: unknown) => reason as Error,
    );

  it.each(CALLS)('%s names the option when the secret is missing', async (name, call) => {
    const { service } = world.services('usernames', 'secret', { clientSecret: undefined });

    const error = await refusalOf(call(service));

    expect(error).toMatchObject({ code: PLAIN[name] ?? 'SECRET_HASH_MISSING', status: 500 });
    expect(error.message).toContain('"clientSecret"');
  });

  it.each(CALLS)('%s names the option when the secret is wrong', async (name, call) => {
    const { service } = world.services('usernames', 'secret', { clientSecret: 'notTheSecretOfThisClient' });

    const error = await refusalOf(call(service));

    expect(error).toMatchObject({ code: PLAIN[name] ?? 'SECRET_HASH_INVALID', status: 500 });
    expect(error.message).toContain('"clientSecret"');
    expect(error.message).not.toContain('notTheSecret');
  });
});

describe('a secret from a function', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start([{ name: 'usernames' }]);
  });

  afterAll(() => world.stop());

  it('is called by every method that needs it, and only by those', async () => {
    const { clientSecret = '' } = world.cognito.pool('usernames').moduleOptions({ client: 'secret' });
    const secret = jest.fn(async () => Promise.resolve(clientSecret));
    const { service } = world.services('usernames', 'secret', { clientSecret: secret });
    const asked = async <Value>(call: () => Promise<Value>): Promise<Value> => {
      secret.mockClear();
      const value = await call();
      expect(secret).toHaveBeenCalled();
      return value;
    };
    const { username, email } = world.somebody('usernames');

    await asked(() => service.register({ username, password: PASSWORD, attributes: { email } }));
    await asked(() => service.resendConfirmationCode({ username }));
    await asked(() => service.confirmSignUp({ username, code: world.code(email) }));
    const signedIn = tokensOf(await asked(() => service.authenticate({ username, password: PASSWORD })));
    const renewed = await asked(() => service.renewTokens(signedIn));
    await asked(() => service.renewTokens({ ...renewed, method: 'REFRESH_TOKEN_AUTH' }));
    await asked(() => service.initiateForgotPassword({ username }));
    await asked(() => service.confirmForgotPassword({ username, code: world.code(email), password: `${PASSWORD}!` }));
    await asked(() => service.revokeToken(signedIn.refreshToken, signedIn));
    const { accessToken } = tokensOf(await asked(() => service.authenticate({ username, password: `${PASSWORD}!` })));

    secret.mockClear();
    await service.getUser(accessToken);
    await service.logout(accessToken);
    expect(secret).not.toHaveBeenCalled();
  });

  it('may fail temporarily', async () => {
    const { clientSecret = '' } = world.cognito.pool('usernames').moduleOptions({ client: 'secret' });
    const cause = new Error('the vault is sealed');
    const secret = jest.fn(async () => Promise.resolve(clientSecret)).mockRejectedValueOnce(cause);
    const { service } = world.services('usernames', 'secret', { clientSecret: secret });
    const { login: username } = world.resident('usernames');

    await expect(service.authenticate({ username, password: PASSWORD })).rejects.toMatchObject({
      code: 'CONFIGURATION_INVALID',
      option: 'clientSecret',
      cause,
    });
    await expect(service.authenticate({ username, password: PASSWORD })).resolves.toMatchObject({
      status: 'AUTHENTICATED',
    });
  });
});
