import type { TokenExtractor } from './token-extractor.js';

/** Marks the extractor, also for another copy of this package. */
const BROWSER_SESSION = Symbol.for('mandate.browser-session-extractor');

/** Marks an extractor that reads browser sessions. */
export function markBrowserSession(extractor: TokenExtractor): TokenExtractor {
  return Object.assign(extractor, { [BROWSER_SESSION]: true });
}

/** Whether an extractor reads browser sessions. */
export function readsBrowserSession(extractor: TokenExtractor): boolean {
  return BROWSER_SESSION in extractor;
}
