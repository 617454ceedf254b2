/** The endpoints of a user pool's domain. Cognito publishes them at the issuer's host, which the domain may not be. */
export interface DomainEndpoints {
  readonly authorization: string;
  readonly token: string;
  readonly userInfo: string;
  readonly revocation: string;
  readonly logout: string;
  readonly signup: string;
  readonly forgotPassword: string;
  readonly passkeys: string;
}

/** The names of this machine that a user pool accepts with http (CallbackURLs). */
const LOOPBACK: ReadonlySet<string> = new Set(['localhost', '127.0.0.1', '[::1]']);

/** Schemes that a browser, and not an app, handles. */
const OWN_SCHEMES_OF_BROWSERS: ReadonlySet<string> = new Set(
  ['about', 'blob', 'data', 'file', 'filesystem', 'ftp', 'javascript', 'vbscript', 'view-source', 'ws', 'wss'].map(
    (scheme) => `${scheme}:`,
  ),
);

/** Whether a URL leads to this machine. */
export function isLoopback({ hostname }: URL): boolean {
  return LOOPBACK.has(hostname);
}

/**
 * The origin of a user pool's domain.
 *
 * @param domain - a host name, or a URL with https or, for this machine, http.
 * @returns undefined if it is neither, or has more than an origin.
 */
export function domainUrl(domain: string): URL | undefined {
  const text = domain.includes('://') ? domain : `https://${domain}`;
  if (/[\s\\]/.test(text) || !URL.canParse(text)) {
    return undefined;
  }
  const url = new URL(text);
  const isSecure = url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url));
  const isOrigin = url.pathname === '/' && !/[?#@]/.test(text);
  return isSecure && isOrigin ? url : undefined;
}

/** The endpoints of a domain. */
export function domainEndpoints({ origin }: URL): DomainEndpoints {
  return {
    authorization: `${origin}/oauth2/authorize`,
    token: `${origin}/oauth2/token`,
    userInfo: `${origin}/oauth2/userInfo`,
    revocation: `${origin}/oauth2/revoke`,
    logout: `${origin}/logout`,
    signup: `${origin}/signup`,
    forgotPassword: `${origin}/forgotPassword`,
    passkeys: `${origin}/passkeys/add`,
  };
}

/**
 * Whether an app client can have this address: with https, with http for this machine, or with a scheme of an app's own,
 * and without a fragment (RFC 6749, section 3.1.2).
 */
export function isRegistrableUri(text: unknown): text is string {
  if (typeof text !== 'string' || /[\s#]/.test(text) || !URL.canParse(text)) {
    return false;
  }
  const url = new URL(text);
  if (url.protocol === 'http:') {
    return isLoopback(url);
  }
  return !OWN_SCHEMES_OF_BROWSERS.has(url.protocol);
}
