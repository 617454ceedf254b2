import type { BrowserSessionStore } from './browser-session-store.js';
import type { BrowserSessionOptions } from './browser-session.options.js';

const DAY = 24 * 60 * 60 * 1000;

/** The defence against cross-site request forgery, with defaults. */
export interface ResolvedCsrf {
  readonly header: string;
  readonly origins: readonly string[];
  readonly doubleSubmit: boolean;
}

/** The options of browser sessions after they were checked, with their defaults. */
export interface ResolvedSessionOptions {
  /** A function, so that no dump of the options shows a secret. */
  readonly secrets: () => readonly string[];
  readonly store: BrowserSessionStore | undefined;
  readonly storeTimeout: number;
  /** Without its prefix. */
  readonly cookieName: string;
  readonly sameSite: 'strict' | 'lax';
  readonly insecureLocalhost: boolean;
  readonly keep: readonly string[];
  readonly idle: number;
  readonly absolute: number;
  readonly renewBefore: number;
  readonly origin: string | undefined;
  readonly csrf: ResolvedCsrf | null;
}

/** @param pool - the name of the registration; undefined for the one without a name. */
export function resolveSessionOptions(
  options: BrowserSessionOptions,
  pool: string | undefined,
): ResolvedSessionOptions {
  const { secret, cookie = {}, csrf = {} } = options;
  const secrets = typeof secret === 'string' ? [secret] : [...secret];
  return {
    secrets: () => secrets,
    store: options.store,
    storeTimeout: options.storeTimeout ?? 1_000,
    cookieName: cookie.name ?? defaultName(pool),
    sameSite: cookie.sameSite ?? 'strict',
    insecureLocalhost: cookie.insecureLocalhost ?? false,
    keep: options.keep ?? [],
    idle: options.idle ?? 7 * DAY,
    absolute: options.absolute ?? 30 * DAY,
    renewBefore: options.renewBefore ?? 60_000,
    origin: options.origin,
    csrf: csrf && {
      header: (csrf.header ?? 'x-mandate-csrf').toLowerCase(),
      origins: csrf.origins ?? [],
      doubleSubmit: csrf.doubleSubmit ?? false,
    },
  };
}

/** Names of pools may hold what names of cookies may not. */
function defaultName(pool: string | undefined): string {
  return pool === undefined ? 'mandate' : `mandate-${pool.replace(/[^A-Za-z0-9_-]/g, '_')}`;
}
