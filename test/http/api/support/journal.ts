import { AUTH_API_ROUTES, type AuthApiRoute } from '../../../../lib/http/api/auth-api-routes.js';
import { CognitoClient } from '../../../../lib/client/cognito-client.js';
import { CognitoDevices } from '../../../../lib/user/user-devices.js';
import { setCookiesOf } from '../../support/browser.js';

/** A request and its answer, as a client sees them. */
export interface Exchange {
  readonly method: string;
  /** Without the query. */
  readonly path: string;
  readonly status: number;
  readonly text: string;
  readonly headers: Readonly<Record<string, unknown>>;
}

/** What Cognito returns, and a browser must not read: tokens, and the sessions of challenges. */
const SECRET_MEMBERS = new Set(['AccessToken', 'IdToken', 'RefreshToken', 'Session']);

/** All answers of a run, and all secrets that Cognito gave to the application. */
export class Journal {
  readonly exchanges: Exchange[] = [];
  readonly secrets = new Set<string>();

  /** Notes what Cognito returns from now on; jest's `restoreAllMocks` ends it. */
  watch(): void {
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own object below
    const { send } = CognitoClient.prototype;
    jest.spyOn(CognitoClient.prototype, 'send').mockImplementation(async function (this: CognitoClient, ...args) {
      const answer = await send.apply(this, args);
      journal.#collect(answer);
      return answer;
    });
    // eslint-disable-next-line @typescript-eslint/unbound-method -- called with its own object below
    const { confirm } = CognitoDevices.prototype;
    jest.spyOn(CognitoDevices.prototype, 'confirm').mockImplementation(async function (this: CognitoDevices, request) {
      const confirmed = await confirm.call(this, request);
      journal.secrets.add(confirmed.device.password);
      return confirmed;
    });
    // eslint-disable-next-line @typescript-eslint/no-this-alias -- the functions above have a `this` of their own
    const journal = this;
  }

  readonly note = (exchange: Exchange): void => {
    this.exchanges.push(exchange);
  };

  /** The routes of the API under a prefix that succeeded. */
  succeeded(): ReadonlySet<AuthApiRoute> {
    return new Set(
      this.exchanges
        .filter(({ status }) => status < 300)
        .map(({ method, path }) => routeOf(method, path))
        .filter((route) => route !== undefined),
    );
  }

  /** Answers that give a secret away, in the body or in a header that a script can read. */
  leaks(): string[] {
    return this.exchanges
      .filter(({ text, headers }) => {
        const readable = JSON.stringify({ ...headers, 'set-cookie': undefined });
        return [...this.secrets].some((secret) => text.includes(secret) || readable.includes(secret));
      })
      .map(({ method, path }) => `${method} ${path}`);
  }

  /** Lines of Set-Cookie that a script or another site could use, or whose value is no ciphertext. */
  weakCookies(): string[] {
    return this.exchanges
      .flatMap(({ headers }) => setCookiesOf({ headers }))
      .filter(
        ({ name, value, attributes }) =>
          !name.startsWith('__Host-') ||
          !['HttpOnly', 'Secure', 'SameSite=Strict', 'Path=/'].every((attribute) => attributes.includes(attribute)) ||
          [...this.secrets].some((secret) => value.includes(secret)),
      )
      .map(({ name, attributes }) => [name, ...attributes].join('; '));
  }

  /** Answers of the API that a cache may keep. */
  cacheable(): string[] {
    return this.exchanges
      .filter(({ path, status }) => path.startsWith('/auth/') && status !== 404)
      .filter(({ headers }) => headers['cache-control'] !== 'private, no-store')
      .map(({ method, path, status }) => `${method} ${path} ${String(status)}`);
  }

  #collect(value: unknown): void {
    for (const [name, member] of Object.entries(value ?? {})) {
      if (SECRET_MEMBERS.has(name) && typeof member === 'string') {
        this.secrets.add(member);
      } else if (typeof member === 'object') {
        this.#collect(member);
      }
    }
  }
}

/** The route that a request under `/auth/<pool>/` was for. */
function routeOf(method: string, path: string): AuthApiRoute | undefined {
  const rest = path.split('/').slice(3).join('/');
  return (Object.keys(AUTH_API_ROUTES) as AuthApiRoute[]).find((name) => {
    const route = AUTH_API_ROUTES[name];
    const pattern = new RegExp(`^${route.path.replace(/:\w+/g, '[^/]+')}$`);
    return route.method === method.toUpperCase() && pattern.test(rest);
  });
}
