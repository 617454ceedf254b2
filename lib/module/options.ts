import type { AttributeDefinitions } from '../attributes/attribute-definitions.js';
import type { TokenExtractor } from '../auth/extractors/token-extractor.js';
import type { JsonWebKeySet } from '../tokens/keys/json-web-key-set.js';
import type { TenantsOption } from '../tokens/tenants/tenants-option.js';
import type { CognitoClientOptions } from '../client/cognito-client.js';
import type { Clock } from '../time/clock.js';
import type { RevocationOption } from '../tokens/revocation/revocation-option.js';
import type { TokenUse } from '../tokens/claims/token-claims.js';
import type { TokenObserver } from '../tokens/token-events.js';
import type { CustomCheck } from '../tokens/token-verifier.js';
import type { RenewalMethod } from '../user/token-renewal.flow.js';

/**
 * What `MandateModule.forRoot()` takes and what a factory of `forRootAsync()` returns. Only `userPoolId` and `clientId`
 * are needed. Options are checked once, when the application starts; a wrong one stops it with a sentence that names
 * the option. An option that is `undefined` counts as left out.
 */
export interface MandateModuleOptions extends MandateServiceOptions, MandateTokenOptions {
  /** The user pool's id, such as `eu-west-1_AbCdEfGhI`. */
  readonly userPoolId: string;

  /** The id of the app client that users sign in through. */
  readonly clientId: string;

  /**
   * The AWS region where Cognito is called: that of the pool, or of a replica. Tokens of both are let in. Default: the
   * part of `userPoolId` before the `_`.
   */
  readonly region?: string | undefined;

  /** Tells the time, in milliseconds since the epoch. Default: the machine's clock. For tests. */
  readonly clock?: Clock | undefined;
}

/** How Cognito is called. */
export interface MandateServiceOptions {
  /**
   * The app client's secret, when it has one. A function is asked at each call, so that a secret can be rotated without
   * a restart; it may return a promise.
   */
  readonly clientSecret?: string | (() => string | Promise<string>) | undefined;

  /** Where the Cognito API is called: an embedded pool, a VPC or FIPS endpoint. Default: AWS's address for the region. */
  readonly endpoint?: string | undefined;

  /**
   * AWS credentials for `CognitoAdminService`. Default: the SDK's provider chain, asked at the first privileged call.
   * User flows never need any.
   */
  readonly credentials?: CognitoClientOptions['credentials'];

  /**
   * Retries of calls to Cognito, in one place. Throttled calls are retried with exponential back-off. A call whose
   * reply got lost is retried only when repeating it is harmless: never one that spends a single-use session, a code or
   * a rotating refresh token. Default: 3 attempts with the first one, delays of up to 200 ms that double, up to 5,000 ms.
   */
  readonly retry?: CognitoClientOptions['retry'];

  /** How long one request to Cognito may take, in milliseconds. Default: 10,000. */
  readonly requestTimeout?: number | undefined;

  /** How long a call to Cognito may take with all its retries, in milliseconds. Default: 30,000. */
  readonly callTimeout?: number | undefined;

  /** The application's own names for user attributes; see `defineAttributes`. Default: Cognito's names. */
  readonly attributes?: AttributeDefinitions | undefined;

  /**
   * How tokens are renewed. Default: `GetTokensFromRefreshToken`, which works with and without refresh-token rotation.
   * `REFRESH_TOKEN_AUTH` is for emulators that lack it.
   */
  readonly renewalMethod?: RenewalMethod | undefined;
}

/** How tokens are verified. A check is turned off by `null`, on purpose, and never by leaving an option out. */
export interface MandateTokenOptions {
  /**
   * The issuer (`iss`) that tokens must have, for an emulator. Default: the addresses of Amazon Cognito for the pool,
   * `https://cognito-idp.<region>.amazonaws.com/<pool>` and `https://issuer-cognito-idp.<region>.amazonaws.com/<pool>`.
   */
  readonly issuer?: string | undefined;

  /** Regions of the pool's replicas, whose tokens are let in too. Default: none. */
  readonly replicaRegions?: readonly string[] | undefined;

  /** Where the signing keys are fetched. Default: `<issuer>/.well-known/jwks.json`. */
  readonly jwksUri?: string | undefined;

  /**
   * The signing keys themselves: no network is used for them, and rotated keys are not noticed. Default: for the
   * registration without a name and without `jwksUri` the JSON in the environment variable `COGNITO_JWKS`, when it is
   * set; else the keys are fetched.
   */
  readonly jwks?: JsonWebKeySet | undefined;

  /** How long fetching the signing keys may take, in milliseconds. Default: 3,000. */
  readonly jwksTimeout?: number | undefined;

  /**
   * How long old signing keys go on serving while none can be fetched, in milliseconds. Default: 24 hours. Risk: a key
   * that Cognito has withdrawn is trusted for so long during an outage.
   */
  readonly jwksMaxStale?: number | undefined;

  /**
   * Fetches the signing keys when the application has started, so that the first request need not wait for them. The
   * start neither waits for the fetch nor fails with it. Default: false, nothing is fetched before the first token.
   */
  readonly jwksPreload?: boolean | undefined;

  /**
   * Which kind of token the guard lets in. Default: `access`. `null` lets both in: an id token then works as an API
   * credential, which OpenID Connect does not intend.
   */
  readonly tokenUse?: TokenUse | null | undefined;

  /**
   * The app clients whose tokens are let in. Default: `clientId` alone. `null` lets tokens of every client of the pool
   * in, clients of other applications included.
   */
  readonly acceptedClientIds?: readonly string[] | null | undefined;

  /** Audiences (`aud`) of resource-bound access tokens that are let in; `null` accepts all. Default: none. */
  readonly audiences?: readonly string[] | null | undefined;

  /**
   * How far the clocks of this machine and Cognito may differ, in seconds: for the beginning and the end of tokens, and
   * for `@MaxAge`. Default: 0.
   */
  readonly clockToleranceSeconds?: number | undefined;

  /** The longest token that is looked at, in characters. Default: 16,384. */
  readonly maxTokenLength?: number | undefined;

  /**
   * How many verified tokens are remembered until they expire, by their digest; up to 1,000 of the last second also as
   * they are. Default: 10,000. 0 remembers none and checks every signature anew.
   */
  readonly tokenCacheSize?: number | undefined;

  /**
   * User pools beside this one whose tokens the guard lets in, found at run time by the issuer that a token names. The
   * list is asked at most once per five minutes per listed issuer (of up to 1,000), and once a minute for an unlisted one,
   * to which no request is ever sent. Services and `TokenVerifier` stay with the module's own pool, except that `logout` and
   * `deleteUser` take tokens of tenants in its Region too. Default: none.
   *
   * Of `revocation` a store is asked about tenants too, each under the id of its own pool; `askCognito` knows only pools
   * in the Region of its own.
   */
  readonly tenants?: TenantsOption | undefined;

  /**
   * How revoked tokens are recognised. Default: not at all; after a sign-out the tokens already issued pass until they
   * expire.
   *
   * - `{ store: new Keyv(...) }`: `logout`, `revokeToken`, `deleteUser` and what administrators do to end sign-ins are
   *   written to the store, and every instance that shares it refuses the tokens at once. One round trip per request.
   *   Administrators' verbs also need the permission AdminGetUser then. Sign-outs elsewhere, at managed login, in the
   *   console or by the id of a session (RevokeUserSession), are not seen.
   * - `{ store: 'memory' }`: the same within this process alone.
   * - `{ askCognito: true }`: Cognito is asked (GetUser), and its answer counts for five seconds. Sees every sign-out, but
   *   takes only access tokens with the scope `aws.cognito.signin.user.admin`: others are refused, id tokens among them,
   *   unless its member `onUncheckable` accepts them. It cannot go with `tokenUse: 'id'`.
   * - `{ check: ... }`: a `RevocationCheck` of your own.
   *
   * Each form also takes `onUnavailable`: what happens to a token while the check cannot be made.
   */
  readonly revocation?: RevocationOption | undefined;

  /**
   * A check of the application's own, after all others. A token passes if it answers `true`, at once or as
   * a promise; anything else refuses it (401, TOKEN_CLAIMS_INVALID). What it throws passes on: a `MandateError` is answered with its own status, anything else is
   * a fault of the application (500). It is asked at every request.
   */
  readonly customCheck?: CustomCheck | undefined;

  /**
   * Is told of every verdict, key fetch and outage; never of a token's content. Nest's log is told of them in any case,
   * except of tokens that pass: outages at `warn` and `error`, refusals at `debug`, the same line at most every ten seconds.
   */
  readonly onTokenEvent?: TokenObserver | undefined;

  /** Where the guard looks for a token, in order. Default: the bearer header, then a connection's handshake. */
  readonly extractors?: readonly TokenExtractor[] | undefined;

  /**
   * Names the protected area in `WWW-Authenticate` headers. Default: the name of the registration, which is the text
   * `default` for the one without a name.
   */
  readonly realm?: string | undefined;
}
