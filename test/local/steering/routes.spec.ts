import { ANN, SteeredService } from './steered-service.js';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

describe('/__local', () => {
  let service: SteeredService;

  beforeEach(async () => {
    const clients = [{ name: 'public' }, { name: 'secret', secret: true, CallbackURLs: ['https://app.example/cb'] }];
    service = await SteeredService.start({ pools: [{ name: 'default', clients, users: [ANN] }] });
  });

  afterEach(() => service.cognito.stop());

  async function send(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
  ): Promise<Answer> {
    const text = typeof body === 'string' || body === undefined ? body : JSON.stringify(body);
    const init = { method, headers, ...(text !== undefined && { body: text }) };
    const response = await fetch(`${service.endpoint}/__local${path}`, init);
    return {
      status: response.status,
      headers: response.headers,
      body: method === 'HEAD' ? {} : ((await response.json()) as Record<string, unknown>),
    };
  }
  const get = (path: string) => send('GET', path);
  const refusal = (status: number, message: unknown) => ({ status, body: { message } });

  it('tells the pools and their clients and groups', async () => {
    const pool = service.cognito.pool();
    const { status, headers, body } = await get('/pools');
    expect([status, headers.get('content-type'), headers.get('cache-control')]).toEqual([
      ...[200, 'application/json', 'no-store'],
    ]);
    expect(body).toMatchObject({
      pools: [
        { id: pool.id, name: 'default', region: 'us-east-1', issuer: pool.issuer, users: 1, groups: 1, clients: 2 },
      ],
    });
    await expect(get(`/pools/${pool.id}/clients`)).resolves.toMatchObject({
      body: {
        clients: [
          { id: pool.client().id, name: 'public' },
          { ...pool.client('secret'), callbackUrls: ['https://app.example/cb'] },
        ],
      },
    });
    await expect(get('/pools/default/groups')).resolves.toMatchObject({ body: { groups: [{ name: 'admins' }] } });
  });

  it('tells the users by pages and filters, without what proves who they are', async () => {
    for (const username of ['bob', 'cid', 'cindy']) {
      service.cognito.pool().createUser({ username, attributes: { email: `${username}@example.com` }, password: 'x' });
    }
    const first = await get('/pools/default/users?limit=3');
    expect(first.body['users']).toMatchObject([{ username: 'ann' }, { username: 'bob' }, { username: 'cid' }]);
    const second = await get(`/pools/default/users?limit=3&next=${encodeURIComponent(String(first.body['next']))}`);
    expect(second.body).toMatchObject({ users: [{ username: 'cindy' }] });
    expect(second.body).not.toHaveProperty('next');
    const found = await get(`/pools/default/users?filter=${encodeURIComponent('email ^= "ci"')}`);
    expect(found.body['users']).toMatchObject([{ username: 'cid' }, { username: 'cindy' }]);
    const { body } = await get('/pools/default/users/ann');
    expect(Object.keys(body).sort()).toEqual(
      ['attributes', 'createdAt', 'enabled', 'groups', 'mfa', 'modifiedAt', 'status', 'sub', 'username'].sort(),
    );
    expect(body).toMatchObject({
      ...{ username: 'ann', status: 'CONFIRMED', enabled: true, groups: ['admins'], mfa: [] },
      attributes: { email: 'ann@example.com', email_verified: 'true', sub: body['sub'] },
    });
  });

  it('confirms a user', async () => {
    await service.signUp('bob/ä');
    const path = `/pools/default/users/${encodeURIComponent('bob/ä')}`;
    await expect(get(path)).resolves.toMatchObject({ body: { status: 'UNCONFIRMED' } });
    await expect(send('POST', `${path}/confirm`)).resolves.toMatchObject({
      status: 200,
      body: { status: 'CONFIRMED' },
    });
    await expect(send('POST', `${path}/confirm`)).resolves.toMatchObject(
      refusal(400, expect.stringMatching(/CONFIRMED/)),
    );
  });

  it('tells sign-ins, newest first, and ends them', async () => {
    service.cognito.pool().createUser({ username: 'bob', password: 'Correct-Horse-9' });
    const { AccessToken } = await service.tokens();
    await service.signIn('bob');
    const signIns = async (query = '') => (await get(`/pools/default/sign-ins${query}`)).body['signIns'];
    const ann = { username: 'ann', client: 'public', methods: ['password'], managedLogin: false, active: true };
    await expect(signIns()).resolves.toMatchObject([{ username: 'bob' }, ann]);
    await expect(signIns('?limit=1')).resolves.toMatchObject([{ username: 'bob' }]);
    await expect(signIns('?user=ann')).resolves.toMatchObject([ann]);
    await send('POST', '/pools/default/users/ann/sign-out');
    await expect(signIns('?user=ann')).resolves.toEqual([]);
    await expect(service.call('GetUser', { AccessToken })).resolves.toMatchObject({ status: 400 });
    expect(JSON.stringify(await signIns())).not.toContain('digest');
  });

  it('tells messages, waits for one, and forgets them', async () => {
    await expect(get('/outbox')).resolves.toMatchObject({ body: { messages: [] } });
    const waiting = get('/outbox?to=bob@example.com&wait=10000');
    await service.signUp('cid');
    await service.signUp('bob');
    const { code } = service.cognito.outbox.latest() ?? {};
    await expect(waiting).resolves.toMatchObject({ body: { messages: [{ id: 2, to: 'bob@example.com', code }] } });
    await expect(get('/outbox?kind=SignUp&medium=EMAIL&wait=1')).resolves.toMatchObject({
      body: { messages: [{}, {}] },
    });
    await expect(get('/outbox?after=2&wait=1')).resolves.toMatchObject(
      refusal(404, 'No message after 2 came within 1 ms.'),
    );
    await expect(send('DELETE', '/outbox')).resolves.toMatchObject({ body: { messages: [] } });
    await expect(get('/outbox?to=bob@example.com&wait=1')).resolves.toMatchObject(
      refusal(404, 'No message with to "bob@example.com" came within 1 ms.'),
    );
  });

  it('moves the clock', async () => {
    const before = service.cognito.clock.now();
    const { body } = await send('POST', '/clock', { advance: 3_600_000 });
    expect(body['now']).toBeGreaterThanOrEqual(before + 3_600_000);
    expect(body['time']).toBe(new Date(body['now'] as number).toISOString());
    expect(service.cognito.clock.now()).toBeGreaterThanOrEqual(body['now'] as number);
    await send('POST', '/clock', { set: '2030-01-01T00:00:00Z' });
    expect((await get('/clock')).body['time']).toMatch(/^2030-01-01T00:00:0/);
  });

  it('adds, tells and removes faults, which do not meet these routes', async () => {
    const { body: fault } = await send('POST', '/faults', { operation: '*', status: 500 });
    expect(fault).toEqual({ id: 1, operation: '*', status: 500 });
    await expect(service.signIn()).resolves.toMatchObject({ status: 500 });
    await expect(get('/faults')).resolves.toMatchObject({ status: 200, body: { faults: [fault] } });
    await send('POST', '/faults', { operation: 'SignUp', throttle: true, times: 2 });
    await expect(send('DELETE', '/faults?id=1')).resolves.toMatchObject({
      body: { faults: [{ id: 2, remaining: 2 }] },
    });
    await expect(send('DELETE', '/faults?id=1')).resolves.toMatchObject(
      refusal(404, expect.stringMatching(/^No fault has/)),
    );
    await expect(send('DELETE', '/faults')).resolves.toMatchObject({ body: { faults: [] } });
    await expect(service.signIn()).resolves.toMatchObject({ status: 200 });
  });

  it('changes quotas, which do not count these routes', async () => {
    const limits = { UserPoolRead: 1, UserRead: 120 };
    await expect(send('POST', '/quotas', { UserPoolRead: 1 })).resolves.toMatchObject({
      body: { enabled: true, limits },
    });
    await service.call('ListUserPools', { MaxResults: 1 });
    await expect(service.call('ListUserPools', { MaxResults: 1 })).resolves.toMatchObject({ status: 400 });
    await expect(get('/pools')).resolves.toMatchObject({ status: 200 });
    await send('POST', '/quotas', 'false');
    await expect(get('/quotas')).resolves.toMatchObject({ body: { enabled: false } });
    await expect(service.call('ListUserPools', { MaxResults: 1 })).resolves.toMatchObject({ status: 200 });
  });

  it('resets', async () => {
    await service.signUp('bob');
    await send('POST', '/faults', { operation: '*', reset: true });
    await expect(send('POST', '/reset')).resolves.toMatchObject({ status: 200, body: { pools: [{ users: 1 }] } });
    await expect(get('/outbox')).resolves.toMatchObject({ body: { messages: [] } });
    await expect(service.signIn()).resolves.toMatchObject({ status: 200 });
  });

  it('sends what happens', async () => {
    const response = await fetch(`${service.endpoint}/__local/events`);
    expect(response.headers.get('content-type')).toBe('text/event-stream; charset=utf-8');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let text = '';
    const until = async (part: string) => {
      while (!text.includes(part)) {
        text += (await reader?.read())?.value ?? '';
      }
    };
    await until(': listening\n\n');
    await service.signUp('bob');
    await until('event: message\ndata: {"to":"bob@example.com"}\n\n');
    await until('event: request\ndata: {"name":"SignUp","status":200}\n\n');
    await send('POST', '/clock', { advance: 1 });
    await until('event: clock\ndata: {}\n\n');
    await send('POST', '/faults', { operation: 'GetUser', reset: true });
    await until('event: faults\n');
    await send('POST', '/reset');
    await until('event: reset\n');
    await reader?.cancel();
  });

  it.each([
    ['GET', '/pools/none/users', undefined, 404, 'No user pool has the id or name "none".'],
    ['GET', '/pools/default/users/eve', undefined, 404, 'The user pool has no user "eve".'],
    ['POST', '/pools/default/users/eve/confirm', undefined, 404, 'The user pool has no user "eve".'],
    ['GET', '/pools/default/sign-ins?user=eve', undefined, 404, 'The user pool has no user "eve".'],
    ['GET', '/pools/default/users/%E0%A4%A', undefined, 404, 'The user pool has no user "%E0%A4%A".'],
    ['GET', '/pools/default/users?limit=0', undefined, 400, '"limit" must be an integer from 1 to 60.'],
    ['GET', '/pools/default/users?limit=ten', undefined, 400, '"limit" must be an integer from 1 to 60.'],
    ['GET', '/pools/default/users?search=x', undefined, 400, '"search" is unknown here. Known: filter, limit, next.'],
    ['GET', '/pools/default/users?filter=x', undefined, 400, expect.stringMatching(/^Error while parsing filter/)],
    ['GET', '/outbox?wait=-1', undefined, 400, '"wait" must be an integer from 0 to 600000.'],
    ['GET', '/pools?x=1', undefined, 400, '"x" is unknown here. Nothing is known.'],
    ['POST', '/clock', '{', 400, '"body" must be JSON.'],
    ['POST', '/clock', [], 400, '"body" must be a JSON object.'],
    ['POST', '/clock', {}, 400, '"body" must have either "advance", in milliseconds, or "set", a time.'],
    ['POST', '/clock', { advance: 1, set: 2 }, 400, expect.stringMatching(/^"body" must have either/)],
    [
      'POST',
      '/clock',
      { advance: '1' },
      400,
      '"advance" must be a number of milliseconds, zero or more. "set" goes back.',
    ],
    [
      'POST',
      '/clock',
      { advance: -1 },
      400,
      '"advance" must be a number of milliseconds, zero or more. "set" goes back.',
    ],
    ['POST', '/clock', { set: {} }, 400, expect.stringMatching(/^"time" must be/)],
    ['POST', '/clock', { forward: 1 }, 400, '"forward" is unknown here. Known: advance, set.'],
    ['POST', '/faults', { operation: 'Nothing', status: 500 }, 400, expect.stringMatching(/^"operation" must be/)],
    ['POST', '/faults', 'null', 400, expect.stringMatching(/^"fault" must be an object/)],
    ['POST', '/quotas', '', 400, expect.stringMatching(/^"body" must be true for the quotas of AWS, false for none/)],
    ['POST', '/quotas', { UserReed: 1 }, 400, expect.stringMatching(/^"quotas.UserReed" is an unknown category/)],
    ['GET', '/nothing', undefined, 404, expect.stringMatching(/^Nothing is here. There are: GET \/__local\/pools, /)],
    ['PUT', '/clock', undefined, 405, 'The methods of this path are: GET, HEAD, POST.'],
  ])('answers %s %s with %j by a clear error', async (method, path, body, status, message) => {
    await expect(send(method, path, body)).resolves.toMatchObject(refusal(status, message));
  });

  it('answers HEAD as GET, without the body', async () => {
    await expect(send('HEAD', '/pools')).resolves.toMatchObject({ status: 200 });
  });

  it('answers no page of another origin', async () => {
    const { endpoint } = service;
    for (const headers of [
      { origin: 'https://evil.example' },
      { origin: 'null' },
      { origin: endpoint.replace('http:', 'https:') },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site' },
    ]) {
      expect((await send('GET', '/outbox', undefined, headers)).status).toBe(403);
      expect((await send('POST', '/reset', undefined, headers)).status).toBe(403);
      expect((await send('GET', '/events', undefined, headers)).status).toBe(403);
    }
    for (const headers of [{ origin: endpoint, 'sec-fetch-site': 'same-origin' }, { 'sec-fetch-site': 'none' }]) {
      const { status, headers: answered } = await send('GET', '/outbox', undefined, headers);
      expect([status, answered.get('access-control-allow-origin')]).toEqual([200, null]);
    }
  });
});
