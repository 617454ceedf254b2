import { encodeBase32, totpCode, totpStep } from '../../../protocol/totp.js';
import type { SoftwareToken } from '../../model/user.js';
import type { Environment } from '../environment.js';
import type { Random } from '../random.js';
import { usedTotpCode, wrongTotpCode } from './mfa-faults.js';

/** 52 letters of base32, as long as Cognito's SecretCode. */
const SECRET_BYTES = 32;
/** Clocks of phones go wrong: the codes of one step before and after count too (RFC 6238 section 5.2). */
const SKEW_STEPS = [0, -1, 1] as const;

/** A new secret for an authenticator app. */
export function newTotpSecret(random: Random): string {
  return encodeBase32(random.bytes(SECRET_BYTES));
}

/** The time step whose code was given; undefined when the code belongs to none around now. */
export function matchingStep({ clock }: Pick<Environment, 'clock'>, secret: string, code: string): number | undefined {
  const now = totpStep(clock());
  return SKEW_STEPS.map((skew) => now + skew).find((step) => totpCode(secret, step) === code);
}

/**
 * Takes a code of a user's authenticator. Each works once.
 *
 * @throws CognitoFault CodeMismatchException; ExpiredCodeException for one that was used.
 */
export function useTotpCode(environment: Pick<Environment, 'clock'>, token: SoftwareToken, code: string): void {
  const step = matchingStep(environment, token.secret, code);
  if (step === undefined) {
    throw wrongTotpCode();
  }
  if (token.lastStep !== undefined && step <= token.lastStep) {
    throw usedTotpCode();
  }
  token.lastStep = step;
}
