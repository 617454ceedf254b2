import type { MandateErrorCode } from '../errors/error-codes.js';
import type { FieldError } from '../errors/field-error.js';

/**
 * What went wrong: a code of the server, or one of the client itself.
 *
 * - `REQUEST_INVALID`: the server refused members of the body; see `errors`.
 * - `NETWORK_FAILED`: no answer arrived. What was asked for may have been done.
 * - `ANSWER_UNKNOWN`: the answer is none of the API: a proxy answered, or `baseUrl` is wrong.
 * - `CHALLENGE_UNANSWERED`: `onChallenge` is missing or returned nothing.
 * - `PASSKEY_UNSUPPORTED`: this browser, or a page without HTTPS, has no passkeys.
 * - `PASSKEY_CANCELLED`: the user declined, was too slow, or has no passkey for this site.
 * - `PASSKEY_EXISTS`: the authenticator holds a passkey of this user already.
 * - `PASSKEY_FAILED`: the browser refused for another reason, the `cause`.
 *
 * @publicApi
 */
export type AuthClientErrorCode =
  | MandateErrorCode
  | 'NETWORK_FAILED'
  | 'ANSWER_UNKNOWN'
  | 'CHALLENGE_UNANSWERED'
  | 'PASSKEY_UNSUPPORTED'
  | 'PASSKEY_CANCELLED'
  | 'PASSKEY_EXISTS'
  | 'PASSKEY_FAILED'
  // Any other code that the application itself answers with; editors still offer the ones above.
  | (string & Record<never, never>);

/** What an error may tell beside its code. */
interface ErrorDetails extends ErrorOptions {
  readonly errors?: readonly FieldError[] | undefined;
  readonly retryAfter?: number | undefined;
}

/**
 * A call of the auth API failed. No token, password or code is in it.
 *
 * @publicApi
 */
export class AuthClientError extends Error {
  override readonly name = 'AuthClientError';
  /** The refused members; with the code REQUEST_INVALID. */
  declare readonly errors?: readonly FieldError[];
  /** In how many seconds another attempt makes sense (Retry-After). */
  declare readonly retryAfter?: number;

  /**
   * @param status - the HTTP status; 0 if there was no answer.
   */
  constructor(
    readonly status: number,
    readonly code: AuthClientErrorCode,
    message: string,
    { errors, retryAfter, cause }: ErrorDetails = {},
  ) {
    super(message, { cause });
    if (errors !== undefined) {
      this.errors = errors;
    }
    if (retryAfter !== undefined) {
      this.retryAfter = retryAfter;
    }
  }
}
