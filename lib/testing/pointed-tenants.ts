import { LocalPool } from '../local/local-pool.js';
import { regionOfPool } from '../protocol/region.js';
import { issuersOf } from '../tokens/keys/issuers.js';
import type { TenantOptions, TenantsOption } from '../tokens/tenants/tenants-option.js';
import type { TestTokenIssuer } from './test-token-issuer.js';

/**
 * The list of an application, asked about the user pools of a test. A tenant is the pool with the id that the list knows:
 * the list is asked about its issuer, and then about those that Amazon Cognito has for the id. Other tenants are unlisted,
 * so that nothing reaches AWS.
 *
 * @param targets - the pools of the moment: tests may add some later.
 */
export function pointedTenants(
  tenants: TenantsOption,
  targets: () => readonly (LocalPool | TestTokenIssuer)[],
): TenantsOption {
  return async (issuer) => {
    const target = targets().find((candidate) => issuersOfTarget(candidate).includes(issuer));
    for (const known of target === undefined ? [] : issuersOfTarget(target)) {
      const listed = await tenants(known);
      if (target !== undefined && listed !== undefined && listed !== null) {
        return { ...listed, ...addressesOf(target, listed) };
      }
    }
    return undefined;
  };
}

/** Its own, and those of the pool's id at Amazon Cognito. */
function issuersOfTarget(target: LocalPool | TestTokenIssuer): readonly string[] {
  const id = idOf(target);
  return [target.issuer, ...issuersOf(id, [regionOfPool(id)])];
}

function idOf(target: LocalPool | TestTokenIssuer): string {
  return target instanceof LocalPool ? target.id : target.userPoolId;
}

/** The tenant keeps its app client: tests create one with its id. */
function addressesOf(target: LocalPool | TestTokenIssuer, { clientId }: TenantOptions): TenantOptions {
  const userPoolId = idOf(target);
  const others = { replicaRegions: undefined, region: undefined, jwksUri: undefined, jwks: undefined };
  return target instanceof LocalPool
    ? {
        ...others,
        userPoolId,
        clientId,
        issuer: target.issuer,
        jwksUri: target.jwksUri,
        region: regionOfPool(userPoolId),
      }
    : { ...others, userPoolId, clientId, issuer: undefined, jwks: target.jwks };
}
