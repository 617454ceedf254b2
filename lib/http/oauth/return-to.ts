/** Options of `ReturnTo`. */
export interface ReturnToOptions {
  /** The application's own origin. */
  readonly origin: string;
  /** Where users go who come from nowhere, or from where they may not return to. */
  readonly default: string;
  /** Paths that users may return to, with everything below them. Default: every path of the own origin. */
  readonly allow?: readonly string[] | undefined;
  /** Paths that users never return to: the routes of the sign-in itself. */
  readonly refuse: readonly string[];
}

/** Characters, before and after they are encoded. Longer ones would fill the cookie of the sign-in. */
const MAX_LENGTH = 1_024;
/** Control characters and backslashes, encoded or not: browsers and servers disagree on what they mean. */
// eslint-disable-next-line no-control-regex
const AMBIGUOUS = /[\u0000-\u0020\u007f\\]|%(?:[01][\da-f]|7f|5c)/i;
/** What a path must not begin with: browsers read a host after two slashes. */
const HOST = /^\/(?:\/|%2f)/i;

/**
 * Decides where a sign-in may return to, so that nobody can send users elsewhere by a link to it. A target is parsed as a
 * URL, must have the own origin, and only its path, query and fragment are used. It is asked when a sign-in starts, and
 * again before it ends.
 */
export class ReturnTo {
  constructor(private readonly options: ReturnToOptions) {}

  /** The default target. */
  get default(): string {
    return this.options.default;
  }

  /** The path to go to: that of the target if users may return there, otherwise the default. */
  resolve(target: unknown): string {
    return this.ownPath(target) ?? this.options.default;
  }

  /** The path of a target that users may return to; undefined for any other. */
  ownPath(target: unknown): string | undefined {
    const { origin, allow, refuse } = this.options;
    if (typeof target !== 'string' || target.length > MAX_LENGTH || AMBIGUOUS.test(target)) {
      return undefined;
    }
    const isPath = target.startsWith('/') && !HOST.test(target);
    if ((!isPath && !target.startsWith(`${origin}/`)) || !URL.canParse(target, origin)) {
      return undefined;
    }
    const { origin: parsed, username, password, pathname, search, hash } = new URL(target, origin);
    // `/..//evil` is `//evil` once it is parsed.
    if (parsed !== origin || username !== '' || password !== '' || HOST.test(pathname)) {
      return undefined;
    }
    const isAllowed = allow === undefined || allow.some((path) => isBelow(pathname, path));
    const path = pathname + search + hash;
    return isAllowed && !refuse.some((own) => isBelow(pathname, own)) && path.length <= MAX_LENGTH ? path : undefined;
  }
}

/** Whether a string is a path of an own page. */
export function isOwnPath(value: unknown): boolean {
  const origin = 'https://own.example';
  return new ReturnTo({ origin, default: '', refuse: [] }).ownPath(value) !== undefined;
}

function isBelow(pathname: string, path: string): boolean {
  const folder = path.endsWith('/') ? path : `${path}/`;
  return pathname === path || pathname.startsWith(folder);
}
