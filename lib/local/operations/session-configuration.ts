import { poolById } from '../engine/pools/pool-lookup.js';
import { DEFAULT_SSO_MINUTES, setSessionTracking, setSsoValidity } from '../engine/sessions/session-configuration.js';
import { NO_TRACKING } from '../engine/sessions/session-tracking.js';
import type { AppClient } from '../model/app-client.js';
import type { Pool } from '../model/pool.js';
import type { CheckedInput, OperationOutput, OperationTable } from './operation.js';
import { poolAndClient } from './pool-and-client.js';

/** Session tracking of a pool, and the lifetime of an app client's SSO sessions. */
export const sessionConfigurationOperations: OperationTable<
  | 'SetUserPoolSessionConfiguration'
  | 'GetUserPoolSessionConfiguration'
  | 'SetUserPoolClientSessionConfiguration'
  | 'GetUserPoolClientSessionConfiguration'
> = {
  SetUserPoolSessionConfiguration: {
    handle: (environment, { UserPoolId, UserSessionTracking, TokenSession }) => {
      const pool = poolById(environment, UserPoolId);
      const { MaxPerUser } = TokenSession as CheckedInput<typeof TokenSession>;
      setSessionTracking(pool, UserSessionTracking, MaxPerUser);
      return poolConfiguration(pool);
    },
  },
  GetUserPoolSessionConfiguration: {
    handle: (environment, { UserPoolId }) => poolConfiguration(poolById(environment, UserPoolId)),
  },
  SetUserPoolClientSessionConfiguration: {
    handle: (environment, { SSOSession, ...input }) => {
      const { pool, client } = poolAndClient(environment, input);
      const { MaxValidityMinutes } = SSOSession as CheckedInput<typeof SSOSession>;
      setSsoValidity(pool, client, MaxValidityMinutes);
      return clientConfiguration(pool, client);
    },
  },
  GetUserPoolClientSessionConfiguration: {
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
