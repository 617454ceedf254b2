import { requireObject, requireText } from '../errors/require-argument.js';
import type { TokenSet } from '../protocol/authentication-outcome.js';
import type { Clock } from '../time/clock.js';
import type { RenewTokensRequest, TokenRenewalFlow } from './token-renewal.flow.js';
import { withExpiry } from './with-expiry.js';

/**
 * Options of `checkToken`; those of `renewTokens` apply to the renewal.
 *
 * @publicApi
 */
export interface CheckTokenOptions extends Omit<RenewTokensRequest, 'refreshToken' | 'accessToken' | 'grantType'> {
  /** Whether expired tokens are renewed. Default: true. */
  readonly renew?: boolean | undefined;
}

/**
 * The result of `checkToken`.
 *
 * @publicApi
 */
export interface CheckedTokens {
  /** Whether the access token had expired. */
  readonly expired: boolean;
  /** The renewed tokens, or those that were passed. */
  readonly tokens: TokenSet;
}

/** Compares the expiry of tokens with the clock. `verifyToken` checks whether they are valid. */
export class TokenCheckFlow {
  constructor(
    private readonly renewal: TokenRenewalFlow,
    private readonly clock: Clock,
  ) {}

  async check(tokens: TokenSet, options: CheckTokenOptions = {}): Promise<CheckedTokens> {
    requireObject('tokens', tokens);
    requireObject('options', options);
    const checked = withExpiry(tokens, 'tokens');
    const { accessToken, refreshToken, grantType, expiresAt } = checked;
    const { renew = true, ...request } = options;
    if (this.clock() < expiresAt) {
      return { expired: false, tokens: checked };
    }
    if (!renew) {
      return { expired: true, tokens: checked };
    }
    requireText('tokens.refreshToken', refreshToken);
    return { expired: true, tokens: await this.renewal.renew({ ...request, refreshToken, accessToken, grantType }) };
  }
}
