const REGION = /^[a-z]+(-[a-z]+)*-\d+$/;

/** Whether a name has the form of an AWS region, such as `eu-central-1`. */
export function isRegion(name: string): boolean {
  return REGION.test(name);
}

/** The region of a user pool: the part of its id before the `_`. */
export function regionOfPool(userPoolId: string): string {
  return userPoolId.slice(0, userPoolId.indexOf('_'));
}
