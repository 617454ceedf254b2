import type { Challenge, ChallengeName } from './challenge.js';
import { PARAMETER_PARSERS } from './challenge-parameters.js';
import { requireMember, UnexpectedAnswerError, UnsupportedChallengeError } from './protocol-error.js';
import { expiryClaim } from './unverified-claims.js';

/**
 * The tokens of a signed-in user. Plain JSON.
 *
 * @publicApi
 */
export interface TokenSet {
  readonly accessToken: string;
  /** Absent when the sign-in was not granted the scope `openid`, which renewals keep to (OpenID Connect Core 1.0, 12.2). */
  readonly idToken?: string;
  /** Absent when a renewal did not rotate it; `renewTokens` then returns the one it was called with. */
  readonly refreshToken?: string;
  /** When the access and id tokens expire, in milliseconds since the epoch. */
  readonly expiresAt: number;
  /** `Bearer`. */
  readonly tokenType: string;
  /**
   * `authorization_code` for a sign-in at managed login, whose tokens are renewed at the token endpoint. Absent for one by
   * the API. Keep it with the tokens.
   */
  readonly grantType?: 'authorization_code';
}

/**
 * A device that Cognito has not seen before. Call `devices.confirm` to have it remembered.
 *
 * @publicApi
 */
export interface NewDevice {
  readonly key: string;
  readonly groupKey: string;
}

/**
 * The user is signed in.
 *
 * @publicApi
 */
export interface Authenticated {
  readonly status: 'AUTHENTICATED';
  readonly tokens: TokenSet;
  /** Present when the pool tracks devices and the sign-in named none. */
  readonly newDevice?: NewDevice;
  /** The key of a device that Cognito has forgotten. Delete what you stored for it. */
  readonly forgottenDeviceKey?: string;
}

/**
 * Cognito requires an answer before it returns tokens.
 *
 * @publicApi
 */
export interface Challenged {
  readonly status: 'CHALLENGE';
  readonly challenge: Challenge;
  /** The key of a device that Cognito has forgotten. Delete what you stored for it. */
  readonly forgottenDeviceKey?: string;
}

/**
 * The result of one step of a sign-in. Narrow by `status`. Refusals are errors, not outcomes.
 *
 * @publicApi
 */
export type AuthenticationOutcome = Authenticated | Challenged;

/** The response of InitiateAuth, RespondToAuthChallenge, their Admin forms and GetTokensFromRefreshToken. */
export interface AuthenticationAnswer {
  readonly ChallengeName?: string | undefined;
  readonly Session?: string | undefined;
  readonly ChallengeParameters?: Readonly<Record<string, string>> | undefined;
  readonly AvailableChallenges?: readonly string[] | undefined;
  readonly AuthenticationResult?: AuthenticationResult | undefined;
}

/** The part of a response that holds tokens. */
export interface AuthenticationResult {
  readonly AccessToken?: string | undefined;
  readonly IdToken?: string | undefined;
  readonly RefreshToken?: string | undefined;
  readonly ExpiresIn?: number | undefined;
  readonly TokenType?: string | undefined;
  readonly NewDeviceMetadata?:
    { readonly DeviceKey?: string | undefined; readonly DeviceGroupKey?: string | undefined } | undefined;
}

/**
 * Reads a response.
 *
 * @param username - the username of the request; a challenge keeps it unless the response names another.
 * @param now - milliseconds since the epoch.
 * @throws UnsupportedChallengeError for a challenge that this version does not support.
 * @throws UnexpectedAnswerError when the response holds neither tokens nor a challenge.
 */
export function readOutcome(answer: AuthenticationAnswer, username: string, now: number): AuthenticationOutcome {
  const { AuthenticationResult: result, ChallengeName: name } = answer;
  if (result !== undefined) {
    const newDevice = readNewDevice(result);
    return { status: 'AUTHENTICATED', tokens: readTokens(result, now), ...(newDevice && { newDevice }) };
  }
  if (name === undefined) {
    throw new UnexpectedAnswerError('it contains neither tokens nor a challenge');
  }
  return { status: 'CHALLENGE', challenge: readChallenge(name, answer, username) };
}

/**
 * Reads the tokens of a response. Only the access token is required: the response may hold a refresh token that replaces
 * the caller's, which must not be lost because something else is missing.
 *
 * @param now - milliseconds since the epoch.
 * @throws UnexpectedAnswerError when the access token is missing.
 */
export function readTokens(result: AuthenticationResult, now: number): TokenSet {
  const { IdToken, RefreshToken, TokenType = 'Bearer' } = result;
  const accessToken = requireMember('AccessToken', result.AccessToken);
  return {
    accessToken,
    ...(IdToken === undefined ? {} : { idToken: IdToken }),
    ...(RefreshToken === undefined ? {} : { refreshToken: RefreshToken }),
    expiresAt: expiry(result.ExpiresIn, accessToken, now),
    tokenType: TokenType,
  };
}

/** The shortest lifetime that an app client can give its access tokens (AccessTokenValidity), in milliseconds. */
const SHORTEST_LIFETIME = 300_000;

/** Some emulators omit ExpiresIn; the claim `exp` of the access token replaces it, or what any token lasts. */
function expiry(expiresIn: number | undefined, accessToken: string, now: number): number {
  if (expiresIn !== undefined) {
    return now + expiresIn * 1_000;
  }
  return expiryClaim(accessToken) ?? now + SHORTEST_LIFETIME;
}

function readNewDevice({ NewDeviceMetadata: device }: AuthenticationResult): NewDevice | undefined {
  return device?.DeviceKey === undefined || device.DeviceGroupKey === undefined
    ? undefined
    : { key: device.DeviceKey, groupKey: device.DeviceGroupKey };
}

function readChallenge(name: string, answer: AuthenticationAnswer, username: string): Challenge {
  if (!isChallengeName(name)) {
    throw new UnsupportedChallengeError(name);
  }
  const wire = { parameters: answer.ChallengeParameters ?? {}, available: answer.AvailableChallenges ?? [] };
  return {
    name,
    // SECRET_HASH is over the username that Cognito returned; over the alias that the user typed it would be wrong.
    username: wire.parameters['USERNAME'] ?? wire.parameters['USER_ID_FOR_SRP'] ?? username,
    ...(answer.Session === undefined ? {} : { session: answer.Session }),
    parameters: PARAMETER_PARSERS[name](wire),
  } as Challenge;
}

/** Whether this version supports the challenge. */
export function isChallengeName(name: unknown): name is ChallengeName {
  return typeof name === 'string' && Object.hasOwn(PARAMETER_PARSERS, name);
}
