import { MandateArgumentError } from '../../errors/argument-error.js';
import { isLoopback, isOwnName, type ListeningHost } from './host-names.js';
import { type HttpRequest, type HttpResponse, jsonResponse } from './route.js';

/** Who may call the server from a browser. */
export interface RequestOriginOptions extends ListeningHost {
  /** The option `issuer`, whose host is a name of the server. */
  readonly issuer?: string | undefined;
  /** Origins whose pages may call the server. Their hosts are names of the server too. */
  readonly allowedOrigins?: readonly string[] | undefined;
}

type Head = Pick<HttpRequest, 'method' | 'headers' | 'path'>;

const HTTP = /^https?:\/\//i;
const ORIGIN = /^[a-z][a-z\d+.-]*:\/\/[^\s/?#@*]+$/i;
/** The forms of managed login. They have a token of their own against forms of other sites, or the secret of an attempt. */
const FORMS =
  /^\/(?:login|challenge|signup|confirm|resendcode|forgotPassword|confirmforgotPassword|passkeys\/add|__idp\/.+)$/;
const EXCEPTION = 'ForbiddenException';

/**
 * Keeps pages of other sites away, which can send requests to every address that the browser reaches. Programs send no
 * Origin and pass. The pages of this machine pass too, as whoever serves them can call the server without a browser.
 */
export class RequestOriginCheck {
  private readonly origins: ReadonlySet<string>;
  private readonly names: ReadonlySet<string>;

  constructor(private readonly options: RequestOriginOptions) {
    const { issuer, allowedOrigins = [] } = options;
    this.origins = new Set(allowedOrigins.map(normalOrigin));
    this.names = new Set(
      [issuer ?? '', ...this.origins].flatMap((url) => (HTTP.test(url) ? new URL(url).hostname : [])),
    );
  }

  /** The response to a request that is refused. @returns undefined for one that may pass. */
  refusal(request: Head): HttpResponse | undefined {
    const { host, origin } = request.headers;
    if (host !== undefined && !this.isNameOfServer(host)) {
      return forbidden(
        `This server does not answer to the name ${quoted(host)}, because a page of another site could use it. If the name is yours, allow it: ${advice(`http://${host}`)}.`,
      );
    }
    if (origin !== undefined && !this.isAllowedOrigin(request, origin)) {
      return forbidden(
        origin === 'null'
          ? 'Pages without an origin, such as files and sandboxed frames, may not call this server. Serve the page from localhost.'
          : `Pages of ${quoted(origin)} may not call this server. If the page is yours, allow it: ${advice(origin)}.`,
      );
    }
    if (origin === undefined && isFromOtherSite(request)) {
      return forbidden('Pages of other sites may link to this server, but not load anything of it.');
    }
    return undefined;
  }

  private isNameOfServer(host: string): boolean {
    const url = `http://${host}`;
    if (!URL.canParse(url)) {
      return false;
    }
    const { hostname } = new URL(url);
    return isOwnName(hostname, this.options) || this.names.has(hostname);
  }

  private isAllowedOrigin({ headers, path }: Head, origin: string): boolean {
    if (origin === 'null') {
      // Forms of pages without a referrer, as ours are, have it too. Over plain HTTP browsers say no more of the site.
      const site = headers['sec-fetch-site'];
      return site === 'same-origin' || (site === undefined && FORMS.test(path));
    }
    if (this.origins.has(normalOrigin(origin))) {
      return true;
    }
    if (!HTTP.test(origin) || !URL.canParse(origin)) {
      return false;
    }
    const { hostname, protocol } = new URL(origin);
    return isLoopback(hostname) || isSameOrigin(origin, `${protocol}//${headers.host ?? ''}`);
  }
}

/** @throws MandateArgumentError for what is not a list of origins. */
export function checkAllowedOrigins(origins: unknown): void {
  if (origins === undefined) {
    return;
  }
  if (!Array.isArray(origins)) {
    throw new MandateArgumentError('allowedOrigins', 'must be an array of origins such as "http://app.test:5173"');
  }
  (origins as unknown[]).forEach((origin, index) => {
    if (typeof origin !== 'string' || !ORIGIN.test(origin) || !URL.canParse(origin)) {
      throw new MandateArgumentError(
        `allowedOrigins[${index}]`,
        'must be an origin such as "http://app.test:5173": scheme, host and port, without a path or a wildcard',
      );
    }
  });
}

function isSameOrigin(origin: string, url: string): boolean {
  return URL.canParse(url) && new URL(url).origin === new URL(origin).origin;
}

/** As browsers write it: lower case, without the default port. */
function normalOrigin(origin: string): string {
  return HTTP.test(origin) && URL.canParse(origin) ? new URL(origin).origin : origin.toLowerCase();
}

/** Links and redirects lead here from everywhere, as they do to a domain of Cognito. */
function isFromOtherSite({ method, headers }: Head): boolean {
  const site = headers['sec-fetch-site'];
  const isLink = headers['sec-fetch-mode'] === 'navigate' && (method === 'GET' || method === 'HEAD');
  return (site === 'cross-site' || site === 'same-site') && !isLink;
}

/** In the form of the API's errors, so that SDKs show the sentence. */
function forbidden(message: string): HttpResponse {
  return jsonResponse(403, { __type: EXCEPTION, message }, { 'x-amzn-ErrorType': `${EXCEPTION}:` });
}

function advice(origin: string): string {
  return `--allow-origin ${printable(origin)} of mandate local, or the option allowedOrigins`;
}

function quoted(text: string): string {
  return `"${printable(text)}"`;
}

function printable(text: string): string {
  return text.replaceAll(/[^\x21-\x7e]/g, '?').slice(0, 200);
}
