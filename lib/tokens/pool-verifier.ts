import type { Agent } from 'node:http';

import { MandateConfigurationError } from '../errors/configuration-error.js';
import { isRegion, regionOfPool } from '../protocol/region.js';
import { systemClock, type Clock } from '../time/clock.js';
import { VerifiedTokenCache } from './cache/verified-token-cache.js';
import type { TokenUse } from './claims/token-claims.js';
import { issuersOf, jwksUriOf } from './keys/issuers.js';
import type { JsonWebKeySet } from './keys/json-web-key-set.js';
import { type JwksFetcher, jwksEndpoint } from './keys/jwks-endpoint.js';
import { SigningKeys } from './keys/signing-keys.js';
import type { OnUnavailable, RevocationCheck } from './revocation/revocation-check.js';
import type { TokenObserver } from './token-events.js';
import { TokenVerifier, type CustomCheck } from './token-verifier.js';
import { VERIFIER_DEFAULTS } from './verifier-defaults.js';

/**
 * Options of the verifier of one user pool. A check is turned off by an explicit `null`, never by omitting an option.
 * An option that is `undefined` is treated as omitted.
 *
 * @publicApi
 */
export interface PoolVerifierOptions {
  /** Identifies the pool in events. Default: the pool id. */
  readonly name?: string | undefined;
  /** The user pool's id, such as `eu-west-1_AbCdEfGhI`. */
  readonly userPoolId: string;
  /** The Region of a replica. Tokens of the Region in the pool id are always accepted. Default: that Region. */
  readonly region?: string | undefined;
  /** Regions of replicas whose tokens are accepted too. Default: none. */
  readonly replicaRegions?: readonly string[] | undefined;
  /** The one issuer to accept, for an emulator. Default: the addresses of Amazon Cognito for the pool. */
  readonly issuer?: string | undefined;
  /** The URL of the key set. Default: `<issuer>/.well-known/jwks.json`. */
  readonly jwksUri?: string | undefined;
  /** The pool's key set. Nothing is fetched then, and rotated keys are not noticed. Default: fetched. */
  readonly jwks?: JsonWebKeySet | undefined;
  /** App clients whose tokens are accepted; `null` accepts those of every client of the pool. */
  readonly acceptedClientIds: readonly string[] | null;
  /** Type of token to accept; `null` accepts both. Default: `access`. */
  readonly tokenUse?: TokenUse | null | undefined;
  /** Audiences (`aud`) of resource-bound access tokens to accept; `null` accepts all. Default: none. */
  readonly audiences?: readonly string[] | null | undefined;
  /** Seconds by which the clocks may differ. Default: 0. Risk: an expired token is accepted that much longer. */
  readonly clockToleranceSeconds?: number | undefined;
  /** Largest number of characters of a token. Default: 16,384. */
  readonly maxTokenLength?: number | undefined;
  /** Number of verified tokens to remember; 0 remembers none. Default: 10,000. */
  readonly tokenCacheSize?: number | undefined;
  /** A cache that several verifiers share, instead of `tokenCacheSize`; `null` remembers none. */
  readonly cache?: VerifiedTokenCache | null | undefined;
  /**
   * The `http.Agent` or `https.Agent` of the requests for the key set: for a proxy, or a certificate authority of your
   * own. Default: Node's global agent.
   */
  readonly jwksAgent?: Agent | undefined;
  /** Fetches the key set instead, with an HTTP client of your own. Default: a request by Node's `https`. */
  readonly jwksFetcher?: JwksFetcher | undefined;
  /** Timeout for fetching the key set, in milliseconds. Default: 3,000. */
  readonly jwksTimeout?: number | undefined;
  /**
   * How long old keys are used while none can be fetched, in milliseconds. Default: 24 hours. Risk: during an outage, a
   * key that Cognito has withdrawn is trusted that long.
   */
  readonly jwksMaxStale?: number | undefined;
  /** Checks whether a token was revoked. Default: not checked. */
  readonly revocation?: RevocationCheck | undefined;
  /** What happens to a token that could not be checked for revocation. Default: `reject`. */
  readonly onRevocationUnavailable?: OnUnavailable | undefined;
  /** The application's own check, run after all others. Default: none. */
  readonly customCheck?: CustomCheck | undefined;
  /** Returns the time in milliseconds since the epoch. Default: the machine's clock. For tests. */
  readonly clock?: Clock | undefined;
  /** Called for every verdict, key fetch and outage. */
  readonly onTokenEvent?: TokenObserver | undefined;
}

/**
 * Creates the verifier of one user pool. It makes no request until a token needs a key.
 *
 * @throws MandateConfigurationError if a required option is missing, or `jwks` holds no usable key.
 * @example
 * const verifier = createPoolVerifier({ userPoolId: 'eu-west-1_AbCdEfGhI', acceptedClientIds:
 * ['1h57kf5cpq17m0eml12EXAMPLE'] }); const claims = await verifier.verify(token);
 *
 * @publicApi
 */
export function createPoolVerifier(options: PoolVerifierOptions): TokenVerifier {
  assertRequired(options);
  const { tokenUse = VERIFIER_DEFAULTS.tokenUse, audiences = VERIFIER_DEFAULTS.audiences } = options;
  const { tokenCacheSize = VERIFIER_DEFAULTS.tokenCacheSize, cache = createTokenCache(tokenCacheSize) } = options;
  return new TokenVerifier({
    name: options.name ?? options.userPoolId,
    issuers: createSigningKeys(options),
    acceptedClientIds: options.acceptedClientIds,
    tokenUse,
    audiences,
    clockToleranceSeconds: options.clockToleranceSeconds ?? VERIFIER_DEFAULTS.clockToleranceSeconds,
    maxTokenLength: options.maxTokenLength ?? VERIFIER_DEFAULTS.maxTokenLength,
    cache,
    revocation: options.revocation,
    onRevocationUnavailable: options.onRevocationUnavailable ?? VERIFIER_DEFAULTS.onRevocationUnavailable,
    customCheck: options.customCheck,
    clock: options.clock ?? systemClock,
    onTokenEvent: options.onTokenEvent,
  });
}

/** JavaScript callers may omit a required option. That must not turn a check off. */
function assertRequired(options: Partial<PoolVerifierOptions>): void {
  const { userPoolId, acceptedClientIds, jwksAgent, jwksFetcher } = options;
  if (typeof userPoolId !== 'string') {
    throw new MandateConfigurationError('userPoolId', 'must be the id of a user pool, such as "eu-west-1_AbCdEfGhI"');
  }
  if (acceptedClientIds !== null && !Array.isArray(acceptedClientIds)) {
    throw new MandateConfigurationError('acceptedClientIds', 'must be a list of app client ids, or null');
  }
  if (jwksAgent !== undefined && jwksFetcher !== undefined) {
    throw new MandateConfigurationError(
      'jwksAgent',
      'must not be combined with "jwksFetcher", which makes its own requests',
    );
  }
}

/** A cache of this capacity; `null` for 0. */
export function createTokenCache(capacity: number): VerifiedTokenCache | null {
  return capacity > 0 ? new VerifiedTokenCache(capacity) : null;
}

function createSigningKeys(options: PoolVerifierOptions): readonly SigningKeys[] {
  const { jwks, jwksTimeout = VERIFIER_DEFAULTS.jwksTimeout, jwksMaxStale = VERIFIER_DEFAULTS.jwksMaxStale } = options;
  const transport = { agent: options.jwksAgent, fetcher: options.jwksFetcher };
  // The lists are complete when the first key is needed.
  const pool: SigningKeys[] = [];
  for (const region of trustedIssuers(options)) {
    const sameRegion: SigningKeys[] = [];
    for (const issuer of region) {
      const keys = new SigningKeys(
        jwks === undefined
          ? {
              issuer,
              fetch: jwksEndpoint(options.jwksUri ?? jwksUriOf(issuer), jwksTimeout, transport),
              pool,
              sameRegion,
              maxAge: VERIFIER_DEFAULTS.jwksMaxAge,
              maxStale: jwksMaxStale,
              cooldown: VERIFIER_DEFAULTS.jwksCooldown,
              retryDelay: VERIFIER_DEFAULTS.jwksRetryDelay,
              clock: options.clock ?? systemClock,
              onTokenEvent: options.onTokenEvent,
            }
          : { issuer, jwks: jwks.keys },
      );
      pool.push(keys);
      sameRegion.push(keys);
    }
  }
  return pool;
}

/** The issuers whose tokens a verifier with these options accepts, by Region. */
export function trustedIssuers(
  options: Pick<PoolVerifierOptions, 'issuer' | 'userPoolId' | 'region' | 'replicaRegions'>,
): readonly (readonly string[])[] {
  if (options.issuer !== undefined) {
    return [[options.issuer]];
  }
  const { userPoolId, replicaRegions = VERIFIER_DEFAULTS.replicaRegions } = options;
  const primary = regionOfPool(userPoolId);
  const { region = primary } = options;
  // With the Region of a replica the pool's own still signs most tokens. Emulators' pool ids contain no Region.
  const regions = new Set([region, ...(isRegion(primary) ? [primary] : []), ...replicaRegions]);
  return [...regions].map((name) => issuersOf(userPoolId, [name]));
}
