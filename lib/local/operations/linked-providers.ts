import { disableIdentity, linkIdentity } from '../engine/federation/linking.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import type { OperationTable } from './operation.js';

/** Administrators: identities that users have at identity providers. */
export const linkedProviderOperations: OperationTable<'AdminLinkProviderForUser' | 'AdminDisableProviderForUser'> = {
  AdminLinkProviderForUser: {
    handle: (environment, { UserPoolId, DestinationUser, SourceUser }) => {
      linkIdentity(environment, poolById(environment, UserPoolId), DestinationUser, SourceUser);
      return {};
    },
  },
  AdminDisableProviderForUser: {
    handle: (environment, { UserPoolId, User }) => {
      disableIdentity(environment, poolById(environment, UserPoolId), User);
      return {};
    },
  },
};
