import { MandateArgumentError } from '../../errors/argument-error.js';
import type {
  LocalClientOptions,
  LocalCognitoOptions,
  LocalGroupOptions,
  LocalPoolOptions,
  LocalUserOptions,
} from './local-cognito.options.js';
import { CLIENT_OPTIONS, COGNITO_OPTIONS, GROUP_OPTIONS, POOL_OPTIONS, USER_OPTIONS } from './known-options.js';

const POOL_ID = /^[\w-]+_[0-9a-zA-Z]{1,45}$/;
const CLIENT_ID = /^[\w+]{1,128}$/;
const CLIENT_SECRET = /^[\w+]{24,64}$/;

/**
 * Checks the options of an embedded Cognito, whoever wrote them: a test, or a person in a JSON file.
 *
 * @throws MandateArgumentError that names the option.
 */
export function checkOptions(options: LocalCognitoOptions): void {
  checkMembers(options, COGNITO_OPTIONS, '');
  const pools = listOf(options.pools, 'pools');
  pools.forEach((pool, index) => {
    checkPool(pool as LocalPoolOptions, `pools[${index}]`);
  });
  checkUnique(pools as LocalPoolOptions[], 'pools');
  checkUsers(options.users, 'users');
}

function checkPool(pool: LocalPoolOptions, path: string): void {
  checkMembers(pool, POOL_OPTIONS, path);
  checkText(pool.name, `${path}.name`);
  checkPattern(pool.id, POOL_ID, `${path}.id`, 'should look like "us-east-1_AbCdEfGhI"');
  const clients = listOf(pool.clients, `${path}.clients`) as LocalClientOptions[];
  clients.forEach((client, index) => {
    checkClient(client, `${path}.clients[${index}]`);
  });
  checkUnique(clients, `${path}.clients`);
  checkUsers(pool.users, `${path}.users`);
  listOf(pool.groups, `${path}.groups`).forEach((group, index) => {
    if (typeof group !== 'string') {
      checkMembers(group, GROUP_OPTIONS, `${path}.groups[${index}]`);
      checkText((group as LocalGroupOptions).name, `${path}.groups[${index}].name`);
    }
  });
}

function checkClient(client: LocalClientOptions, path: string): void {
  checkMembers(client, CLIENT_OPTIONS, path);
  checkText(client.name, `${path}.name`);
  checkPattern(client.id, CLIENT_ID, `${path}.id`, 'should be 1 to 128 letters, digits, "_" or "+"');
  const { secret } = client;
  if (typeof secret !== 'boolean') {
    checkPattern(secret, CLIENT_SECRET, `${path}.secret`, 'should be true or 24 to 64 letters, digits, "_" or "+"');
  }
}

function checkUsers(users: unknown, path: string): void {
  listOf(users, path).forEach((user, index) => {
    checkMembers(user, USER_OPTIONS, `${path}[${index}]`);
    checkText((user as LocalUserOptions).username, `${path}[${index}].username`);
  });
}

function checkMembers(value: unknown, members: Readonly<Record<string, true>>, path: string): void {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) {
    throw new MandateArgumentError(path, 'should be an object');
  }
  const unknown = Object.keys(value).find((member) => !Object.hasOwn(members, member));
  if (unknown !== undefined) {
    const name = path === '' ? unknown : `${path}.${unknown}`;
    throw new MandateArgumentError(name, `is not known; known are ${Object.keys(members).join(', ')}`);
  }
}

function listOf(value: unknown, path: string): readonly unknown[] {
  if (value !== undefined && !Array.isArray(value)) {
    throw new MandateArgumentError(path, 'should be a list');
  }
  return value ?? [];
}

function checkText(value: unknown, path: string): void {
  if (typeof value !== 'string' || value === '') {
    throw new MandateArgumentError(path, 'should be a text');
  }
}

function checkPattern(value: unknown, pattern: RegExp, path: string, requirement: string): void {
  if (value !== undefined && (typeof value !== 'string' || !pattern.test(value))) {
    throw new MandateArgumentError(path, requirement);
  }
}

function checkUnique(items: readonly { readonly name: string; readonly id?: string }[], path: string): void {
  for (const member of ['name', 'id'] as const) {
    const values = items.flatMap((item) => item[member] ?? []);
    const twice = values.find((value, index) => values.indexOf(value) !== index);
    if (twice !== undefined) {
      throw new MandateArgumentError(path, `should have different ${member}s; "${twice}" is there twice`);
    }
  }
}
