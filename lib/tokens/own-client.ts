import { MandateArgumentError } from '../errors/argument-error.js';
import { readUnverifiedClaims } from '../protocol/unverified-claims.js';

/** A claim of a token that is not verified, if it is text. */
export function claimOf(token: string | undefined, claim: string): string | undefined {
  const value = token === undefined ? undefined : readUnverifiedClaims(token)?.[claim];
  return typeof value === 'string' ? value : undefined;
}

/**
 * Requires that a token is not evidently of another app client. A refresh token belongs to one client: Cognito rejects its
 * renewal by another as invalid, so that a token session would end and drop tokens that are valid elsewhere, and answers
 * its revocation by another as if it had happened.
 *
 * @param token - an access or id token of the same sign-in. Tokens that are no JSON Web Tokens prove nothing and pass.
 * @throws MandateArgumentError naming the argument `accessToken`.
 */
export function requireOwnClient(token: string | undefined, clientId: string): void {
  const client = claimOf(token, 'client_id') ?? claimOf(token, 'aud');
  if (client !== undefined && client !== clientId) {
    throw new MandateArgumentError(
      'accessToken',
      'was issued to another app client, as was its refresh token. Use the service that is registered for that client',
    );
  }
}
