import { ValidateBy } from 'class-validator';

import { STANDARD_TYPES, type AttributeType, type StandardAttributes } from '../attributes/user-attributes.js';

import { ATTRIBUTE_NAME, ATTRIBUTE_VALUE_MAX_LENGTH, fits } from './constraints.js';
import { field, isObject, type About } from './field.decorators.js';

/** The standard attributes that are plain strings. */
const STANDARD_TEXTS: ReadonlySet<string> = new Set<Exclude<keyof StandardAttributes, keyof typeof STANDARD_TYPES>>([
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
 * An object of attributes: standard ones in their types, others as strings, numbers or booleans, since the application
 * may have defined them so. A string is taken for every type.
 */
export function AttributesField(about: About & { readonly removable?: boolean }): PropertyDecorator {
  const fault = (value: unknown): string | undefined => faultOf(value, about.removable ?? false);
  return field(
    about,
    { type: () => Object, additionalProperties: true },
    ValidateBy({
      name: 'attributes',
      validator: {
        validate: (value) => fault(value) === undefined,
        defaultMessage: (args) => `$property${fault(args?.value) ?? ''}`,
      },
    }),
  );
}

/** The rest of a sentence that begins with the field's name; undefined when all is well. */
function faultOf(attributes: unknown, removable: boolean): string | undefined {
  if (!isObject(attributes)) {
    return ' should be an object of attributes';
  }
  for (const [name, value] of Object.entries(attributes)) {
    if (!fits(ATTRIBUTE_NAME, name)) {
      return `: each key should be ${ATTRIBUTE_NAME.requirement}`;
    }
    const requirement = value === null && removable ? undefined : requirementMissedBy(name, value);
    if (requirement !== undefined) {
      return `.${name} should be ${requirement}${removable ? ', or null to remove it' : ''}`;
    }
  }
  return undefined;
}

function requirementMissedBy(name: string, value: unknown): string | undefined {
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
  return STANDARD_TEXTS.has(name) ? 'string' : 'any';
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
