import {
  createDomain,
  deleteDomain,
  describeDomain,
  distributionOf,
  type DomainView,
  updateDomain,
} from '../engine/pools/pool-domains.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import { type MemberRule, required, USER_POOL_ID } from './member-rules.js';
import type { OperationOutput, OperationTable } from './operation.js';

/** Without the model's pattern, which no custom domain would match: the engine checks names itself. */
const DOMAIN: MemberRule = { type: 'string', minLength: 1, maxLength: 63 };
const POOL_AND_DOMAIN = { UserPoolId: required(USER_POOL_ID), Domain: required(DOMAIN) };
const SECURITY_POLICIES = ['TLS_V1', 'TLS_V1_2_2021', 'TLS_V1_3_2025'];
const SETTINGS = {
  ManagedLoginVersion: { type: 'integer' },
  CustomDomainConfig: {
    type: 'structure',
    members: {
      CertificateArn: { type: 'string', required: true, minLength: 20, maxLength: 2048 },
      SecurityPolicy: { type: 'string', values: SECURITY_POLICIES },
    },
  },
  Routing: {
    type: 'structure',
    members: {
      Failover: {
        type: 'structure',
        members: {
          SecondaryRegion: { type: 'string', required: true, minLength: 5, maxLength: 32 },
          PrimaryRoute53HealthCheckId: { type: 'string', required: true, maxLength: 64 },
        },
      },
    },
  },
} as const satisfies Record<string, MemberRule>;

/** Domains: create, describe, update and delete. The pages themselves are served at the server's own address. */
export const userPoolDomainOperations: OperationTable<
  'CreateUserPoolDomain' | 'DescribeUserPoolDomain' | 'UpdateUserPoolDomain' | 'DeleteUserPoolDomain'
> = {
  CreateUserPoolDomain: {
    members: { ...POOL_AND_DOMAIN, ...SETTINGS },
    handle: (environment, { UserPoolId, Domain, ...settings }) =>
      created(createDomain(environment, poolById(environment, UserPoolId), Domain, settings)),
  },
  DescribeUserPoolDomain: {
    members: { Domain: required(DOMAIN) },
    handle: (environment, { Domain }) => ({ DomainDescription: describeDomain(environment, Domain) }),
  },
  UpdateUserPoolDomain: {
    members: { ...POOL_AND_DOMAIN, ...SETTINGS },
    handle: (environment, { UserPoolId, Domain, ...settings }) =>
      created(updateDomain(poolById(environment, UserPoolId), Domain, settings)),
  },
  DeleteUserPoolDomain: {
    members: POOL_AND_DOMAIN,
    handle: (environment, { UserPoolId, Domain }) => {
      deleteDomain(poolById(environment, UserPoolId), Domain);
      return {};
    },
  },
};

function created(domain: DomainView): OperationOutput<'CreateUserPoolDomain'> {
  return {
    ManagedLoginVersion: domain.managedLoginVersion,
    ...(domain.custom && { CloudFrontDomain: distributionOf(domain) }),
    ...(domain.routing && { Routing: domain.routing }),
  };
}
