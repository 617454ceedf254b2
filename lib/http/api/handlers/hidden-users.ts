import type { MandateErrorCode } from '../../../errors/error-codes.js';
import { MandateError } from '../../../errors/mandate-error.js';
import type { AuthApiContext } from '../auth-api-context.js';

/** Refusals that only a user can meet who exists, or who does not. */
const REVEALING: ReadonlySet<MandateErrorCode> = new Set<MandateErrorCode>([
  'USER_NOT_FOUND',
  'USER_ALREADY_CONFIRMED',
  'USER_NOT_CONFIRMED',
  'USER_DISABLED',
  'USER_STATE_UNSUPPORTED',
  'VERIFIED_ADDRESS_MISSING',
  'ADDRESS_MISSING',
  'PASSWORD_RECOVERY_NOT_PERMITTED',
  'PASSWORD_RESET_REQUIRED',
  'AUTO_VERIFICATION_NOT_ENABLED',
]);

/** Refusals of a code to be sent that depend on the user. The API has limits of its own, which are equal for all. */
const REVEALING_LIMITS: ReadonlySet<MandateErrorCode> = new Set<MandateErrorCode>([
  'ATTEMPTS_EXCEEDED',
  'CODE_DELIVERY_FAILED',
]);

/** What a code that does not fit is answered with. */
const MESSAGES = {
  CODE_MISMATCH: 'Invalid verification code provided, please try again.',
  CODE_EXPIRED: 'Invalid code provided, please request a code again.',
  CREDENTIALS_INVALID: 'Incorrect username or password.',
} as const;

/**
 * Runs an operation so that its answer does not tell whether the user exists.
 *
 * @param instead - the code of the refusal that replaces one that would tell; undefined if the operation seems to succeed.
 * @returns undefined where it seems to succeed.
 */
export async function hideUser<Result>(
  api: Pick<AuthApiContext, 'revealUsers'>,
  instead: keyof typeof MESSAGES,
  operation: () => Promise<Result>,
): Promise<Result>;
export async function hideUser<Result>(
  api: Pick<AuthApiContext, 'revealUsers'>,
  instead: undefined,
  operation: () => Promise<Result>,
): Promise<Result | undefined>;
export async function hideUser<Result>(
  { revealUsers }: Pick<AuthApiContext, 'revealUsers'>,
  instead: keyof typeof MESSAGES | undefined,
  operation: () => Promise<Result>,
): Promise<Result | undefined> {
  try {
    return await operation();
  } catch (error) {
    if (revealUsers || !(error instanceof MandateError) || !isRevealing(error.code, instead === undefined)) {
      throw error;
    }
    if (instead === undefined) {
      return undefined;
    }
    throw new MandateError(instead, MESSAGES[instead], { cause: error });
  }
}

function isRevealing(code: MandateErrorCode, sendsCode: boolean): boolean {
  return REVEALING.has(code) || (sendsCode && REVEALING_LIMITS.has(code));
}
