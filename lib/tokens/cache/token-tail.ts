/** Characters: more than 40 bits of the signature. */
const INDEX_LENGTH = 8;

/**
 * The end of a token's signature as a number, to find what is kept for the token. Another token may have the same one, so
 * compare the whole token, or its digest, too. As a number, since a substring would keep the whole token in memory.
 */
export function tailIndex(token: string): number {
  let index = 0;
  for (let i = Math.max(0, token.length - INDEX_LENGTH); i < token.length; i++) {
    index = index * 64 + (token.charCodeAt(i) % 64);
  }
  return index;
}
