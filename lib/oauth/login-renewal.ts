import { createHash } from 'node:crypto';

import { requireText } from '../errors/require-argument.js';
import { SingleFlight } from '../memory/single-flight.js';
import type { RenewedLogin } from './cognito-oauth.service.js';
import type { TokenRequests } from './token-requests.js';

/**
 * Renewals at the token endpoint. Calls with the same refresh token that overlap share one request, because a rotating
 * refresh token can be used only once. The key is a digest of the token with pool and client, so that nothing of one user
 * can reach another, and no key holds a token.
 */
export class LoginRenewals {
  readonly #renewals = new SingleFlight<string, RenewedLogin>();

  /** @param client - identifies pool and app client. */
  async renew(client: readonly string[], refreshToken: string, requests: TokenRequests): Promise<RenewedLogin> {
    requireText('refreshToken', refreshToken);
    const key = createHash('sha256')
      .update(JSON.stringify([client, refreshToken]))
      .digest('base64url');
    return this.#renewals.run(key, async () => ({
      // Without rotation Cognito returns no refresh token, and the current one stays valid.
      refreshToken,
      ...(await requests.renew(refreshToken)),
      grantType: 'authorization_code',
    }));
  }
}
