/** What the client sent. */
export interface Sent {
  readonly method: string;
  readonly url: string;
  readonly headers: Headers;
  readonly body: unknown;
  readonly credentials: RequestInit['credentials'];
}

/** An answer of the server, or the failure of the way to it. */
export interface Answer {
  readonly status?: number;
  readonly body?: unknown;
  readonly text?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

type Step = Answer | Error | ((sent: Sent, signal: AbortSignal | null | undefined) => Answer | Promise<Answer>);

export const ORIGIN = 'https://app.example.com';
export const BASE = `${ORIGIN}/auth`;

/** A server of the wire contract that answers as a test tells it, each route with its own list of steps. */
export class FakeApi {
  readonly sent: Sent[] = [];
  readonly #steps = new Map<string, Step[]>();

  /** The next answers of a route, named `POST authenticate`; the last one stays. */
  on(route: string, ...steps: Step[]): this {
    this.#steps.set(route, steps);
    return this;
  }

  /** Requests of a route. */
  to(route: string): Sent[] {
    return this.sent.filter((one) => routeOf(one) === route);
  }

  readonly fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const request = new Request(input, init);
    const text = await request.text();
    const sent: Sent = {
      method: request.method,
      url: request.url,
      headers: request.headers,
      body: request.headers.get('content-type') === 'application/json' ? JSON.parse(text) : text || undefined,
      credentials: init.credentials,
    };
    this.sent.push(sent);
    init.signal?.throwIfAborted();
    const steps = this.#steps.get(routeOf(sent)) ?? [];
    const step = steps.length > 1 ? steps.shift() : steps[0];
    if (step instanceof Error) {
      throw step;
    }
    const {
      status = 200,
      body,
      text: page,
      headers = {},
    } = typeof step === 'function'
      ? await step(sent, init.signal)
      : (step ?? { status: 404, body: { statusCode: 404 } });
    return new Response(body === undefined ? (page ?? null) : JSON.stringify(body), { status, headers });
  };
}

function routeOf({ method, url }: Sent): string {
  return `${method} ${url.replace(`${BASE}/`, '').replace(ORIGIN, '')}`;
}

/** An error as Nest's filter of the package writes it. */
export function problem(status: number, code: string, more: object = {}): Answer {
  return { status, body: { statusCode: status, error: 'Error', code, message: `It is ${code}.`, ...more } };
}

/** The network fails like this. */
export const OFFLINE = new TypeError('fetch failed');

export const SESSION = { sub: 'u-1', claims: { sub: 'u-1' }, createdAt: 1, expiresAt: 2 };

/** The answer to a sign-in in cookie mode. */
export const SIGNED_IN: Answer = { body: { status: 'AUTHENTICATED', session: SESSION, isNewDevice: false } };

/** Tokens, numbered so that tests can tell them apart. They expire at this time. */
export function tokens(number: number, expiresAt = 3_600_000) {
  return {
    accessToken: `access-${number}`,
    refreshToken: `refresh-${number}`,
    idToken: `id-${number}`,
    expiresAt,
    tokenType: 'Bearer',
  };
}

/** The answer to a sign-in in body mode. */
export function authenticated(number: number, expiresAt?: number): Answer {
  return { body: { status: 'AUTHENTICATED', tokens: tokens(number, expiresAt) } };
}
