/**
 * The issuers that may sign tokens of a user pool: Cognito has an original form and, for pools that were switched to
 * it, a newer one; a replica of the pool in another Region has the same pool id and names its own Region.
 *
 * @param userPoolId - such as `eu-west-1_EXAMPLE`; its beginning is the pool's Region.
 * @param regions - the Regions of the pool and of its replicas.
 */
export function issuersOf(userPoolId: string, regions: readonly string[]): readonly string[] {
  return regions.flatMap((region) =>
    ['cognito-idp', 'issuer-cognito-idp'].map(
      (service) => `https://${service}.${region}.${dnsSuffixOf(region)}/${userPoolId}`,
    ),
  );
}

/** Where an issuer publishes its keys: each form of the issuer under its own address. */
export function jwksUriOf(issuer: string): string {
  return `${issuer}/.well-known/jwks.json`;
}

/** The Region in a user pool's id. */
export function regionOf(userPoolId: string): string {
  return userPoolId.slice(0, Math.max(0, userPoolId.indexOf('_')));
}

/** Whether a text can be the name of a Region, such as `eu-west-1`. */
export function isRegion(name: string): boolean {
  return /^[a-z]+(-[a-z]+)*-\d+$/.test(name);
}

/** Where the names of a partition's hosts end: China and the European Sovereign Cloud have their own; GovCloud has not. */
function dnsSuffixOf(region: string): string {
  if (region.startsWith('cn-')) {
    return 'amazonaws.com.cn';
  }
  return region.startsWith('eusc-') ? 'amazonaws.eu' : 'amazonaws.com';
}
