import { describePoolMfa, setPoolMfa } from '../engine/mfa/pool-mfa-config.js';
import { poolById } from '../engine/pools/pool-lookup.js';
import { type MemberRule, required, STRUCTURE, USER_POOL_ID } from './member-rules.js';
import type { OperationTable } from './operation.js';

const MFA_LEVEL: MemberRule = { type: 'string', values: ['OFF', 'ON', 'OPTIONAL'] };

/** MFA configuration of a user pool. */
export const mfaConfigOperations: OperationTable<'SetUserPoolMfaConfig' | 'GetUserPoolMfaConfig'> = {
  SetUserPoolMfaConfig: {
    members: {
      UserPoolId: required(USER_POOL_ID),
      MfaConfiguration: MFA_LEVEL,
      SmsMfaConfiguration: STRUCTURE,
      SoftwareTokenMfaConfiguration: STRUCTURE,
      EmailMfaConfiguration: STRUCTURE,
      WebAuthnConfiguration: STRUCTURE,
    },
    handle: (environment, { UserPoolId, ...request }) => {
      const pool = poolById(environment, UserPoolId);
      setPoolMfa(pool, request);
      pool.modifiedAt = environment.clock();
      return describePoolMfa(pool);
    },
  },
  GetUserPoolMfaConfig: {
    members: { UserPoolId: required(USER_POOL_ID) },
    handle: (environment, { UserPoolId }) => describePoolMfa(poolById(environment, UserPoolId)),
  },
};
