import type { TokenUse } from '../claims/token-claims.js';
import type { JsonWebKeySet } from '../keys/json-web-key-set.js';

/**
 * The user pool of a tenant, with the module's options of these names. Omitted options have Cognito's default, except
 * `tokenUse`, which is inherited from the module, like all options that are not listed here.
 *
 * @publicApi
 */
export interface TenantOptions {
  readonly userPoolId: string;
  readonly clientId: string;
  readonly region?: string | undefined;
  readonly issuer?: string | undefined;
  readonly replicaRegions?: readonly string[] | undefined;
  readonly jwksUri?: string | undefined;
  readonly jwks?: JsonWebKeySet | undefined;
  readonly tokenUse?: TokenUse | null | undefined;
  readonly acceptedClientIds?: readonly string[] | null | undefined;
  readonly audiences?: readonly string[] | null | undefined;
}

/**
 * Your allow-list of tenants: returns the user pool of an issuer; `undefined` or `null` for an issuer that is not one
 * of yours. The issuer comes from an unverified token: look it up, never build an address from it.
 *
 * It may return a database row; members that are not in `TenantOptions` are ignored. Beware of empty columns: a `null`
 * in `tokenUse`, `acceptedClientIds` or `audiences` turns that check off, as in the module's options.
 *
 * A lookup may take 3 seconds. Tokens of an unknown issuer whose lookup takes longer, or that arrive while 1,000 such
 * lookups are pending, are answered with 503 and TENANTS_UNAVAILABLE; errors of the list are passed on. The module's own
 * pool is never looked up. A known tenant is looked up again in the background, and is accepted for up to an hour longer
 * while the list fails.
 *
 * @publicApi
 */
export type TenantsOption = (issuer: string) => ListedTenant | Promise<ListedTenant>;

type ListedTenant = TenantOptions | undefined | null;

/** What describes the pool of a tenant, and is never inherited from the module's own pool. */
export const TENANT_POOL_OPTIONS = [
  'userPoolId',
  'clientId',
  'region',
  'issuer',
  'replicaRegions',
  'jwksUri',
  'jwks',
  'acceptedClientIds',
  'audiences',
] as const satisfies readonly (keyof TenantOptions)[];
