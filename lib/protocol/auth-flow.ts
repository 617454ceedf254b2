import { MandateArgumentError } from '../errors/argument-error.js';
import { requireText, requireTextIfGiven } from '../errors/require-argument.js';

import type { FirstFactor, RememberedDevice } from './challenge.js';
import { requireDevice } from './challenge-responses.js';

/** What every sign-in takes. */
interface SignIn {
  /** Username, or an alias that the pool allows: e-mail address, phone number, preferred username. */
  readonly username: string;
  /** A device that the pool remembers: the second factor is then its own, answered without the user. */
  readonly device?: RememberedDevice | undefined;
}

/** By Secure Remote Password: the password never leaves this process. */
export interface SrpSignIn extends SignIn {
  readonly flow?: 'USER_SRP_AUTH' | undefined;
  readonly password: string;
}

/** With the plain password over TLS; needed for the user-migration trigger. */
export interface PasswordSignIn extends SignIn {
  readonly flow: 'USER_PASSWORD_AUTH';
  readonly password: string;
}

/** With the plain password in a privileged call. */
export interface AdminPasswordSignIn extends SignIn {
  readonly flow: 'ADMIN_USER_PASSWORD_AUTH';
  readonly password: string;
}

/** By the pool's own challenges (triggers Define-, Create- and VerifyAuthChallenge); with a password SRP comes first. */
export interface CustomSignIn extends SignIn {
  readonly flow: 'CUSTOM_AUTH';
  readonly password?: string | undefined;
}

/** By a factor of the user's choice. Without a usable preference Cognito answers SELECT_CHALLENGE. */
export interface ChoiceSignIn extends SignIn {
  readonly flow: 'USER_AUTH';
  readonly preferredChallenge?: FirstFactor | undefined;
  /** For the preferences PASSWORD and PASSWORD_SRP. */
  readonly password?: string | undefined;
  /** The session that `confirmSignUp` returned: signs in at once if the pool allows it. */
  readonly session?: string | undefined;
  /** Step-up: the level to reach, most wanted first; needs `accessToken` of the current sign-in. */
  readonly targetAcrValues?: readonly string[] | undefined;
  readonly accessToken?: string | undefined;
  /** Step-up: seconds since the last authentication at most. */
  readonly maxAge?: number | undefined;
}

/** A sign-in in one of the flows that need no AWS credentials. */
export type UserSignIn = SrpSignIn | PasswordSignIn | CustomSignIn | ChoiceSignIn;

/** A sign-in that may also use the privileged flow. */
export type AnySignIn = UserSignIn | AdminPasswordSignIn;

/** The flow's name and AuthParameters, without USERNAME, SECRET_HASH and DEVICE_KEY, which all of them need. */
export interface AuthFlowStart {
  readonly flow: NonNullable<AnySignIn['flow']>;
  readonly parameters: Readonly<Record<string, string>>;
  readonly session: string | undefined;
}

/**
 * How a sign-in begins.
 *
 * @param clientPublic - gives SRP_A; asked for only by flows that begin an SRP exchange.
 * @throws MandateArgumentError when something is missing or not what it should be.
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
      throw new MandateArgumentError('flow', 'must be the name of an authentication flow');
  }
}

function requireChoice(signIn: ChoiceSignIn): void {
  for (const name of ['preferredChallenge', 'password', 'session', 'accessToken'] as const) {
    requireTextIfGiven(name, signIn[name]);
  }
  const { targetAcrValues, maxAge }: { readonly [Name in keyof ChoiceSignIn]?: unknown } = signIn;
  if (targetAcrValues !== undefined && !isListOfTexts(targetAcrValues)) {
    throw new MandateArgumentError('targetAcrValues', 'must be a list of strings that are not empty');
  }
  if (maxAge !== undefined && !(typeof maxAge === 'number' && Number.isFinite(maxAge) && maxAge >= 0)) {
    throw new MandateArgumentError('maxAge', 'must be a number of seconds, 0 or more');
  }
}

function isListOfTexts(value: unknown): boolean {
  return Array.isArray(value) && value.every((item) => typeof item === 'string' && item !== '');
}

function choiceParameters(signIn: ChoiceSignIn, clientPublic: () => string): Record<string, string> {
  const { preferredChallenge, password, targetAcrValues, accessToken, maxAge } = signIn;
  requireChoice(signIn);
  return {
    ...(preferredChallenge === undefined ? {} : { PREFERRED_CHALLENGE: preferredChallenge }),
    ...(preferredChallenge === 'PASSWORD' && password !== undefined ? { PASSWORD: password } : {}),
    ...(preferredChallenge === 'PASSWORD_SRP' && password !== undefined ? { SRP_A: clientPublic() } : {}),
    ...(targetAcrValues === undefined ? {} : { TARGET_ACR_VALUES: targetAcrValues.join(' ') }),
    ...(accessToken === undefined ? {} : { ACCESS_TOKEN: accessToken }),
    ...(maxAge === undefined ? {} : { MAX_AGE: String(maxAge) }),
  };
}
