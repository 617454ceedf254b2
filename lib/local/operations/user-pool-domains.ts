import {
  createDomain,
  deleteDomain,
  describeDomain,
  distributionOf,
  type DomainView,
  updateDomain,
} from '../engine/pools/pool-domains.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import type { OperationOutput, OperationTable } from './operation.js';

/** Domains: create, describe, update and delete. The pages themselves are served at the server's own address. */
export const userPoolDomainOperations: OperationTable<
  'CreateUserPoolDomain' | 'DescribeUserPoolDomain' | 'UpdateUserPoolDomain' | 'DeleteUserPoolDomain'
> = {
  CreateUserPoolDomain: {
    handle: (environment, { UserPoolId, Domain, ...settings }) =>
      created(createDomain(environment, poolById(environment, UserPoolId), Domain, settings)),
  },
  DescribeUserPoolDomain: {
    handle: (environment, { Domain }) => ({ DomainDescription: describeDomain(environment, Domain) }),
  },
  UpdateUserPoolDomain: {
    handle: (environment, { UserPoolId, Domain, ...settings }) =>
      created(updateDomain(poolById(environment, UserPoolId), Domain, settings)),
  },
  DeleteUserPoolDomain: {
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
