/** Cognito issues two kinds of JSON Web Tokens; the claim `token_use` names the kind. */
export type TokenUse = 'access' | 'id';

/** Claims that every Cognito token may have. A claim that is not listed, such as `custom:plan`, reads as `unknown`. */
interface CommonClaims {
  /** Issuer: the address of the user pool. */
  readonly iss: string;
  /** The user's only stable id; for a machine-to-machine token the app client's id. */
  readonly sub: string;
  /** Seconds since the epoch at which the token ends. */
  readonly exp: number;
  /** Seconds since the epoch at which the token was made. */
  readonly iat: number;
  /** Seconds since the epoch at which the token begins; Cognito does not send it today. */
  readonly nbf?: number;
  /** Seconds since the epoch at which the user signed in; renewal does not change it. */
  readonly auth_time?: number;
  /** Unlike `origin_jti` new with each renewal. Both need token revocation to be on in the app client. */
  readonly jti?: string;
  /** The same for all tokens of one sign-in. */
  readonly origin_jti?: string;
  readonly event_id?: string;
  /** The groups of the user, spelt exactly as in the user pool. */
  readonly 'cognito:groups'?: readonly string[];
  /** Authentication context class: how strong the sign-in was. */
  readonly acr?: string;
  /** Authentication methods of the sign-in. */
  readonly amr?: readonly string[];
  readonly [claim: string]: unknown;
}

/** Claims of an access token of a user. */
export interface AccessTokenClaims extends CommonClaims {
  readonly token_use: 'access';
  readonly client_id: string;
  readonly username: string;
  /** Scopes, separated by spaces; absent if a trigger removed them all. */
  readonly scope?: string;
  /** Only with resource binding, or when a trigger adds it. */
  readonly aud?: string | readonly string[];
  readonly device_key?: string;
}

/** Claims of a machine-to-machine access token (client credentials): there is no user. */
export interface ClientCredentialsClaims extends CommonClaims {
  readonly token_use: 'access';
  readonly client_id: string;
  readonly username?: undefined;
  readonly scope?: string;
  readonly aud?: string | readonly string[];
}

/** Claims of an id token: the user's readable attributes, by their names in the user pool. */
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

/** Claims of a token that has passed every check. Tell the kinds apart by `token_use`, and machines by `username`. */
export type VerifiedClaims = AccessTokenClaims | ClientCredentialsClaims | IdTokenClaims;

/** Names of the claims that the types above list. */
export type KnownClaimName = KnownKeys<AccessTokenClaims> | KnownKeys<IdTokenClaims>;

/** The keys of a type without those that only its index signature allows. */
type KnownKeys<T> = keyof { [K in keyof T as string extends K ? never : K]: T[K] } & string;

/** Tells a machine-to-machine token from that of a user. User tokens have `client_id` and `scope` too, so only the name tells. */
export function isClientCredentials(claims: VerifiedClaims): claims is ClientCredentialsClaims {
  return claims.token_use === 'access' && claims.username === undefined;
}

/** The user's name in the pool, from either kind of token; `undefined` for a machine. Not an identity: use `sub`. */
export function usernameOf(claims: VerifiedClaims): string | undefined {
  return claims.token_use === 'id' ? claims['cognito:username'] : claims.username;
}

/** The app client that the token was issued to. */
export function clientIdOf(claims: VerifiedClaims): string {
  return claims.token_use === 'id' ? claims.aud : claims.client_id;
}
