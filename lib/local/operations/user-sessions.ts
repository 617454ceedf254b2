import { CognitoFault, invalidParameter } from '../engine/cognito-fault.js';
import type { Environment } from '../engine/environment.js';
import { activeSessions, type TrackedSignIn } from '../engine/sessions/session-tracking.js';
import { bearerOf } from '../engine/tokens/access-token.js';
import type { Pool } from '../model/pool.js';
import type { SignIn } from '../model/sign-in.js';
import type { User } from '../model/user.js';
import type { OperationOutput, OperationTable } from './operation.js';
import { pageOf } from './pages.js';
import { poolAndUser } from './pool-and-user.js';

const PAGE_SIZE = 125;

interface Owner {
  readonly pool: Pool;
  readonly user: User;
  /** The sign-in that issued the access token of the call. */
  readonly current?: SignIn;
}

/** Sessions of a user: list and revoke. */
export const userSessionOperations: OperationTable<
  'ListUserSessions' | 'RevokeUserSession' | 'AdminListUserSessions' | 'AdminRevokeUserSession'
> = {
  ListUserSessions: {
    handle: async (environment, { AccessToken, NextToken }) =>
      list(environment, await ownerOf(environment, AccessToken), NextToken),
  },
  RevokeUserSession: {
    handle: async (environment, { AccessToken, SessionId }) =>
      revoke(environment, await ownerOf(environment, AccessToken), SessionId),
  },
  AdminListUserSessions: {
    handle: (environment, input) => list(environment, poolAndUser(environment, input), input.NextToken),
  },
  AdminRevokeUserSession: {
    handle: (environment, input) => revoke(environment, poolAndUser(environment, input), input.SessionId),
  },
};

async function ownerOf(environment: Environment, accessToken: string): Promise<Owner> {
  const { pool, user, signIn } = await bearerOf(environment, accessToken);
  return { pool, user, current: signIn };
}

function list(environment: Environment, owner: Owner, token?: string): OperationOutput<'ListUserSessions'> {
  const { items, next } = pageOf(activeSessions(environment, owner.pool, owner.user), PAGE_SIZE, token, {
    keyOf: ({ authTime, eventId }) => [authTime, eventId],
    binding: owner.user.sub,
  });
  return {
    Sessions: items.map((signIn) => description(signIn, signIn === owner.current)),
    NextToken: next,
  };
}

/** AWS does not document the messages; the wording is ours. */
function revoke(environment: Environment, { pool, user, current }: Owner, sessionId: string): object {
  const session = activeSessions(environment, pool, user).find(({ tracked }) => tracked.id === sessionId);
  if (session === undefined) {
    throw new CognitoFault('ResourceNotFoundException', 'Session does not exist.');
  }
  if (session === current) {
    throw invalidParameter('The current session cannot be revoked.');
  }
  pool.signIns.revoke(session);
  return {};
}

function description(
  { authTime, clientId, tracked }: TrackedSignIn,
  isCurrent: boolean,
): NonNullable<OperationOutput<'ListUserSessions'>['Sessions']>[number] {
  return {
    SessionId: tracked.id,
    SessionType: 'TOKEN',
    ClientId: clientId,
    CreateDate: new Date(authTime * 1000),
    LastActiveDate: new Date(tracked.lastActiveAt),
    DeviceType: tracked.deviceType,
    LastIPAddress: tracked.lastIpAddress,
    LastLocation: { Country: 'unknown' },
    IsCurrentSession: isCurrent,
  };
}
