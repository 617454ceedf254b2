import { accessDecorator } from '../access/access-metadata.js';

/** One or more scopes, such as `photos/read`. */
type Names = readonly [string, ...string[]];
type AccessDecorator = MethodDecorator & ClassDecorator;

const any = (...scopes: Names): AccessDecorator => accessDecorator('anyScope', scopes);
const all = (...scopes: Names): AccessDecorator => accessDecorator('allScopes', scopes);
const none = (...scopes: Names): AccessDecorator => accessDecorator('noScope', scopes);

/**
 * Requires OAuth 2.0 scopes of the access token: `@Scopes(...)` or `@Scopes.all(...)`, `@Scopes.any(...)`,
 * `@Scopes.none(...)`. They can be combined; on a handler each overrides the same one on the class.
 *
 * @publicApi
 */
export const Scopes: {
  /**
   * Requires an access token with each of the scopes. Short for `@Scopes.all(...)`.
   *
   * Scopes are compared exactly. Tokens of `authenticate` have only `aws.cognito.signin.user.admin`; custom scopes
   * require managed login, client credentials or a pre token generation trigger. A token that lacks a scope is denied
   * with 403 SCOPE_INSUFFICIENT, and the `WWW-Authenticate` header lists the required scopes (RFC 6750, section 3.1:
   * `insufficient_scope`). Id tokens have no scopes. Requires `CognitoAuthGuard`, which denies a call without a valid
   * token with 401.
   *
   * @example
   * \@Scopes('photos/read')
   * \@Get()
   * list() { ... }
   *
   * @param scopes - one or more scopes.
   * @throws MandateConfigurationError when the decorated class is loaded, if there is no scope, or a blank one.
   */
  (...scopes: Names): AccessDecorator;

  /**
   * Requires an access token with at least one of the scopes. Otherwise: 403 SCOPE_INSUFFICIENT.
   *
   * @example
   * \@Scopes.any('photos/read', 'photos/write')
   *
   * @throws MandateConfigurationError when the decorated class is loaded, if there is no scope, or a blank one.
   */
  any(...scopes: Names): AccessDecorator;

  /**
   * Requires an access token with each of the scopes, as `@Scopes(...)`. Otherwise: 403 SCOPE_INSUFFICIENT.
   *
   * @example
   * \@Scopes.all('photos/read', 'photos/write')
   *
   * @throws MandateConfigurationError when the decorated class is loaded, if there is no scope, or a blank one.
   */
  all(...scopes: Names): AccessDecorator;

  /**
   * Requires a token with none of the scopes, for instance to keep tokens of a restricted client out. Otherwise: 403
   * SCOPE_INSUFFICIENT, without a list of scopes. A token without any scope meets it.
   *
   * @example
   * \@Scopes.none('photos/preview-only')
   *
   * @throws MandateConfigurationError when the decorated class is loaded, if there is no scope, or a blank one.
   */
  none(...scopes: Names): AccessDecorator;
} = Object.assign((...scopes: Names) => all(...scopes), { any, all, none });
