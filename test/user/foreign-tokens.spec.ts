import { PASSWORD, tokensOf, World } from './world.js';

describe('tokens of another registration', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start([{ name: 'usernames' }, { name: 'other-usernames' }]);
  });

  afterAll(() => world.stop());

  const foreign = async () => {
    const { service: own } = world.services('usernames', 'public');
    const { service: other } = world.services('other-usernames', 'public');
    const { login: username } = world.resident('other-usernames');
    const outcome = await other.authenticate({ username, password: PASSWORD });
    return { own, other, tokens: tokensOf(outcome) };
  };

  const REFUSED = {
    code: 'ARGUMENT_INVALID',
    argument: 'accessToken',
    message: expect.stringMatching(/another app client.*Use the service that is registered/) as string,
  };

  it('are not renewed, and the error says why', async () => {
    const { own, other, tokens } = await foreign();

    await expect(own.renewTokens(tokens)).rejects.toMatchObject(REFUSED);
    await expect(own.checkToken({ ...tokens, expiresAt: 0 })).rejects.toMatchObject(REFUSED);

    await expect(other.renewTokens(tokens)).resolves.toBeDefined();
  });

  it('are not said to be revoked, and stay valid', async () => {
    const { own, other, tokens } = await foreign();

    await expect(own.revokeToken(tokens.refreshToken, tokens)).rejects.toMatchObject(REFUSED);
    await expect(own.revokeToken(tokens.refreshToken, { accessToken: tokens.idToken })).rejects.toMatchObject(REFUSED);

    await expect(other.renewTokens(tokens)).resolves.toBeDefined();
    await other.revokeToken(tokens.refreshToken, tokens);
    await expect(other.renewTokens(tokens)).rejects.toMatchObject({ code: 'REFRESH_TOKEN_REVOKED' });
  });

  it('do not end a token session, which would drop them', async () => {
    const { own, other, tokens } = await foreign();
    const onEnded = jest.fn();
    const session = own.withTokens(tokens, { onEnded });

    await expect(session.renew()).rejects.toMatchObject(REFUSED);

    expect([session.tokens, onEnded.mock.calls.length]).toEqual([tokens, 0]);
    await expect(other.withTokens(tokens).renew()).resolves.toBeDefined();
  });
});
