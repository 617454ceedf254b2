import { accessDecorator } from '../access/access-metadata.js';

/** One name or more. */
type Names = readonly [string, ...string[]];

function Groups(...groups: Names): MethodDecorator & ClassDecorator {
  return accessDecorator('anyGroup', groups);
}

Groups.all = (...groups: Names): MethodDecorator & ClassDecorator => accessDecorator('allGroups', groups);

Groups.none = (...groups: Names): MethodDecorator & ClassDecorator => accessDecorator('noGroup', groups);

const decorator: {
  /**
   * Asks for a user in at least one of the groups. Names are compared exactly, as Cognito spells them. Who is in none of
   * them is refused with 403 and the code `GROUPS_INSUFFICIENT` (RFC 6750, section 3.1: `insufficient_scope`).
   *
   * @throws MandateConfigurationError when the decorated class is loaded, if there is no name or a blank one.
   */
  (...groups: Names): MethodDecorator & ClassDecorator;
  /** Asks for a user in each of the groups; refuses and throws as `@Groups` does. */
  readonly all: (...groups: Names) => MethodDecorator & ClassDecorator;
  /**
   * Asks for a user in none of the groups; refuses and throws as `@Groups` does. Who has just been put into a group is
   * let in until the token that does not say so ends.
   */
  readonly none: (...groups: Names) => MethodDecorator & ClassDecorator;
} = Groups;

export { decorator as Groups };
