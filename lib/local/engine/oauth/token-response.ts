import type { SignIn } from '../../model/sign-in.js';
import type { issueTokens } from '../tokens/token-issuer.js';

/** A successful response of the token endpoint (RFC 6749 section 5.1). */
export interface TokenResponse {
  readonly id_token?: string;
  readonly access_token: string;
  readonly refresh_token?: string;
  /** Seconds. */
  readonly expires_in: number;
  readonly token_type: 'Bearer';
}

type IssuedTokens = Awaited<ReturnType<typeof issueTokens>>;

/** The tokens of a sign-in as a response. An ID token needs the scope `openid`; sign-ins of the API always have one. */
export function tokenResponse(
  signIn: SignIn,
  { IdToken, AccessToken, RefreshToken, ExpiresIn = 0 }: IssuedTokens,
): TokenResponse {
  const withIdToken = signIn.managedLogin === undefined || signIn.scopes.includes('openid');
  return {
    ...(withIdToken && { id_token: IdToken }),
    access_token: AccessToken,
    ...(RefreshToken !== undefined && { refresh_token: RefreshToken }),
    expires_in: ExpiresIn,
    token_type: 'Bearer',
  };
}
