import { pbkdf2Sync, scryptSync } from 'node:crypto';
import { cpSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setImmediate } from 'node:timers/promises';

import { argon2id, bcrypt } from 'hash-wasm';

import type { LocalLogLine, LocalPoolOptions } from '../../lib/testing/index.js';
import { type LocalService, startLocalService } from './local-service.js';
import { signInBySrp } from './srp-client.js';
import { call, refusal, succeed } from './wire.js';

const ROLE = 'arn:aws:iam::123456789012:role/logs';
const PASSWORD = 'Correct-Horse-9';
const HOUR = 3_600_000;
const salt = Buffer.from('sixteen bytes ..');
const encode = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');

type Row = Readonly<Record<string, string>>;
type Job = Readonly<Record<string, unknown>> & { readonly JobId: string; readonly PreSignedUrl: string };

describe('imports of users', () => {
  let service: LocalService;
  let endpoint: string;
  let UserPoolId: string;
  let log: LocalLogLine[];

  async function start(pool: Partial<LocalPoolOptions> = {}, dataDirectory?: string): Promise<void> {
    log = [];
    service = await startLocalService({
      pools: [{ name: 'default', ...pool }],
      onLog: (line) => log.push(line),
      ...(dataDirectory !== undefined && { dataDirectory }),
    });
    ({ endpoint } = service.cognito);
    UserPoolId = service.cognito.pool().id;
  }

  afterEach(() => service.stop());

  const header = async () =>
    (await succeed(endpoint, 'GetCSVHeader', { UserPoolId }))['CSVHeader'] as readonly string[];

  async function create(input: object = {}): Promise<Job> {
    const request = { UserPoolId, JobName: 'first', CloudWatchLogsRoleArn: ROLE, ...input };
    return (await succeed(endpoint, 'CreateUserImportJob', request))['UserImportJob'] as Job;
  }

  const upload = async ({ PreSignedUrl }: Job, body: string) =>
    fetch(PreSignedUrl, { method: 'PUT', body, headers: { 'x-amz-server-side-encryption': 'aws:kms' } });

  const describeJob = async ({ JobId }: Job) =>
    (await succeed(endpoint, 'DescribeUserImportJob', { UserPoolId, JobId }))['UserImportJob'] as Job;

  async function ended(job: Job): Promise<Job> {
    for (;;) {
      const current = await describeJob(job);
      if (current['CompletionDate'] !== undefined) {
        return current;
      }
      await setImmediate();
    }
  }

  function csv(columns: readonly string[], rows: readonly Row[]): string {
    const cell = (value = '') => (/[",\n]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value);
    return [columns, ...rows.map((row) => columns.map((name) => cell(row[name])))]
      .map((line) => line.join(','))
      .join('\r\n');
  }

  /** Runs a whole import. */
  async function run(rows: readonly Row[], input: object = {}): Promise<Job> {
    const job = await create(input);
    const columns = [...(await header()), ...('PasswordHashingAlgorithm' in input ? ['cognito:password_hash'] : [])];
    await upload(job, csv(columns, rows));
    await succeed(endpoint, 'StartUserImportJob', { UserPoolId, JobId: job.JobId });
    return ended(job);
  }

  const user = (Username: string) => call(endpoint, 'AdminGetUser', { UserPoolId, Username });
  const row = (name: string, more: Row = {}): Row => ({
    'cognito:username': name,
    email: `${name}@example.com`,
    email_verified: 'TRUE',
    'cognito:mfa_enabled': 'FALSE',
    ...more,
  });

  it('have the attributes of the pool in their header', async () => {
    await start({ Schema: [{ Name: 'team', AttributeDataType: 'String' }] });
    const columns = await header();
    expect(columns).not.toContain('sub');
    expect(columns).toEqual(expect.arrayContaining(['name', 'email', 'email_verified', 'updated_at', 'custom:team']));
    expect(columns.slice(-2)).toEqual(['cognito:mfa_enabled', 'cognito:username']);
  });

  it('create users who must reset their password, and no trigger runs', async () => {
    const ran = jest.fn();
    const triggers = { preSignUp: ran, postConfirmation: ran };
    await start({ triggers });
    const job = await run([row('ann', { name: 'Ann, "A" Smith' }), row('bob')]);
    expect(job).toMatchObject({
      ...{ Status: 'Succeeded', ImportedUsers: 2, SkippedUsers: 0, FailedUsers: 0 },
      CompletionMessage: 'Import Job Completed Successfully.',
      StartDate: expect.any(Number) as number,
    });
    const { body } = await user('ann');
    expect(body).toMatchObject({ UserStatus: 'RESET_REQUIRED', Enabled: true });
    expect(body['UserAttributes']).toEqual(
      expect.arrayContaining([
        { Name: 'name', Value: 'Ann, "A" Smith' },
        { Name: 'email_verified', Value: 'true' },
      ]),
    );
    expect(ran).not.toHaveBeenCalled();
    ran.mockImplementation((event: object) => event);
    expect(log[0]).toEqual({
      group: `/aws/cognito/userpools/${UserPoolId}/default`,
      stream: `${job.JobId}/first`,
      text: '[SUCCEEDED] Line Number 2 - The import succeeded.',
    });
    const ClientId = service.cognito.pool().client().id;
    await succeed(endpoint, 'ForgotPassword', { ClientId, Username: 'ann' });
    const ConfirmationCode = service.cognito.outbox.latest()?.code;
    await succeed(endpoint, 'ConfirmForgotPassword', {
      ClientId,
      Username: 'ann',
      Password: PASSWORD,
      ConfirmationCode,
    });
    await expect(user('ann')).resolves.toMatchObject({ body: { UserStatus: 'CONFIRMED' } });
  });

  it('skip who exists and report what is wrong, by line', async () => {
    await start({ users: [{ username: 'ann' }] });
    const job = await run([
      row('ann'),
      row('bob'),
      row('eve', { email_verified: 'false' }),
      row('joe', { email: '' }),
      row('sam', { email: 'no address' }),
      row('', {}),
      row('max', { 'cognito:mfa_enabled': 'perhaps' }),
      row('tom', { 'cognito:mfa_enabled': 'true' }),
      row('big', { name: 'x'.repeat(16_001) }),
    ]);
    expect(job).toMatchObject({ Status: 'Succeeded', ImportedUsers: 1, SkippedUsers: 1, FailedUsers: 7 });
    expect(log.map(({ text }) => text.split(' - ')[0])).toEqual([
      '[SKIPPED] Line Number 2',
      '[SUCCEEDED] Line Number 3',
      ...[4, 5, 6, 7, 8, 9, 10].map((line) => `[FAILED] Line Number ${line}`),
    ]);
    expect(log.map(({ text }) => text).join('\n')).not.toMatch(/ann|bob|eve|joe|example\.com/);
    await expect(user('eve')).resolves.toMatchObject(refusal('UserNotFoundException'));
  });

  it('fail when nobody is imported, and when the file is not one of the pool', async () => {
    await start();
    await expect(run([row('eve', { email_verified: 'false' })])).resolves.toMatchObject({
      Status: 'Failed',
      CompletionMessage: 'Too many users have failed or been skipped during the import.',
    });
    for (const body of ['name,email\nann,a@example.com', '', `"${(await header()).join(',')}`]) {
      const job = await create();
      await upload(job, body);
      await succeed(endpoint, 'StartUserImportJob', { UserPoolId, JobId: job.JobId });
      await expect(ended(job)).resolves.toMatchObject({ Status: 'Failed', ImportedUsers: 0 });
    }
  });

  it('take the username from the address where users sign in with it', async () => {
    await start({ UsernameAttributes: ['email'] });
    const job = await run([row('', { email: 'ann@example.com' }), row('', { email: 'ann@example.com' })]);
    expect(job).toMatchObject({ ImportedUsers: 1, SkippedUsers: 1 });
    await expect(user('ann@example.com')).resolves.toMatchObject({ status: 200 });
  });

  it('read columns in any order, commas after a backslash, and a byte order mark', async () => {
    await start();
    const columns = [...(await header())].reverse();
    const cells: Row = row('ann', { name: 'Smith\\, Ann' });
    const job = await create();
    await upload(job, `\uFEFF${columns.join(',')}\n\n${columns.map((name) => cells[name] ?? '').join(',')}\n`);
    await succeed(endpoint, 'StartUserImportJob', { UserPoolId, JobId: job.JobId });
    await expect(ended(job)).resolves.toMatchObject({ ImportedUsers: 1 });
    const { body } = await user('ann');
    expect(body['UserAttributes']).toContainEqual({ Name: 'name', Value: 'Smith, Ann' });
    expect(log[0]?.text).toContain('Line Number 3');
  });

  describe('with password hashes', () => {
    const hashes: readonly (readonly [string, () => Promise<string> | string])[] = [
      ['BCRYPT', () => bcrypt({ password: PASSWORD, salt, costFactor: 5, outputType: 'encoded' })],
      [
        'BCRYPT',
        async () =>
          (await bcrypt({ password: PASSWORD, salt, costFactor: 5, outputType: 'encoded' })).replace('$2a$', '$2b$'),
      ],
      [
        'ARGON2ID',
        () =>
          argon2id({
            password: PASSWORD,
            salt,
            ...{ iterations: 2, memorySize: 256, parallelism: 1, hashLength: 32 },
            outputType: 'encoded',
          }),
      ],
      ['SCRYPT', () => `$scrypt$ln=10,r=8,p=1$${encode(salt)}$${encode(scryptSync(PASSWORD, salt, 32, { N: 1024 }))}`],
      [
        'PBKDF2_SHA256',
        () => `$pbkdf2-sha256$i=1000$${encode(salt)}$${encode(pbkdf2Sync(PASSWORD, salt, 1000, 32, 'sha256'))}`,
      ],
      [
        'PBKDF2_SHA256',
        () => `pbkdf2_sha256$1000$seasalt$${pbkdf2Sync(PASSWORD, 'seasalt', 1000, 32, 'sha256').toString('base64')}`,
      ],
    ];

    function signIn(password: string) {
      return call(endpoint, 'InitiateAuth', {
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: service.cognito.pool().client().id,
        AuthParameters: { USERNAME: 'ann', PASSWORD: password },
      });
    }

    const srp = () =>
      signInBySrp({
        ...{ sdk: service.sdk, userPoolId: UserPoolId, clientId: service.cognito.pool().client().id },
        ...{ username: 'ann', password: PASSWORD },
      });

    it.each(hashes)('%s, users sign in with their password', async (PasswordHashingAlgorithm, hash) => {
      await start();
      const job = await run([row('ann', { 'cognito:password_hash': await hash() }), row('bob')], {
        PasswordHashingAlgorithm,
      });
      expect(job).toMatchObject({ Status: 'Succeeded', ImportedUsers: 2, PasswordHashingAlgorithm });
      await expect(user('ann')).resolves.toMatchObject({ body: { UserStatus: 'CONFIRMED' } });
      await expect(user('bob')).resolves.toMatchObject({ body: { UserStatus: 'RESET_REQUIRED' } });
      await expect(srp()).rejects.toMatchObject({ message: 'Incorrect username or password.' });
      await expect(signIn('Wrong-Horse-9')).resolves.toMatchObject(refusal('NotAuthorizedException'));
      await expect(signIn(PASSWORD)).resolves.toMatchObject({ status: 200 });
      await expect(srp()).resolves.toBeDefined();
      await expect(signIn('Wrong-Horse-9')).resolves.toMatchObject(refusal('NotAuthorizedException'));
    });

    it('that are none, users are not imported', async () => {
      await start();
      const job = await run([row('ann', { 'cognito:password_hash': 'plain' }), row('bob')], {
        PasswordHashingAlgorithm: 'BCRYPT',
      });
      expect(job).toMatchObject({ ImportedUsers: 1, FailedUsers: 1 });
      expect(log[0]?.text).toBe('[FAILED] Line Number 2 - The password hash is not a valid BCRYPT hash.');
    });

    it('the column is refused without an algorithm', async () => {
      await start();
      const job = await create();
      await upload(job, csv([...(await header()), 'cognito:password_hash'], [row('ann')]));
      await succeed(endpoint, 'StartUserImportJob', { UserPoolId, JobId: job.JobId });
      await expect(ended(job)).resolves.toMatchObject({ Status: 'Failed' });
    });
  });

  describe('as jobs', () => {
    it('are created with a URL that lives for 15 minutes', async () => {
      await start();
      const job = await create();
      expect(job).toEqual({
        ...{ JobName: 'first', JobId: expect.stringMatching(/^import-\w{10}$/) as string, UserPoolId },
        ...{ Status: 'Created', CloudWatchLogsRoleArn: ROLE, ImportedUsers: 0, SkippedUsers: 0, FailedUsers: 0 },
        PreSignedUrl: expect.stringMatching(`^${endpoint}/user-import/`) as string,
        CreationDate: expect.any(Number) as number,
      });
      const forged = { ...job, PreSignedUrl: job.PreSignedUrl.replace(/Signature=.{4}/, 'Signature=0000') };
      await expect(upload(forged, 'x')).resolves.toMatchObject({ status: 403 });
      await expect(upload(job, 'x')).resolves.toMatchObject({ status: 200 });
      service.pass(15 * 60_000);
      const late = await upload(job, 'x');
      expect([late.status, await late.text()]).toEqual([403, expect.stringContaining('Request has expired')]);
    });

    it('start once, with a file, one at a time', async () => {
      await start();
      const [job, other] = [await create(), await create()];
      const begin = ({ JobId }: Job) => call(endpoint, 'StartUserImportJob', { UserPoolId, JobId });
      const refused = refusal('PreconditionNotMetException');
      await expect(begin(job)).resolves.toMatchObject(refused);
      const lines = 'nobody\n'.repeat(20_000);
      await upload(job, `${(await header()).join(',')}\n${lines}`);
      await upload(other, (await header()).join(','));
      await expect(begin(job)).resolves.toMatchObject({ body: { UserImportJob: { Status: 'Pending' } } });
      await expect(begin(job)).resolves.toMatchObject(refused);
      await expect(begin(other)).resolves.toMatchObject(refused);
      for (const [operation, input] of [
        ['UpdateUserPool', {}],
        ['DeleteUserPool', {}],
        ['AddCustomAttributes', { CustomAttributes: [{ Name: 'team', AttributeDataType: 'String' }] }],
      ] as const) {
        await expect(call(endpoint, operation, { UserPoolId, ...input })).resolves.toMatchObject(
          refusal('UserImportInProgressException'),
        );
      }
      const { JobId } = job;
      await expect(call(endpoint, 'StopUserImportJob', { UserPoolId, JobId })).resolves.toMatchObject({
        body: { UserImportJob: { Status: 'Stopping' } },
      });
      await expect(ended(job)).resolves.toMatchObject({
        Status: 'Stopped',
        CompletionMessage: 'The Import Job was stopped by the developer.',
      });
      await expect(call(endpoint, 'StopUserImportJob', { UserPoolId, JobId })).resolves.toMatchObject(refused);
      await expect(begin(other)).resolves.toMatchObject({ status: 200 });
    });

    it('expire when they are not started within a day', async () => {
      await start();
      const job = await create();
      await upload(job, (await header()).join(','));
      service.pass(24 * HOUR);
      await expect(describeJob(job)).resolves.toMatchObject({
        Status: 'Expired',
        CompletionMessage: 'The user import job has expired.',
      });
      await expect(call(endpoint, 'StartUserImportJob', { UserPoolId, JobId: job.JobId })).resolves.toMatchObject(
        refusal('PreconditionNotMetException'),
      );
    });

    it('are listed newest first, by page', async () => {
      await start();
      const [first, second] = [await create(), await create()];
      const page = await succeed(endpoint, 'ListUserImportJobs', { UserPoolId, MaxResults: 1 });
      expect(page['UserImportJobs']).toMatchObject([{ JobId: second.JobId }]);
      const { PaginationToken } = page;
      const next = await succeed(endpoint, 'ListUserImportJobs', { UserPoolId, MaxResults: 1, PaginationToken });
      expect(next['UserImportJobs']).toMatchObject([{ JobId: first.JobId }]);
      expect(next).not.toHaveProperty('PaginationToken');
    });

    it('are unknown to other pools', async () => {
      await start();
      const { JobId } = await create();
      for (const operation of ['DescribeUserImportJob', 'StartUserImportJob', 'StopUserImportJob']) {
        await expect(call(endpoint, operation, { UserPoolId, JobId: 'import-nothing' })).resolves.toMatchObject(
          refusal('ResourceNotFoundException'),
        );
        await expect(call(endpoint, operation, { UserPoolId: 'us-east-1_nowhere', JobId })).resolves.toMatchObject(
          refusal('ResourceNotFoundException'),
        );
      }
    });

    it('are kept with the users and passwords that they imported', async () => {
      const directory = await mkdtemp(join(tmpdir(), 'mandate-import-'));
      await start({}, directory);
      const hash = `$scrypt$ln=10,r=8,p=1$${encode(salt)}$${encode(scryptSync(PASSWORD, salt, 32, { N: 1024 }))}`;
      const job = await run([row('ann', { 'cognito:password_hash': hash })], { PasswordHashingAlgorithm: 'SCRYPT' });
      await service.stop();
      await start({}, directory);
      await expect(describeJob(job)).resolves.toMatchObject({ Status: 'Succeeded', ImportedUsers: 1 });
      await expect(
        call(endpoint, 'InitiateAuth', {
          AuthFlow: 'USER_PASSWORD_AUTH',
          ClientId: service.cognito.pool().client().id,
          AuthParameters: { USERNAME: 'ann', PASSWORD },
        }),
      ).resolves.toMatchObject({ status: 200 });
    });

    describe('that do not come to their end', () => {
      const COUNT = 3000;
      let directory: string;
      let job: Job;

      beforeEach(async () => {
        directory = await mkdtemp(join(tmpdir(), 'mandate-import-'));
        await start({}, join(directory, 'kept'));
        job = await create();
        const rows = Array.from({ length: COUNT }, (_, index) => row(`user-${index}`));
        await upload(job, csv(await header(), rows));
        await succeed(endpoint, 'StartUserImportJob', { UserPoolId, JobId: job.JobId });
      });

      afterEach(() => rm(directory, { recursive: true }));

      it('as the server is stopped, are stopped, and have the users that they imported', async () => {
        await service.stop();
        await start({}, join(directory, 'kept'));
        const { Status, ImportedUsers } = await describeJob(job);
        expect(Status).toBe('Stopped');
        expect(ImportedUsers).toBeLessThan(COUNT);
        const { UserPool } = await succeed(endpoint, 'DescribeUserPool', { UserPoolId });
        expect(UserPool).toMatchObject({ EstimatedNumberOfUsers: ImportedUsers });
        await service.stop();
      });

      it('as the process is killed, have failed, and the next one can start', async () => {
        // What is on the disk at one moment is what a kill leaves.
        cpSync(join(directory, 'kept'), join(directory, 'killed'), { recursive: true });
        await service.stop();
        await start({}, join(directory, 'killed'));
        await expect(describeJob(job)).resolves.toMatchObject({
          Status: 'Failed',
          CompletionMessage: 'The server was stopped during the import.',
        });
        await expect(run([row('zoe')])).resolves.toMatchObject({ Status: 'Succeeded', ImportedUsers: 1 });
        await service.stop();
      });
    });
  });
});
