import { disableIdentity, linkIdentity } from '../engine/federation/linking.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import { type MemberRule, PROVIDER_NAME, required, STRING, USER_POOL_ID } from './member-rules.js';
import type { OperationTable } from './operation.js';

const PROVIDER_USER: MemberRule = {
  type: 'structure',
  members: { ProviderName: PROVIDER_NAME, ProviderAttributeName: STRING, ProviderAttributeValue: STRING },
};

/** Administrators: identities that users have at identity providers. */
export const linkedProviderOperations: OperationTable<'AdminLinkProviderForUser' | 'AdminDisableProviderForUser'> = {
  AdminLinkProviderForUser: {
    members: {
      UserPoolId: required(USER_POOL_ID),
      DestinationUser: required(PROVIDER_USER),
      SourceUser: required(PROVIDER_USER),
    },
    handle: (environment, { UserPoolId, DestinationUser, SourceUser }) => {
      linkIdentity(environment, poolById(environment, UserPoolId), DestinationUser, SourceUser);
      return {};
    },
  },
  AdminDisableProviderForUser: {
    members: { UserPoolId: required(USER_POOL_ID), User: required(PROVIDER_USER) },
    handle: (environment, { UserPoolId, User }) => {
      disableIdentity(environment, poolById(environment, UserPoolId), User);
      return {};
    },
  },
};
