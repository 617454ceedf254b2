import type { TokenSet, TokenStorage } from 'mandate/browser';

/** Storage that all tabs see. */
export function sharedStorage(): TokenStorage & { kept: TokenSet | undefined } {
  return {
    kept: undefined,
    load() {
      return this.kept;
    },
    save(tokens) {
      this.kept = tokens;
    },
    clear() {
      this.kept = undefined;
    },
  };
}
