import { scryptSync } from 'node:crypto';
import { setTimeout } from 'node:timers/promises';

import {
  CognitoIdentityProviderClient,
  CreateUserImportJobCommand,
  DescribeUserImportJobCommand,
  GetCSVHeaderCommand,
  InitiateAuthCommand,
  StartUserImportJobCommand,
} from '@aws-sdk/client-cognito-identity-provider';
import { LocalCognito } from 'mandate/testing';

const salt = Buffer.from('sixteen bytes ..');
const encode = (bytes: Buffer) => bytes.toString('base64').replaceAll('=', '');
const hash = `$scrypt$ln=14,r=8,p=1$${encode(salt)}$${encode(scryptSync('Correct-Horse-9', salt, 32))}`;

/** The code of docs/how-to/import-users.md. */
describe('docs/how-to/import-users.md', () => {
  let local: LocalCognito;
  let client: CognitoIdentityProviderClient;
  const log: string[] = [];

  beforeAll(async () => {
    local = await LocalCognito.start({ onLog: ({ text }) => log.push(text) });
    client = new CognitoIdentityProviderClient({
      endpoint: local.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
  });

  afterAll(async () => {
    client.destroy();
    await local.stop();
  });

  it('imports a user with a password', async () => {
    const userPoolId = local.pool().id;
    const users = [
      {
        'cognito:username': 'ann',
        email: 'ann@example.com',
        email_verified: 'true',
        'cognito:password_hash': hash,
      },
    ];
    // #region import
    const { CSVHeader = [] } = await client.send(new GetCSVHeaderCommand({ UserPoolId: userPoolId }));
    const columns = [...CSVHeader, 'cognito:password_hash'];
    const quoted = (value = '') => `"${value.replaceAll('"', '""')}"`;
    const lines = users.map((user: Record<string, string>) => columns.map((name) => quoted(user[name])).join(','));

    const { UserImportJob: job } = await client.send(
      new CreateUserImportJobCommand({
        UserPoolId: userPoolId,
        JobName: 'from-the-old-system',
        CloudWatchLogsRoleArn: 'arn:aws:iam::123456789012:role/cognito-import',
        PasswordHashingAlgorithm: 'SCRYPT',
      }),
    );
    await fetch(job?.PreSignedUrl ?? '', {
      method: 'PUT',
      headers: { 'x-amz-server-side-encryption': 'aws:kms' },
      body: [columns.join(','), ...lines].join('\n'),
    });
    const started = { UserPoolId: userPoolId, JobId: job?.JobId };
    await client.send(new StartUserImportJobCommand(started));
    // #endregion
    // #region wait
    const ended = ['Succeeded', 'Failed', 'Stopped', 'Expired'];
    let result = job;
    while (!ended.includes(result?.Status ?? '')) {
      await setTimeout(100);
      ({ UserImportJob: result } = await client.send(new DescribeUserImportJobCommand(started)));
    }
    // #endregion
    expect(result).toMatchObject({ Status: 'Succeeded', ImportedUsers: 1, SkippedUsers: 0, FailedUsers: 0 });
    expect(log).toEqual(['[SUCCEEDED] Line Number 2 - The import succeeded.']);
    const answer = await client.send(
      new InitiateAuthCommand({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: local.pool().client().id,
        AuthParameters: { USERNAME: 'ann', PASSWORD: 'Correct-Horse-9' },
      }),
    );
    expect(answer.AuthenticationResult?.AccessToken).toBeDefined();
  });
});
