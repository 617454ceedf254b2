/**
 * The value of a cookie in a `Cookie` header (RFC 6265, section 4.2), the first if there are several; undefined if there is
 * none. This runs for every request, so it creates nothing but the value.
 */
export function cookieIn(header: string, name: string): string | undefined {
  const needle = `${name}=`;
  for (let at = header.indexOf(needle); at >= 0; at = header.indexOf(needle, at + 1)) {
    if (at === 0 || isSeparator(header.charCodeAt(at - 1))) {
      const start = at + needle.length;
      const end = header.indexOf(';', start);
      return header.slice(start, end < 0 ? undefined : end).trimEnd();
    }
  }
  return undefined;
}

/** The names of the cookies in a `Cookie` header that begin with a prefix. */
export function cookieNamesIn(header: string, prefix: string): readonly string[] {
  return header
    .split(';')
    .map((pair) => pair.slice(0, Math.max(0, pair.indexOf('='))).trim())
    .filter((name) => name.startsWith(prefix));
}

/** A space or a semicolon. */
function isSeparator(character: number): boolean {
  return character === 0x20 || character === 0x3b;
}
