import { describePoolMfa, setPoolMfa } from '../engine/mfa/pool-mfa-config.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import type { OperationTable } from './operation.js';

/** MFA configuration of a user pool. */
export const mfaConfigOperations: OperationTable<'SetUserPoolMfaConfig' | 'GetUserPoolMfaConfig'> = {
  SetUserPoolMfaConfig: {
    handle: (environment, { UserPoolId, ...request }) => {
      const pool = poolById(environment, UserPoolId);
      setPoolMfa(pool, request);
      pool.modifiedAt = environment.clock();
      return describePoolMfa(pool);
    },
  },
  GetUserPoolMfaConfig: {
    handle: (environment, { UserPoolId }) => describePoolMfa(poolById(environment, UserPoolId)),
  },
};
