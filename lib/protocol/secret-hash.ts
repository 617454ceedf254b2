import { createHmac } from 'node:crypto';

/**
 * SECRET_HASH of an app client with a secret: base64(HMAC-SHA256(key = secret, message = username | client id)).
 *
 * @param username - exactly the username of the same request: after a challenge the one that Cognito returned, on renewal
 *   the internal one, never the alias that the user typed.
 */
export function secretHash(username: string, clientId: string, clientSecret: string): string {
  return createHmac('sha256', clientSecret).update(`${username}${clientId}`, 'utf8').digest('base64');
}
