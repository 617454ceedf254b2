import { MandateArgumentError } from '../errors/argument-error.js';
import { MandateConfigurationError } from '../errors/configuration-error.js';
import { requireObject, requireTextIfGiven } from '../errors/require-argument.js';
import type { LogoutUrlOptions } from './start-login-options.js';

/** What a logout URL is made of. */
export interface LogoutParts {
  /** The logout endpoint. */
  readonly endpoint: string;
  readonly clientId: string;
  /** The option `oauth.logoutUri`. */
  readonly logoutUri?: string | readonly string[] | undefined;
}

/**
 * The URL of a logout in Cognito's own form. It knows two, and neither is that of OpenID Connect RP-Initiated Logout 1.0:
 * `client_id` with `logout_uri`, or the parameters of a new authorization request. The second ends in a callback with a
 * code, which only a browser with a transaction may redeem, so it is made of a sign-in that was started.
 */
export function logoutUrl(parts: LogoutParts, options: LogoutUrlOptions = {}): string {
  requireObject('options', options);
  const { endpoint, clientId } = parts;
  const url = new URL(endpoint);
  if (options.signInAgain !== undefined) {
    url.search = loginQuery(options.signInAgain);
    return url.href;
  }
  url.searchParams.set('client_id', clientId);
  url.searchParams.set('logout_uri', logoutUriOf(parts, options.logoutUri));
  return url.href;
}

function loginQuery(login: unknown): string {
  requireObject('options.signInAgain', login);
  const { url } = login as { url?: unknown };
  if (typeof url !== 'string' || !URL.canParse(url) || !new URL(url).searchParams.has('code_challenge')) {
    throw new MandateArgumentError('options.signInAgain', 'must be what startLogin() returned');
  }
  return new URL(url).search;
}

function logoutUriOf({ logoutUri: configured }: LogoutParts, requested: string | undefined): string {
  requireTextIfGiven('options.logoutUri', requested);
  const allowed = configured === undefined ? [] : [configured].flat();
  const [first] = allowed;
  if (first === undefined) {
    throw new MandateConfigurationError('oauth.logoutUri', 'is required to log users out at the domain');
  }
  if (requested !== undefined && !allowed.includes(requested)) {
    throw new MandateArgumentError('options.logoutUri', 'must be one of the option "oauth.logoutUri"');
  }
  return requested ?? first;
}
