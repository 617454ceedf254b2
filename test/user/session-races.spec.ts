import type { TokenSet } from '../../lib/protocol/authentication-outcome.js';
import { RevocationNotRecordedError } from '../../lib/tokens/revocation/token-revoker.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import type { TokenSession, TokenSessionOptions } from '../../lib/user/token-session.js';
import { FakeService, json, type Reply, reset } from '../client/fake-service.js';
import { Gate } from '../support/gate.js';
import { accessToken } from '../tokens/support/test-issuer.js';
import { NOW, serviceFor } from './service-under-test.js';

const HOUR = 3_600_000;
const NEARLY = HOUR - 30_000;
const RENEWAL = 'GetTokensFromRefreshToken';

const TOKENS: TokenSet = {
  accessToken: 'access-0',
  idToken: 'id-0',
  refreshToken: 'refresh-0',
  expiresAt: NOW + HOUR,
  tokenType: 'Bearer',
};

const RENEWED = json({
  AuthenticationResult: { AccessToken: 'access-1', IdToken: 'id-1', RefreshToken: 'refresh-1', ExpiresIn: 3600 },
});

/** Answers once the gate is opened. */
const behind =
  (gate: Gate, reply: Reply): Reply =>
  (response, request) =>
    void gate.pass().then(() => {
      reply(response, request);
    });

describe('a session', () => {
  let fake: FakeService;
  let service: CognitoService;
  let close: () => void;
  let now: number;

  beforeEach(async () => {
    fake = await FakeService.start();
    now = NOW;
    const made = serviceFor({ endpoint: fake.endpoint, clock: () => now });
    service = made.service;
    close = () => {
      made.client.destroy();
    };
  });

  afterEach(async () => {
    close();
    await fake.stop();
  });

  describe.each([
    ['logout', 'GlobalSignOut'],
    ['deleteUser', 'DeleteUser'],
  ] as const)('that ends with %s while it is renewed', (verb, operation) => {
    it('stays ended, and the application is not told of tokens after the end', async () => {
      const [renewal, ending] = [new Gate(), new Gate()];
      fake.on(RENEWAL, behind(renewal, RENEWED)).on(operation, behind(ending, json({})));
      const [onRenewed, onEnded] = [jest.fn(), jest.fn()];
      const session = service.withTokens(TOKENS, { onRenewed, onEnded });

      const end = session[verb]();
      await ending.reached;
      const renewed = session.renew();
      await renewal.reached;
      ending.open();
      await end;
      renewal.open();

      await expect(renewed).rejects.toMatchObject({
        name: 'MandateError',
        code: 'TOKEN_SESSION_ENDED',
        message: 'The session has ended. Sign in again.',
      });
      expect(session.tokens).toBeUndefined();
      expect(onRenewed).not.toHaveBeenCalled();
      expect(onEnded).toHaveBeenCalledTimes(1);
    });

    it('tells of the end after what it was telling of', async () => {
      const [ending, storing] = [new Gate(), new Gate()];
      fake.on(RENEWAL, RENEWED).on(operation, behind(ending, json({})));
      const told: string[] = [];
      const session = service.withTokens(TOKENS, {
        onRenewed: async () => {
          await storing.pass();
          told.push('renewed');
        },
        onEnded: () => told.push('ended'),
      });

      const end = session[verb]();
      await ending.reached;
      const renewed = session.renew();
      await storing.reached;
      ending.open();
      await untilEnded(session);
      storing.open();

      await expect(renewed).rejects.toMatchObject({ code: 'TOKEN_SESSION_ENDED' });
      await end;
      expect(told).toEqual(['renewed', 'ended']);
      expect(session.tokens).toBeUndefined();
    });
  });

  describe('whose renewed tokens are being stored', () => {
    const renewing = async (options: TokenSessionOptions): Promise<TokenSession<object>> => {
      fake.on(RENEWAL, RENEWED);
      return Promise.resolve(service.withTokens(TOKENS, options));
    };

    it('does not use them before they are', async () => {
      const storing = new Gate();
      const used: string[] = [];
      const session = await renewing({ onRenewed: () => storing.pass() });

      const renewed = session.renew();
      await storing.reached;
      const calls = [session.accessToken(), session.accessToken()].map(async (call) => used.push(await call));
      await new Promise(setImmediate);
      expect(used).toEqual([]);
      storing.open();
      await Promise.all([renewed, ...calls]);

      expect(used).toEqual(['access-1', 'access-1']);
    });

    it('fails all calls that wait, early and late, when they cannot be', async () => {
      const storing = new Gate();
      const failure = new Error('the store is down');
      const session = await renewing({
        onRenewed: async () => {
          await storing.pass();
          throw failure;
        },
      });

      const early = session.renew();
      await storing.reached;
      const late = session.accessToken();
      storing.open();

      await expect(early).rejects.toBe(failure);
      await expect(late).rejects.toBe(failure);
      await expect(session.accessToken()).resolves.toBe('access-1');
    });
  });

  it.each([
    ['logout', 'GlobalSignOut'],
    ['deleteUser', 'DeleteUser'],
  ] as const)('ends with %s though the revocation could not be written down', async (verb, operation) => {
    fake.on(operation, json({}));
    const failure = new RevocationNotRecordedError();
    const fails = (): Promise<never> => Promise.reject(failure);
    const marked = serviceFor({
      endpoint: fake.endpoint,
      revoker: { revokeUser: fails, revokeSignIn: fails },
    });
    const onEnded = jest.fn();
    const session = marked.service.withTokens({ ...TOKENS, accessToken: accessToken() }, { onEnded });

    await expect(session[verb]()).rejects.toBe(failure);
    marked.client.destroy();

    expect(session.tokens).toBeUndefined();
    expect(onEnded).toHaveBeenCalledTimes(1);
    await expect(session.accessToken()).rejects.toMatchObject({ code: 'TOKEN_SESSION_ENDED' });
  });

  it.each([
    ['logout', 'GlobalSignOut'],
    ['deleteUser', 'DeleteUser'],
  ] as const)('goes on when %s did not reach Cognito', async (verb, operation) => {
    fake.on(operation, reset());
    const onEnded = jest.fn();
    const session = service.withTokens(TOKENS, { onEnded });

    await expect(session[verb]()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });

    expect(session.tokens).toEqual(TOKENS);
    expect(onEnded).not.toHaveBeenCalled();
  });

  it.each([
    ['nearly expired', NEARLY],
    ['long good', 0],
  ])('goes on with tokens that are %s when the renewal it waited for fails by an outage', async (_, passed) => {
    const renewal = new Gate();
    fake.on(RENEWAL, behind(renewal, reset()));
    const session = service.withTokens(TOKENS);
    now = NOW + passed;

    const renewed = session.renew();
    await renewal.reached;
    const call = session.accessToken();
    renewal.open();

    await expect(renewed).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    await expect(call).resolves.toBe('access-0');
  });
});

async function untilEnded(session: TokenSession<object>): Promise<void> {
  while (session.tokens !== undefined) {
    await new Promise(setImmediate);
  }
}
