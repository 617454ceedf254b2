import { UnexpectedAnswerError } from '../protocol/protocol-error.js';
import type { TokenSet } from '../protocol/authentication-outcome.js';
import { anyOf, claimMismatch, claimText } from '../tokens/claim-mismatch.js';
import { clientIdOf, type AccessTokenClaims, type VerifiedClaims } from '../tokens/claims/token-claims.js';
import { mismatched } from '../tokens/token-errors.js';
import type { Verifier } from '../tokens/verifier.js';
import type { LoginTransaction } from './login-transaction.js';

/** What the tokens of a sign-in are checked with and against. */
export interface LoginVerification {
  /** The pool's, or that of many tenants. */
  readonly verifier: Pick<Verifier, 'verify'>;
  /** Those of the pool that the user signs in to: the verifier of many tenants accepts more. */
  readonly issuers: readonly string[];
  readonly clientId: string;
}

/**
 * Verifies the tokens of a sign-in as the pool's tokens are verified everywhere. Beyond that they must be of this app
 * client, which is one of those that the pool accepts; of one user; and, if requested, bound to the resource.
 *
 * @throws TokenRejectedError, or what else the verifier throws.
 */
export async function verifyLogin(
  { verifier, issuers, clientId }: LoginVerification,
  { accessToken, idToken = '' }: TokenSet,
  { resource }: LoginTransaction,
): Promise<void> {
  // It has come straight from the token endpoint, and Cognito could not say whether it was revoked.
  const id = await verifier.verify(idToken, { tokenUse: 'id', revocation: null });
  const access = await verifier.verify(accessToken, {
    tokenUse: 'access',
    ...(resource !== undefined && { audiences: [resource] }),
  });
  for (const claims of [id, access]) {
    requireOwn(claims, issuers, clientId);
  }
  if (id.sub !== access.sub) {
    throw new UnexpectedAnswerError('the id token and the access token are of different users');
  }
  if (resource !== undefined) {
    requireAudience(access as AccessTokenClaims, resource);
  }
}

function requireOwn(claims: VerifiedClaims, issuers: readonly string[], clientId: string): void {
  if (!issuers.includes(claims.iss)) {
    throw mismatched('TOKEN_ISSUER_REFUSED', claimMismatch(anyOf('iss', issuers), claimText('iss', claims.iss)));
  }
  if (clientIdOf(claims) !== clientId) {
    const name = claims.token_use === 'id' ? 'aud' : 'client_id';
    throw mismatched(
      'TOKEN_CLIENT_REFUSED',
      claimMismatch(anyOf(name, [clientId]), claimText(name, clientIdOf(claims))),
    );
  }
}

/** The verifier accepts an access token without `aud`: Cognito sets it only if the request named a resource. */
function requireAudience({ aud }: AccessTokenClaims, resource: string): void {
  const isBound = typeof aud === 'string' ? aud === resource : aud?.includes(resource) === true;
  if (!isBound) {
    throw mismatched('TOKEN_CLIENT_REFUSED', claimMismatch(anyOf('aud', [resource]), claimText('aud', aud)));
  }
}
