import { ValidateBy } from 'class-validator';

import { STANDARD_TYPES, type AttributeType, type StandardAttributes } from '../attributes/user-attributes.js';
import { isObject } from '../types/is-object.js';

import { ATTRIBUTE_NAME, ATTRIBUTE_VALUE_MAX_LENGTH, satisfies } from './constraints.js';
import { field, type FieldOptions } from './field.decorators.js';

/** Standard attributes whose values are strings. */
const STANDARD_STRINGS: ReadonlySet<string> = new Set<Exclude<keyof StandardAttributes, keyof typeof STANDARD_TYPES>>([
  'birthdate',
  'email',
  'family_name',
  'gender',
  'given_name',
  'locale',
  'middle_name',
  'name',
  'nickname',
  'phone_number',
  'picture',
  'preferred_username',
  'profile',
  'sub',
  'website',
  'zoneinfo',
]);

/**
 * An object of user attributes. A standard attribute has its standard type. Any other may be a string, number or
 * boolean, because the application may define it so. A string is valid for every type.
 */
export function AttributesField(options: FieldOptions & { readonly removable?: boolean }): PropertyDecorator {
  const problem = (value: unknown): string | undefined => problemOf(value, options.removable ?? false);
  return field(
    options,
    { type: () => Object, additionalProperties: true },
    ValidateBy({
      name: 'attributes',
      validator: {
        validate: (value) => problem(value) === undefined,
        defaultMessage: (args) => `$property${problem(args?.value) ?? ''}`,
      },
    }),
  );
}

/** The rest of a message that starts with the field's name. `undefined` if the attributes are valid. */
function problemOf(attributes: unknown, removable: boolean): string | undefined {
  if (!isObject(attributes)) {
    return ' must be an object of attributes';
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (!satisfies(ATTRIBUTE_NAME, name)) {
      return `: each key must be ${ATTRIBUTE_NAME.requirement}`;
    }
    const requirement = value === null && removable ? undefined : violatedRequirement(name, value);
    if (requirement !== undefined) {
      return `.${name} must be ${requirement}${removable ? ', or null to remove it' : ''}`;
    }
  }
  return undefined;
}

function violatedRequirement(name: string, value: unknown): string | undefined {
  if (typeof value === 'string') {
    return value.length <= ATTRIBUTE_VALUE_MAX_LENGTH
      ? undefined
      : `at most ${String(ATTRIBUTE_VALUE_MAX_LENGTH)} characters long`;
  }
  const { requirement, allows } = KINDS[kindOf(name)];
  return allows(value) ? undefined : requirement;
}

type Kind = AttributeType | 'any';

function kindOf(name: string): Kind {
  if (Object.hasOwn(STANDARD_TYPES, name)) {
    return STANDARD_TYPES[name as keyof typeof STANDARD_TYPES];
  }
  return STANDARD_STRINGS.has(name) ? 'string' : 'any';
}

const KINDS: Readonly<Record<Kind, { readonly requirement: string; readonly allows: (value: unknown) => boolean }>> = {
  string: { requirement: 'a string', allows: () => false },
  number: { requirement: 'a finite number', allows: Number.isFinite },
  boolean: { requirement: 'true or false', allows: (value) => typeof value === 'boolean' },
  address: { requirement: 'an object of strings, such as "formatted"', allows: isAddress },
  any: {
    requirement: 'a string, a finite number, true or false',
    allows: (value) => typeof value === 'boolean' || Number.isFinite(value),
  },
};

function isAddress(value: unknown): boolean {
  return (
    isObject(value) &&
    Object.values(value).every((part) => typeof part === 'string') &&
    JSON.stringify(value).length <= ATTRIBUTE_VALUE_MAX_LENGTH
  );
}
