import type * as Library from 'oauth4webapi';

import { MandateError } from '../errors/mandate-error.js';
import { readTokens, type TokenSet } from '../protocol/authentication-outcome.js';
import { readUnverifiedClaims } from '../protocol/unverified-claims.js';
import { isObject } from '../types/is-object.js';
import type { Clock } from '../time/clock.js';
import type { DomainClient } from './domain-client.js';
import { readByLibrary } from './library-failure.js';
import type { LoginTransaction } from './login-transaction.js';

/** The requests to the token and revocation endpoints. */
export class TokenRequests {
  constructor(
    private readonly domain: DomainClient,
    private readonly clock: Clock,
  ) {}

  /**
   * Redeems an authorization code (RFC 6749, section 4.1.3; RFC 7636, section 4.5). The library compares the nonce.
   *
   * @param callback - the query of the callback, which reports no error and has the state of the sign-in.
   */
  async redeemCode(callback: URLSearchParams, transaction: LoginTransaction): Promise<TokenSet> {
    const { domain } = this;
    const { state, nonce, codeVerifier, redirectUri } = transaction;
    const library = await domain.library();
    const client = domain.client(library);
    const parameters = validated(() =>
      library.validateAuthResponse(domain.server(callback.get('iss')), client, callback, state),
    );
    const response = await domain.send('authorization_code', async (call) =>
      library.authorizationCodeGrantRequest(
        call.server,
        client,
        call.authentication,
        parameters,
        redirectUri,
        codeVerifier,
        call.options,
      ),
    );
    const server = await this.serverOf(response);
    const options = { expectedNonce: nonce, requireIdToken: true };
    return this.tokensOf(
      await readByLibrary(
        'authorization_code',
        async () => library.processAuthorizationCodeResponse(server, client, response, options),
        nonce,
      ),
    );
  }

  /** Renews tokens (RFC 6749, section 6). */
  async renew(refreshToken: string): Promise<TokenSet> {
    const { domain } = this;
    const library = await domain.library();
    const response = await domain.send('refresh_token', async ({ server, client, authentication, options }) =>
      library.refreshTokenGrantRequest(server, client, authentication, refreshToken, options),
    );
    const server = await this.serverOf(response);
    // The answer may hold the only refresh token that is still valid. It must not be lost because the clocks differ: the
    // tokens are verified where they are used.
    const client = domain.client(library, Number.MAX_SAFE_INTEGER);
    return this.tokensOf(
      await readByLibrary('refresh_token', async () => library.processRefreshTokenResponse(server, client, response)),
    );
  }

  /** Gets a token of the app client itself (RFC 6749, section 4.4). */
  async clientCredentials(parameters: URLSearchParams): Promise<TokenSet> {
    const { domain } = this;
    const library = await domain.library();
    const response = await domain.send('client_credentials', async ({ server, client, authentication, options }) =>
      library.clientCredentialsGrantRequest(server, client, authentication, parameters, options),
    );
    return this.tokensOf(
      await readByLibrary('client_credentials', async () =>
        library.processClientCredentialsResponse(domain.server(), domain.client(library), response),
      ),
    );
  }

  /** Revokes a refresh token (RFC 7009). */
  async revoke(refreshToken: string): Promise<void> {
    await this.domain.send('revocation', async ({ library, server, client, authentication, options }) =>
      library.revocationRequest(server, client, authentication, refreshToken, options),
    );
  }

  /** The server as the issuer of the id token in an answer: a pool has several, and the library knows one. */
  private async serverOf(response: Response): Promise<Library.AuthorizationServer> {
    const answer: unknown = await response
      .clone()
      .json()
      .catch(() => undefined);
    const idToken = isObject(answer) ? answer['id_token'] : undefined;
    return this.domain.server(typeof idToken === 'string' ? readUnverifiedClaims(idToken)?.['iss'] : undefined);
  }

  private tokensOf(answer: Library.TokenEndpointResponse): TokenSet {
    return readTokens(
      {
        AccessToken: answer.access_token,
        IdToken: answer.id_token,
        RefreshToken: answer.refresh_token,
        ExpiresIn: answer.expires_in,
      },
      this.clock(),
    );
  }
}

/** What is left for the library to refuse in a callback: an issuer that is not the pool's (RFC 9207). */
function validated(validate: () => URLSearchParams): URLSearchParams {
  try {
    return validate();
  } catch {
    throw new MandateError(
      'OAUTH_CALLBACK_INVALID',
      'The callback of the sign-in is not one of this user pool. Start the sign-in again.',
    );
  }
}
