/**
 * The two types of JSON Web Tokens that Cognito issues; the claim `token_use` names the type.
 *
 * @publicApi
 */
export type TokenUse = 'access' | 'id';

/**
 * Claims that every Cognito token may have. A claim that is not listed, such as `custom:plan`, has the type `unknown`.
 */
interface CommonClaims {
  /** Issuer: the address of the user pool. */
  readonly iss: string;
  /** The user's only stable id; for a machine-to-machine token the app client's id. */
  readonly sub: string;
  /** Expiry, in seconds since the epoch. */
  readonly exp: number;
  /** Time of issue, in seconds since the epoch. */
  readonly iat: number;
  /** Start of validity, in seconds since the epoch. Cognito does not send it today. */
  readonly nbf?: number;
  /** Time of the sign-in, in seconds since the epoch. Renewal does not change it. */
  readonly auth_time?: number;
  /** Unlike `origin_jti`, new with each renewal. Both require token revocation to be enabled in the app client. */
  readonly jti?: string;
  /** The same for all tokens of one sign-in. */
  readonly origin_jti?: string;
  readonly event_id?: string;
  /** The groups of the user, spelled exactly as in the user pool. */
  readonly 'cognito:groups'?: readonly string[];
  /** Authentication context class: the strength of the sign-in. */
  readonly acr?: string;
  /** Authentication methods of the sign-in. */
  readonly amr?: readonly string[];
  readonly [claim: string]: unknown;
}

/**
 * Claims of a user's access token.
 *
 * @publicApi
 */
export interface AccessTokenClaims extends CommonClaims {
  readonly token_use: 'access';
  readonly client_id: string;
  readonly username: string;
  /** Scopes, separated by spaces. Absent if a trigger removed them all. */
  readonly scope?: string;
  /** Present only with resource binding, or when a trigger adds it. */
  readonly aud?: string | readonly string[];
  readonly device_key?: string;
}

/**
 * Claims of a machine-to-machine access token (client credentials grant). It has no user.
 *
 * @publicApi
 */
export interface ClientCredentialsClaims extends CommonClaims {
  readonly token_use: 'access';
  readonly client_id: string;
  readonly username?: undefined;
  readonly scope?: string;
  readonly aud?: string | readonly string[];
}

/**
 * Claims of an ID token: the user's readable attributes, by their names in the user pool.
 *
 * @publicApi
 */
export interface IdTokenClaims extends CommonClaims {
  readonly token_use: 'id';
  /** The app client's id. */
  readonly aud: string;
  readonly 'cognito:username': string;
  readonly 'cognito:roles'?: readonly string[];
  readonly 'cognito:preferred_role'?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly phone_number?: string;
  readonly phone_number_verified?: boolean;
  readonly name?: string;
  readonly nonce?: string;
}

/**
 * Claims of a token that has passed every check. `token_use` distinguishes ID tokens from access tokens, and
 * `isClientCredentials` machines from users.
 *
 * @publicApi
 */
export type VerifiedClaims = AccessTokenClaims | ClientCredentialsClaims | IdTokenClaims;

/**
 * Names of the claims that the claim types list.
 *
 * @publicApi
 */
export type KnownClaimName = KnownKeys<AccessTokenClaims> | KnownKeys<IdTokenClaims>;

/** The keys of a type without those that only its index signature allows. */
type KnownKeys<T> = keyof { [K in keyof T as string extends K ? never : K]: T[K] } & string;

/**
 * Whether a token was issued to a machine. User tokens have `client_id` and `scope` too, so only the missing `username`
 * shows it.
 *
 * @publicApi
 */
export function isClientCredentials(claims: VerifiedClaims): claims is ClientCredentialsClaims {
  return claims.token_use === 'access' && claims.username === undefined;
}

/**
 * The username in the pool, from either type of token; `undefined` for a machine. It does not identify a user: use
 * `sub`.
 *
 * @publicApi
 */
export function usernameOf(claims: VerifiedClaims): string | undefined {
  return claims.token_use === 'id' ? claims['cognito:username'] : claims.username;
}

/**
 * The id of the app client that the token was issued to.
 *
 * @publicApi
 */
export function clientIdOf(claims: VerifiedClaims): string {
  return claims.token_use === 'id' ? claims.aud : claims.client_id;
}
