import type { TokenUse } from '../claims/token-claims.js';
import type { JsonWebKeySet } from '../keys/json-web-key-set.js';

/**
 * The user pool of a tenant, with the module's options of these names. What it does not say is as Cognito has it, except
 * `tokenUse`, which is as in the module's options; so are the options that are not listed here.
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
 * Your allow-list of tenants: tells the user pool that an issuer stands for; `undefined` or `null` for an issuer that is
 * none of yours. What it is asked with comes out of an unverified token: look it up, never build an address from it.
 *
 * A row of a database will do; members that are no `TenantOptions` are left aside. Beware of empty columns: a `null` in
 * `tokenUse`, `acceptedClientIds` or `audiences` turns that check off, as in the module's options.
 *
 * It may take 3 seconds; later, and when 1,000 answers are due already, tokens that depend on it are answered with 503
 * and TENANTS_UNAVAILABLE. What it throws passes on.
 */
export type TenantsOption = (issuer: string) => ListedTenant | Promise<ListedTenant>;

type ListedTenant = TenantOptions | undefined | null;
