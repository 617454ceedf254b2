import type { TokenRejectedError, TokenRejectionCode } from '../../tokens/token-errors.js';

/** Error codes other than `invalid_token`. A challenge to a request without a token names none (RFC 6750, section 3.1). */
const ERRORS: Partial<Readonly<Record<TokenRejectionCode, string | null>>> = {
  TOKEN_MISSING: null,
  REQUEST_MALFORMED: 'invalid_request',
  SCOPE_INSUFFICIENT: 'insufficient_scope',
  GROUPS_INSUFFICIENT: 'insufficient_scope',
  AUTHENTICATION_INSUFFICIENT: 'insufficient_user_authentication',
};

/**
 * The value of the `WWW-Authenticate` header for a rejection (RFC 6750, section 3; step-up authentication: RFC 9470,
 * section 3).
 */
export function bearerChallenge(realm: string, rejection: TokenRejectedError): string {
  const { code, message, details } = rejection;
  const error = ERRORS[code] === undefined ? 'invalid_token' : ERRORS[code];
  const attributes: readonly (readonly [string, string | null | undefined])[] = [
    ['realm', realm],
    ['error', error],
    ['error_description', error && message],
    ['scope', details.scope],
    ['acr_values', details.acrValues],
    ['max_age', details.maxAgeSeconds?.toString()],
  ];
  return `Bearer ${attributes
    .filter(([, value]) => value !== null && value !== undefined)
    .map(([name, value]) => `${name}="${quotable(value ?? '')}"`)
    .join(', ')}`;
}

/** Removes what no attribute value may contain (RFC 6750, section 3): control characters, quotes and backslashes. */
function quotable(value: string): string {
  return value.replaceAll('"', "'").replace(/[^\x20-\x5b\x5d-\x7e]/g, '');
}
