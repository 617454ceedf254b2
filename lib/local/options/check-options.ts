import { MandateArgumentError } from '../../errors/argument-error.js';
import {
  CLIENT_OPTIONS,
  COGNITO_OPTIONS,
  GROUP_OPTIONS,
  POOL_OPTIONS,
  PROVIDER_OPTIONS,
  TLS_OPTIONS,
  USER_OPTIONS,
} from './known-options.js';
import { checkAddress } from './check-address.js';
import { checkQuotas } from '../steering/request-quotas.js';
import { checkFunctions, checkTriggers } from './check-triggers.js';
import { checkedList, checkNames, checkNonEmpty, checkPattern, checkUnique } from './checks.js';
import { isSocialProvider, SOCIAL_PROVIDERS } from '../engine/federation/provider-details.js';
import type { LocalIdentityProviderOptions } from './local-identity-provider.options.js';
import type {
  LocalClientOptions,
  LocalCognitoOptions,
  LocalGroupOptions,
  LocalPoolOptions,
  LocalUserOptions,
} from './local-cognito.options.js';

const POOL_ID = /^[\w-]+_[0-9a-zA-Z]{1,45}$/;
/** The prefix of a domain, a DNS label. */
const DOMAIN = /^[a-z\d](?:[a-z\d-]{0,61}[a-z\d])?$/;
const UUID = /^[\da-f]{8}(?:-[\da-f]{4}){3}-[\da-f]{12}$/;
const CLIENT_ID = /^[\w+]{1,128}$/;
const CLIENT_SECRET = /^[\w+]{24,64}$/;

/**
 * Validates the options of an embedded Cognito. They may come from a JSON file, so every type is checked.
 *
 * @throws MandateArgumentError with the path of the invalid option.
 */
export function checkOptions(options: LocalCognitoOptions): void {
  checkNames(options, COGNITO_OPTIONS, '');
  const pools = checkedList(options.pools, 'pools');
  pools.forEach((pool, index) => {
    checkPool(pool as LocalPoolOptions, `pools[${index}]`);
  });
  checkUnique(pools as LocalPoolOptions[], 'pools');
  checkUniqueDomains(pools as LocalPoolOptions[]);
  checkUniqueClients(pools as LocalPoolOptions[]);
  checkTls(options.tls);
  checkAddress(options);
  checkTriggers(options.triggers, 'triggers');
  checkFunctions(options);
  checkUsers(options.users, 'users');
  checkQuotas(options.quotas ?? false, 'quotas');
  checkMail(options);
}

function checkPool(pool: LocalPoolOptions, path: string): void {
  checkNames(pool, POOL_OPTIONS, path);
  checkNonEmpty(pool.name, `${path}.name`);
  checkPattern(pool.domain, DOMAIN, `${path}.domain`, 'must be 1 to 63 lower-case letters, digits and inner hyphens');
  checkTriggers(pool.triggers, `${path}.triggers`);
  checkPattern(pool.id, POOL_ID, `${path}.id`, 'must look like "us-east-1_AbCdEfGhI"');
  const clients = checkedList(pool.clients, `${path}.clients`) as LocalClientOptions[];
  clients.forEach((client, index) => {
    checkClient(client, `${path}.clients[${index}]`);
  });
  checkUnique(clients, `${path}.clients`);
  checkUsers(pool.users, `${path}.users`);
  checkedList(pool.identityProviders, `${path}.identityProviders`).forEach((provider, index) => {
    checkProvider(provider, `${path}.identityProviders[${index}]`);
  });
  checkedList(pool.groups, `${path}.groups`).forEach((group, index) => {
    if (typeof group !== 'string') {
      checkNames(group, GROUP_OPTIONS, `${path}.groups[${index}]`);
      checkNonEmpty((group as LocalGroupOptions).name, `${path}.groups[${index}].name`);
    }
  });
}

function checkClient(client: LocalClientOptions, path: string): void {
  checkNames(client, CLIENT_OPTIONS, path);
  checkNonEmpty(client.name, `${path}.name`);
  checkPattern(client.id, CLIENT_ID, `${path}.id`, 'must be 1 to 128 letters, digits, "_" or "+"');
  const { secret } = client;
  if (typeof secret !== 'boolean') {
    checkPattern(secret, CLIENT_SECRET, `${path}.secret`, 'must be a boolean or 24 to 64 letters, digits, "_" or "+"');
  }
}

function checkProvider(provider: unknown, path: string): void {
  if (typeof provider === 'string') {
    if (!isSocialProvider(provider)) {
      throw new MandateArgumentError(path, `must be an object, or one of ${SOCIAL_PROVIDERS.join(', ')}`);
    }
    return;
  }
  checkNames(provider, PROVIDER_OPTIONS, path);
  const { ProviderName, ProviderType } = provider as LocalIdentityProviderOptions;
  checkNonEmpty(ProviderName, `${path}.ProviderName`);
  if (ProviderType === undefined && !isSocialProvider(ProviderName)) {
    throw new MandateArgumentError(`${path}.ProviderType`, 'must be OIDC or SAML, as the name is not a social one');
  }
}

function checkUsers(users: unknown, path: string): void {
  checkedList(users, path).forEach((user, index) => {
    checkNames(user, USER_OPTIONS, `${path}[${index}]`);
    checkNonEmpty((user as LocalUserOptions).username, `${path}[${index}].username`);
    checkPattern((user as LocalUserOptions).sub, UUID, `${path}[${index}].sub`, 'must be a UUID in lower case');
  });
}

function checkUniqueDomains(pools: readonly LocalPoolOptions[]): void {
  const domains = pools.flatMap(({ domain }) => domain ?? []);
  const duplicate = domains.find((domain, index) => domains.indexOf(domain) !== index);
  if (duplicate !== undefined) {
    throw new MandateArgumentError('pools', `must have unique domains. Duplicate: "${duplicate}"`);
  }
}

/** Sign-ins name the app client alone, and not its pool. */
function checkUniqueClients(pools: readonly LocalPoolOptions[]): void {
  const ids = pools.flatMap(({ clients = [] }) => clients.flatMap(({ id }) => id ?? []));
  const duplicate = ids.find((id, index) => ids.indexOf(id) !== index);
  if (duplicate !== undefined) {
    throw new MandateArgumentError(
      'pools',
      `must have app clients with unique ids, as a sign-in names no pool. Duplicate: "${duplicate}"`,
    );
  }
}

function checkMail({ smtp, smtpFrom }: Pick<LocalCognitoOptions, 'smtp' | 'smtpFrom'>): void {
  if (smtp !== undefined && (typeof smtp !== 'string' || !isMailServer(smtp))) {
    // Without the value, which may have a password.
    throw new MandateArgumentError('smtp', 'must be the URL of a mail server, such as "smtp://127.0.0.1:1025"');
  }
  if (smtpFrom !== undefined) {
    checkNonEmpty(smtpFrom, 'smtpFrom');
    if (smtp === undefined) {
      throw new MandateArgumentError('smtpFrom', 'needs the option "smtp"');
    }
  }
}

function isMailServer(url: string): boolean {
  return URL.canParse(url) && /^smtps?:$/.test(new URL(url).protocol) && new URL(url).hostname !== '';
}

function checkTls(tls: unknown): void {
  if (tls !== undefined) {
    checkNames(tls, TLS_OPTIONS, 'tls');
    const { key, cert } = tls as { readonly key?: unknown; readonly cert?: unknown };
    checkNonEmpty(key, 'tls.key');
    checkNonEmpty(cert, 'tls.cert');
  }
}
