/**
 * Verification of Cognito's tokens without Nest and without the AWS SDK: for Lambda authorizers and workers.
 *
 * @module mandate/verifier
 */

// Verifiers
export { createPoolVerifier, type PoolVerifierOptions } from './tokens/pool-verifier.js';
export type { CustomCheck, TokenVerifier } from './tokens/token-verifier.js';
export {
  createTenantVerifier,
  type CreateTenantVerifierOptions,
  type TenantList,
} from './tokens/tenants/create-tenant-verifier.js';
export { type TenantLimits, TenantVerifier, type TenantVerifierOptions } from './tokens/tenants/tenant-verifier.js';
export type { TenantResolver } from './tokens/tenants/bounded-tenant-list.js';
export type { TokenExpectations, Verifier } from './tokens/verifier.js';

// Keys and cache
export type { JsonWebKeySet } from './tokens/keys/json-web-key-set.js';
export type { JwksFetcher } from './tokens/keys/jwks-endpoint.js';
export type { SigningKeysStatus } from './tokens/keys/signing-keys.js';
export { VerifiedTokenCache } from './tokens/cache/verified-token-cache.js';

// Claims
export {
  type AccessTokenClaims,
  type ClientCredentialsClaims,
  clientIdOf,
  type IdTokenClaims,
  isClientCredentials,
  type KnownClaimName,
  type TokenUse,
  usernameOf,
  type VerifiedClaims,
} from './tokens/claims/token-claims.js';

// Revocation
export { RevocationList, type RevocationListOptions } from './tokens/revocation/revocation-list.js';
export type { OnUnavailable, RevocationCheck } from './tokens/revocation/revocation-check.js';
export type { RevocationStore } from './tokens/revocation/revocation-store.js';
export type { RevocableClaims, RevokeOptions, TokenRevoker } from './tokens/revocation/token-revoker.js';

// Events
export type { TokenEvent, TokenObserver } from './tokens/token-events.js';

// Errors
export type { ClaimMismatch } from './tokens/claim-mismatch.js';
export { MandateError } from './errors/mandate-error.js';
export { MandateConfigurationError } from './errors/configuration-error.js';
export type { MandateErrorCode } from './errors/error-codes.js';
export {
  type RejectionDetails,
  SigningKeysUnavailableError,
  TokenRejectedError,
  type TokenRejectionCode,
} from './tokens/token-errors.js';
export { RevocationCheckFailedError } from './tokens/revocation/revocation-check.js';
export { RevocationNotRecordedError } from './tokens/revocation/token-revoker.js';
export { TenantsUnavailableError } from './tokens/tenants/tenant-errors.js';

// Time
export type { Clock } from './time/clock.js';
