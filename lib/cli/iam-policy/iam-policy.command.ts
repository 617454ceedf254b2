import { isRegion, regionOfPool } from '../../protocol/region.js';
import type { Command, CommandOptions, OptionValues } from '../command.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';
import { FEATURE_NAMES, operationsOf } from './features.js';

const OPTIONS = {
  features: {
    value: 'list',
    description: `What the application uses, with commas between: ${FEATURE_NAMES.join(', ')}, or methods of CognitoAdminService such as createUser or groups.addUser. Default: all methods.`,
    repeatable: true,
  },
  'user-pool-id': { value: 'id', description: 'The user pool. Default: COGNITO_USER_POOL_ID.' },
  account: { value: 'number', description: 'The AWS account of the pool, 12 digits.' },
  partition: {
    value: 'name',
    description: 'aws, aws-cn or aws-us-gov. Default: that of the Region.',
  },
} as const satisfies CommandOptions;

const ACCOUNT = /^\d{12}$/;
/** Stands where the account belongs, until somebody writes it there. */
const NO_ACCOUNT = 'ACCOUNT_ID';
const NO_POOL = 'USER_POOL_ID';
const NO_REGION = 'REGION';

/** `mandate iam-policy`: prints a policy with the permissions that the application needs, and no more. */
export const iamPolicyCommand: Command = {
  description:
    'Prints an IAM policy with the permissions that CognitoAdminService needs for what the application uses, and no more. It calls nothing.',
  options: OPTIONS,
  notes:
    'Attach the policy to the role of the task, function or instance. Methods for users, such as register and authenticate of CognitoService, need no permission.',
  run: (values, terminal) => {
    const { arn, missing } = poolArn(values, terminal);
    const actions = operationsOf(textOf(values['features'])).map((operation) => `cognito-idp:${operation}`);
    const statement = { Effect: 'Allow', Action: actions, Resource: arn };
    terminal.print(JSON.stringify({ Version: '2012-10-17', Statement: [statement] }, undefined, 2));
    if (missing.length > 0) {
      terminal.printError(`mandate: replace ${missing.join(' and ')} in the policy, or pass ${optionsFor(missing)}.`);
    }
    return Promise.resolve(0);
  },
};

/** @throws UsageError for an option that is no id, account or partition. */
function poolArn(
  values: OptionValues,
  { environment }: Terminal,
): { readonly arn: string; readonly missing: readonly string[] } {
  const userPoolId = textOf(values['user-pool-id']) ?? textOf(environment['COGNITO_USER_POOL_ID']);
  const region = userPoolId === undefined ? undefined : regionOfPool(userPoolId);
  if (region !== undefined && !(isRegion(region) && /^[\w-]+_[0-9A-Za-z]+$/.test(userPoolId ?? ''))) {
    throw new UsageError('--user-pool-id must be the id of a user pool, such as eu-west-1_AbCdEfGhI.');
  }
  const account = textOf(values['account']);
  if (account !== undefined && !ACCOUNT.test(account)) {
    throw new UsageError('--account must be the 12 digits of an AWS account.');
  }
  const partition = textOf(values['partition']) ?? partitionOf(region);
  if (!/^aws(?:-[a-z-]+)?$/.test(partition)) {
    throw new UsageError('--partition must be aws, aws-cn, aws-us-gov or another partition of AWS.');
  }
  const pool = userPoolId ?? NO_POOL;
  return {
    arn: `arn:${partition}:cognito-idp:${region ?? NO_REGION}:${account ?? NO_ACCOUNT}:userpool/${pool}`,
    missing: [
      ...(userPoolId === undefined ? [NO_REGION, NO_POOL] : []),
      ...(account === undefined ? [NO_ACCOUNT] : []),
    ],
  };
}

function optionsFor(missing: readonly string[]): string {
  const options = [
    ...(missing.includes(NO_POOL) ? ['--user-pool-id'] : []),
    ...(missing.includes(NO_ACCOUNT) ? ['--account'] : []),
  ];
  return options.join(' and ');
}

function partitionOf(region = ''): string {
  return region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';
}

function textOf(value: string | boolean | undefined): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
