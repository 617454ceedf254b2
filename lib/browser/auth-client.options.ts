import type { UserAttributes } from '../attributes/user-attributes.js';
import type { RememberedDevice } from '../protocol/challenge.js';
import type { CallOptions } from './api-calls.js';
import type { AuthDelivery, GivenAnswer, PosedChallenge } from './challenges.js';
import type { PasskeyPrompt } from './passkey-ceremonies.js';
import type { AuthRouteName } from './routes.js';
import type { SessionEnd } from './session-watch.js';
import type { TokenStorage } from './token-storage.js';

/** The options of both deliveries. */
interface CommonOptions {
  /** Where `MandateAuthApiModule` is: a path of the page's own origin, or a whole address. Default: `/auth`. */
  readonly baseUrl?: string | undefined;
  /** Paths that the server has changed (its option `paths`), relative to `baseUrl`. Default: none. */
  readonly paths?: Readonly<Partial<Record<AuthRouteName, string>>> | undefined;
  /**
   * Origins that `fetch` gives the credentials of the session to, beside those of the page and of `baseUrl`, such as
   * `https://api.example.com`. Default: none.
   */
  readonly origins?: readonly string[] | undefined;
  /**
   * Called once in each open tab when the session has ended. The user may sign in again in any of them.
   *
   * It is not called for a tab that knows that nobody is signed in, nor for a failure of the network.
   */
  readonly onSessionEnded?: ((end: SessionEnd) => void) | undefined;
  /** How long a call of the API may take, in milliseconds. Default: 30,000. */
  readonly timeout?: number | undefined;
  /** Default: the `fetch` of the browser. */
  readonly fetch?: ((input: string | URL | Request, init?: RequestInit) => Promise<Response>) | undefined;
  /** The time in milliseconds since the epoch. Default: `Date.now`. */
  readonly clock?: (() => number) | undefined;
}

/**
 * Options for `delivery: 'cookie'`.
 *
 * @publicApi
 */
export interface CookieClientOptions extends CommonOptions {
  /** As at the server. Default: `cookie`. */
  readonly delivery?: 'cookie' | undefined;
  /** The header that requests with an unsafe method carry, as at the server. Default: `x-mandate-csrf`. */
  readonly csrfHeader?: string | undefined;
}

/**
 * Options for `delivery: 'body'`.
 *
 * @publicApi
 */
export interface BodyClientOptions extends CommonOptions {
  /** As at the server. */
  readonly delivery: 'body';
  /**
   * Where the tokens are kept. All tabs must share it. Default: in memory, so that each tab has a sign-in of its own, which
   * ends when the page is left. The client never uses `localStorage` by itself: see `TokenStorage`.
   */
  readonly tokens?: TokenStorage | undefined;
}

/**
 * Options of a sign-in.
 *
 * @publicApi
 */
export interface SignInOptions<Attributes extends object = UserAttributes> extends CallOptions, PasskeyPrompt {
  /**
   * Called for each challenge but WEB_AUTHN, which the browser answers, and again with `error` when an answer was wrong and
   * another one is possible. Return what `challenge.answer` makes, or nothing to give up.
   */
  readonly onChallenge?:
    | ((
        challenge: PosedChallenge<Attributes>,
      ) => GivenAnswer<Attributes> | undefined | Promise<GivenAnswer<Attributes> | undefined>)
    | undefined;
}

/**
 * Options of an answer to a challenge.
 *
 * @publicApi
 */
export interface AnswerOptions<Delivery extends AuthDelivery> extends CallOptions {
  /** The remembered device that the sign-in started with; with `delivery: 'body'`. */
  readonly device?: (Delivery extends 'body' ? RememberedDevice : never) | undefined;
}
