import { isObject } from '../types/is-object.js';

/**
 * The claims of a JSON Web Token **without any verification**. Use them only for values that go back to the issuer, which
 * verifies the token itself. Never base an access decision on them.
 *
 * @returns undefined when the text is not a JSON Web Token whose payload is an object.
 */
export function readUnverifiedClaims(token: string): Readonly<Record<string, unknown>> | undefined {
  const [, payload, ...rest] = token.split('.');
  if (payload === undefined || rest.length !== 1) {
    return undefined;
  }
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return isObject(claims) ? claims : undefined;
  } catch {
    return undefined;
  }
}

/**
 * When a token expires by its claim `exp`, in milliseconds since the epoch, **without any verification**.
 *
 * @returns undefined when the token is no JSON Web Token with such a claim.
 */
export function expiryClaim(token: unknown): number | undefined {
  const claim = typeof token === 'string' ? readUnverifiedClaims(token)?.['exp'] : undefined;
  return typeof claim === 'number' ? claim * 1_000 : undefined;
}
