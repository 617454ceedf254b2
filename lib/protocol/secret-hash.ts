import { createHmac } from 'node:crypto';

/**
 * SECRET_HASH of an app client that has a secret: base64(HMAC-SHA256(key = secret, message = username | client id)).
 *
 * @param username - exactly the name that the same request sends. After a challenge that is the name that Cognito
 *   returned, on renewal the internal username; never the alias that the user typed.
 */
export function secretHash(username: string, clientId: string, clientSecret: string): string {
  return createHmac('sha256', clientSecret).update(`${username}${clientId}`, 'utf8').digest('base64');
}
