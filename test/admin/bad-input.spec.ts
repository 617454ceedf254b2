import { createCognitoAdminService } from '../../lib/admin/create-cognito-admin-service.js';
import type { CognitoAdminService } from '../../lib/admin/cognito-admin.service.js';
import { filterExpression, type UserFilter } from '../../lib/admin/user-filter.js';
import { AppClient } from '../../lib/client/app-client.js';
import { CognitoClient } from '../../lib/client/cognito-client.js';
import { cutShort, exception, FakeService, json, raw, reset } from '../client/fake-service.js';
import { CLIENT_ID, POOL_ID } from '../user/service-under-test.js';

const CREDENTIALS = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' };

describe('filterExpression', () => {
  it.each<[UserFilter, string]>([
    [{ attribute: 'email', equals: 'ann@example.com' }, 'email = "ann@example.com"'],
    [{ attribute: 'username', startsWith: 'ann' }, 'username ^= "ann"'],
    [{ attribute: 'name', equals: 'Ann "x" \\' }, 'name = "Ann \\"x\\" \\\\"'],
    [{ attribute: 'email', equals: '" or sub ^= "' }, 'email = "\\" or sub ^= \\""'],
  ])('writes %j', (filter, expression) => {
    expect(filterExpression(filter)).toBe(expression);
  });

  it.each([
    [{ attribute: 'custom:tenant', equals: 'acme' }, 'filter.attribute'],
    [{ attribute: 'email ^= "" or email', equals: 'x' }, 'filter.attribute'],
    [{ attribute: 'email' }, 'filter'],
  ])('rejects %j', (filter, argument) => {
    expect(() => filterExpression(filter as UserFilter)).toThrow(expect.objectContaining({ argument }));
  });
});

describe('CognitoAdminService', () => {
  let fake: FakeService;
  let admin: CognitoAdminService;

  const connect = (options: { credentials?: () => Promise<never> } = {}): CognitoAdminService =>
    createCognitoAdminService({
      client: new CognitoClient({
        region: 'eu-west-1',
        endpoint: fake.endpoint,
        credentials: CREDENTIALS,
        retry: { maxAttempts: 1 },
        ...options,
      }),
      appClient: new AppClient({ userPoolId: POOL_ID, clientId: CLIENT_ID }),
    });

  beforeEach(async () => {
    fake = await FakeService.start();
    admin = connect();
  });

  afterEach(() => fake.stop());

  const wrong = (value: unknown): never => value as never;

  it.each<[string, () => Promise<unknown>, string]>([
    ['an empty username', () => admin.getUser(''), 'username'],
    ['an object as username', () => admin.deleteUser(wrong({})), 'username'],
    ['a password that is a number', () => admin.setPassword({ username: 'ann', password: wrong(1) }), 'password'],
    ['no password', () => admin.authenticate(wrong({ username: 'ann' })), 'password'],
    [
      'attributes that are a string',
      () => admin.updateProfile({ username: 'ann', attributes: wrong('x') }),
      'attributes',
    ],
    ['a group without a name', () => admin.groups.create({ name: '' }), 'name'],
    ['an array as group', () => admin.groups.addUser({ username: 'ann', group: wrong([]) }), 'group'],
    ['a member without a name', () => admin.groups.removeUser(wrong({ group: 'staff' })), 'username'],
    ['factors without a username', () => admin.mfa.factors(wrong(undefined)), 'username'],
    ['a device without a key', () => admin.devices.get(wrong({ username: 'ann' })), 'deviceKey'],
    ['a session without an id', () => admin.sessions.revoke(wrong({ username: 'ann' })), 'sessionId'],
  ])('rejects %s before anything is sent', async (_, call, argument) => {
    await expect(call()).rejects.toMatchObject({ code: 'ARGUMENT_INVALID', argument });
    expect(fake.requests).toHaveLength(0);
  });

  it('rejects with CognitoCredentialsError without credentials', async () => {
    admin = connect({
      credentials: () => Promise.reject(Object.assign(new Error('none'), { name: 'CredentialsProviderError' })),
    });

    await expect(admin.getUser('ann')).rejects.toMatchObject({ name: 'CognitoCredentialsError' });
  });

  it.each([
    ['is down', reset(), 'SERVICE_UNAVAILABLE', 503],
    ['answers a web page', raw('<html>'), 'SERVICE_UNAVAILABLE', 503],
    ['answers half', cutShort('{"Username":'), 'SERVICE_UNAVAILABLE', 503],
    ['answers 500', exception('InternalErrorException', 'Oops', 500), 'SERVICE_FAULT', 502],
    ['answers an object that is not a user', json({}), 'ANSWER_UNEXPECTED', 502],
  ])('has another code for a service that %s than for a refusal', async (_, reply, code, status) => {
    fake.on('AdminGetUser', reply).on('AdminInitiateAuth', reply);

    await expect(admin.getUser('ann')).rejects.toMatchObject({ code, status });
    await expect(admin.authenticate({ username: 'ann', password: 'pw' })).rejects.toMatchObject({ code, status });
  });

  it('reports in the middle of a list that the service is down', async () => {
    const user = { Username: 'ann', Attributes: [], UserStatus: 'CONFIRMED', Enabled: true };
    fake.on('ListUsers', json({ Users: [user], PaginationToken: 'page-2' }), reset());

    const users = admin.getUsers()[Symbol.asyncIterator]();

    await expect(users.next()).resolves.toMatchObject({ value: { username: 'ann' } });
    await expect(users.next()).rejects.toMatchObject({ code: 'SERVICE_UNAVAILABLE' });
  });

  it('continues after an empty page with a next token', async () => {
    fake.on(
      'ListUsers',
      json({ Users: [], PaginationToken: 'page-2' }),
      json({ Users: [{ Username: 'ann', Attributes: [], UserStatus: 'CONFIRMED', Enabled: true }] }),
    );

    const users = [];
    for await (const { username } of admin.getUsers()) {
      users.push(username);
    }

    expect(users).toEqual(['ann']);
    expect(fake.sent('ListUsers')).toEqual([
      { UserPoolId: POOL_ID, Limit: 60 },
      { UserPoolId: POOL_ID, Limit: 60, PaginationToken: 'page-2' },
    ]);
  });

  it('sends the context of a sign-in for threat protection', async () => {
    fake.on('AdminInitiateAuth', json({ AuthenticationResult: { AccessToken: 'a', IdToken: 'i', ExpiresIn: 1 } }));

    await admin.authenticate({
      username: 'ann',
      password: 'pw',
      clientMetadata: { channel: 'desk' },
      contextData: {
        ipAddress: '192.0.2.7',
        serverName: 'api.example.com',
        serverPath: '/login',
        httpHeaders: { 'user-agent': 'Browser' },
      },
      analyticsMetadata: { analyticsEndpointId: 'endpoint' },
    });

    expect(fake.sent('AdminInitiateAuth')[0]).toMatchObject({
      AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
      ClientMetadata: { channel: 'desk' },
      ContextData: {
        IpAddress: '192.0.2.7',
        ServerName: 'api.example.com',
        ServerPath: '/login',
        HttpHeaders: [{ headerName: 'user-agent', headerValue: 'Browser' }],
      },
      AnalyticsMetadata: { AnalyticsEndpointId: 'endpoint' },
    });
  });
});
