import { requireMember } from '../../protocol/protocol-error.js';

/**
 * A session of a user, where the pool tracks sessions. Times are in milliseconds since the epoch.
 *
 * @publicApi
 */
export interface UserSession {
  readonly id: string;
  /** `TOKEN` for a sign-in through an app client, `SSO` for one at managed login. */
  readonly type?: string;
  readonly clientId?: string;
  readonly deviceType?: string;
  readonly lastIpAddress?: string;
  readonly lastLocation?: { readonly city?: string; readonly country?: string };
  /** The session that this one was created from. */
  readonly originId?: string;
  /** Whether it is the session of the calling access token. */
  readonly current?: boolean;
  readonly createdAt?: number;
  readonly lastActiveAt?: number;
}

interface SdkUserSession {
  readonly SessionId?: string | undefined;
  readonly SessionType?: string | undefined;
  readonly ClientId?: string | undefined;
  readonly CreateDate?: Date | undefined;
  readonly LastActiveDate?: Date | undefined;
  readonly DeviceType?: string | undefined;
  readonly LastIPAddress?: string | undefined;
  readonly LastLocation?: { readonly City?: string | undefined; readonly Country?: string | undefined } | undefined;
  readonly OriginSessionId?: string | undefined;
  readonly IsCurrentSession?: boolean | undefined;
}

/** Translates UserSessionType. */
export function readUserSession(session: SdkUserSession): UserSession {
  const { SessionType, ClientId, DeviceType, LastIPAddress, LastLocation, OriginSessionId, IsCurrentSession } = session;
  return {
    id: requireMember('SessionId', session.SessionId),
    ...(SessionType !== undefined && { type: SessionType }),
    ...(ClientId !== undefined && { clientId: ClientId }),
    ...(DeviceType !== undefined && { deviceType: DeviceType }),
    ...(LastIPAddress !== undefined && { lastIpAddress: LastIPAddress }),
    ...(LastLocation && {
      lastLocation: {
        ...(LastLocation.City !== undefined && { city: LastLocation.City }),
        ...(LastLocation.Country !== undefined && { country: LastLocation.Country }),
      },
    }),
    ...(OriginSessionId !== undefined && { originId: OriginSessionId }),
    ...(IsCurrentSession !== undefined && { current: IsCurrentSession }),
    ...(session.CreateDate && { createdAt: session.CreateDate.getTime() }),
    ...(session.LastActiveDate && { lastActiveAt: session.LastActiveDate.getTime() }),
  };
}

/** RevokeAssociatedSessions of RevokeUserSession and AdminRevokeUserSession. Cognito's default: NONE. */
export function sdkRevokeLinked(revokeLinked: boolean | undefined): 'LINKED' | 'NONE' | undefined {
  return revokeLinked === undefined ? undefined : revokeLinked ? 'LINKED' : 'NONE';
}
