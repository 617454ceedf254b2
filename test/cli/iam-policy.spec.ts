import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT, runCommand } from './run-command.js';

const POOL = ['--user-pool-id', 'eu-west-1_AbCdEfGhI', '--account', '123456789012'];

interface Policy {
  readonly Statement: readonly { readonly Action: readonly string[]; readonly Resource: string }[];
}

async function policyFor(...args: string[]) {
  const { code, output, errors } = await runCommand(['iam-policy', ...args]);
  return { code, errors, policy: JSON.parse(output) as Policy };
}

describe('mandate iam-policy', () => {
  it('prints the policy of all methods, which the documentation has', async () => {
    const { code, output, errors } = await runCommand(['iam-policy', ...POOL]);
    expect({ code, errors }).toEqual({ code: 0, errors: '' });
    expect(JSON.parse(output)).toEqual(JSON.parse(readFileSync(join(ROOT, 'docs/aws/iam-all.json'), 'utf8')));
  });

  it('prints that of some methods, which the documentation has', async () => {
    const features = 'createUser, getUser,getUsers,enableUser,disableUser,groups.addUser';
    const { output } = await runCommand(['iam-policy', '--features', features, ...POOL]);
    expect(JSON.parse(output)).toEqual(JSON.parse(readFileSync(join(ROOT, 'docs/aws/iam-some.json'), 'utf8')));
  });

  it.each([
    [['devices'], ['AdminForgetDevice', 'AdminGetDevice', 'AdminListDevices', 'AdminUpdateDeviceStatus']],
    [['admin.getUser'], ['AdminGetUser']],
    [['disableUser,revocation'], ['AdminDisableUser', 'AdminGetUser']],
    [['sign-in'], ['AdminInitiateAuth', 'AdminRespondToAuthChallenge']],
    [
      ['verifySetup', 'clientToken'],
      ['DescribeUserPoolClient', 'GetClientToken'],
    ],
  ])('of %j has no more than that needs', async (features, operations) => {
    const { policy } = await policyFor(...features.flatMap((name) => ['--features', name]), ...POOL);
    expect(policy.Statement[0]?.Action).toEqual(operations.map((name) => `cognito-idp:${name}`));
  });

  it.each([
    ['cn-north-1_AbCdEfGhI', [], 'arn:aws-cn:cognito-idp:cn-north-1:'],
    ['us-gov-west-1_AbCdEfGhI', [], 'arn:aws-us-gov:cognito-idp:us-gov-west-1:'],
    ['eu-west-1_AbCdEfGhI', ['--partition', 'aws-eusc'], 'arn:aws-eusc:cognito-idp:eu-west-1:'],
  ])('is for the partition of %s %j', async (id, more, beginning) => {
    const { policy } = await policyFor('--user-pool-id', id, '--account', '123456789012', ...more);
    expect(policy.Statement[0]?.Resource).toBe(`${beginning}123456789012:userpool/${id}`);
  });

  it('says what to replace where it does not know the pool', async () => {
    const unknown = await policyFor();
    expect(unknown.policy.Statement[0]?.Resource).toBe('arn:aws:cognito-idp:REGION:ACCOUNT_ID:userpool/USER_POOL_ID');
    expect(unknown.errors).toBe(
      'mandate: replace REGION and USER_POOL_ID and ACCOUNT_ID in the policy, or pass --user-pool-id and --account.',
    );
    const { output, errors } = await runCommand(['iam-policy'], { COGNITO_USER_POOL_ID: 'eu-west-1_AbCdEfGhI' });
    expect(output).toContain('arn:aws:cognito-idp:eu-west-1:ACCOUNT_ID:userpool/eu-west-1_AbCdEfGhI');
    expect(errors).toBe('mandate: replace ACCOUNT_ID in the policy, or pass --account.');
  });

  it.each([
    [
      ['--features', 'user'],
      /^mandate: --features does not know "user"\. It knows users, sign-in, groups, .*createUser/,
    ],
    [['--features', 'groups.nothing'], /^mandate: --features does not know "groups\.nothing"\./],
    [['--user-pool-id', 'pool'], /^mandate: --user-pool-id must be the id of a user pool, such as /],
    [['--user-pool-id', 'eu-west-1_"*'], /^mandate: --user-pool-id must be the id of a user pool, such as /],
    [['--account', '12'], /^mandate: --account must be the 12 digits of an AWS account\.$/],
    [['--partition', 'x'], /^mandate: --partition must be aws, /],
  ])('refuses %j in one line', async (args, message) => {
    const { code, output, errors } = await runCommand(['iam-policy', ...args]);
    expect({ code, output }).toEqual({ code: 2, output: '' });
    expect(errors).toMatch(message);
  });
});
