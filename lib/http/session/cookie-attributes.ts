/** The attributes of a cookie that this package sets (RFC 6265bis, section 4.1). All have `Path=/` and no `Domain`. */
export interface CookieAttributes {
  readonly sameSite: 'strict' | 'lax';
  /** Over https only. */
  readonly secure: boolean;
  /** Whether scripts cannot read it. */
  readonly httpOnly: boolean;
}

const SAME_SITE = { strict: 'Strict', lax: 'Lax' } as const;

/**
 * A `Set-Cookie` line. Setting and deleting go through here, because browsers delete a cookie only for a line with the same
 * attributes.
 *
 * @param maxAge - seconds.
 */
export function setCookieLine(
  name: string,
  value: string,
  maxAge: number,
  { sameSite, secure, httpOnly }: CookieAttributes,
): string {
  return [
    `${name}=${value}`,
    'Path=/',
    `Max-Age=${String(maxAge)}`,
    ...(secure ? ['Secure'] : []),
    ...(httpOnly ? ['HttpOnly'] : []),
    `SameSite=${SAME_SITE[sameSite]}`,
  ].join('; ');
}

/** A `Set-Cookie` line that deletes a cookie. */
export function deleteCookieLine(name: string, attributes: CookieAttributes): string {
  return setCookieLine(name, '', 0, attributes);
}

/**
 * The name of a cookie with the prefix that makes browsers insist on its attributes: `__Host-` on `Secure`, `Path=/` and no
 * `Domain`, `__Host-Http-` on `HttpOnly` too, so that no script can plant it.
 */
export function prefixedName(name: string, { secure, httpOnly }: CookieAttributes): string {
  if (!secure) {
    return name;
  }
  return httpOnly ? `__Host-Http-${name}` : `__Host-${name}`;
}
