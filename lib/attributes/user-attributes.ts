/**
 * A postal address (OpenID Connect Core 1.0 section 5.1.1). Cognito stores it as one string.
 *
 * @publicApi
 */
export interface PostalAddress {
  readonly formatted?: string | undefined;
  readonly street_address?: string | undefined;
  readonly locality?: string | undefined;
  readonly region?: string | undefined;
  readonly postal_code?: string | undefined;
  readonly country?: string | undefined;
}

/**
 * The standard attributes (OpenID Connect Core 1.0 section 5.1), all optional.
 *
 * @publicApi
 */
export interface StandardAttributes {
  readonly address?: PostalAddress | undefined;
  /** `YYYY-MM-DD`. */
  readonly birthdate?: string | undefined;
  readonly email?: string | undefined;
  readonly email_verified?: boolean | undefined;
  readonly family_name?: string | undefined;
  readonly gender?: string | undefined;
  readonly given_name?: string | undefined;
  readonly locale?: string | undefined;
  readonly middle_name?: string | undefined;
  readonly name?: string | undefined;
  readonly nickname?: string | undefined;
  /** E.164: `+` and digits. */
  readonly phone_number?: string | undefined;
  readonly phone_number_verified?: boolean | undefined;
  readonly picture?: string | undefined;
  readonly preferred_username?: string | undefined;
  readonly profile?: string | undefined;
  /** The permanent id of the user. Read-only. */
  readonly sub?: string | undefined;
  /** Seconds since the epoch. */
  readonly updated_at?: number | undefined;
  readonly website?: string | undefined;
  readonly zoneinfo?: string | undefined;
}

/**
 * The attributes of a user where the option `attributes` defines none: standard ones typed, custom ones as strings.
 *
 * @publicApi
 */
export type UserAttributes = StandardAttributes & Readonly<Record<`custom:${string}`, string | undefined>>;

/**
 * Attributes to set. Null removes one.
 *
 * @publicApi
 */
export type AttributeUpdates<Attributes extends object> = {
  readonly [Key in keyof Attributes]?: Attributes[Key] | null;
};

/**
 * The type that an attribute has in the application. Cognito stores strings only.
 *
 * @publicApi
 */
export type AttributeType = 'string' | 'number' | 'boolean' | 'address';

/** The types of the standard attributes that are not strings. */
export const STANDARD_TYPES = {
  address: 'address',
  email_verified: 'boolean',
  phone_number_verified: 'boolean',
  updated_at: 'number',
} as const satisfies { readonly [Name in keyof StandardAttributes]?: AttributeType };
