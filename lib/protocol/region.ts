/** Whether a name has the form of an AWS Region, such as `eu-west-1`. */
export function isRegion(name: string): boolean {
  return /^[a-z]+(-[a-z]+)*-\d+$/.test(name);
}

/** The part of a user pool id before the `_`: the pool's Region. Empty if there is no `_`. */
export function regionOfPool(userPoolId: string): string {
  return userPoolId.slice(0, Math.max(0, userPoolId.indexOf('_')));
}
