/** A postal address (OpenID Connect Core 1.0 section 5.1.1). Cognito stores it as one text. */
export interface PostalAddress {
  readonly formatted?: string | undefined;
  readonly street_address?: string | undefined;
  readonly locality?: string | undefined;
  readonly region?: string | undefined;
  readonly postal_code?: string | undefined;
  readonly country?: string | undefined;
}

/** The standard attributes under their own names (OpenID Connect Core 1.0 section 5.1), all optional. */
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
  /** Never writable: the user's id for life. */
  readonly sub?: string | undefined;
  /** Seconds since the epoch. */
  readonly updated_at?: number | undefined;
  readonly website?: string | undefined;
  readonly zoneinfo?: string | undefined;
}

/** What a user's attributes look like without definitions: standard ones typed, custom ones as Cognito's strings. */
export type UserAttributes = StandardAttributes & Readonly<Record<`custom:${string}`, string | undefined>>;

/** Attributes to be set; null removes one. */
export type AttributeUpdates<Attributes extends object> = {
  readonly [Key in keyof Attributes]?: Attributes[Key] | null;
};

/** How a value travels: Cognito itself knows only strings. */
export type AttributeType = 'string' | 'number' | 'boolean' | 'address';

/** The types of the standard attributes that are not plain strings. */
export const STANDARD_TYPES = {
  address: 'address',
  email_verified: 'boolean',
  phone_number_verified: 'boolean',
  updated_at: 'number',
} as const satisfies { readonly [Name in keyof StandardAttributes]?: AttributeType };
