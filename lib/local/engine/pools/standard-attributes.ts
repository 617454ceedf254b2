import type { SchemaAttribute } from '../../model/pool.js';

const STANDARD_NAMES = [
  'name',
  'given_name',
  'family_name',
  'middle_name',
  'nickname',
  'preferred_username',
  'profile',
  'picture',
  'website',
  'email',
  'email_verified',
  'gender',
  'birthdate',
  'zoneinfo',
  'locale',
  'phone_number',
  'phone_number_verified',
  'address',
  'updated_at',
] as const;

/** The attribute that lists the identities of users whom an identity provider knows, as JSON. Only Cognito writes it. */
export const IDENTITIES = 'identities';

/** The initial schema of every pool, in Cognito's order. */
export function standardAttributes(): SchemaAttribute[] {
  return [
    { ...stringAttribute('sub', '1', '2048'), Required: true, Mutable: false },
    ...STANDARD_NAMES.map((name) => standardAttribute(name)),
    // What identity providers users have linked. Cognito writes it.
    { ...baseAttribute(IDENTITIES), AttributeDataType: 'String', StringAttributeConstraints: {} },
  ];
}

/** Whether a name is a standard attribute (OpenID Connect Core section 5.1). */
export function isStandardAttribute(name: string): boolean {
  return name === 'sub' || STANDARD_NAMES.some((standard) => standard === name);
}

function standardAttribute(name: (typeof STANDARD_NAMES)[number]): SchemaAttribute {
  switch (name) {
    case 'email_verified':
    case 'phone_number_verified':
      return { ...baseAttribute(name), AttributeDataType: 'Boolean' };
    case 'updated_at':
      return { ...baseAttribute(name), AttributeDataType: 'Number', NumberAttributeConstraints: { MinValue: '0' } };
    case 'birthdate':
      return stringAttribute(name, '10', '10');
    default:
      return stringAttribute(name, '0', '2048');
  }
}

function stringAttribute(name: string, MinLength: string, MaxLength: string): SchemaAttribute {
  return { ...baseAttribute(name), AttributeDataType: 'String', StringAttributeConstraints: { MinLength, MaxLength } };
}

function baseAttribute(name: string): SchemaAttribute {
  return { Name: name, DeveloperOnlyAttribute: false, Mutable: true, Required: false };
}
