import type { MandateErrorCode } from './error-codes.js';

/** The page that has cause and remedy of every code; each code is an anchor there. */
const ERRORS_PAGE = 'https://mandate-nestjs.github.io/mandate/reference/errors';

/** Where the documentation says what a code means, what causes it, and what to do. */
export function docsUrlOf(code: MandateErrorCode): string {
  return `${ERRORS_PAGE}#${code}`;
}
