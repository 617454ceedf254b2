import type {
  CustomDomainConfigType,
  DomainDescriptionType,
  RoutingType,
} from '@aws-sdk/client-cognito-identity-provider';

import type { Pool } from '../../model/pool.js';
import { invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { LOCAL_ACCOUNT_ID } from './describe-pool.js';
import { assertNotLite } from './feature-plan.js';

const PREFIX = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;
const CUSTOM = /^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.){2,}[a-z]{2,}$/;
const RESERVED: readonly string[] = ['aws', 'amazon', 'cognito'];
const CLASSIC = 1;
const MANAGED = 2;
/** The date of the hosted pages, as the service writes it. */
const SINCE = '20180101000000';

/** The settings of a domain. */
export interface DomainSettings {
  readonly ManagedLoginVersion?: number | undefined;
  readonly CustomDomainConfig?: CustomDomainConfigType | undefined;
  readonly Routing?: RoutingType | undefined;
}

/** A domain of a pool, of either kind. */
export interface DomainView {
  readonly name: string;
  readonly managedLoginVersion: number;
  /** Present for a custom domain. */
  readonly custom?: CustomDomainConfigType | undefined;
  readonly routing?: RoutingType | undefined;
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
): DomainView {
  const custom = settings.CustomDomainConfig;
  assertName(name, custom !== undefined);
  if (findDomain(environment, name) !== undefined) {
    throw invalidParameter('Domain already associated with another user pool.');
  }
  if (domainsOf(pool).some((other) => (other.custom === undefined) === (custom === undefined))) {
    throw invalidParameter('User pool already has a domain configured.');
  }
  return store(pool, { name, managedLoginVersion: CLASSIC }, settings);
}

/** Changes the certificate or the version of a domain. @throws CognitoFault like `createDomain` */
export function updateDomain(pool: Pool, name: string, settings: DomainSettings): DomainView {
  const domain = domainOfPool(pool, name);
  if (settings.CustomDomainConfig !== undefined && domain.custom === undefined) {
    throw invalidParameter('CustomDomainConfig can only be updated for a custom domain.');
  }
  return store(pool, domain, settings);
}

/** Removes a domain. @throws CognitoFault InvalidParameterException */
export function deleteDomain(pool: Pool, name: string): void {
  if (domainOfPool(pool, name).custom === undefined) {
    delete pool.domain;
  } else {
    delete pool.customDomain;
  }
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
    Version: SINCE,
    Status: 'ACTIVE',
    CustomDomainConfig: domain.custom ?? ({} as CustomDomainConfigType),
    ManagedLoginVersion: domain.managedLoginVersion,
    ...(domain.routing && { Routing: domain.routing }),
  };
}

/** The distribution in front of a domain. Managed login serves a prefix domain without one. */
export function distributionOf({ name, custom, managedLoginVersion }: DomainView): string | undefined {
  if (custom === undefined && managedLoginVersion === MANAGED) {
    return undefined;
  }
  return `d${Buffer.from(name).toString('hex').slice(0, 13)}.cloudfront.net`;
}

function store(pool: Pool, domain: DomainView, settings: DomainSettings): DomainView {
  const managedLoginVersion = settings.ManagedLoginVersion ?? domain.managedLoginVersion;
  if (managedLoginVersion !== CLASSIC && managedLoginVersion !== MANAGED) {
    throw invalidParameter('ManagedLoginVersion must be 1 or 2.');
  }
  if (managedLoginVersion === MANAGED) {
    assertNotLite(pool, 'managed login');
  }
  const { name } = domain;
  const config = settings.CustomDomainConfig ?? domain.custom;
  const routing = settings.Routing ?? domain.routing;
  const shared = { managedLoginVersion, ...(routing && { routing }) };
  if (config === undefined) {
    pool.domain = { prefix: name, ...shared };
  } else {
    pool.customDomain = { name, config, ...shared };
  }
  return { name, custom: config, ...shared };
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

function domainOfPool(pool: Pool, name: string): DomainView {
  const domain = domainsOf(pool).find((candidate) => candidate.name === name);
  if (domain === undefined) {
    throw invalidParameter('No such domain or user pool exists.');
  }
  return domain;
}

/** Names of domains are unique across pools. */
function findDomain(
  { pools }: Pick<Environment, 'pools'>,
  name: string,
): { readonly pool: Pool; readonly domain: DomainView } | undefined {
  for (const pool of pools.all()) {
    const domain = domainsOf(pool).find((candidate) => candidate.name === name);
    if (domain !== undefined) {
      return { pool, domain };
    }
  }
  return undefined;
}

function domainsOf({ domain, customDomain }: Pool): DomainView[] {
  return [
    ...(domain ? [{ ...domain, name: domain.prefix, managedLoginVersion: domain.managedLoginVersion ?? MANAGED }] : []),
    ...(customDomain ? [{ ...customDomain, custom: customDomain.config }] : []),
  ];
}
