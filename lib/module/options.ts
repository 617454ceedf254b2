import type { Agent } from 'node:http';

import type { AttributeDefinitions } from '../attributes/attribute-definitions.js';
import type { TokenExtractor } from '../auth/extractors/token-extractor.js';
import type { UserLoader } from '../auth/user-loader.js';
import type { JsonWebKeySet } from '../tokens/keys/json-web-key-set.js';
import type { JwksFetcher } from '../tokens/keys/jwks-endpoint.js';
import type { TenantsOption } from '../tokens/tenants/tenants-option.js';
import type { CognitoClientOptions } from '../client/cognito-client.js';
import type { Clock } from '../time/clock.js';
import type { OAuthOptions } from '../oauth/oauth-options.js';
import type { RevocationOption } from '../tokens/revocation/revocation-option.js';
import type { TokenUse } from '../tokens/claims/token-claims.js';
import type { TokenObserver } from '../tokens/token-events.js';
import type { CustomCheck } from '../tokens/token-verifier.js';
import type { RenewalMethod } from '../user/token-renewal.flow.js';
import type { GuardCoverage } from './startup/guard-coverage.js';

/**
 * Options of `MandateModule.forRoot()`, and what a factory of `forRootAsync()` returns. Only `userPoolId` and
 * `clientId` are required. Options are checked once, when the application starts; an invalid one stops it with a
 * message that names the option. An option that is `undefined` is treated as omitted.
 *
 * Durations are in milliseconds unless the name has another unit.
 *
 * @publicApi
 */
export interface MandateModuleOptions extends MandateServiceOptions, MandateTokenOptions {
  /** The user pool's id, such as `eu-west-1_AbCdEfGhI`. */
  readonly userPoolId: string;

  /** The id of the app client that users sign in through. */
  readonly clientId: string;

  /**
   * The AWS Region where Cognito is called: that of the pool or of a replica. Tokens of both are accepted. Default: the
   * part of `userPoolId` before the `_`.
   */
  readonly region?: string | undefined;

  /**
   * Compares the options with the user pool when the application starts: fetches the key set, makes one unsigned request
   * of the app client (InitiateAuth for a user who does not exist) and, with `credentials`, calls DescribeUserPoolClient,
   * whose answer the option `oauth` is compared with too.
   * What is wrong stops the start, in one error that names every option; what cannot be checked, because Cognito is
   * unreachable or a permission is missing, is a line in the log. Without `credentials` it is not found whether the
   * client belongs to the pool. Pools of `tenants` are not checked. Default: false.
   */
  readonly verifySetup?: boolean | undefined;

  /** Returns the time in milliseconds since the epoch. Default: the machine's clock. For tests. */
  readonly clock?: Clock | undefined;
}

/**
 * Options for calls to Cognito.
 *
 * @publicApi
 */
export interface MandateServiceOptions {
  /**
   * The app client's secret, if it has one. A function is called for each request, so that a secret can be rotated
   * without a restart; it may return a promise. Default: none, a public client.
   */
  readonly clientSecret?: string | (() => string | Promise<string>) | undefined;

  /**
   * The address of the Cognito API: an embedded pool, a VPC or FIPS endpoint. Default: AWS's address for the Region.
   */
  readonly endpoint?: string | undefined;

  /**
   * AWS credentials for `CognitoAdminService`. Default: the SDK's provider chain, called at the first privileged
   * request. User flows need no credentials.
   */
  readonly credentials?: CognitoClientOptions['credentials'];

  /**
   * Retries of calls to Cognito. Throttled calls are retried with exponential backoff. A call whose reply was lost is
   * retried only if repeating it is harmless: never one that spends a single-use session, a code or a rotating refresh
   * token. All calls share a quota of retries, so that an outage does not multiply the load; see `RetryOptions`. Default:
   * 3 attempts including the first, delays of up to 200 ms that double, up to 5,000 ms.
   */
  readonly retry?: CognitoClientOptions['retry'];

  /**
   * How calls to Cognito are sent, in the form of the AWS SDK's option of that name: options of its `NodeHttpHandler`, for
   * example `{ httpsAgent: new HttpsProxyAgent(proxy) }` or `{ httpsAgent: { ca } }`, or a handler. `requestTimeout` and
   * `callTimeout` apply to it too. It is not used for the signing keys. Default: the SDK's handler with the options of
   * Node's global agent, and so with the proxy of NODE_USE_ENV_PROXY, at the time of the first call; a global agent of
   * another class is used itself.
   */
  readonly requestHandler?: CognitoClientOptions['requestHandler'];

  /** Timeout of one request to Cognito. Default: 10,000 ms. */
  readonly requestTimeout?: number | undefined;

  /** Timeout of a call to Cognito with all its retries, and of a function `clientSecret`. Default: 30,000 ms. */
  readonly callTimeout?: number | undefined;

  /** The application's own names for user attributes; see `defineAttributes`. Default: Cognito's names. */
  readonly attributes?: AttributeDefinitions | undefined;

  /**
   * The operation that renews tokens. Default: `GetTokensFromRefreshToken`, which works with and without refresh token
   * rotation. `REFRESH_TOKEN_AUTH` is for emulators that lack it.
   */
  readonly renewalMethod?: RenewalMethod | undefined;

  /**
   * The user pool's domain: managed login, the OAuth 2.0 endpoints, and tokens for calls from machine to machine, by
   * `CognitoOAuthService`. Default: none, and its methods throw OAUTH_NOT_CONFIGURED.
   */
  readonly oauth?: OAuthOptions | undefined;
}

/**
 * Options for the verification of tokens. A check is turned off by an explicit `null`, never by omitting an option.
 *
 * @publicApi
 */
export interface MandateTokenOptions {
  /**
   * The issuer (`iss`) that tokens must have, for an emulator. Default: the addresses of Amazon Cognito for the pool,
   * `https://cognito-idp.<region>.amazonaws.com/<pool>` and `https://issuer-cognito-idp.<region>.amazonaws.com/<pool>`.
   */
  readonly issuer?: string | undefined;

  /** Regions of the pool's replicas, whose tokens are accepted too. Default: none. */
  readonly replicaRegions?: readonly string[] | undefined;

  /** The address of the signing keys. Default: `<issuer>/.well-known/jwks.json`. */
  readonly jwksUri?: string | undefined;

  /**
   * The signing keys themselves. They are not fetched then, and rotated keys are not noticed. Default: for the
   * registration without a name, `jwksUri` and `jwksFetcher`, the JSON in the environment variable `COGNITO_JWKS` if it is
   * set; otherwise the keys are fetched.
   */
  readonly jwks?: JsonWebKeySet | undefined;

  /**
   * The `http.Agent` or `https.Agent` of the requests for the signing keys: for a proxy, or a certificate authority of
   * your own. Default: Node's global agent, which takes the proxy from the environment with `NODE_USE_ENV_PROXY=1`
   * (Node 22.21 or 24.5, or later). Tenants inherit it.
   */
  readonly jwksAgent?: Agent | undefined;

  /**
   * Fetches the signing keys with an HTTP client of your own: called with the address and an `AbortSignal`, it resolves to
   * the key set. Tenants inherit it. Default: a request by Node's `https`.
   */
  readonly jwksFetcher?: JwksFetcher | undefined;

  /** Timeout for fetching the signing keys, to the end of the response. Default: 3,000 ms. */
  readonly jwksTimeout?: number | undefined;

  /**
   * How long stale signing keys are used while they cannot be fetched. Default: 86,400,000 ms (24 hours). Risk: during
   * an outage a key that Cognito has withdrawn is trusted for that long.
   */
  readonly jwksMaxStale?: number | undefined;

  /**
   * Fetches the signing keys once the application has started, so that the first request does not wait for them. The
   * start neither waits for the fetch nor fails with it. Default: false, the first token triggers the fetch.
   */
  readonly jwksPreload?: boolean | undefined;

  /**
   * The kind of token that the guard accepts. Default: `access`. `null` accepts both. Risk: an id token then works as
   * an API credential, which OpenID Connect does not intend.
   */
  readonly tokenUse?: TokenUse | null | undefined;

  /**
   * The app clients whose tokens are accepted. Default: `clientId` alone. `null` accepts tokens of every client of the
   * pool, including clients of other applications.
   */
  readonly acceptedClientIds?: readonly string[] | null | undefined;

  /** Accepted audiences (`aud`) of resource-bound access tokens. Default: none. `null` accepts all. */
  readonly audiences?: readonly string[] | null | undefined;

  /**
   * How far the clocks of this machine and Cognito may differ, in seconds: for `exp`, `nbf` and `@MaxAge`. Default: 0.
   * Risk: an expired token is accepted that much longer.
   */
  readonly clockToleranceSeconds?: number | undefined;

  /** Maximum length of a token, in characters. Longer ones are rejected unread. Default: 16,384. */
  readonly maxTokenLength?: number | undefined;

  /**
   * How many verified tokens are cached until they expire, by their SHA-256 digest; up to 1,000 of them also in plain
   * form, for one second. Default: 10,000. 0 turns the cache off, and every signature is checked anew.
   */
  readonly tokenCacheSize?: number | undefined;

  /**
   * Other user pools whose tokens the guard accepts, found at run time by the issuer that a token names. The function
   * is called at most once per five minutes for a listed issuer (up to 1,000 of them) and once per minute for an
   * unlisted one, to which no request is ever sent. Services and `TokenVerifier` stay with the module's own pool,
   * except that `logout` and `deleteUser` also accept tokens of tenants in its Region. Default: none.
   *
   * A `revocation` store is consulted for tenants too, each under the id of its own pool; `askCognito` reaches only
   * pools in the module's own Region.
   */
  readonly tenants?: TenantsOption | undefined;

  /**
   * How revoked tokens are recognized. Default: not at all; after a sign-out, tokens already issued are accepted until
   * they expire.
   *
   * - `{ store: new Keyv(...) }`: `logout`, `revokeToken`, `deleteUser` and the administrators' methods that end
   *   sign-ins are recorded in the store, and every instance that shares it rejects the tokens at once. One round trip
   *   per request. The administrators' methods then also need the permission `cognito-idp:AdminGetUser`. Sign-outs
   *   elsewhere are not detected: at managed login, in the console, or by the id of a session (RevokeUserSession).
   * - `{ store: 'memory' }`: the same within this process alone.
   * - `{ askCognito: true }`: each token is checked with Cognito (GetUser), and the answer is cached for five seconds.
   *   Detects every sign-out, but works only for access tokens with the scope `aws.cognito.signin.user.admin`: others
   *   are rejected, including id tokens, unless its member `onUncheckable` accepts them. It cannot be combined with
   *   `tokenUse: 'id'`.
   * - `{ check: ... }`: a `RevocationCheck` of your own.
   *
   * Each form also accepts `onUnavailable`: what happens to a token that could not be checked.
   */
  readonly revocation?: RevocationOption | undefined;

  /**
   * The application's own check, run after all others, at every request. A token is accepted if it returns `true` or a
   * promise of `true`; anything else rejects it (401, TOKEN_CLAIMS_INVALID). What it throws is passed on: a
   * `MandateError` is answered with its own status, anything else is a fault of the application (500). Default: none.
   */
  readonly customCheck?: CustomCheck | undefined;

  /**
   * Called for every decision, key fetch and outage; never with the content of a token. Nest's log receives them in any
   * case, except accepted tokens: outages at `warn` and `error`, rejections at `debug`, the same line at most every ten
   * seconds. Default: none.
   */
  readonly onTokenEvent?: TokenObserver | undefined;

  /**
   * Whether the application refuses to start if access decorators such as `@Groups` are on a handler that no
   * `CognitoAuthGuard` covers, so that nothing enforces them. `unchecked` is for guards of your own that call
   * `CognitoAuthGuard` without extending it. It applies to the whole application, whichever registration has it.
   * Default: `required`. Risk of `unchecked`: a forgotten guard lets everybody in.
   */
  readonly guardCoverage?: GuardCoverage | undefined;

  /**
   * Where the guard looks for a token, in order. Default: the bearer header, then the handshake of a connection, then the
   * browser session, where a module of `mandate/http` brings sessions for the pool.
   */
  readonly extractors?: readonly TokenExtractor[] | undefined;

  /**
   * Ends connections of WebSockets and graphql-ws when the token expires that they were admitted with. A client of
   * socket.io is told by an `exception` with TOKEN_EXPIRED and disconnected; a plain WebSocket closes with 1008 after the
   * same `exception`, graphql-ws with 4403. A message with a newer token of the same user extends a connection. Default:
   * true. Risk of false: a client receives what the application sends by itself long after its token has expired.
   */
  readonly endConnectionsAtExpiry?: boolean | undefined;

  /**
   * Loads the application's own user for the guard and the passport strategy: the value of `@CurrentUser()` and
   * `request.user`. Called for each call with a valid token, after all checks, once per HTTP request and token; nothing is
   * cached. A falsy value denies the call with 401 TOKEN_CLAIMS_INVALID; an error is passed on. Default: none, the user
   * is the claims of the token.
   */
  readonly loadUser?: UserLoader | undefined;

  /**
   * The realm in `WWW-Authenticate` headers (RFC 9110, section 11.5). Default: the name of the registration, or
   * `default`.
   */
  readonly realm?: string | undefined;
}
