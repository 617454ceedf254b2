import type { AuthMethod } from '../model/auth-method.js';
import type { AttemptState } from '../model/challenge-session.js';
import type { Pool } from '../model/pool.js';
import { notAuthorized } from './cognito-fault.js';

/** How sure Cognito is of who somebody is, from one password (1) to password and TOTP (4); 0: nothing is proven. */
export type AssuranceLevel = 0 | 1 | 2 | 3 | 4;

const LEVELS = [1, 2, 3, 4] as const;

/** The names of the methods in `amr` (RFC 8176 section 2) (?): which of them Cognito uses is not documented. */
const AMR: Readonly<Record<AuthMethod, string>> = {
  password: 'pwd',
  email: 'otp',
  sms: 'sms',
  totp: 'otp',
  passkey: 'hwk',
};

/** Remembers that somebody proved who they are, and how. */
export function noteMethod(state: AttemptState, method: AuthMethod): void {
  state.methods = [...new Set([...(state.methods ?? []), method])];
}

/** The level that methods together reach. */
export function levelOf(methods: readonly AuthMethod[]): AssuranceLevel {
  const [password, totp, sent] = [
    methods.includes('password'),
    methods.includes('totp'),
    methods.includes('email') || methods.includes('sms'),
  ];
  if (password && totp) {
    return 4;
  }
  if (methods.includes('passkey') || (password && sent)) {
    return 3;
  }
  if (sent) {
    return 2;
  }
  return password ? 1 : 0;
}

/** The name of a level in `acr`: the pool's own or `urn:cognito:loa:<level>`. */
export function acrOf(pool: Pool, level: AssuranceLevel): string {
  return pool.settings.AcrConfiguration?.[`Level${level}`]?.AcrValue ?? `urn:cognito:loa:${level}`;
}

/** The level that a name means; undefined for one that means none. */
export function levelNamed(pool: Pool, name: string): AssuranceLevel | undefined {
  return LEVELS.find((level) => acrOf(pool, level) === name);
}

/** `acr` and `amr` of a sign-in's tokens; nothing when it is not known how it was made, as after CUSTOM_AUTH. */
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

/** @throws CognitoFault NotAuthorizedException when a step-up ends below the level that it aimed at. */
export function assertTargetReached({ methods = [], targetLevel = 0 }: AttemptState): void {
  if (levelOf(methods) < targetLevel) {
    throw notAuthorized('The requested ACR value was not reached.');
  }
}
