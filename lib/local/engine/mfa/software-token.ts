import { encodeBase32, totpCode, totpStep } from '../../../protocol/totp.js';
import type { SoftwareToken } from '../../model/user.js';
import type { Environment } from '../environment.js';
import type { Random } from '../random.js';
import { usedTotpCode, wrongTotpCode } from './mfa-faults.js';

/** 52 characters of base32, the length of Cognito's SecretCode. */
const SECRET_BYTES = 32;
/** Clock drift of one time step is accepted (RFC 6238 section 5.2). */
const ACCEPTED_STEPS = [0, -1, 1] as const;

/** A new secret for an authenticator app. */
export function newTotpSecret(random: Random): string {
  return encodeBase32(random.bytes(SECRET_BYTES));
}

/** The time step of a code; undefined when the code is wrong. */
export function matchingStep({ clock }: Pick<Environment, 'clock'>, secret: string, code: string): number | undefined {
  const now = totpStep(clock());
  return ACCEPTED_STEPS.map((offset) => now + offset).find((step) => totpCode(secret, step) === code);
}

/**
 * Checks a TOTP code and marks it as used, so that it cannot be replayed (RFC 6238 section 5.2).
 *
 * @throws CognitoFault CodeMismatchException for a wrong code, ExpiredCodeException for a used one.
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
