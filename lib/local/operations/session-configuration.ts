import type { Environment } from '../engine/environment.js';
import { clientOfPool, poolById } from '../engine/pools/pool-lookup.js';
import { DEFAULT_SSO_MINUTES, setSessionTracking, setSsoValidity } from '../engine/sessions/session-configuration.js';
import { NO_TRACKING } from '../engine/sessions/session-tracking.js';
import type { AppClient } from '../model/app-client.js';
import type { Pool } from '../model/pool.js';
import { CLIENT_ID, required, type RequiredMemberRule, STRUCTURE, USER_POOL_ID } from './member-rules.js';
import type { OperationOutput, OperationTable } from './operation.js';

const TRACKING: RequiredMemberRule = { type: 'string', required: true, values: ['ENABLED', 'DISABLED'] };
const POOL = { UserPoolId: required(USER_POOL_ID) };
const CLIENT = { ...POOL, ClientId: required(CLIENT_ID) };

/** Whether a pool tracks its users' sessions, and how long an app client's SSO sessions live. */
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
    members: { ...CLIENT, SSOSession: required(STRUCTURE) },
    handle: (environment, { SSOSession, ...place }) => {
      const { pool, client } = placeOf(environment, place);
      setSsoValidity(pool, client, SSOSession.MaxValidityMinutes);
      return clientConfiguration(pool, client);
    },
  },
  GetUserPoolClientSessionConfiguration: {
    members: CLIENT,
    handle: (environment, input) => {
      const { pool, client } = placeOf(environment, input);
      return clientConfiguration(pool, client);
    },
  },
};

function placeOf(
  environment: Environment,
  { UserPoolId, ClientId }: { readonly UserPoolId: string; readonly ClientId: string },
): { readonly pool: Pool; readonly client: AppClient } {
  const pool = poolById(environment, UserPoolId);
  return { pool, client: clientOfPool(pool, ClientId) };
}

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
