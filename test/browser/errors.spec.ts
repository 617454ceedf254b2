import { AuthClientError } from 'mandate/browser';

import { type Answer, FakeApi, OFFLINE, problem } from './support/fake-api.js';
import { Tabs } from './support/tabs.js';

const FIELDS = [{ field: 'attributes.email', message: 'must be an e-mail address' }];
const PAGE = '<html>secret-of-a-proxy</html>';

const CASES: readonly (readonly [string, Answer, object])[] = [
  [
    'an error of the filter',
    problem(429, 'TOO_MANY_REQUESTS', { message: 'Too many.' }),
    { status: 429, code: 'TOO_MANY_REQUESTS', message: 'Too many.' },
  ],
  [
    'problem details',
    {
      status: 400,
      body: {
        type: 'about:blank',
        title: 'Bad Request',
        status: 400,
        detail: 'Wrong.',
        code: 'REQUEST_INVALID',
        errors: FIELDS,
      },
      headers: { 'content-type': 'application/problem+json' },
    },
    { status: 400, code: 'REQUEST_INVALID', message: 'Wrong.', errors: FIELDS },
  ],
  [
    'an error without a code',
    { status: 404, body: { statusCode: 404, message: 'Cannot GET /auth/me' } },
    { status: 404, code: 'ANSWER_UNKNOWN', message: 'Cannot GET /auth/me' },
  ],
  [
    'the page of a proxy',
    { status: 502, text: PAGE },
    { status: 502, code: 'ANSWER_UNKNOWN', message: 'The server answered 502.' },
  ],
  ['nothing', { status: 500, text: '' }, { status: 500, code: 'ANSWER_UNKNOWN' }],
  ['JSON that is no object', { status: 500, text: 'null' }, { status: 500, code: 'ANSWER_UNKNOWN' }],
  ['a page instead of JSON', { status: 200, text: PAGE }, { status: 200, code: 'ANSWER_UNKNOWN' }],
];

describe('an error of the client', () => {
  const api = new FakeApi();
  const tabs = new Tabs(api);

  afterEach(() => {
    tabs.closeAll();
  });

  const failure = async (call: Promise<unknown>) => {
    const error: unknown = await call.then(
      () => undefined,
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(AuthClientError);
    return error as AuthClientError;
  };

  it.each(CASES)('is made of %s', async (_, answer, expected) => {
    api.on('GET me', answer);
    const error = await failure(tabs.cookie().client.getUser());
    expect(error).toMatchObject({ name: 'AuthClientError', ...expected });
    expect(error.message).not.toContain('secret-of-a-proxy');
    expect('errors' in error).toBe('errors' in expected);
    expect('retryAfter' in error).toBe(false);
  });

  it.each([
    ['17', 17],
    ['Thu, 01 Jan 1970 00:01:30 GMT', 90],
    ['Thu, 01 Jan 1970 00:00:00 GMT', 0],
    ['soon', undefined],
  ])('says when to try again: Retry-After %s', async (value, seconds) => {
    api.on('POST authenticate', { ...problem(429, 'TOO_MANY_REQUESTS'), headers: { 'retry-after': value } });
    const error = await failure(tabs.cookie().client.authenticate({ username: 'ann', password: 'x' }));
    expect(error.retryAfter).toBe(seconds);
  });

  it('tells of a network that fails, without what was sent', async () => {
    api.on('POST authenticate', OFFLINE);
    const error = await failure(tabs.cookie().client.authenticate({ username: 'ann', password: 'pa55word' }));
    expect(error).toMatchObject({ status: 0, code: 'NETWORK_FAILED', cause: OFFLINE });
    expect(JSON.stringify([error.message, error.stack, error])).not.toContain('pa55word');
  });

  it('comes when the server does not answer in time', async () => {
    api.on(
      'GET me',
      async (_, signal) =>
        new Promise((resolve, reject) => {
          signal?.addEventListener('abort', () => {
            reject(signal.reason as Error);
          });
        }),
    );
    const error = await failure(tabs.cookie({ timeout: 5 }).client.getUser());
    expect(error).toMatchObject({ status: 0, code: 'NETWORK_FAILED', cause: { name: 'TimeoutError' } });
  });

  it('is none where the caller aborts', async () => {
    const { client } = tabs.cookie();
    const controller = new AbortController();
    api.on('GET me', () => {
      controller.abort();
      controller.signal.throwIfAborted();
      return {};
    });
    await expect(client.getUser({ signal: controller.signal })).rejects.toMatchObject({ name: 'AbortError' });
    await expect(client.getUser({ signal: AbortSignal.abort('mine') })).rejects.toBe('mine');
  });

  it('tells where passkeys are not possible, before the server is asked', async () => {
    api.sent.length = 0;
    const error = await failure(tabs.cookie().client.passkeys.register());
    expect(error).toMatchObject({ status: 0, code: 'PASSKEY_UNSUPPORTED' });
    expect(api.sent).toEqual([]);
  });
});
