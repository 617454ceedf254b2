import type { UserPoolType } from '@aws-sdk/client-cognito-identity-provider';

import type { Pool } from '../../model/pool.js';
import { withoutEmptyLists } from '../without-empty-lists.js';

/** The AWS account ID in ARNs. */
export const LOCAL_ACCOUNT_ID = '123456789012';

/** The `UserPool` member of DescribeUserPool and CreateUserPool. */
export function describePool(pool: Pool): UserPoolType {
  return {
    Id: pool.id,
    Name: pool.name,
    ...withoutEmptyLists(pool.settings),
    LastModifiedDate: new Date(pool.modifiedAt),
    CreationDate: new Date(pool.createdAt),
    SchemaAttributes: [...pool.schema.values()],
    EstimatedNumberOfUsers: pool.users.size,
    MfaConfiguration: pool.mfa.configuration,
    ...(pool.domain && { Domain: pool.domain.prefix }),
    ...(pool.customDomain && { CustomDomain: pool.customDomain.name }),
    Arn: `arn:aws:cognito-idp:${pool.region}:${LOCAL_ACCOUNT_ID}:userpool/${pool.id}`,
  };
}
