/**
 * The claims of a JSON Web Token **without any verification**: for values that only go back to the issuer, which checks
 * the token itself. Never decide about access with them.
 *
 * @returns undefined when the text is not a JSON Web Token with an object inside.
 */
export function readUnverifiedClaims(token: string): Readonly<Record<string, unknown>> | undefined {
  const [, payload, ...rest] = token.split('.');
  if (payload === undefined || rest.length !== 1) {
    return undefined;
  }
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, 'base64url').toString('utf8'));
    return typeof claims === 'object' && claims !== null && !Array.isArray(claims)
      ? (claims as Readonly<Record<string, unknown>>)
      : undefined;
  } catch {
    return undefined;
  }
}
