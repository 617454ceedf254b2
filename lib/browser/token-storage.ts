import type { TokenSet } from '../protocol/authentication-outcome.js';

/**
 * Keeps the tokens of `delivery: 'body'`.
 *
 * Every script of the page can read what is in `localStorage` or `sessionStorage`: one injected script, and the refresh
 * token is gone for as long as it lives. Prefer `delivery: 'cookie'`, where no script ever sees a token. A storage of
 * yours makes sense where a page is no ordinary web page, such as in a shell that has a protected store.
 *
 * @publicApi
 */
export interface TokenStorage {
  load(): TokenSet | null | undefined | Promise<TokenSet | null | undefined>;
  /** Awaited before the tokens are used: with rotation the old refresh token is worth nothing. */
  save(tokens: TokenSet): void | Promise<void>;
  clear(): void | Promise<void>;
}

/** Keeps tokens until the page is left or loaded again. */
export function memoryStorage(): TokenStorage {
  let kept: TokenSet | undefined;
  return {
    load: () => kept,
    save: (tokens) => {
      kept = tokens;
    },
    clear: () => {
      kept = undefined;
    },
  };
}
