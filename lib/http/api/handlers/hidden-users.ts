import { Logger } from '@nestjs/common';

import type { MandateErrorCode } from '../../../errors/error-codes.js';
import { MandateError } from '../../../errors/mandate-error.js';
import type { AuthApiContext } from '../auth-api-context.js';

/** Refusals that only a user can meet who exists, or who does not. */
const REVEALING = [
  'USER_NOT_FOUND',
  'USERNAME_EXISTS',
  'USER_ALREADY_CONFIRMED',
  'USER_NOT_CONFIRMED',
  'USER_DISABLED',
  'USER_STATE_UNSUPPORTED',
  'VERIFIED_ADDRESS_MISSING',
  'ADDRESS_MISSING',
  'PASSWORD_RECOVERY_NOT_PERMITTED',
  'PASSWORD_RESET_REQUIRED',
  'AUTO_VERIFICATION_NOT_ENABLED',
  // The API has limits of its own, which are equal for all.
  'ATTEMPTS_EXCEEDED',
] as const satisfies readonly MandateErrorCode[];

/** Faults of a code on its way: only to a user who exists is one sent. */
const DELIVERY_FAULTS = [
  'CODE_DELIVERY_FAILED',
  'EMAIL_LIMIT_EXCEEDED',
  'EMAIL_ROLE_INVALID',
  'SMS_ROLE_INVALID',
  'LIMIT_EXCEEDED',
] as const satisfies readonly MandateErrorCode[];

/** Who has no code is told that it is wrong, which it may be in several ways. */
const WRONG_CODE = ['CODE_MISMATCH', 'CODE_EXPIRED'] as const satisfies readonly MandateErrorCode[];

const SENDS: ReadonlySet<MandateErrorCode> = new Set([...REVEALING, ...DELIVERY_FAULTS]);
const CHECKS: ReadonlySet<MandateErrorCode> = new Set([...REVEALING, ...WRONG_CODE]);
const FAULTS: ReadonlySet<MandateErrorCode> = new Set(DELIVERY_FAULTS);

type Settings = Pick<AuthApiContext, 'revealUsers'>;

/**
 * Runs an operation that sends a code, so that its answer does not tell whether the user exists. What it hides of the
 * service is in the log.
 *
 * @returns undefined where it seems to succeed.
 */
export async function sendsCode<Result>(
  settings: Settings,
  operation: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await operation();
  } catch (error) {
    const code = hiddenCode(settings, SENDS, error);
    if (FAULTS.has(code)) {
      new Logger('AuthApi').error(`${code}: Cognito could not send a code. The caller was not told.`);
    }
    return undefined;
  }
}

/**
 * Runs an operation that checks a code, so that its answer does not tell whether the user exists: each refusal is the same.
 *
 * @throws MandateError CODE_MISMATCH
 */
export async function checksCode<Result>(settings: Settings, operation: () => Promise<Result>): Promise<Result> {
  try {
    return await operation();
  } catch (error) {
    hiddenCode(settings, CHECKS, error);
    throw new MandateError(
      'CODE_MISMATCH',
      'The code is wrong, has expired, or was tried too often. Check it, or request another one.',
      { cause: error },
    );
  }
}

/** The code of an error that is hidden. Others are thrown. */
function hiddenCode(
  { revealUsers }: Settings,
  hidden: ReadonlySet<MandateErrorCode>,
  error: unknown,
): MandateErrorCode {
  if (revealUsers || !(error instanceof MandateError) || !hidden.has(error.code)) {
    throw error;
  }
  return error.code;
}
