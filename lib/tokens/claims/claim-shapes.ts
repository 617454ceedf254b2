import type { JsonObject } from '../jws/strict-json.js';
import { anyOf, type ClaimMismatch, claimMismatch, claimText } from '../claim-mismatch.js';
import { mismatched } from '../token-errors.js';
import type { VerifiedClaims } from './token-claims.js';

type Shape = (value: unknown) => boolean;

const isNonEmptyString: Shape = (value) => typeof value === 'string' && value !== '';
// JSON allows 1e999, which parses as Infinity: such a token would never expire.
const isNumericDate: Shape = (value) => Number.isFinite(value);
const isStringList: Shape = (value) => Array.isArray(value) && value.every((item) => typeof item === 'string');
const isAudience: Shape = (value) => isNonEmptyString(value) || isStringList(value);

const REQUIRED: readonly (readonly [string, Shape])[] = [
  ['iss', isNonEmptyString],
  ['sub', isNonEmptyString],
  ['exp', isNumericDate],
  ['iat', isNumericDate],
];

const OPTIONAL: readonly (readonly [string, Shape])[] = [
  ['nbf', isNumericDate],
  ['auth_time', isNumericDate],
  ['jti', isNonEmptyString],
  ['origin_jti', isNonEmptyString],
  ['cognito:groups', isStringList],
  ['acr', isNonEmptyString],
];

const BY_USE: Readonly<Record<string, (claims: JsonObject) => boolean>> = {
  access: (claims) =>
    isNonEmptyString(claims['client_id']) &&
    isAbsentOr(claims, 'username', isNonEmptyString) &&
    isAbsentOr(claims, 'scope', (value) => typeof value === 'string') &&
    isAbsentOr(claims, 'aud', isAudience),
  id: (claims) => isNonEmptyString(claims['aud']) && isNonEmptyString(claims['cognito:username']),
};

/**
 * Checks that the claims that decisions depend on have the types that RFC 7519, section 4.1, and Cognito define.
 *
 * @throws TokenRejectedError TOKEN_CLAIMS_INVALID; TOKEN_USE_REFUSED if `token_use` is neither "access" nor "id".
 */
export function assertClaimShapes(claims: JsonObject): asserts claims is JsonObject & VerifiedClaims {
  const use = claims['token_use'];
  if (typeof use !== 'string' || !Object.hasOwn(BY_USE, use)) {
    const expected = anyOf('token_use', Object.keys(BY_USE));
    throw mismatched('TOKEN_USE_REFUSED', claimMismatch(expected, claimText('token_use', use)));
  }
  const areValid =
    REQUIRED.every(([name, shape]) => Object.hasOwn(claims, name) && shape(claims[name])) &&
    OPTIONAL.every(([name, shape]) => isAbsentOr(claims, name, shape)) &&
    BY_USE[use]?.(claims) === true;
  if (!areValid) {
    throw mismatched('TOKEN_CLAIMS_INVALID', mismatchOf(claims, use));
  }
}

/** Names the first claim at fault, and the type of its value: the value itself may be personal. */
function mismatchOf(claims: JsonObject, use: string): ClaimMismatch {
  const isFaulty = ([name, shape]: readonly [string, Shape]): boolean => !shape(claims[name]);
  const faulty = REQUIRED.find(isFaulty) ?? OPTIONAL.find((entry) => entry[0] in claims && isFaulty(entry));
  if (faulty === undefined) {
    return claimMismatch(`the claims of a token with token_use "${use}"`, 'one that is missing or of another type');
  }
  const [name] = faulty;
  return claimMismatch(`a well-formed claim ${name}`, claims[name] === undefined ? 'none' : `a ${typeof claims[name]}`);
}

/** `null` is a value, not an absent claim. */
function isAbsentOr(claims: JsonObject, name: string, shape: Shape): boolean {
  return !Object.hasOwn(claims, name) || shape(claims[name]);
}
