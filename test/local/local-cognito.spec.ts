import { MandateArgumentError } from '../../lib/errors/argument-error.js';
import { LocalCognito } from '../../lib/local/local-cognito.js';
import type { LocalCognitoOptions, LocalMessage } from '../../lib/testing/index.js';
import { signingKeysPem } from './signing-keys.js';
import { call, succeed } from './wire.js';

const PASSWORD = 'Correct-Horse-9';

describe('LocalCognito', () => {
  const running: LocalCognito[] = [];

  async function start(options: LocalCognitoOptions = {}): Promise<LocalCognito> {
    const cognito = await LocalCognito.start(options);
    running.push(cognito);
    return cognito;
  }

  afterEach(async () => {
    await Promise.all(running.splice(0).map((cognito) => cognito.stop()));
  });

  it('has one pool with a public and a secret client by default', async () => {
    const cognito = await start();
    const pool = cognito.pool();
    expect(cognito.endpoint).toBe(`http://127.0.0.1:${cognito.port}`);
    expect(pool.name).toBe('default');
    expect(pool.id).toMatch(/^us-east-1_[0-9A-Za-z]{9}$/);
    expect(pool.issuer).toBe(`${cognito.endpoint}/${pool.id}`);
    expect(pool.client()).toEqual(pool.client('public'));
    expect(pool.client('public')).not.toHaveProperty('secret');
    expect(pool.client('secret').secret).toMatch(/^[0-9a-z]{51}$/);
  });

  it('returns options for MandateModule', async () => {
    const cognito = await start();
    const pool = cognito.pool();
    const shared = {
      userPoolId: pool.id,
      region: 'us-east-1',
      endpoint: cognito.endpoint,
      issuer: pool.issuer,
      jwksUri: `${pool.issuer}/.well-known/jwks.json`,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    };
    expect(pool.moduleOptions()).toEqual({ ...shared, clientId: pool.client('public').id });
    const { id, secret } = pool.client('secret');
    expect(pool.moduleOptions({ client: 'secret' })).toEqual({ ...shared, clientId: id, clientSecret: secret });
  });

  it('creates the pools, clients, groups and users of its options', async () => {
    const cognito = await start({
      users: [{ username: 'ann', password: PASSWORD, groups: ['made up'] }],
      pools: [
        { name: 'people', id: 'us-east-1_People001', keys: signingKeysPem() },
        {
          name: 'staff',
          id: 'eu-central-1_Staff0001',
          clients: [{ name: 'app', id: 'staffapp', secret: 'abcdefghijklmnopqrstuvwx' }],
          groups: ['admins', { name: 'editors', precedence: 2 }],
          users: [{ username: 'bob', attributes: { email: 'bob@example.com' }, groups: ['admins'], enabled: false }],
        },
      ],
    });
    expect(cognito.pools.map(({ id }) => id)).toEqual(['us-east-1_People001', 'eu-central-1_Staff0001']);
    expect(cognito.pool('eu-central-1_Staff0001').name).toBe('staff');
    expect(cognito.pool('staff').moduleOptions()).toMatchObject({
      region: 'eu-central-1',
      clientId: 'staffapp',
      clientSecret: 'abcdefghijklmnopqrstuvwx',
    });
    const { Users } = await succeed(cognito.endpoint, 'ListUsersInGroup', {
      UserPoolId: 'eu-central-1_Staff0001',
      GroupName: 'admins',
    });
    expect(Users).toMatchObject([{ Username: 'bob', Enabled: false, UserStatus: 'CONFIRMED' }]);
    const { Groups } = await succeed(cognito.endpoint, 'AdminListGroupsForUser', {
      UserPoolId: 'us-east-1_People001',
      Username: 'ann',
    });
    expect(Groups).toMatchObject([{ GroupName: 'made up' }]);
  });

  it('adds users and clients at run time', async () => {
    const cognito = await start();
    const pool = cognito.pool();
    const { username, sub } = pool.createUser({
      username: 'cat',
      password: 'x',
      attributes: { email: 'c@example.com' },
    });
    expect(username).toBe('cat');
    const client = pool.createClient({ name: 'extra', secret: true });
    expect(pool.client('extra')).toEqual(client);
    const { UserAttributes } = await succeed(cognito.endpoint, 'AdminGetUser', { UserPoolId: pool.id, Username: sub });
    expect(UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' });
    expect(() => pool.createUser({ username: 'cat' })).toThrow('User already exists');
  });

  it('rejects a duplicate username and an unknown attribute', async () => {
    await expect(start({ users: [{ username: 'a' }, { username: 'a' }] })).rejects.toThrow('User already exists');
    await expect(start({ users: [{ username: 'a', attributes: { 'custom:x': '1' } }] })).rejects.toThrow(
      'custom:x: Attribute does not exist in the schema.',
    );
  });

  it('keeps messages in an outbox and passes them to a listener', async () => {
    const heard: LocalMessage[] = [];
    const cognito = await start({ onMessage: (message) => heard.push(message), clock: () => 1_700_000_000_000 });
    for (const name of ['ann', 'bob']) {
      await succeed(cognito.endpoint, 'SignUp', {
        ClientId: cognito.pool().client().id,
        Username: name,
        Password: PASSWORD,
        UserAttributes: [{ Name: 'email', Value: `${name}@example.com` }],
      });
    }
    const { outbox } = cognito;
    expect(outbox.all()).toEqual(heard);
    expect(outbox.all({ to: 'ann@example.com' })).toHaveLength(1);
    expect(outbox.latest()).toMatchObject({
      to: 'bob@example.com',
      username: 'bob',
      poolId: cognito.pool().id,
      subject: 'Your verification code',
      text: `Your confirmation code is ${outbox.latest()?.code ?? ''}.`,
      sentAt: 1_700_000_000_000,
    });
    expect(outbox.latest({ medium: 'SMS' })).toBeUndefined();
    outbox.clear();
    expect(outbox.all()).toEqual([]);
  });

  it('reports an unknown pool and an unknown client', async () => {
    const cognito = await start();
    expect(() => cognito.pool('staff')).toThrow('"pool" must name a pool of the embedded Cognito. It has: "default".');
    expect(() => cognito.pool().client('app')).toThrow(
      '"client" must name an app client of pool "default". It has: "public", "secret".',
    );
  });

  it('reports a port that is in use', async () => {
    const { port } = await start();
    await expect(LocalCognito.start({ port })).rejects.toThrow(
      `"port" must be free, but ${port} is in use on 127.0.0.1. Choose another port, or 0 for any free one.`,
    );
    await expect(LocalCognito.start({ port })).rejects.toBeInstanceOf(MandateArgumentError);
  });

  it('reports a host that is not an address of this machine', async () => {
    await expect(LocalCognito.start({ host: '192.0.2.1' })).rejects.toThrow(
      '"host" must be an address of this machine, not "192.0.2.1".',
    );
  });

  it.each<[object, string]>([
    [{ pool: [] }, '"pool" is an unknown option. Known options: port, host, pools'],
    [{ pools: {} }, '"pools" must be an array.'],
    [{ pools: [{}] }, '"pools[0].name" must be a non-empty string.'],
    [{ pools: ['default'] }, '"pools[0]" must be an object.'],
    [{ pools: [{ name: 'x', id: 'x' }] }, '"pools[0].id" must look like "us-east-1_AbCdEfGhI".'],
    [{ pools: [{ name: 'x', user: [] }] }, '"pools[0].user" is an unknown option.'],
    [{ pools: [{ name: 'x' }, { name: 'x' }] }, '"pools" must have unique names. Duplicate: "x".'],
    [
      {
        pools: ['x', 'y'].map((name) => ({ name, clients: [{ name: 'web', id: 'webclient' }] })),
      },
      '"pools" must have app clients with unique ids, as a sign-in names no pool. Duplicate: "webclient".',
    ],
    [{ pools: [{ name: 'x', clients: [{ id: 'a' }] }] }, '"pools[0].clients[0].name" must be a non-empty string.'],
    [{ pools: [{ name: 'x', clients: [{ name: 'a', id: 'a b' }] }] }, '"pools[0].clients[0].id" must be 1 to 128'],
    [
      { pools: [{ name: 'x', clients: [{ name: 'a', secret: 'short' }] }] },
      '"pools[0].clients[0].secret" must be a boolean or',
    ],
    [{ pools: [{ name: 'x', groups: [{ title: 'g' }] }] }, '"pools[0].groups[0].title" is an unknown option'],
    [{ users: [{ name: 'ann' }] }, '"users[0].name" is an unknown option'],
    [{ users: [{}] }, '"users[0].username" must be a non-empty string.'],
  ])('rejects the options %j', async (options, message) => {
    await expect(LocalCognito.start(options as LocalCognitoOptions)).rejects.toThrow(message);
  });

  it('releases everything after a failed start', async () => {
    const taken = await start();
    const { port } = taken;
    await taken.stop();
    await expect(LocalCognito.start({ port, users: [{ username: 'a' }, { username: 'a' }] })).rejects.toThrow();
    await expect(start({ port })).resolves.toBeInstanceOf(LocalCognito);
  });

  it('is independent of another instance', async () => {
    const [one, two] = [await start(), await start()];
    const answer = await call(two.endpoint, 'DescribeUserPool', { UserPoolId: one.pool().id });
    expect(answer.status).toBe(400);
  });
});
