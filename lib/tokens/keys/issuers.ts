/** Cognito's two forms of an issuer: the original one, and the one of user pools that were switched to it. */
const SERVICES = ['cognito-idp', 'issuer-cognito-idp'];

/**
 * The issuers that may sign tokens of a user pool. A replica in another Region has the same pool id and names its own
 * Region.
 *
 * @param userPoolId - such as `eu-west-1_EXAMPLE`.
 * @param regions - the Regions of the pool and of its replicas.
 */
export function issuersOf(userPoolId: string, regions: readonly string[]): readonly string[] {
  return regions.flatMap((region) =>
    SERVICES.map((service) => `https://${service}.${region}.${dnsSuffixOf(region)}/${userPoolId}`),
  );
}

/** The address of an issuer's key set. Each form of the issuer has its own. */
export function jwksUriOf(issuer: string): string {
  return `${issuer}/.well-known/jwks.json`;
}

/**
 * The DNS suffix of the Region's partition: China and the European Sovereign Cloud have their own, GovCloud does not.
 */
export function dnsSuffixOf(region: string): string {
  if (region.startsWith('cn-')) {
    return 'amazonaws.com.cn';
  }
  return region.startsWith('eusc-') ? 'amazonaws.eu' : 'amazonaws.com';
}
