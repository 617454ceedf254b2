/**
 * What the userInfo endpoint knows about a user: the attributes that the scopes of the access token allow, by their names
 * in the user pool. Cognito sends all values as text; `email_verified` and `phone_number_verified` are booleans here.
 *
 * @publicApi
 */
export interface UserInfo {
  readonly sub: string;
  readonly username?: string;
  readonly email?: string;
  readonly email_verified?: boolean;
  readonly phone_number?: string;
  readonly phone_number_verified?: boolean;
  readonly name?: string;
  readonly [claim: string]: unknown;
}
