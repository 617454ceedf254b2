import { isObject } from '../../types/is-object.js';

/** What a session consists of. It is only ever kept sealed. Times are in milliseconds since the epoch. */
export interface SessionContent {
  /** A random id, the same for as long as the session lasts. */
  readonly sid: string;
  /** The user. */
  readonly sub: string;
  readonly accessToken: string;
  readonly refreshToken?: string;
  /** With `keep: ['idToken']` only. */
  readonly idToken?: string;
  /** When the access token expires. */
  readonly expiresAt: number;
  readonly createdAt: number;
  /** When the session was last known to be in use. */
  readonly usedAt: number;
  /** How the tokens were obtained, and so how they are renewed. */
  readonly grantType?: 'authorization_code';
  readonly claims: Readonly<Record<string, unknown>>;
}

/** Reads what was sealed; undefined for content of another version. */
export function readSessionContent(sealed: Readonly<Record<string, unknown>>): SessionContent | undefined {
  const { sid, sub, accessToken, expiresAt, createdAt, usedAt, claims } = sealed;
  const texts = [sid, sub, accessToken];
  const times = [expiresAt, createdAt, usedAt];
  const isComplete =
    texts.every((text) => typeof text === 'string') &&
    times.every((time) => typeof time === 'number') &&
    isObject(claims);
  return isComplete ? (sealed as unknown as SessionContent) : undefined;
}
