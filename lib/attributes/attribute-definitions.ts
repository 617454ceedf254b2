import type {
  AttributeType,
  PostalAddress,
  StandardAttributes,
  STANDARD_TYPES,
  UserAttributes,
} from './user-attributes.js';

/**
 * Cognito's name of an attribute: a standard one, or a custom one with the prefix `custom:` or `dev:custom:`.
 *
 * @publicApi
 */
export type CognitoAttributeName = keyof StandardAttributes | `custom:${string}` | `dev:custom:${string}`;

/**
 * One attribute: Cognito's name, with its type unless that is `string`.
 *
 * @publicApi
 */
export type AttributeDefinition =
  CognitoAttributeName | { readonly name: CognitoAttributeName; readonly type: AttributeType };

/**
 * The application's names of attributes, used instead of Cognito's in every request and result:
 *
 * ```ts
 * const attributes = defineAttributes({
 *   firstName: 'given_name',
 *   tenant: 'custom:tenant',
 *   level: { name: 'custom:level', type: 'number' },
 * });
 * type AppAttributes = AttributesOf<typeof attributes>; // { firstName?: string; tenant?: string; level?: number; ... }
 * ```
 *
 * @publicApi
 */
export type AttributeDefinitions = Readonly<Record<string, AttributeDefinition>>;

/**
 * Returns the definitions with their literal types, for `AttributesOf`.
 *
 * @publicApi
 */
export function defineAttributes<const Definitions extends AttributeDefinitions>(
  definitions: Definitions,
): Definitions {
  return definitions;
}

interface ValueOfType {
  string: string;
  number: number;
  boolean: boolean;
  address: PostalAddress;
}

type TypeOf<Definition> = Definition extends { readonly type: infer Type extends AttributeType }
  ? Type
  : Definition extends keyof typeof STANDARD_TYPES
    ? (typeof STANDARD_TYPES)[Definition]
    : 'string';

type NameOf<Definition> = Definition extends { readonly name: infer Name } ? Name : Definition;

/**
 * The attributes of a user under the names of the definitions. Standard attributes that are not renamed keep Cognito's.
 *
 * @publicApi
 */
export type AttributesOf<Definitions extends AttributeDefinitions> = {
  readonly [Key in keyof Definitions]?: ValueOfType[TypeOf<Definitions[Key]>] | undefined;
} & Omit<StandardAttributes, NameOf<Definitions[keyof Definitions]> & string> &
  Pick<UserAttributes, `custom:${string}`>;
