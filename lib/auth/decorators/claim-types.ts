import type { KnownClaimName, VerifiedClaims } from '../../tokens/claims/token-claims.js';

/** `groups` for `cognito:groups`, and so on. */
type ShortClaimName = KnownClaimName extends infer N ? (N extends `cognito:${infer Short}` ? Short : never) : never;

/**
 * The name of a claim. The prefix `cognito:` may be omitted: `groups` reads the claim `groups` or, if the token has none,
 * `cognito:groups`. Editors offer the claims that Cognito sets; any other name, such as `custom:plan`, is valid too.
 *
 * @publicApi
 */
export type ClaimName = KnownClaimName | ShortClaimName | (string & {});

/**
 * The value of a claim, for a parameter with `@CurrentUser('...')`: `undefined` is part of it where a token may lack the
 * claim. A claim that Cognito does not set itself, such as `custom:plan`, is `unknown`.
 *
 * @publicApi
 */
export type ClaimOf<Name extends ClaimName, Claims extends VerifiedClaims = VerifiedClaims> = [
  ListedName<Name, Claims>,
] extends [never]
  ? unknown
  : ListedClaim<Name, Claims>;

/**
 * The claims of these names, for a parameter with `@CurrentUser([...])`. Each member is present, with the type that
 * `ClaimOf` describes.
 *
 * Where a handler accepts one kind of token, pass it as `Claims`: `ClaimsOf<'sub' | 'email', IdTokenClaims>`.
 *
 * @example
 * me(\@CurrentUser(['sub', 'groups']) user: ClaimsOf<'sub' | 'groups'>) { ... }
 *
 * @publicApi
 */
export type ClaimsOf<Name extends ClaimName, Claims extends VerifiedClaims = VerifiedClaims> = {
  readonly [N in Name]: ClaimOf<N, Claims>;
};

/** The full name under which any of the kinds of token lists the claim. */
type ListedName<Name extends string, Claims> = Claims extends unknown
  ? Name extends ListedKey<Claims>
    ? Name
    : `cognito:${Name}` extends ListedKey<Claims>
      ? `cognito:${Name}`
      : never
  : never;

/** The union of the claim's types over the kinds of token. */
type ListedClaim<Name extends string, Claims> = Claims extends unknown
  ? Name extends ListedKey<Claims>
    ? Claims[Name]
    : `cognito:${Name}` extends ListedKey<Claims>
      ? Claims[`cognito:${Name}` & keyof Claims]
      : undefined
  : never;

/** The keys of a type without its index signature. */
type ListedKey<T> = keyof { [K in keyof T as string extends K ? never : K]: T[K] };
