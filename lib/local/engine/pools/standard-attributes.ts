import type { SchemaAttribute } from '../../model/pool.js';

const TEXT_NAMES = [
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

/** The schema that every pool begins with, in Cognito's order. */
export function standardAttributes(): SchemaAttribute[] {
  return [
    { ...textAttribute('sub', '1', '2048'), Required: true, Mutable: false },
    ...TEXT_NAMES.map((name) => standardAttribute(name)),
  ];
}

/** Whether a name belongs to the standard attributes (OpenID Connect Core section 5.1). */
export function isStandardAttribute(name: string): boolean {
  return name === 'sub' || TEXT_NAMES.some((standard) => standard === name);
}

function standardAttribute(name: (typeof TEXT_NAMES)[number]): SchemaAttribute {
  switch (name) {
    case 'email_verified':
    case 'phone_number_verified':
      return { ...common(name), AttributeDataType: 'Boolean' };
    case 'updated_at':
      return { ...common(name), AttributeDataType: 'Number', NumberAttributeConstraints: { MinValue: '0' } };
    case 'birthdate':
      return textAttribute(name, '10', '10');
    default:
      return textAttribute(name, '0', '2048');
  }
}

function textAttribute(name: string, MinLength: string, MaxLength: string): SchemaAttribute {
  return { ...common(name), AttributeDataType: 'String', StringAttributeConstraints: { MinLength, MaxLength } };
}

function common(name: string): SchemaAttribute {
  return { Name: name, DeveloperOnlyAttribute: false, Mutable: true, Required: false };
}
