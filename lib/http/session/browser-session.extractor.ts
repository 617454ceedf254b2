import { markBrowserSession } from '../../auth/extractors/browser-session-mark.js';
import type { TokenExtractor } from '../../auth/extractors/token-extractor.js';
import { MandateConfigurationError } from '../../errors/configuration-error.js';

/**
 * Reads the access token from the browser session of a request, of a GraphQL operation or of a WebSocket's handshake, and
 * renews the session where that is due and possible. The default extractors have it, for a pool that a module of `mandate/http`
 * brings sessions for; an option `extractors` of the application's own needs it.
 *
 * It denies a call with 403 CSRF_CHECK_FAILED that may come from a page of another site, and with 503
 * SESSION_STORE_UNAVAILABLE or SESSION_RENEWAL_FAILED if it cannot tell. Put it after `bearerToken()`, so that a request
 * with a token of its own is not asked where it comes from.
 *
 * @example
 * MandateModule.forRoot({ userPoolId, clientId, extractors: [bearerToken(), browserSession()] })
 *
 * @throws MandateConfigurationError with a call, if no module brings sessions for the pool.
 *
 * @publicApi
 */
export function browserSession(): TokenExtractor {
  const extractor: TokenExtractor = (source, pool) => {
    if (pool?.sessions === undefined) {
      throw new MandateConfigurationError(
        'extractors',
        `contains browserSession(), but no module brings sessions for the pool "${pool?.name ?? 'default'}". Import MandateOAuthModule.forRoot() or MandateSessionModule.forRoot() from "mandate/http" with its name`,
      );
    }
    return pool.sessions.accessTokenOf(source);
  };
  return markBrowserSession(extractor);
}
