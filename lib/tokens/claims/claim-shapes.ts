import type { JsonObject } from '../jws/strict-json.js';
import type { VerifiedClaims } from './token-claims.js';
import { TokenRejectedError } from '../token-errors.js';

type Shape = (value: unknown) => boolean;

const isText: Shape = (value) => typeof value === 'string' && value !== '';
// JSON can say 1e999, which reads as infinity: a token that would never end.
const isNumericDate: Shape = (value) => Number.isFinite(value);
const isTextList: Shape = (value) => Array.isArray(value) && value.every((item) => typeof item === 'string');
const isAudience: Shape = (value) => isText(value) || isTextList(value);

const REQUIRED: readonly (readonly [string, Shape])[] = [
  ['iss', isText],
  ['sub', isText],
  ['exp', isNumericDate],
  ['iat', isNumericDate],
];

const OPTIONAL: readonly (readonly [string, Shape])[] = [
  ['nbf', isNumericDate],
  ['auth_time', isNumericDate],
  ['jti', isText],
  ['origin_jti', isText],
  ['cognito:groups', isTextList],
  ['acr', isText],
];

const BY_USE: Readonly<Record<string, (claims: JsonObject) => boolean>> = {
  access: (claims) =>
    isText(claims['client_id']) &&
    has(claims, 'username', isText) &&
    has(claims, 'scope', (value) => typeof value === 'string') &&
    has(claims, 'aud', isAudience),
  id: (claims) => isText(claims['aud']) && isText(claims['cognito:username']),
};

/**
 * Checks that the claims on which decisions rest have the types that RFC 7519, section 4.1, and Cognito give them.
 *
 * @throws TokenRejectedError TOKEN_CLAIMS_INVALID; TOKEN_USE_REFUSED if `token_use` is neither "access" nor "id".
 */
export function assertClaimShapes(claims: JsonObject): asserts claims is JsonObject & VerifiedClaims {
  const use = claims['token_use'];
  if (typeof use !== 'string' || !Object.hasOwn(BY_USE, use)) {
    throw new TokenRejectedError('TOKEN_USE_REFUSED');
  }
  const fits =
    REQUIRED.every(([name, shape]) => Object.hasOwn(claims, name) && shape(claims[name])) &&
    OPTIONAL.every(([name, shape]) => has(claims, name, shape)) &&
    BY_USE[use]?.(claims) === true;
  if (!fits) {
    throw new TokenRejectedError('TOKEN_CLAIMS_INVALID');
  }
}

/** The claim is absent or has the shape; `null` is a value, and not an absent claim. */
function has(claims: JsonObject, name: string, shape: Shape): boolean {
  return !Object.hasOwn(claims, name) || shape(claims[name]);
}
