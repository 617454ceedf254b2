import { domainUrl, isRegistrableUri } from '../protocol/oauth/domain.js';
import { isScope } from '../protocol/oauth/authorization-request.js';
import {
  aFunction,
  atLeast,
  listOf,
  matching,
  objectOf,
  oneOf,
  optional,
  type OptionRule,
  rule,
} from './rule-builders.js';

const RETURN_URI = 'must be a URL without a fragment, with https, or with http for this machine, as at the app client';

/** The option `oauth`. */
export const oauthRule: OptionRule = objectOf({
  domain: matching(
    (text) => domainUrl(text) !== undefined,
    'must be the domain of the user pool, such as "auth.example.com", or its URL with https (with http for this machine)',
  ),
  redirectUri: optional(matching(isRegistrableUri, RETURN_URI)),
  logoutUri: optional((value) =>
    Array.isArray(value)
      ? listOf('URLs without a fragment', isRegistrableUri)(value)
      : matching(isRegistrableUri, RETURN_URI)(value),
  ),
  scopes: optional(
    rule(
      'must be a list of scopes with "openid": without an id token no nonce could be checked',
      (value) => Array.isArray(value) && value.every(isScope) && value.includes('openid'),
    ),
  ),
  resource: optional(
    matching(
      isRegistrableUri,
      'must be a URL without a fragment: with https, http://localhost, or a scheme of your own',
    ),
  ),
  clientAuthentication: optional(oneOf('basic', 'post')),
  fetch: optional(aFunction),
  timeout: optional(atLeast(1, 'milliseconds')),
});
