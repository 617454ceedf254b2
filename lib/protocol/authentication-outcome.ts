import type { Challenge, ChallengeName } from './challenge.js';
import { PARAMETER_PARSERS } from './challenge-parameters.js';
import { requireMember, UnexpectedAnswerError, UnsupportedChallengeError } from './protocol-error.js';
import { readUnverifiedClaims } from './unverified-claims.js';

/** The tokens of a signed-in user. Plain JSON. */
export interface TokenSet {
  readonly accessToken: string;
  readonly idToken: string;
  /** Absent when a renewal did not rotate it; `renewTokens` then keeps the one it was given. */
  readonly refreshToken?: string;
  /** When access and id token expire by the answer's own word; milliseconds since the epoch. */
  readonly expiresAt: number;
  /** `Bearer`. */
  readonly tokenType: string;
}

/** A device that Cognito saw for the first time: to be confirmed with `devices.confirm` if it is to be remembered. */
export interface NewDevice {
  readonly key: string;
  readonly groupKey: string;
}

/** Somebody is signed in. */
export interface Authenticated {
  readonly status: 'AUTHENTICATED';
  readonly tokens: TokenSet;
  /** Given when the pool tracks devices and the sign-in named none. */
  readonly newDevice?: NewDevice;
  /** The key of a device that Cognito no longer knows: the application should drop what it stored for it. */
  readonly forgottenDeviceKey?: string;
}

/** Cognito wants to know more first. */
export interface Challenged {
  readonly status: 'CHALLENGE';
  readonly challenge: Challenge;
  /** The key of a device that Cognito no longer knows: the application should drop what it stored for it. */
  readonly forgottenDeviceKey?: string;
}

/** How a step of a sign-in ended; narrow by `status`. Refusals are errors, not outcomes. */
export type AuthenticationOutcome = Authenticated | Challenged;

/** What InitiateAuth, RespondToAuthChallenge, their Admin forms and GetTokensFromRefreshToken answer. */
export interface AuthenticationAnswer {
  readonly ChallengeName?: string | undefined;
  readonly Session?: string | undefined;
  readonly ChallengeParameters?: Readonly<Record<string, string>> | undefined;
  readonly AvailableChallenges?: readonly string[] | undefined;
  readonly AuthenticationResult?: AuthenticationResult | undefined;
}

/** The part of an answer that holds tokens. */
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
 * Reads an answer.
 *
 * @param username - the name that the request used; a challenge keeps it unless the answer names another.
 * @param now - milliseconds since the epoch.
 * @throws UnsupportedChallengeError for a challenge that this version does not know.
 * @throws UnexpectedAnswerError when the answer is neither tokens nor a challenge.
 */
export function readOutcome(answer: AuthenticationAnswer, username: string, now: number): AuthenticationOutcome {
  const { AuthenticationResult: result, ChallengeName: name } = answer;
  if (result !== undefined) {
    const newDevice = readNewDevice(result);
    return { status: 'AUTHENTICATED', tokens: readTokens(result, now), ...(newDevice && { newDevice }) };
  }
  if (name === undefined) {
    throw new UnexpectedAnswerError('it holds neither tokens nor a challenge');
  }
  return { status: 'CHALLENGE', challenge: readChallenge(name, answer, username) };
}

/** @throws UnexpectedAnswerError when a token or the life time is missing. */
export function readTokens(result: AuthenticationResult, now: number): TokenSet {
  const { RefreshToken, TokenType = 'Bearer' } = result;
  const accessToken = requireMember('AccessToken', result.AccessToken);
  return {
    accessToken,
    idToken: requireMember('IdToken', result.IdToken),
    ...(RefreshToken === undefined ? {} : { refreshToken: RefreshToken }),
    expiresAt: requireMember('ExpiresIn', expiry(result.ExpiresIn, accessToken, now)),
    tokenType: TokenType,
  };
}

/** Emulators leave ExpiresIn out; the access token says the same. */
function expiry(expiresIn: number | undefined, accessToken: string, now: number): number | undefined {
  const claim = expiresIn === undefined ? readUnverifiedClaims(accessToken)?.['exp'] : undefined;
  const secondsAtExpiry = typeof claim === 'number' ? claim : undefined;
  return expiresIn === undefined ? secondsAtExpiry && secondsAtExpiry * 1_000 : now + expiresIn * 1_000;
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
    // From here on the name is the one that Cognito returned; the alias that the user typed would break the hash.
    username: wire.parameters['USERNAME'] ?? wire.parameters['USER_ID_FOR_SRP'] ?? username,
    ...(answer.Session === undefined ? {} : { session: answer.Session }),
    parameters: PARAMETER_PARSERS[name](wire),
  } as Challenge;
}

/** Whether this version knows the challenge. */
export function isChallengeName(name: unknown): name is ChallengeName {
  return typeof name === 'string' && Object.hasOwn(PARAMETER_PARSERS, name);
}
