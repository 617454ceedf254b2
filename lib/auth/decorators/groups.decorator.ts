import { accessDecorator } from '../access-metadata.js';

/** One name or more. */
type Names = readonly [string, ...string[]];

function Groups(...groups: Names): MethodDecorator & ClassDecorator {
  return accessDecorator('anyGroup', groups);
}

Groups.all = (...groups: Names): MethodDecorator & ClassDecorator => accessDecorator('allGroups', groups);

Groups.none = (...groups: Names): MethodDecorator & ClassDecorator => accessDecorator('noGroup', groups);

const decorator: {
  /** Asks for a user in at least one of the groups. Names are compared exactly, as Cognito spells them. */
  (...groups: Names): MethodDecorator & ClassDecorator;
  /** Asks for a user in each of the groups. */
  readonly all: (...groups: Names) => MethodDecorator & ClassDecorator;
  /** Asks for a user in none of the groups. */
  readonly none: (...groups: Names) => MethodDecorator & ClassDecorator;
} = Groups;

export { decorator as Groups };
