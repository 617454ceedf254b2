import type {
  AttributeType,
  PostalAddress,
  StandardAttributes,
  STANDARD_TYPES,
  UserAttributes,
} from './user-attributes.js';

/** A name at Cognito: a standard attribute's, or `custom:` and the custom one's. */
export type CognitoAttributeName = keyof StandardAttributes | `custom:${string}` | `dev:custom:${string}`;

/** One attribute under the application's own name: Cognito's name for it, and its type if that is not `string`. */
export type AttributeDefinition =
  CognitoAttributeName | { readonly name: CognitoAttributeName; readonly type: AttributeType };

/**
 * The application's names for attributes, to be used instead of Cognito's wherever attributes come and go:
 *
 * ```ts
 * const attributes = defineAttributes({
 *   firstName: 'given_name',
 *   tenant: 'custom:tenant',
 *   level: { name: 'custom:level', type: 'number' },
 * });
 * type AppAttributes = AttributesOf<typeof attributes>; // { firstName?: string; tenant?: string; level?: number; ... }
 * ```
 */
export type AttributeDefinitions = Readonly<Record<string, AttributeDefinition>>;

/** Keeps the literal types of the definitions, for `AttributesOf`. */
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

/** The attributes of a user under the names of the definitions; standard attributes that are not renamed keep theirs. */
export type AttributesOf<Definitions extends AttributeDefinitions> = {
  readonly [Key in keyof Definitions]?: ValueOfType[TypeOf<Definitions[Key]>] | undefined;
} & Omit<StandardAttributes, NameOf<Definitions[keyof Definitions]> & string> &
  Pick<UserAttributes, `custom:${string}`>;
