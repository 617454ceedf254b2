import type { ClientTokenOptions } from '../../lib/oauth/client-token.js';
import { machineToken, NOW } from '../tokens/support/test-issuer.js';
import { CognitoDomain, json } from './support/cognito-domain.js';
import { errorOf, oauthUnderTest, type OAuthTestOptions } from './support/service-under-test.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;

let domain: CognitoDomain;
beforeAll(async () => {
  domain = await CognitoDomain.start();
});
afterAll(async () => {
  await domain.stop();
});
afterEach(() => {
  domain.handlers.clear();
  domain.requests.length = 0;
});

const under = (options: OAuthTestOptions = {}) => oauthUnderTest({ domain: domain.origin, ...options });
const fail = (status: number, error: string) => {
  domain.handlers.set('/oauth2/token', (_request, response) => {
    json(response, status, { error });
  });
};

describe('clientToken at the domain', () => {
  it('asks for a token of the client', async () => {
    const { service } = under();
    expect(await service.clientToken()).toEqual({
      accessToken: expect.any(String) as string,
      expiresAt: NOW + HOUR,
      tokenType: 'Bearer',
    });
    expect(Object.fromEntries(domain.requests[0]?.form ?? [])).toEqual({ grant_type: 'client_credentials' });
    expect(domain.requests[0]?.headers.authorization).toMatch(/^Basic /);
  });

  it('passes scopes, and metadata for the trigger', async () => {
    const { service } = under();
    await service.clientToken({ scopes: ['orders/write', 'orders/read'], clientMetadata: { b: '2', a: '1' } });
    expect(Object.fromEntries(domain.requests[0]?.form ?? [])).toEqual({
      grant_type: 'client_credentials',
      scope: 'orders/read orders/write',
      aws_client_metadata: '{"a":"1","b":"2"}',
    });
  });

  it.each<[string, unknown, string]>([
    ['a way that does not exist', { via: 'sdk' }, 'options.via'],
    ['no scopes in the list', { scopes: [] }, 'options.scopes'],
    ['scopes as text', { scopes: 'orders/read' }, 'options.scopes'],
    ['a scope with a space', { scopes: ['orders/read orders/write'] }, 'options.scopes'],
    ['metadata that is no text', { clientMetadata: { a: 1 } }, 'options.clientMetadata'],
    ['metadata that is no object', { clientMetadata: 'a' }, 'options.clientMetadata'],
    ['no object', 'orders/read', 'options'],
  ])('refuses %s', async (_what, options, argument) => {
    expect(await errorOf(under().service.clientToken(options as ClientTokenOptions))).toMatchObject({ argument });
    expect(domain.requests).toEqual([]);
  });

  it('needs the secret of the client', async () => {
    const error = await errorOf(under({ clientSecret: null }).service.clientToken());
    expect(error).toMatchObject({ code: 'CONFIGURATION_INVALID', option: 'clientSecret' });
  });

  it('needs a domain for the way by the domain', async () => {
    const error = await errorOf(oauthUnderTest({}).service.clientToken({ via: 'domain' }));
    expect(error).toMatchObject({ code: 'OAUTH_NOT_CONFIGURED' });
  });
});

describe('the cache of machine tokens (trap 32)', () => {
  it('makes one request for fifty calls at a time', async () => {
    const { service } = under();
    const tokens = await Promise.all(Array.from({ length: 50 }, async () => service.clientToken()));
    expect(domain.requests).toHaveLength(1);
    expect(new Set(tokens.map(({ accessToken }) => accessToken)).size).toBe(1);
  });

  it('keeps a token until a minute before it expires, by the injected clock', async () => {
    const { service, clock } = under();
    await service.clientToken();
    clock.advance(HOUR - MINUTE - 1);
    await service.clientToken();
    expect(domain.requests).toHaveLength(1);
    clock.advance(1);
    expect((await service.clientToken()).expiresAt).toBe(NOW + HOUR - MINUTE + HOUR);
    expect(domain.requests).toHaveLength(2);
  });

  it.each([
    [0.5, 15_000],
    [0.999, 29_970],
  ])('replaces it earlier by the jitter %p, up to half a minute', async (jitter, earlier) => {
    const { service, clock } = under({ service: { jitter: () => jitter } });
    await service.clientToken();
    clock.advance(HOUR - MINUTE - earlier - 1);
    await service.clientToken();
    expect(domain.requests).toHaveLength(1);
    clock.advance(1);
    await service.clientToken();
    expect(domain.requests).toHaveLength(2);
  });

  it('keeps a token that lasts a minute for half of it', async () => {
    domain.handlers.set('/oauth2/token', (_request, response) => {
      json(response, 200, { access_token: machineToken(), expires_in: 60, token_type: 'Bearer' });
    });
    const { service, clock } = under();
    await service.clientToken();
    clock.advance(29_999);
    await service.clientToken();
    expect(domain.requests).toHaveLength(1);
    clock.advance(1);
    await service.clientToken();
    expect(domain.requests).toHaveLength(2);
  });

  it('distinguishes scopes and metadata, but not their order', async () => {
    const { service } = under();
    const different: ClientTokenOptions[] = [
      {},
      { scopes: ['a/b'] },
      { scopes: ['a/b', 'c/d'] },
      { clientMetadata: { tenant: '1' } },
      { clientMetadata: { tenant: '2' } },
      { scopes: ['a/b'], clientMetadata: { tenant: '1' } },
    ];
    for (const options of different) {
      await service.clientToken(options);
    }
    expect(domain.requests).toHaveLength(6);
    await service.clientToken({ scopes: ['c/d', 'a/b', 'a/b'] });
    await service.clientToken({ clientMetadata: { tenant: '2' } });
    expect(domain.requests).toHaveLength(6);
  });

  it('answers a failure from memory for five seconds, fresh or not', async () => {
    const { service, clock } = under();
    fail(400, 'invalid_scope');
    const first = await errorOf(service.clientToken());
    expect(first).toMatchObject({ code: 'OAUTH_SCOPE_INVALID' });
    clock.advance(4_999);
    expect(await errorOf(service.clientToken())).toBe(first);
    expect(await errorOf(service.clientToken({ fresh: true }))).toBe(first);
    expect(domain.requests).toHaveLength(1);
    clock.advance(1);
    domain.handlers.clear();
    await expect(service.clientToken()).resolves.toBeDefined();
    expect(domain.requests).toHaveLength(2);
  });

  it('fetches a fresh token after a 401, though not within five seconds of the last', async () => {
    const { service, clock } = under();
    const first = await service.clientToken();
    clock.advance(4_999);
    expect(await service.clientToken({ fresh: true })).toBe(first);
    clock.advance(1);
    const fresh = await Promise.all([service.clientToken({ fresh: true }), service.clientToken({ fresh: true })]);
    expect(fresh[0]).not.toBe(first);
    expect(fresh[1]).toBe(fresh[0]);
    expect(await service.clientToken()).toBe(fresh[0]);
    expect(domain.requests).toHaveLength(2);
  });

  it('goes on with a token that is about to expire while no other can be had', async () => {
    const { service, clock } = under();
    const first = await service.clientToken();
    clock.advance(HOUR - MINUTE);
    fail(503, 'down');
    expect(await service.clientToken()).toBe(first);
    expect(await service.clientToken()).toBe(first);
    expect(domain.requests).toHaveLength(2);
    // A token that was refused is of no use.
    expect(await errorOf(service.clientToken({ fresh: true }))).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
    clock.advance(MINUTE);
    expect(await errorOf(service.clientToken())).toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('keeps nothing for longer because the clock was set back', async () => {
    const { service, clock } = under();
    await service.clientToken();
    clock.advance(-1);
    await service.clientToken();
    expect(domain.requests).toHaveLength(2);
  });
});

describe('clientToken by way of the API', () => {
  const result = { AccessToken: machineToken(), ExpiresIn: 3600, TokenType: 'Bearer' };
  const answering = (answer: unknown) => {
    const send = jest.fn(async () => Promise.resolve(answer));
    return { send, options: { service: { client: { send } as never } } };
  };

  it('calls GetClientToken, without a domain by default', async () => {
    const { send, options } = answering({ ClientAuthenticationResult: result });
    const { service } = oauthUnderTest(options);
    const token = await service.clientToken({ scopes: ['b/c', 'a/b'], clientMetadata: { a: '1' } });
    expect(token).toEqual({ accessToken: result.AccessToken, expiresAt: NOW + HOUR, tokenType: 'Bearer' });
    expect(send).toHaveBeenCalledWith('GetClientToken', {
      ClientId: expect.any(String) as string,
      Secret: expect.any(String) as string,
      Scopes: ['a/b', 'b/c'],
      ClientMetadata: { a: '1' },
    });
  });

  it('is remembered apart from the way by the domain', async () => {
    const { send, options } = answering({ ClientAuthenticationResult: result });
    const { service } = under(options);
    await service.clientToken();
    await service.clientToken({ via: 'api' });
    await service.clientToken({ via: 'api' });
    expect([domain.requests.length, send.mock.calls.length]).toEqual([1, 1]);
  });

  it('remembers a thousand tokens and no more', async () => {
    const { send, options } = answering({ ClientAuthenticationResult: result });
    const { service } = oauthUnderTest(options);
    for (let index = 0; index <= 1_000; index += 1) {
      await service.clientToken({ clientMetadata: { index: String(index) } });
    }
    await service.clientToken({ clientMetadata: { index: '1000' } });
    expect(send).toHaveBeenCalledTimes(1_001);
    await service.clientToken({ clientMetadata: { index: '0' } });
    expect(send).toHaveBeenCalledTimes(1_002);
  });

  it.each([{}, { ClientAuthenticationResult: {} }])('refuses the answer %p', async (answer) => {
    const { options } = answering(answer);
    expect(await errorOf(oauthUnderTest(options).service.clientToken())).toMatchObject({ code: 'ANSWER_UNEXPECTED' });
  });
});
