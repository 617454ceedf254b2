const SECOND = 1_000;
const MINUTE = 60 * SECOND;
const DAY = 24 * 60 * MINUTE;

/** Defaults of the verifier of one user pool: see `PoolVerifierOptions`. Durations are in milliseconds. */
export const VERIFIER_DEFAULTS = {
  tokenUse: 'access',
  audiences: [] as readonly string[],
  replicaRegions: [] as readonly string[],
  clockToleranceSeconds: 0,
  maxTokenLength: 16_384,
  tokenCacheSize: 10_000,
  jwksTimeout: 3 * SECOND,
  jwksMaxAge: 10 * MINUTE,
  jwksMaxStale: DAY,
  jwksCooldown: 10 * SECOND,
  jwksRetryDelay: SECOND,
  onRevocationUnavailable: 'reject',
} as const;

/** Defaults of the verifier of many tenants: see `TenantVerifierOptions`. Durations are in milliseconds. */
export const TENANT_DEFAULTS = {
  capacity: 1_000,
  timeout: 3 * SECOND,
  tenantTtl: 5 * MINUTE,
  tenantMaxStale: 60 * MINUTE,
  unlistedTtl: MINUTE,
} as const;

/** Defaults of the checks for revoked tokens: see `RevocationOption`. Durations are in milliseconds unless named. */
export const REVOCATION_DEFAULTS = {
  storeTimeout: SECOND,
  /** Store operations that may be pending at once. */
  storeCapacity: 10_000,
  /** Entries of the store in memory. */
  memoryCapacity: 100_000,
  /** 3650 days, the longest validity of a refresh token (CreateUserPoolClient, RefreshTokenValidity). */
  signInLifetimeSeconds: (3650 * DAY) / SECOND,
  cacheSeconds: 5,
  cognitoTimeout: 3 * SECOND,
  cognitoCapacity: 10_000,
  onUncheckable: 'reject',
} as const;
