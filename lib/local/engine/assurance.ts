import type { AttemptState } from '../model/challenge-session.js';
import type { Pool } from '../model/pool.js';
import type { AuthMethod } from '../model/sign-in.js';
import { notAuthorized } from './cognito-fault.js';

/** Level of assurance: from 1 (password alone) to 4 (password and authenticator app). 0: nothing is proven. */
export type AssuranceLevel = 0 | 1 | 2 | 3 | 4;

const LEVELS = [1, 2, 3, 4] as const;

/** Names of the methods in `amr` (RFC 8176 section 2). Not verified against AWS: which of them Cognito uses. */
const AMR: Readonly<Record<AuthMethod, string>> = {
  password: 'pwd',
  email: 'otp',
  sms: 'sms',
  totp: 'otp',
  passkey: 'hwk',
};

/** Records a method by which the user has proven their identity. */
export function recordMethod(state: AttemptState, method: AuthMethod): void {
  state.methods = [...new Set([...(state.methods ?? []), method])];
}

/** The level that a set of methods reaches. */
export function levelOf(methods: readonly AuthMethod[]): AssuranceLevel {
  const password = methods.includes('password');
  const sentCode = methods.includes('email') || methods.includes('sms');
  if (password && methods.includes('totp')) {
    return 4;
  }
  if (methods.includes('passkey') || (password && sentCode)) {
    return 3;
  }
  if (sentCode) {
    return 2;
  }
  return password ? 1 : 0;
}

/** The level that an ACR value names; undefined for an unknown value. */
export function levelNamed(pool: Pool, acrValue: string): AssuranceLevel | undefined {
  return LEVELS.find((level) => acrOf(pool, level) === acrValue);
}

/** `acr` and `amr` of a sign-in's tokens. Absent if the methods are unknown, as after CUSTOM_AUTH. */
export function assuranceClaims(
  pool: Pool,
  methods: readonly AuthMethod[] = [],
): { readonly acr?: string; readonly amr?: readonly string[] } {
  if (methods.length === 0) {
    return {};
  }
  const names = methods.map((method) => AMR[method]);
  return { acr: acrOf(pool, levelOf(methods)), amr: [...new Set(methods.length > 1 ? [...names, 'mfa'] : names)] };
}

/** @throws CognitoFault NotAuthorizedException if a step-up ends below its target level. */
export function assertTargetReached({ methods = [], targetLevel = 0 }: AttemptState): void {
  if (levelOf(methods) < targetLevel) {
    throw notAuthorized('The requested ACR value was not reached.');
  }
}

/** The ACR value of a level: the pool's own, or `urn:cognito:loa:<level>`. */
function acrOf(pool: Pool, level: AssuranceLevel): string {
  return pool.settings.AcrConfiguration?.[`Level${level}`]?.AcrValue ?? `urn:cognito:loa:${level}`;
}
