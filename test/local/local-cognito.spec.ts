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

  it('has one pool with a public and a secret client when nothing is said', async () => {
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

  it('gives the options of MandateModule', async () => {
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

  it('has the pools, clients, groups and users that it is given', async () => {
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

  it('adds users and clients while it runs', async () => {
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

  it('takes no second user of the same name and no unknown attribute', async () => {
    await expect(start({ users: [{ username: 'a' }, { username: 'a' }] })).rejects.toThrow('User already exists');
    await expect(start({ users: [{ username: 'a', attributes: { 'custom:x': '1' } }] })).rejects.toThrow(
      'custom:x: Attribute does not exist in the schema.',
    );
  });

  it('keeps messages in an outbox and tells a listener', async () => {
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

  it('names a pool and a client that it does not have', async () => {
    const cognito = await start();
    expect(() => cognito.pool('staff')).toThrow('"pool" should be one of the embedded Cognito ("default").');
    expect(() => cognito.pool().client('app')).toThrow(
      '"client" should be one of pool "default" ("public", "secret").',
    );
  });

  it('names the port when it is in use', async () => {
    const { port } = await start();
    await expect(LocalCognito.start({ port })).rejects.toThrow(
      `"port" should be free, but ${port} is in use on 127.0.0.1; choose another one.`,
    );
    await expect(LocalCognito.start({ port })).rejects.toBeInstanceOf(MandateArgumentError);
  });

  it('names the host when it is not of this machine', async () => {
    await expect(LocalCognito.start({ host: '192.0.2.1' })).rejects.toThrow(
      '"host" should be an address of this machine, unlike "192.0.2.1".',
    );
  });

  it.each<[object, string]>([
    [{ pool: [] }, '"pool" is not known; known are port, host, pools'],
    [{ pools: {} }, '"pools" should be a list.'],
    [{ pools: [{}] }, '"pools[0].name" should be a text.'],
    [{ pools: ['default'] }, '"pools[0]" should be an object.'],
    [{ pools: [{ name: 'x', id: 'x' }] }, '"pools[0].id" should look like "us-east-1_AbCdEfGhI".'],
    [{ pools: [{ name: 'x', user: [] }] }, '"pools[0].user" is not known;'],
    [{ pools: [{ name: 'x' }, { name: 'x' }] }, '"pools" should have different names; "x" is there twice.'],
    [{ pools: [{ name: 'x', clients: [{ id: 'a' }] }] }, '"pools[0].clients[0].name" should be a text.'],
    [{ pools: [{ name: 'x', clients: [{ name: 'a', id: 'a b' }] }] }, '"pools[0].clients[0].id" should be 1 to 128'],
    [
      { pools: [{ name: 'x', clients: [{ name: 'a', secret: 'short' }] }] },
      '"pools[0].clients[0].secret" should be true or',
    ],
    [{ pools: [{ name: 'x', groups: [{ title: 'g' }] }] }, '"pools[0].groups[0].title" is not known'],
    [{ users: [{ name: 'ann' }] }, '"users[0].name" is not known'],
    [{ users: [{}] }, '"users[0].username" should be a text.'],
  ])('refuses the options %j', async (options, message) => {
    await expect(LocalCognito.start(options as LocalCognitoOptions)).rejects.toThrow(message);
  });

  it('lets nothing of a failed start keep running', async () => {
    const taken = await start();
    const { port } = taken;
    await taken.stop();
    await expect(LocalCognito.start({ port, users: [{ username: 'a' }, { username: 'a' }] })).rejects.toThrow();
    await expect(start({ port })).resolves.toBeInstanceOf(LocalCognito);
  });

  it('is told apart from another one', async () => {
    const [one, two] = [await start(), await start()];
    const answer = await call(two.endpoint, 'DescribeUserPool', { UserPoolId: one.pool().id });
    expect(answer.status).toBe(400);
  });
});
