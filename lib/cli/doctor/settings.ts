import { readFileSync } from 'node:fs';
import { resolve } from 'node:path';
import { parseEnv } from 'node:util';

import type { CommandOptions, OptionValues } from '../command.js';
import type { Terminal } from '../terminal.js';
import { UsageError } from '../usage-error.js';

/** The options of `mandate doctor`, and the variables that stand in for them. */
export const DOCTOR_OPTIONS = {
  'user-pool-id': { value: 'id', description: 'The user pool. Default: COGNITO_USER_POOL_ID.' },
  'client-id': { value: 'id', description: 'The app client. Default: COGNITO_CLIENT_ID.' },
  region: {
    value: 'region',
    description: "The Region where Cognito is called. Default: COGNITO_REGION, else that of the pool's id.",
  },
  endpoint: { value: 'url', description: 'An embedded Cognito or an emulator. Default: COGNITO_ENDPOINT, else AWS.' },
  issuer: { value: 'url', description: 'The issuer of its tokens. Default: COGNITO_ISSUER, else that of AWS.' },
  domain: { value: 'domain', description: 'The domain of managed login. Default: COGNITO_DOMAIN.' },
  'redirect-uri': {
    value: 'url',
    description: 'Where the domain sends the browser after a sign-in. Default: COGNITO_REDIRECT_URI.',
  },
  'logout-uri': {
    value: 'url',
    description: 'Where it sends the browser after a logout. Default: COGNITO_LOGOUT_URI.',
  },
  scopes: { value: 'list', description: 'The scopes of a sign-in, with commas between them.', default: 'openid' },
  'env-file': {
    value: 'file',
    description: 'A file of variables; those of the environment count first.',
    default: '.env',
  },
  admin: { description: 'Checks the permissions that CognitoAdminService needs, with AWS credentials.' },
  json: { description: 'Prints one JSON object.' },
} as const satisfies CommandOptions;

/** What is checked. */
export interface DoctorSettings {
  readonly userPoolId: string | undefined;
  readonly clientId: string | undefined;
  /** From the environment only: arguments of programs are seen by others. */
  readonly clientSecret: string | undefined;
  readonly region: string | undefined;
  readonly endpoint: string | undefined;
  readonly issuer: string | undefined;
  readonly domain: string | undefined;
  readonly redirectUri: string | undefined;
  readonly logoutUri: string | undefined;
  readonly scopes: readonly string[];
  readonly sessionSecret: string | undefined;
  readonly origin: string | undefined;
  readonly admin: boolean;
  /** Whether AWS credentials are to be expected: Node then asks for them. */
  readonly hasCredentials: boolean;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** The folder of the application. */
  readonly directory: string;
}

/** Variables that lead the AWS SDK to credentials. Without one of them it would ask the network of a cloud, and wait. */
const CREDENTIAL_VARIABLES = [
  'AWS_ACCESS_KEY_ID',
  'AWS_PROFILE',
  'AWS_WEB_IDENTITY_TOKEN_FILE',
  'AWS_CONTAINER_CREDENTIALS_RELATIVE_URI',
  'AWS_CONTAINER_CREDENTIALS_FULL_URI',
];

/**
 * Reads what is to be checked: from options, from the environment, from the file.
 *
 * @throws UsageError if the file that `--env-file` names cannot be read.
 */
export function readSettings(values: OptionValues, { environment, directory }: Terminal): DoctorSettings {
  const variables = { ...readEnvFile(values['env-file'], directory), ...withoutUndefined(environment) };
  const option = (name: keyof typeof DOCTOR_OPTIONS, variable: string): string | undefined => {
    const value = values[name];
    return typeof value === 'string' ? value : variables[variable];
  };
  return {
    userPoolId: option('user-pool-id', 'COGNITO_USER_POOL_ID'),
    clientId: option('client-id', 'COGNITO_CLIENT_ID'),
    clientSecret: variables['COGNITO_CLIENT_SECRET'],
    region: option('region', 'COGNITO_REGION'),
    endpoint: option('endpoint', 'COGNITO_ENDPOINT'),
    issuer: option('issuer', 'COGNITO_ISSUER'),
    domain: option('domain', 'COGNITO_DOMAIN'),
    redirectUri: option('redirect-uri', 'COGNITO_REDIRECT_URI'),
    logoutUri: option('logout-uri', 'COGNITO_LOGOUT_URI'),
    scopes: String(values['scopes'] ?? DOCTOR_OPTIONS.scopes.default)
      .split(',')
      .map((scope) => scope.trim()),
    sessionSecret: variables['SESSION_SECRET'],
    origin: variables['ORIGIN'],
    admin: values['admin'] === true,
    hasCredentials: CREDENTIAL_VARIABLES.some((name) => variables[name] !== undefined),
    environment: variables,
    directory,
  };
}

function readEnvFile(file: OptionValues[string], directory: string): Record<string, string> {
  const path = typeof file === 'string' ? file : DOCTOR_OPTIONS['env-file'].default;
  try {
    // As @nestjs/config does, a byte order mark is left out.
    const text = readFileSync(resolve(directory, path), 'utf8').replace(/^\uFEFF/, '');
    return parseEnv(text) as Record<string, string>;
  } catch {
    if (path === DOCTOR_OPTIONS['env-file'].default) {
      return {};
    }
    throw new UsageError(`--env-file: cannot read the file "${path}".`);
  }
}

function withoutUndefined(variables: Terminal['environment']): Record<string, string> {
  return Object.fromEntries(Object.entries(variables).filter(([, value]) => value !== undefined)) as Record<
    string,
    string
  >;
}
