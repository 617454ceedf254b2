import { poolById } from '../engine/pools/pool-lookup.js';
import { DEFAULT_SSO_MINUTES, setSessionTracking, setSsoValidity } from '../engine/sessions/session-configuration.js';
import { NO_TRACKING } from '../engine/sessions/session-tracking.js';
import type { AppClient } from '../model/app-client.js';
import type { Pool } from '../model/pool.js';
import { required, type RequiredMemberRule, STRUCTURE, USER_POOL_ID } from './member-rules.js';
import type { OperationOutput, OperationTable } from './operation.js';
import { POOL_AND_CLIENT, poolAndClient } from './pool-and-client.js';

const TRACKING: RequiredMemberRule = { type: 'string', required: true, values: ['ENABLED', 'DISABLED'] };
const POOL = { UserPoolId: required(USER_POOL_ID) };

/** Session tracking of a pool, and the lifetime of an app client's SSO sessions. */
export const sessionConfigurationOperations: OperationTable<
  | 'SetUserPoolSessionConfiguration'
  | 'GetUserPoolSessionConfiguration'
  | 'SetUserPoolClientSessionConfiguration'
  | 'GetUserPoolClientSessionConfiguration'
> = {
  SetUserPoolSessionConfiguration: {
    members: { ...POOL, UserSessionTracking: TRACKING, TokenSession: required(STRUCTURE) },
    handle: (environment, { UserPoolId, UserSessionTracking, TokenSession }) => {
      const pool = poolById(environment, UserPoolId);
      setSessionTracking(pool, UserSessionTracking, TokenSession.MaxPerUser);
      return poolConfiguration(pool);
    },
  },
  GetUserPoolSessionConfiguration: {
    members: POOL,
    handle: (environment, { UserPoolId }) => poolConfiguration(poolById(environment, UserPoolId)),
  },
  SetUserPoolClientSessionConfiguration: {
    members: { ...POOL_AND_CLIENT, SSOSession: required(STRUCTURE) },
    handle: (environment, { SSOSession, ...input }) => {
      const { pool, client } = poolAndClient(environment, input);
      setSsoValidity(pool, client, SSOSession.MaxValidityMinutes);
      return clientConfiguration(pool, client);
    },
  },
  GetUserPoolClientSessionConfiguration: {
    members: POOL_AND_CLIENT,
    handle: (environment, input) => {
      const { pool, client } = poolAndClient(environment, input);
      return clientConfiguration(pool, client);
    },
  },
};

function poolConfiguration(pool: Pool): OperationOutput<'GetUserPoolSessionConfiguration'> {
  const { enabled, maxPerUser } = pool.sessionTracking ?? NO_TRACKING;
  return {
    UserPoolId: pool.id,
    UserSessionTracking: enabled ? 'ENABLED' : 'DISABLED',
    TokenSession: { MaxPerUser: maxPerUser },
  };
}

function clientConfiguration(pool: Pool, client: AppClient): OperationOutput<'GetUserPoolClientSessionConfiguration'> {
  return {
    UserPoolId: pool.id,
    ClientId: client.id,
    SSOSession: { MaxValidityMinutes: client.ssoValidityMinutes ?? DEFAULT_SSO_MINUTES },
  };
}
