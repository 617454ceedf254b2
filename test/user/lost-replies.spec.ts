import type { CognitoService } from '../../lib/user/cognito.service.js';
import { type Fault, FaultyLine } from '../support/faulty-line.js';
import { CUSTOM, OPTIONAL_MFA, ROTATION } from './factor-pools.js';
import { signIn } from './factors.js';
import { challengeOf, CLIENT_KINDS, PASSWORD, type Person, tokensOf, World } from './world.js';

const CARRIED_OUT: readonly Fault[] = ['lose-reply', 'cut-reply', 'bad-gateway'];
const UNAVAILABLE = { code: 'SERVICE_UNAVAILABLE', status: 503 };

describe.each(CLIENT_KINDS)('an unreliable connection between a %s client and Cognito', (kind) => {
  let world: World;
  let line: FaultyLine;

  beforeAll(async () => {
    world = await World.start([{ name: 'usernames' }, CUSTOM, OPTIONAL_MFA, ROTATION]);
  });

  afterAll(() => world.stop());

  beforeEach(async () => {
    line = await FaultyLine.to(world.cognito.endpoint);
  });

  afterEach(() => line.close());

  const over = (pool: string): CognitoService => world.services(pool, kind, { endpoint: line.endpoint }).service;

  describe.each(CARRIED_OUT)('that does %s', (fault) => {
    it('does not cause a rotating refresh token to be used twice', async () => {
      const { service: direct } = world.services('rotation', kind);
      const { refreshToken = '' } = await signIn(direct, world.resident('rotation'));
      line.break('GetTokensFromRefreshToken', fault);

      await expect(over('rotation').renewTokens({ refreshToken })).rejects.toMatchObject(UNAVAILABLE);

      expect(line.count('GetTokensFromRefreshToken')).toBe(1);
    });

    it('does not cause a challenge session to be used twice', async () => {
      const cognito = over('custom');
      const { login: username } = world.resident('custom');
      const outcome = await cognito.authenticate({ flow: 'CUSTOM_AUTH', username });
      const challenge = challengeOf(outcome, 'CUSTOM_CHALLENGE');
      line.break('RespondToAuthChallenge', fault);

      await expect(cognito.respondToChallenge(challenge, { answer: 'piano' })).rejects.toMatchObject(UNAVAILABLE);

      expect(line.count('RespondToAuthChallenge')).toBe(1);
    });

    it('does not cause a code to be used twice or a message to be sent twice', async () => {
      const cognito = over('usernames');
      const { username, email } = world.somebody('usernames');
      line.break('SignUp', fault);
      line.break('ConfirmSignUp', fault);

      const registration = cognito.register({ username, password: PASSWORD, attributes: { email } });
      await expect(registration).rejects.toMatchObject(UNAVAILABLE);
      const confirmation = cognito.confirmSignUp({ username, code: world.code(email) });
      await expect(confirmation).rejects.toMatchObject(UNAVAILABLE);

      expect(line.arrived).toEqual(['SignUp', 'ConfirmSignUp']);
      expect(world.cognito.outbox.all({ to: email })).toHaveLength(1);
      // Both were carried out, so the user is there.
      tokensOf(await cognito.authenticate({ username, password: PASSWORD }));
    });

    it('does not cause a password to be tried twice', async () => {
      const request = { flow: 'USER_PASSWORD_AUTH', username: world.resident('usernames').login } as const;
      line.break('InitiateAuth', fault);

      await expect(over('usernames').authenticate({ ...request, password: PASSWORD })).rejects.toMatchObject(
        UNAVAILABLE,
      );

      expect(line.count('InitiateAuth')).toBe(1);
    });

    it('does not prevent reading, revoking and starting SRP', async () => {
      const cognito = over('usernames');
      const person: Person = world.resident('usernames');
      for (const operation of ['InitiateAuth', 'GetUser', 'RevokeToken']) {
        line.break(operation, fault);
      }

      const { accessToken, refreshToken = '' } = await signIn(cognito, person);
      await expect(cognito.getUser(accessToken)).resolves.toMatchObject({ username: person.username });
      await cognito.revokeToken(refreshToken);

      expect(line.arrived.sort()).toEqual([
        'GetUser',
        'GetUser',
        'InitiateAuth',
        'InitiateAuth',
        'RespondToAuthChallenge',
        'RevokeToken',
        'RevokeToken',
      ]);
    });
  });

  it('that loses requests is treated as one that loses replies', async () => {
    const { service: direct } = world.services('rotation', kind);
    const { refreshToken = '' } = await signIn(direct, world.resident('rotation'));
    const cognito = over('rotation');
    line.break('GetTokensFromRefreshToken', 'lose-request');

    await expect(cognito.renewTokens({ refreshToken })).rejects.toMatchObject(UNAVAILABLE);

    expect(line.count('GetTokensFromRefreshToken')).toBe(0);
    await expect(cognito.renewTokens({ refreshToken })).resolves.toBeDefined();
  });

  it('does not end a token session; a renewal within the grace period works', async () => {
    const cognito = over('rotation');
    const onRenewed = jest.fn();
    const onEnded = jest.fn();
    const tokens = await signIn(cognito, world.resident('rotation'));
    const session = cognito.withTokens(tokens, { onRenewed, onEnded });
    line.break('GetTokensFromRefreshToken', 'lose-reply');

    await expect(session.renew()).rejects.toMatchObject(UNAVAILABLE);
    expect(session.tokens).toEqual(tokens);
    const renewed = await session.renew();

    expect(renewed.refreshToken).not.toBe(tokens.refreshToken);
    expect(onRenewed).toHaveBeenCalledTimes(1);
    expect(onEnded).not.toHaveBeenCalled();
  });
});
