import type {
  CustomDomainConfigType,
  DomainDescriptionType,
  RoutingType,
} from '@aws-sdk/client-cognito-identity-provider';

import type { Pool } from '../../model/pool.js';
import type { PoolDomain } from '../../model/pool-domain.js';
import { invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { LOCAL_ACCOUNT_ID } from './describe-pool.js';
import { assertNotLite } from './feature-plan.js';

const PREFIX = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const CUSTOM = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){2,}[a-z]{2,}$/;
const RESERVED: readonly string[] = ['aws', 'amazon', 'cognito'];
const CLASSIC = 1;
const MANAGED = 2;

/** The settings of a domain. */
export interface DomainSettings {
  readonly ManagedLoginVersion?: number | undefined;
  readonly CustomDomainConfig?: CustomDomainConfigType | undefined;
  readonly Routing?: RoutingType | undefined;
}

/**
 * Adds a domain to a pool, which may have one prefix and one custom domain.
 *
 * @throws CognitoFault InvalidParameterException, FeatureUnavailableInTierException
 */
export function createDomain(
  environment: Pick<Environment, 'pools'>,
  pool: Pool,
  name: string,
  settings: DomainSettings,
): PoolDomain {
  const custom = settings.CustomDomainConfig;
  assertName(name, custom !== undefined);
  if (findDomain(environment, name) !== undefined) {
    throw invalidParameter('Domain already associated with another user pool.');
  }
  if ([...pool.domains.values()].some((other) => (other.custom === undefined) === (custom === undefined))) {
    throw invalidParameter('User pool already has a domain configured.');
  }
  const domain: PoolDomain = { name, managedLoginVersion: CLASSIC };
  applySettings(pool, domain, settings);
  pool.domains.set(name, domain);
  return domain;
}

/** Changes the certificate or the version of a domain. @throws CognitoFault like `createDomain` */
export function updateDomain(pool: Pool, name: string, settings: DomainSettings): PoolDomain {
  const domain = domainOfPool(pool, name);
  if (settings.CustomDomainConfig !== undefined && domain.custom === undefined) {
    throw invalidParameter('CustomDomainConfig can only be updated for a custom domain.');
  }
  applySettings(pool, domain, settings);
  return domain;
}

/** Removes a domain. @throws CognitoFault InvalidParameterException */
export function deleteDomain(pool: Pool, name: string): void {
  pool.domains.delete(domainOfPool(pool, name).name);
}

/** The `DomainDescription` of a domain: empty for a domain that nobody has. */
export function describeDomain(environment: Pick<Environment, 'pools'>, name: string): DomainDescriptionType {
  const found = findDomain(environment, name);
  if (found === undefined) {
    return {};
  }
  const { pool, domain } = found;
  return {
    UserPoolId: pool.id,
    AWSAccountId: LOCAL_ACCOUNT_ID,
    Domain: domain.name,
    S3Bucket: `aws-cognito-prod-${pool.region}-assets`,
    CloudFrontDistribution: distributionOf(domain),
    Version: '20261127000000',
    Status: 'ACTIVE',
    CustomDomainConfig: domain.custom ?? ({} as CustomDomainConfigType),
    ManagedLoginVersion: domain.managedLoginVersion,
    ...(domain.routing && { Routing: domain.routing }),
  };
}

/** The distribution in front of a domain. Managed login serves a prefix domain without one. */
export function distributionOf({ name, custom, managedLoginVersion }: PoolDomain): string | undefined {
  if (custom === undefined && managedLoginVersion === MANAGED) {
    return undefined;
  }
  return `d${Buffer.from(name).toString('hex').slice(0, 13)}.cloudfront.net`;
}

function applySettings(pool: Pool, domain: PoolDomain, settings: DomainSettings): void {
  const version = settings.ManagedLoginVersion ?? domain.managedLoginVersion;
  if (version !== CLASSIC && version !== MANAGED) {
    throw invalidParameter('ManagedLoginVersion must be 1 or 2.');
  }
  if (version === MANAGED) {
    assertNotLite(pool, 'managed login');
  }
  domain.managedLoginVersion = version;
  if (settings.CustomDomainConfig !== undefined) {
    domain.custom = settings.CustomDomainConfig;
  }
  if (settings.Routing !== undefined) {
    domain.routing = settings.Routing;
  }
}

function assertName(name: string, isCustom: boolean): void {
  if (!(isCustom ? CUSTOM : PREFIX).test(name)) {
    throw invalidParameter(
      isCustom
        ? 'Custom domain is not a valid subdomain'
        : 'The domain name contains an invalid character. Domain names can only contain lower-case letters, numbers, and hyphens. Please enter a different name that follows this format: ^[a-z0-9](?:[a-z0-9\\-]{0,61}[a-z0-9])?$',
    );
  }
  const reserved = isCustom ? undefined : RESERVED.find((word) => name.includes(word));
  if (reserved !== undefined) {
    throw invalidParameter(`Domain cannot contain reserved word: ${reserved}`);
  }
}

function domainOfPool(pool: Pool, name: string): PoolDomain {
  const domain = pool.domains.get(name);
  if (domain === undefined) {
    throw invalidParameter('No such domain or user pool exists.');
  }
  return domain;
}

/** Names of domains are unique across pools. */
function findDomain(
  { pools }: Pick<Environment, 'pools'>,
  name: string,
): { readonly pool: Pool; readonly domain: PoolDomain } | undefined {
  for (const pool of pools.all()) {
    const domain = pool.domains.get(name);
    if (domain !== undefined) {
      return { pool, domain };
    }
  }
  return undefined;
}
