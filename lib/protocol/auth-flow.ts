import { MandateArgumentError } from '../errors/argument-error.js';
import { requireText, requireTextIfGiven } from '../errors/require-argument.js';
import type { FirstFactor, RememberedDevice } from './challenge.js';
import { requireDevice } from './challenge-responses.js';

/** The part that every sign-in has. */
interface SignIn {
  /** Username, or an alias that the pool allows: e-mail address, phone number, preferred username. */
  readonly username: string;
  /** A device that the pool remembers. It replaces the second factor and is proven without the user. */
  readonly device?: RememberedDevice | undefined;
}

/**
 * Sign-in with the plain password over TLS. The user-migration trigger requires it.
 *
 * @publicApi
 */
export interface PasswordSignIn extends SignIn {
  readonly flow: 'USER_PASSWORD_AUTH';
  readonly password: string;
}

/**
 * Sign-in with the plain password in a privileged call.
 *
 * @publicApi
 */
export interface AdminPasswordSignIn extends SignIn {
  readonly flow: 'ADMIN_USER_PASSWORD_AUTH';
  readonly password: string;
}

/**
 * Sign-in by the pool's own challenges (the triggers DefineAuthChallenge, CreateAuthChallenge and
 * VerifyAuthChallengeResponse). With a password, SRP comes first.
 *
 * @publicApi
 */
export interface CustomSignIn extends SignIn {
  readonly flow: 'CUSTOM_AUTH';
  readonly password?: string | undefined;
}

/**
 * Choice-based sign-in. Without a usable preference, Cognito returns the challenge SELECT_CHALLENGE.
 *
 * @publicApi
 */
export interface ChoiceSignIn extends SignIn {
  readonly flow: 'USER_AUTH';
  readonly preferredChallenge?: FirstFactor | undefined;
  /** For the preferences PASSWORD and PASSWORD_SRP. */
  readonly password?: string | undefined;
  /** The session that `confirmSignUp` returned: signs in at once if the pool allows it. */
  readonly session?: string | undefined;
  /** Step-up: the ACR values to reach, most wanted first. Requires `accessToken`. */
  readonly targetAcrValues?: readonly string[] | undefined;
  /** Step-up: the access token of the current sign-in. */
  readonly accessToken?: string | undefined;
  /** Step-up: the maximum age of the last authentication, in seconds. */
  readonly maxAgeSeconds?: number | undefined;
}

/**
 * Sign-in by Secure Remote Password (RFC 5054). The password never leaves this process.
 *
 * Declared last: of the members of a union the compiler reports the last one, and `authenticate({ username })` must
 * report a missing `password`, not a missing `flow`.
 *
 * @publicApi
 */
export interface SrpSignIn extends SignIn {
  /** Default: `USER_SRP_AUTH`. */
  readonly flow?: 'USER_SRP_AUTH' | undefined;
  readonly password: string;
}

/**
 * A sign-in in one of the flows that require no AWS credentials.
 *
 * @publicApi
 */
export type UserSignIn = PasswordSignIn | CustomSignIn | ChoiceSignIn | SrpSignIn;

/** A sign-in that may also use the privileged flow. */
export type AnySignIn = UserSignIn | AdminPasswordSignIn;

/** The name of a flow and its AuthParameters, without USERNAME, SECRET_HASH and DEVICE_KEY, which every flow has. */
export interface AuthFlowStart {
  readonly flow: NonNullable<AnySignIn['flow']>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly session: string | undefined;
}

/**
 * The first request of a sign-in.
 *
 * @param clientPublic - returns SRP_A; called only by flows that begin an SRP exchange.
 * @throws MandateArgumentError when a part of the sign-in is missing or invalid.
 */
export function startOfFlow(signIn: AnySignIn, clientPublic: () => string): AuthFlowStart {
  requireText('username', signIn.username);
  if (signIn.device !== undefined) {
    requireDevice(signIn.device);
  }
  const { flow = 'USER_SRP_AUTH' } = signIn;
  const session = signIn.flow === 'USER_AUTH' ? signIn.session : undefined;
  return { flow, parameters: parametersOf(signIn, clientPublic), session };
}

function parametersOf(signIn: AnySignIn, clientPublic: () => string): Record<string, string> {
  switch (signIn.flow) {
    case undefined:
    case 'USER_SRP_AUTH':
      requireText('password', signIn.password);
      return { SRP_A: clientPublic() };
    case 'USER_PASSWORD_AUTH':
    case 'ADMIN_USER_PASSWORD_AUTH':
      requireText('password', signIn.password);
      return { PASSWORD: signIn.password };
    case 'CUSTOM_AUTH':
      requireTextIfGiven('password', signIn.password);
      return signIn.password === undefined ? {} : { CHALLENGE_NAME: 'SRP_A', SRP_A: clientPublic() };
    case 'USER_AUTH':
      return choiceParameters(signIn, clientPublic);
    default:
      throw new MandateArgumentError(
        'flow',
        'must be USER_SRP_AUTH, USER_PASSWORD_AUTH, CUSTOM_AUTH, USER_AUTH or, for administrators, ADMIN_USER_PASSWORD_AUTH',
      );
  }
}

function requireChoice(signIn: ChoiceSignIn): void {
  for (const name of ['preferredChallenge', 'password', 'session', 'accessToken'] as const) {
    requireTextIfGiven(name, signIn[name]);
  }
  const { targetAcrValues, maxAgeSeconds }: { readonly [Name in keyof ChoiceSignIn]?: unknown } = signIn;
  if (targetAcrValues !== undefined && !isListOfTexts(targetAcrValues)) {
    throw new MandateArgumentError('targetAcrValues', 'must be a list of non-empty strings');
  }
  if (
    maxAgeSeconds !== undefined &&
    !(typeof maxAgeSeconds === 'number' && Number.isFinite(maxAgeSeconds) && maxAgeSeconds >= 0)
  ) {
    throw new MandateArgumentError('maxAgeSeconds', 'must be a number of seconds, 0 or more');
  }
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '');
}

function choiceParameters(signIn: ChoiceSignIn, clientPublic: () => string): Record<string, string> {
  const { preferredChallenge, password, targetAcrValues, accessToken, maxAgeSeconds } = signIn;
  requireChoice(signIn);
  return {
    ...(preferredChallenge === undefined ? {} : { PREFERRED_CHALLENGE: preferredChallenge }),
    ...(preferredChallenge === 'PASSWORD' && password !== undefined ? { PASSWORD: password } : {}),
    ...(preferredChallenge === 'PASSWORD_SRP' && password !== undefined ? { SRP_A: clientPublic() } : {}),
    ...(targetAcrValues === undefined ? {} : { TARGET_ACR_VALUES: targetAcrValues.join(' ') }),
    ...(accessToken === undefined ? {} : { ACCESS_TOKEN: accessToken }),
    ...(maxAgeSeconds === undefined ? {} : { MAX_AGE: String(maxAgeSeconds) }),
  };
}
