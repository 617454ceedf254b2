import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { LocalCognito } from '../../../lib/local/local-cognito.js';
import type { LocalCognitoOptions, LocalPoolOptions } from '../../../lib/testing/index.js';
import { signingKeysPem } from '../signing-keys.js';
import { call, refusal, succeed } from '../wire.js';
import { storedRecords } from './stored-records.js';

const PASSWORD = 'Correct-Horse-9';
const ID = 'us-east-1_Kept00001';

describe('kept data', () => {
  let directory: string;
  let warnings: string[];

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mandate-kept-'));
    warnings = [];
  });

  afterEach(() => rm(directory, { recursive: true }));

  const start = (pool: Partial<LocalPoolOptions> = {}, options: LocalCognitoOptions = {}) =>
    LocalCognito.start({
      dataDirectory: directory,
      onWarning: (warning) => warnings.push(warning),
      pools: [
        { name: 'default', id: ID, keys: signingKeysPem(), clients: [{ name: 'web', id: 'webclient' }], ...pool },
      ],
      ...options,
    });

  const signIn = (cognito: LocalCognito, USERNAME: string) =>
    call(cognito.endpoint, 'InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: 'webclient',
      AuthParameters: { USERNAME, PASSWORD },
    });

  it('is not contradicted by the sender that its options got', async () => {
    const pool: Partial<LocalPoolOptions> = {
      EmailConfiguration: { From: 'a@example.com' },
      AutoVerifiedAttributes: ['email', 'phone_number'],
      mfa: { MfaConfiguration: 'OPTIONAL', EmailMfaConfiguration: {}, SmsMfaConfiguration: {} },
    };
    await (await start(pool)).stop();
    await (await start(pool)).stop();
    expect(warnings).toEqual([]);
  });

  it.each([
    ['in the options', { name: 'renamed' }],
    ['through the API', {}],
  ])('is found by the id of a pool that was renamed %s', async (_, renamed) => {
    const first = await start({ users: [{ username: 'ann', password: PASSWORD }] });
    if (!('name' in renamed)) {
      await succeed(first.endpoint, 'UpdateUserPool', { UserPoolId: ID, PoolName: 'elsewhere' });
    }
    await first.stop();
    const second = await start(renamed);
    await expect(signIn(second, 'ann')).resolves.toMatchObject({ status: 200 });
    expect(second.pools).toHaveLength(1);
    expect(second.pool('name' in renamed ? 'renamed' : 'default').id).toBe(ID);
    expect(warnings).toEqual([expect.stringContaining('keeps its name')]);
    await second.stop();
  });

  it('gets what the options add later', async () => {
    await (await start()).stop();
    const second = await start({
      Schema: [{ Name: 'tier', AttributeDataType: 'String' }],
      clients: [{ name: 'web', id: 'webclient' }, { name: 'app' }],
      groups: ['staff'],
      identityProviders: ['Google'],
      users: [{ username: 'bob', password: PASSWORD, attributes: { 'custom:tier': 'gold' } }],
      triggers: { preAuthentication: (event) => event },
    });
    expect(second.pool().client('app').name).toBe('app');
    await succeed(second.endpoint, 'GetGroup', { UserPoolId: ID, GroupName: 'staff' });
    await succeed(second.endpoint, 'DescribeIdentityProvider', { UserPoolId: ID, ProviderName: 'Google' });
    await expect(signIn(second, 'bob')).resolves.toMatchObject({ status: 200 });
    expect(warnings).toEqual([]);
    await second.stop();
  });

  it('says which groups of a user and which state the options contradict', async () => {
    await (await start({ users: [{ username: 'ann', groups: ['staff', 'admins'] }] })).stop();
    await (await start({ users: [{ username: 'ann', groups: ['admins', 'staff'], enabled: true }] })).stop();
    expect(warnings).toEqual([]);
    await (await start({ users: [{ username: 'ann', groups: ['guests'], enabled: false }] })).stop();
    const advice = 'as the options say. Change it through the API, or start with a new data directory.';
    expect(warnings).toEqual([
      `Pool "default" (${ID}) keeps groups of the user "ann": ["admins","staff"], not ["guests"] ${advice}`,
      `Pool "default" (${ID}) keeps enabled of the user "ann": true, not false ${advice}`,
    ]);
  });

  it('does not get anew what was deleted', async () => {
    const pool = { groups: ['staff'], users: [{ username: 'ann' }] };
    const first = await start(pool);
    await succeed(first.endpoint, 'DeleteGroup', { UserPoolId: ID, GroupName: 'staff' });
    await succeed(first.endpoint, 'AdminDeleteUser', { UserPoolId: ID, Username: 'ann' });
    await succeed(first.endpoint, 'DeleteUserPoolClient', { UserPoolId: ID, ClientId: 'webclient' });
    await first.stop();
    const second = await start(pool);
    const named = { UserPoolId: ID, Username: 'ann' };
    await expect(call(second.endpoint, 'AdminGetUser', named)).resolves.toMatchObject(refusal('UserNotFoundException'));
    await expect(succeed(second.endpoint, 'ListGroups', { UserPoolId: ID })).resolves.toMatchObject({ Groups: [] });
    await expect(succeed(second.endpoint, 'ListUserPoolClients', { UserPoolId: ID })).resolves.toMatchObject({
      UserPoolClients: [],
    });
    await second.stop();
  });

  it.each<[Partial<LocalPoolOptions>, string]>([
    [{ AliasAttributes: ['email'] }, 'keeps AliasAttributes: none, not ["email"]'],
    [{ UsernameConfiguration: { CaseSensitive: true } }, 'keeps UsernameConfiguration: {"CaseSensitive":false}'],
    [{ Schema: [{ Name: 'tier', AttributeDataType: 'Number' }] }, 'keeps the attribute custom:tier: {'],
  ])('says that %j cannot be changed', async (other, contradiction) => {
    const schema: Partial<LocalPoolOptions> = {
      Schema: [{ Name: 'tier', AttributeDataType: 'String' }],
      UsernameConfiguration: { CaseSensitive: false },
    };
    await (await start(schema)).stop();
    await (await start({ ...schema, ...other })).stop();
    expect(warnings).toEqual([
      expect.stringMatching(/ as the options say\. It cannot be changed: start with a new data directory\.$/),
    ]);
    expect(warnings[0]).toContain(contradiction);
  });

  it('wins over options that contradict it, one line each', async () => {
    await (await start({ MfaConfiguration: 'OFF', groups: [{ name: 'staff', precedence: 1 }] })).stop();
    const second = await start({
      MfaConfiguration: 'OPTIONAL',
      DeletionProtection: 'ACTIVE',
      clients: [{ name: 'web', id: 'webclient', AccessTokenValidity: 5 }],
      groups: [{ name: 'staff', precedence: 2 }],
    });
    expect(warnings).toEqual([
      expect.stringContaining('MfaConfiguration: "OFF", not "OPTIONAL"'),
      expect.stringContaining('DeletionProtection'),
      expect.stringContaining('AccessTokenValidity of the app client "web"'),
      expect.stringContaining('precedence of the group "staff": 1, not 2'),
    ]);
    await second.stop();
  });

  it('is taken over from the file of an earlier version, once', async () => {
    const text = await readFile(join(process.cwd(), 'test/local/store/earlier-pools.json'), 'utf8');
    const { refreshToken, file } = JSON.parse(text) as { refreshToken: string; file: { pools: object[] } };
    const pools = file.pools.map((pool) => ({ ...pool, keys: signingKeysPem() }));
    await writeFile(join(directory, 'pools.json'), JSON.stringify({ ...file, pools }));
    for (const time of ['first', 'second']) {
      const cognito = await LocalCognito.start({ dataDirectory: directory, pools: [] });
      const auth = (AuthFlow: string, AuthParameters: object) =>
        call(cognito.endpoint, 'InitiateAuth', { ClientId: 'earlierclient', AuthFlow, AuthParameters });
      await expect(auth('REFRESH_TOKEN_AUTH', { REFRESH_TOKEN: refreshToken })).resolves.toMatchObject({ status: 200 });
      await expect(auth('USER_PASSWORD_AUTH', { USERNAME: 'ann', PASSWORD })).resolves.toMatchObject({ status: 200 });
      await expect(
        succeed(cognito.endpoint, 'ListUsersInGroup', { UserPoolId: cognito.pool().id, GroupName: 'staff' }),
      ).resolves.toMatchObject({ Users: [{ Username: 'ann' }] });
      await cognito.stop();
      await expect(readdir(directory)).resolves.toEqual(['pools.json.imported', 'store', 'writes']);
      expect(time).toBeDefined();
    }
  });

  it('has nothing left of a deleted user or pool', async () => {
    const first = await start();
    await first.stop();
    const before = [...(await storedRecords(directory)).keys()];
    const second = await start();
    const named = { UserPoolId: ID, Username: 'cat' };
    await succeed(second.endpoint, 'AdminCreateUser', { ...named, MessageAction: 'SUPPRESS' });
    await succeed(second.endpoint, 'AdminSetUserPassword', { ...named, Password: PASSWORD, Permanent: true });
    await signIn(second, 'cat');
    await signIn(second, 'cat');
    await succeed(second.endpoint, 'AdminDeleteUser', named);
    const { UserPool } = await succeed(second.endpoint, 'CreateUserPool', { PoolName: 'gone' });
    const UserPoolId = (UserPool as { Id: string }).Id;
    await succeed(second.endpoint, 'AdminCreateUser', { UserPoolId, Username: 'dan' });
    await succeed(second.endpoint, 'DeleteUserPool', { UserPoolId });
    await second.stop();
    expect([...(await storedRecords(directory)).keys()]).toEqual(before);
  });

  it('has no sign-ins left of a user who signed out everywhere', async () => {
    const cognito = await start({ users: [{ username: 'ann', password: PASSWORD }] });
    const { body } = await signIn(cognito, 'ann');
    const { AccessToken, RefreshToken } = body['AuthenticationResult'] as Record<string, string>;
    await signIn(cognito, 'ann');
    await succeed(cognito.endpoint, 'GlobalSignOut', { AccessToken });
    const refresh = {
      ClientId: 'webclient',
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: { REFRESH_TOKEN: RefreshToken },
    };
    await expect(call(cognito.endpoint, 'InitiateAuth', refresh)).resolves.toMatchObject(
      refusal('NotAuthorizedException', 'Refresh Token has been revoked'),
    );
    await cognito.stop();
    expect([...(await storedRecords(directory)).keys()].filter((key) => key.includes('/signIns/'))).toEqual([]);
  });

  it('counts failed attempts', async () => {
    const wrong = {
      ClientId: 'webclient',
      AuthFlow: 'USER_PASSWORD_AUTH',
      AuthParameters: { USERNAME: 'ann', PASSWORD: 'x' },
    };
    const users = [{ username: 'ann', password: PASSWORD }];
    const first = await start({ users });
    for (let attempt = 0; attempt < 6; attempt++) {
      await call(first.endpoint, 'InitiateAuth', wrong);
    }
    await first.stop();
    const second = await start({ users });
    await expect(signIn(second, 'ann')).resolves.toMatchObject(
      refusal('NotAuthorizedException', 'Password attempts exceeded'),
    );
    await second.stop();
  });
});
