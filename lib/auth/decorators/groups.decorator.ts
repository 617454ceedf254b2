import { accessDecorator } from '../access/access-metadata.js';

/** One or more group names. */
type Names = readonly [string, ...string[]];
type AccessDecorator = MethodDecorator & ClassDecorator;

const any = (...groups: Names): AccessDecorator => accessDecorator('anyGroup', groups);
const all = (...groups: Names): AccessDecorator => accessDecorator('allGroups', groups);
const none = (...groups: Names): AccessDecorator => accessDecorator('noGroup', groups);

/**
 * Requires membership in groups of the user pool: `@Groups(...)` or `@Groups.any(...)`, `@Groups.all(...)`,
 * `@Groups.none(...)`. They can be combined; on a handler each overrides the same one on the class.
 *
 * @publicApi
 */
export const Groups: {
  /**
   * Requires the user to be in at least one of the groups. Short for `@Groups.any(...)`.
   *
   * Group names are compared exactly and are case-sensitive. They come from the claim `cognito:groups` of the token, so
   * that a change in the user pool takes effect when the token is renewed. A user in none of the groups is denied with
   * 403 GROUPS_INSUFFICIENT (RFC 6750, section 3.1: `insufficient_scope`). Requires `CognitoAuthGuard`, which denies a
   * call without a valid token with 401.
   *
   * @example
   * \@Groups('admins', 'editors')
   * \@Delete(':id')
   * remove(\@Param('id') id: string) { ... }
   *
   * @param groups - one or more group names.
   * @throws MandateConfigurationError when the decorated class is loaded, if there is no name, or a blank one.
   */
  (...groups: Names): AccessDecorator;

  /**
   * Requires the user to be in at least one of the groups, as `@Groups(...)`. Otherwise: 403 GROUPS_INSUFFICIENT.
   *
   * @example
   * \@Groups.any('admins', 'editors')
   *
   * @throws MandateConfigurationError when the decorated class is loaded, if there is no name, or a blank one.
   */
  any(...groups: Names): AccessDecorator;

  /**
   * Requires the user to be in each of the groups. Otherwise: 403 GROUPS_INSUFFICIENT.
   *
   * @example
   * \@Groups.all('staff', 'on-call')
   *
   * @throws MandateConfigurationError when the decorated class is loaded, if there is no name, or a blank one.
   */
  all(...groups: Names): AccessDecorator;

  /**
   * Requires the user to be in none of the groups. Otherwise: 403 GROUPS_INSUFFICIENT. A user who was added to such a
   * group keeps access until the token expires or is renewed.
   *
   * @example
   * \@Groups.none('suspended')
   *
   * @throws MandateConfigurationError when the decorated class is loaded, if there is no name, or a blank one.
   */
  none(...groups: Names): AccessDecorator;
} = Object.assign((...groups: Names) => any(...groups), { any, all, none });
