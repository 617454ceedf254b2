import { systemClock, type Clock } from '../time/clock.js';
import { isRegion, issuersOf, jwksUriOf, regionOf } from './keys/issuers.js';
import { jwksEndpoint } from './keys/jwks-endpoint.js';
import { SigningKeys } from './keys/signing-keys.js';
import type { TokenUse } from './claims/token-claims.js';
import type { TokenObserver } from './token-events.js';
import { TokenVerifier, type CustomCheck } from './token-verifier.js';
import type { RevocationCheck, OnUnavailable } from './revocation/revocation-check.js';
import { VerifiedTokenCache } from './cache/verified-token-cache.js';

/** A user pool as somebody sees it who checks its tokens. */
export interface PoolVerifierOptions {
  /** Names the pool in events. Default: the pool id. */
  readonly name?: string;
  readonly userPoolId: string;
  /** Default: the Region in the pool id, whose tokens are accepted in any case. Another one is that of a replica. */
  readonly region?: string | undefined;
  /** Regions of replicas whose tokens are accepted too. Default none. */
  readonly replicaRegions?: readonly string[] | undefined;
  /** The one issuer to accept, instead of the addresses of Amazon Cognito: for an emulator. */
  readonly issuer?: string | undefined;
  /** Where the keys are. Default: below the issuer. */
  readonly jwksUri?: string | undefined;
  /** The pool's key set; nothing is fetched then. */
  readonly jwks?: { readonly keys: readonly unknown[] } | undefined;
  /** App clients to accept; `null` accepts every client of the pool. */
  readonly clientIds: readonly string[] | null;
  /** Kind of token to accept; `null` accepts both. Default `access`. */
  readonly tokenUse?: TokenUse | null | undefined;
  /** Audiences of resource-bound access tokens; `null` accepts all. Default none. */
  readonly audiences?: readonly string[] | null | undefined;
  /** Seconds. Default 0. */
  readonly clockToleranceSeconds?: number | undefined;
  /** Characters. Default 16384. */
  readonly maxTokenLength?: number | undefined;
  /** How many verified tokens to remember; 0 remembers none. Default 10000. */
  readonly tokenCacheSize?: number | undefined;
  /** Remembers tokens for several verifiers together, instead of `tokenCacheSize`; `null` remembers none. */
  readonly cache?: VerifiedTokenCache | null | undefined;
  /** Milliseconds for fetching the key set. Default 3000. */
  readonly jwksTimeout?: number | undefined;
  /** Milliseconds for which old keys serve while none can be fetched. Default 24 hours. */
  readonly jwksMaxStale?: number | undefined;
  readonly revocation?: RevocationCheck | undefined;
  /** Default `reject`, with status 503. */
  readonly onRevocationUnavailable?: OnUnavailable | undefined;
  readonly customCheck?: CustomCheck | undefined;
  readonly clock?: Clock | undefined;
  readonly observer?: TokenObserver | undefined;
}

/**
 * The verifier of one user pool. Makes no request until a token needs a key.
 *
 * @throws MandateConfigurationError if `jwks` holds no usable key.
 */
export function createPoolVerifier(options: PoolVerifierOptions): TokenVerifier {
  const { tokenUse = 'access' } = options;
  const issuers: SigningKeys[] = [];
  for (const issuer of trustedIssuers(options)) {
    issuers.push(signingKeysOf(issuer, issuers, options));
  }
  return new TokenVerifier({
    pool: options.name ?? options.userPoolId,
    issuers,
    clientIds: options.clientIds,
    tokenUse,
    audiences: options.audiences === undefined ? [] : options.audiences,
    clockToleranceSeconds: options.clockToleranceSeconds ?? 0,
    maxTokenLength: options.maxTokenLength ?? 16_384,
    cache: options.cache === undefined ? cacheFor(options.tokenCacheSize) : options.cache,
    revocation: options.revocation,
    onRevocationUnavailable: options.onRevocationUnavailable,
    customCheck: options.customCheck,
    clock: options.clock ?? systemClock,
    observer: options.observer,
  });
}

function cacheFor(capacity = 10_000): VerifiedTokenCache | null {
  return capacity > 0 ? new VerifiedTokenCache(capacity) : null;
}

function trustedIssuers(options: PoolVerifierOptions): readonly string[] {
  if (options.issuer !== undefined) {
    return [options.issuer];
  }
  const { userPoolId, replicaRegions = [] } = options;
  const primary = regionOf(userPoolId);
  const { region = primary } = options;
  // With the Region of a replica the pool's own still signs most tokens. Emulators' pool ids name no Region.
  const regions = new Set([region, ...(isRegion(primary) ? [primary] : []), ...replicaRegions]);
  return issuersOf(userPoolId, [...regions]);
}

function signingKeysOf(issuer: string, pool: readonly SigningKeys[], options: PoolVerifierOptions): SigningKeys {
  const shared = { issuer, clock: options.clock ?? systemClock, observer: options.observer };
  if (options.jwks !== undefined) {
    return new SigningKeys({ ...shared, jwks: options.jwks.keys });
  }
  return new SigningKeys({
    ...shared,
    pool,
    fetch: jwksEndpoint(options.jwksUri ?? jwksUriOf(issuer), options.jwksTimeout ?? 3_000),
    ...(options.jwksMaxStale !== undefined && { maxOutage: options.jwksMaxStale }),
  });
}
