import { AuthClientError } from './auth-client-error.js';
import { addressOf, type GuardedFetch } from './guarded-fetch.js';
import { readError } from './read-error.js';
import { type AuthRouteName, ROUTES } from './routes.js';

/**
 * Options of every call.
 *
 * @publicApi
 */
export interface CallOptions {
  /** Aborts the call, which then rejects with the reason of the signal. */
  readonly signal?: AbortSignal | undefined;
}

/** One call of a route. */
export interface ApiCall extends CallOptions {
  readonly body?: unknown;
  /** Values of the path's parameters. */
  readonly params?: Readonly<Record<string, string>>;
  readonly query?: Readonly<Record<string, boolean | undefined>>;
  /** An access token for a route that is not guarded but can use one. */
  readonly token?: string | undefined;
}

/** Dependencies of `ApiCalls`. */
export interface ApiCallsDependencies {
  readonly baseUrl: string;
  readonly paths: Readonly<Partial<Record<AuthRouteName, string>>>;
  /** In milliseconds. */
  readonly timeout: number;
  readonly clock: () => number;
  readonly guarded: GuardedFetch;
}

/** Calls the routes of the auth API. */
export class ApiCalls {
  constructor(private readonly dependencies: ApiCallsDependencies) {}

  /**
   * Calls a route.
   *
   * @typeParam Answer - the body of a success; undefined for 204.
   * @throws AuthClientError
   */
  async call<Answer>(name: AuthRouteName, { body, params, query, signal, token }: ApiCall = {}): Promise<Answer> {
    const { timeout, clock, guarded } = this.dependencies;
    const [method, , isGuarded] = ROUTES[name] as readonly [string, string, true?];
    const limit = AbortSignal.timeout(timeout);
    const init: RequestInit = {
      method,
      signal: signal ? AbortSignal.any([signal, limit]) : limit,
      headers: { accept: 'application/json', ...(body !== undefined && { 'content-type': 'application/json' }) },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    };
    const url = this.#address(name, params, query);
    try {
      const response = isGuarded ? await guarded.fetch(url, init) : await guarded.send(url, init, token);
      if (!response.ok) {
        throw await readError(response, clock());
      }
      return answerIn(response.status, await response.text()) as Answer;
    } catch (error) {
      if (error instanceof AuthClientError) {
        throw error;
      }
      signal?.throwIfAborted();
      throw new AuthClientError(0, 'NETWORK_FAILED', 'No answer arrived. Check the connection and try again.', {
        cause: error,
      });
    }
  }

  #address(name: AuthRouteName, params: ApiCall['params'] = {}, query: ApiCall['query'] = {}): URL {
    const { baseUrl, paths } = this.dependencies;
    const path = (paths[name] ?? ROUTES[name][1]).replace(/:(\w+)/g, (_, key: string) =>
      encodeURIComponent(params[key] ?? ''),
    );
    const url = addressOf(`${baseUrl.replace(/\/$/, '')}/${path.replace(/^\//, '')}`);
    for (const [key, value] of Object.entries(query)) {
      if (value !== undefined) {
        url.searchParams.set(key, String(value));
      }
    }
    return url;
  }
}

/** The front page of a single-page application comes with status 200 where `baseUrl` is wrong. */
function answerIn(status: number, text: string): unknown {
  try {
    return text === '' ? undefined : JSON.parse(text);
  } catch (cause) {
    throw new AuthClientError(status, 'ANSWER_UNKNOWN', 'The answer is not JSON. Check the option "baseUrl".', {
      cause,
    });
  }
}
