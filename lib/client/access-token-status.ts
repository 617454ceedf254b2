import type { MandateErrorCode } from '../errors/error-codes.js';
import { MandateError } from '../errors/mandate-error.js';
import type { CognitoClient } from './cognito-client.js';

/** Refusals of GetUser that mean that the token is no longer valid. Every other failure leaves that open. */
const REFUSALS: ReadonlySet<MandateErrorCode> = new Set<MandateErrorCode>([
  'ACCESS_TOKEN_EXPIRED',
  'ACCESS_TOKEN_INVALID',
  'ACCESS_TOKEN_REVOKED',
  // A text that this version does not know.
  'NOT_AUTHORIZED',
  'PASSWORD_RESET_REQUIRED',
  'SIGN_IN_BLOCKED',
  'USER_DISABLED',
  'USER_NOT_CONFIRMED',
  'USER_NOT_FOUND',
  'USER_STATE_UNSUPPORTED',
]);

/**
 * Asks Cognito whether it still accepts an access token (GetUser).
 *
 * @returns false if Cognito refuses the token or its user.
 * @throws MandateError if Cognito left the question open, for example because it throttled the call.
 */
export async function isAccessTokenAccepted(
  client: Pick<CognitoClient, 'send'>,
  accessToken: string,
): Promise<boolean> {
  try {
    await client.send('GetUser', { AccessToken: accessToken });
    return true;
  } catch (error) {
    if (error instanceof MandateError && REFUSALS.has(error.code)) {
      return false;
    }
    throw error;
  }
}
