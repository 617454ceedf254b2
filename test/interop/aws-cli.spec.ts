import { LocalCognito } from '../../lib/local/local-cognito.js';
import { findProgram, runProgram } from './peers/program.js';

const AWS = findProgram(['/usr/bin/aws', 'aws'], '--version');
const REGION = 'eu-west-1';
/** It takes a second or two to start, more on a busy machine. */
const SLOW = 120_000;

if (AWS === undefined) {
  it.skip('the AWS CLI is not tested: there is no "aws" here ("apt-get install awscli")', () => undefined);
} else {
  describe('the AWS CLI', () => {
    let cognito: LocalCognito;

    beforeAll(async () => {
      cognito = await LocalCognito.start({ region: REGION });
    });

    afterAll(() => cognito.stop());

    const run = (command: string, ...args: string[]) =>
      runProgram(AWS, [
        ...['cognito-idp', command, '--endpoint-url', cognito.endpoint, '--region', REGION, '--output', 'json'],
        ...args,
      ]);

    async function succeed(command: string, ...args: string[]): Promise<Record<string, unknown>> {
      const { code, output, errors } = await run(command, ...args);
      if (code !== 0) {
        throw new Error(errors);
      }
      return output.trim() === '' ? {} : (JSON.parse(output) as Record<string, unknown>);
    }

    it(
      'creates a pool and users, and lists them over pages',
      async () => {
        const { UserPool } = await succeed('create-user-pool', '--pool-name', 'shell');
        const { Id } = UserPool as { Id: string };
        expect(Id).toMatch(/^eu-west-1_/);
        const pool = ['--user-pool-id', Id];
        const { UserPoolClient } = await succeed('create-user-pool-client', ...pool, '--client-name', 'web');
        const { ClientId } = UserPoolClient as { ClientId: string };
        const signUp = ['--client-id', ClientId, '--username', 'ann', '--password', 'Correct-Horse-9'];
        expect(await succeed('sign-up', ...signUp)).toMatchObject({ UserConfirmed: false });
        await Promise.all(
          ['bob', 'carol'].map((name) =>
            succeed('admin-create-user', ...pool, '--username', name, '--message-action', 'SUPPRESS'),
          ),
        );
        const { Users } = await succeed('list-users', ...pool, '--page-size', '1');
        const names = (Users as { Username: string }[]).map(({ Username }) => Username);
        expect(names.sort()).toEqual(['ann', 'bob', 'carol']);
        const { UserPools } = await succeed('list-user-pools', '--max-results', '10');
        expect(UserPools).toEqual(
          expect.arrayContaining([
            expect.objectContaining({ Name: 'shell', Id }),
            expect.objectContaining({ Name: 'default' }),
          ]),
        );
      },
      SLOW,
    );

    it(
      'prints what is refused',
      async () => {
        const { code, errors } = await run('describe-user-pool', '--user-pool-id', 'eu-west-1_NoPool000');
        expect(code).not.toBe(0);
        expect(errors).toContain(
          'An error occurred (ResourceNotFoundException) when calling the DescribeUserPool operation: User pool eu-west-1_NoPool000 does not exist.',
        );
      },
      SLOW,
    );
  });
}
