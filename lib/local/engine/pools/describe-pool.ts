import type { UserPoolType } from '@aws-sdk/client-cognito-identity-provider';

import type { Pool } from '../../model/pool.js';

/** The account that ARNs of the embedded Cognito name. */
export const LOCAL_ACCOUNT_ID = '123456789012';

/** A pool's ARN. */
function poolArn(pool: Pool): string {
  return `arn:aws:cognito-idp:${pool.region}:${LOCAL_ACCOUNT_ID}:userpool/${pool.id}`;
}

/** A pool as DescribeUserPool and CreateUserPool answer it. */
export function describePool(pool: Pool): UserPoolType {
  return {
    Id: pool.id,
    Name: pool.name,
    ...pool.settings,
    LastModifiedDate: new Date(pool.modifiedAt),
    CreationDate: new Date(pool.createdAt),
    SchemaAttributes: [...pool.schema.values()],
    EstimatedNumberOfUsers: pool.users.size,
    MfaConfiguration: pool.mfa.configuration,
    Arn: poolArn(pool),
  };
}
