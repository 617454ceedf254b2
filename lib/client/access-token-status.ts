import type { MandateErrorCode } from '../errors/error-codes.js';
import { MandateError } from '../errors/mandate-error.js';
import type { CognitoClient } from './cognito-client.js';

/** Answers to GetUser that mean that the token is not valid any more. All others leave that open. */
const REFUSALS: ReadonlySet<MandateErrorCode> = new Set<MandateErrorCode>([
  'ACCESS_TOKEN_EXPIRED',
  'ACCESS_TOKEN_INVALID',
  'ACCESS_TOKEN_REVOKED',
  'NOT_AUTHORIZED',
  'PASSWORD_RESET_REQUIRED',
  'USER_DISABLED',
  'USER_NOT_CONFIRMED',
  'USER_NOT_FOUND',
]);

/**
 * Asks Cognito whether it still accepts an access token (GetUser).
 *
 * @returns false if Cognito says that the token or its user is no longer valid.
 * @throws MandateError if Cognito gave no answer to that question, for example because it throttled the call.
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
