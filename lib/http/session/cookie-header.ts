/**
 * The value of a cookie in a `Cookie` header (RFC 6265, section 4.2), the first if there are several; undefined if there is
 * none. This runs for every request, so it creates nothing but the value.
 */
export function cookieIn(header: string, name: string): string | undefined {
  const needle = `${name}=`;
  for (let at = header.indexOf(needle); at >= 0; at = header.indexOf(needle, at + 1)) {
    if (isStartOfPair(header, at)) {
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
    .map((pair) => pair.slice(0, Math.max(0, pair.indexOf('='))).replace(/^[ \t]+/, ''))
    .filter((name) => name.startsWith(prefix));
}

/**
 * Whether a cookie begins at a position: after a semicolon, with blanks between. Values may hold spaces, and a sibling domain
 * may set a value that looks like a cookie whose prefix it could not set.
 */
function isStartOfPair(header: string, position: number): boolean {
  let before = position - 1;
  while (isBlank(header.charCodeAt(before))) {
    before -= 1;
  }
  return before < 0 || header.charCodeAt(before) === 0x3b;
}

/** A space or a tab: no other blank, which browsers take for a part of the name. */
function isBlank(character: number): boolean {
  return character === 0x20 || character === 0x09;
}
