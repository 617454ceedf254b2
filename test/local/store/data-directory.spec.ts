import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { LocalCognito } from '../../../lib/local/local-cognito.js';
import type { LocalPoolOptions } from '../../../lib/testing/index.js';
import { signingKeysPem } from '../signing-keys.js';
import { call, refusal, succeed } from '../wire.js';
import { storedRecords } from './stored-records.js';

const PASSWORD = 'Correct-Horse-9';

describe('a data directory', () => {
  let directory: string;

  beforeEach(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mandate-data-'));
  });

  afterEach(() => rm(directory, { recursive: true }));

  const pools = (): LocalPoolOptions[] => [
    {
      name: 'default',
      keys: signingKeysPem(),
      Schema: [{ Name: 'tier', AttributeDataType: 'String' }],
      UsernameConfiguration: { CaseSensitive: false },
      users: [{ username: 'ann', password: PASSWORD, groups: ['staff'], attributes: { 'custom:tier': 'gold' } }],
    },
  ];

  const signIn = (cognito: LocalCognito, USERNAME: string) =>
    succeed(cognito.endpoint, 'InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: cognito.pool().client('public').id,
      AuthParameters: { USERNAME, PASSWORD },
    });

  it('keeps pools, clients, users, groups, sign-ins and keys across a restart', async () => {
    const first = await LocalCognito.start({ dataDirectory: directory, pools: pools() });
    const { AuthenticationResult } = await signIn(first, 'ann');
    const { RefreshToken } = AuthenticationResult as { RefreshToken: string };
    await succeed(first.endpoint, 'SignUp', {
      ClientId: first.pool().client('public').id,
      Username: 'bob',
      Password: PASSWORD,
      UserAttributes: [{ Name: 'email', Value: 'bob@example.com' }],
    });
    const code = first.outbox.latest()?.code;
    const { id } = first.pool();
    const client = first.pool().client('secret');
    const keys: unknown = await (await fetch(first.pool().jwksUri)).json();
    await first.stop();

    const second = await LocalCognito.start({ dataDirectory: directory, pools: pools() });
    expect(second.pool().id).toBe(id);
    expect(second.pool().client('secret')).toEqual(client);
    await expect((await fetch(second.pool().jwksUri)).json()).resolves.toEqual(keys);
    await expect(
      call(second.endpoint, 'InitiateAuth', {
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        ClientId: second.pool().client('public').id,
        AuthParameters: { REFRESH_TOKEN: RefreshToken },
      }),
    ).resolves.toMatchObject({ status: 200 });
    await expect(signIn(second, 'ANN')).resolves.toHaveProperty('AuthenticationResult');
    await expect(
      call(second.endpoint, 'ConfirmSignUp', {
        ClientId: second.pool().client('public').id,
        Username: 'bob',
        ConfirmationCode: code,
      }),
    ).resolves.toMatchObject({ status: 200 });
    const { Users } = await succeed(second.endpoint, 'ListUsersInGroup', { UserPoolId: id, GroupName: 'staff' });
    expect(Users).toMatchObject([{ Username: 'ann' }]);
    await second.stop();
  });

  it('drops deleted records', async () => {
    const first = await LocalCognito.start({ dataDirectory: directory, pools: pools() });
    const { id } = first.pool();
    await succeed(first.endpoint, 'AdminDeleteUser', { UserPoolId: id, Username: 'ann' });
    await first.stop();
    const second = await LocalCognito.start({ dataDirectory: directory, pools: pools() });
    await expect(call(second.endpoint, 'AdminGetUser', { UserPoolId: id, Username: 'ann' })).resolves.toMatchObject(
      refusal('UserNotFoundException'),
    );
    await second.stop();
  });

  it('is readable by its owner only, without passwords', async () => {
    const cognito = await LocalCognito.start({ dataDirectory: directory, pools: pools() });
    await Promise.all(Array.from({ length: 20 }, () => signIn(cognito, 'ann')));
    await cognito.stop();
    await expect(readdir(directory)).resolves.toEqual(['store', 'writes']);
    expect((await stat(join(directory, 'store'))).mode & 0o777).toBe(0o700);
    expect(JSON.stringify([...(await storedRecords(directory))])).not.toContain(PASSWORD);
  });

  it('is created when it does not exist', async () => {
    const deep = join(directory, 'a', 'b');
    const cognito = await LocalCognito.start({ dataDirectory: deep, pools: pools() });
    await cognito.stop();
    await expect(readdir(deep)).resolves.toEqual(['store', 'writes']);
  });

  it.each(['{', '{"format":2,"pools":[]}', '[]', 'null'])(
    'with the invalid file %s is rejected and left unchanged',
    async (text) => {
      const path = join(directory, 'pools.json');
      await writeFile(path, text);
      await expect(LocalCognito.start({ dataDirectory: directory, pools: pools() })).rejects.toThrow(
        `"dataDirectory" must contain data of this version of mandate, but ${path} is not readable. Delete the file to start with new pools.`,
      );
      await expect(readFile(path, 'utf8')).resolves.toBe(text);
    },
  );

  it.each(['.', 'store'])('whose files are deleted meanwhile (%s) stores nothing, and says so', async (deleted) => {
    const kept = join(directory, 'kept');
    const warnings: string[] = [];
    const cognito = await LocalCognito.start({
      ...{ dataDirectory: kept, pools: pools() },
      onWarning: (warning) => warnings.push(warning),
    });
    const addUser = (Username: string) =>
      call(cognito.endpoint, 'AdminCreateUser', { UserPoolId: cognito.pool().id, Username });
    await expect(addUser('bob')).resolves.toMatchObject({ status: 200 });
    await rm(join(kept, deleted), { recursive: true });
    for (const name of ['cy', 'dan']) {
      const { status, body } = await addUser(name);
      expect({ status, message: body['message'] }).toEqual({
        status: 500,
        message:
          'The files of the data directory were deleted or replaced, so nothing can be stored. Restart the server: it begins with what is in the directory then.',
      });
    }
    await expect(signIn(cognito, 'ann')).rejects.toThrow();
    expect(warnings).toEqual([expect.stringContaining('Until then requests that change something fail.')]);
    await cognito.stop();
  });

  it('whose store was deleted is refused until all of it is', async () => {
    const kept = join(directory, 'emptied');
    const start = () => LocalCognito.start({ dataDirectory: kept, pools: pools() });
    await (await start()).stop();
    await rm(join(kept, 'store'), { recursive: true });
    await expect(start()).rejects.toThrow(/must have its store/);
    await expect(start()).rejects.toThrow(
      `"dataDirectory" must have its store, but what "${kept}" kept was deleted. Restore a copy, or delete all of the directory to start anew.`,
    );
    await rm(kept, { recursive: true });
    const anew = await start();
    await expect(signIn(anew, 'ann')).resolves.toBeDefined();
    await anew.stop();
  });

  const onLinux = process.platform === 'linux' ? it : it.skip;
  onLinux('is refused where nothing can be created', async () => {
    await expect(LocalCognito.start({ dataDirectory: '/proc/mandate' })).rejects.toThrow(
      '"dataDirectory" must be a writable directory, but "/proc/mandate" is not.',
    );
  });

  it('must be a directory', async () => {
    const path = join(directory, 'file');
    await writeFile(path, '');
    await expect(LocalCognito.start({ dataDirectory: path })).rejects.toThrow(
      `"dataDirectory" must be a writable directory, but "${path}" is not.`,
    );
  });
});
