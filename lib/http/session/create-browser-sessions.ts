import type { HttpAdapterHost } from '@nestjs/core';

import type { RegisteredPool } from '../../auth/pools/user-pools.js';
import { MandateConfigurationError } from '../../errors/configuration-error.js';
import type { TokenSet } from '../../protocol/authentication-outcome.js';
import { isLoopback } from '../../protocol/oauth/domain.js';
import { CsrfDefence } from './csrf.js';
import { EndedSessions } from './ended-sessions.js';
import type { ResolvedSessionOptions } from './resolve-session-options.js';
import { ResponseCookies } from './response-cookies.js';
import { Seal } from './seal.js';
import { SealedCookie } from './sealed-cookie.js';
import { SealedSessions } from './sealed-sessions.js';
import type { SessionContent } from './session-content.js';
import { SessionCookie } from './session-cookie.js';
import type { SessionKeeper } from './session-keeper.js';
import { SessionLifecycle } from './session-lifecycle.js';
import { CallSessionReader } from './session-reader.js';
import { SessionRenewal } from './session-renewal.js';
import { SessionResponses } from './session-responses.js';
import { SessionStore } from './session-store.js';
import { SessionTokens } from './session-tokens.js';
import { StoredSessions } from './stored-sessions.js';

/** What sessions need of the application. */
export interface BrowserSessionsDependencies {
  readonly options: ResolvedSessionOptions;
  readonly pool: RegisteredPool;
  readonly http: Pick<HttpAdapterHost, 'httpAdapter'>;
  /** The application's own origin. */
  readonly origin: string;
  readonly renew: (session: SessionContent) => Promise<TokenSet>;
  readonly revoke: (tokens: TokenSet) => Promise<void>;
  readonly signOutEverywhere: (accessToken: string) => Promise<void>;
  readonly wait: (milliseconds: number) => Promise<void>;
  /** Called when the store has lost all sessions. */
  readonly onEmptied?: (() => void) | undefined;
}

/** The browser sessions of one pool. */
export interface BrowserSessions {
  readonly reader: CallSessionReader;
  readonly lifecycle: SessionLifecycle;
  readonly tokens: SessionTokens;
  readonly csrf: CsrfDefence;
  readonly cookies: ResponseCookies;
  /** The prefix and the attributes that other cookies of the same application share. */
  readonly secure: boolean;
  readonly origin: string;
  /**
   * Creates another sealed cookie of the same application.
   *
   * @param suffix - follows the name of the session's cookie.
   * @param lifetime - milliseconds.
   */
  readonly sealedCookie: <Content extends object>(suffix: string, lifetime: number) => SealedCookie<Content>;
}

/**
 * Creates the sessions of one pool.
 *
 * @throws MandateConfigurationError if `insecureLocalhost` is set and the origin is no loopback address.
 */
export function createBrowserSessions(dependencies: BrowserSessionsDependencies): BrowserSessions {
  const { options, pool, http, origin, renew, revoke, wait } = dependencies;
  const { clock } = pool;
  const secrets = options.secrets();
  const secure = !options.insecureLocalhost;
  assertSecure(secure, origin);
  const cookie = new SessionCookie(options.cookieName, { sameSite: options.sameSite, secure, httpOnly: true });
  const cookies = new ResponseCookies(http);
  const csrf = new CsrfDefence({ options: options.csrf, origin, secrets, cookieName: cookie.name });
  const ended = new EndedSessions(clock);
  const keeper = createKeeper(dependencies, cookie, ended);
  const tokens = new SessionTokens({ verifier: pool.verifier, clock, keep: options.keep });
  const { renewBefore } = options;
  const renewal = new SessionRenewal({ keeper, tokens, clock, pool: pool.name, renew, revoke, wait, renewBefore });
  const csrfCookieName = `${options.cookieName}-csrf`;
  const responses = new SessionResponses({
    cookie,
    cookies,
    csrf,
    csrfCookieName,
    isInCookie: keeper.isInCookie,
    clock,
  });
  const reader = new CallSessionReader({ cookie, keeper, renewal, responses, csrf, ended, clock });
  const { signOutEverywhere } = dependencies;
  const lifecycle = new SessionLifecycle({
    keeper,
    reader,
    renewal,
    responses,
    cookies,
    ended,
    limits: options,
    revoke,
    signOutEverywhere,
  });
  const sealedCookie = <Content extends object>(suffix: string, lifetime: number) =>
    new SealedCookie<Content>({
      cookies,
      secrets,
      name: `${options.cookieName}-${suffix}`,
      secure,
      lifetime,
      clock,
    });
  return { reader, lifecycle, tokens, csrf, cookies, secure, origin, sealedCookie };
}

function createKeeper(
  { options, pool: { name, clock }, onEmptied }: BrowserSessionsDependencies,
  cookie: SessionCookie,
  ended: EndedSessions,
): SessionKeeper {
  const { store, storeTimeout, idle, absolute } = options;
  const limits = { idle, absolute };
  if (store === undefined) {
    return new SealedSessions(cookie, new Seal(options.secrets(), 'session', cookie.name), ended, limits);
  }
  // The braces keep the keys of a pool on one node of a Redis cluster, and so within one round trip.
  const prefix = `mandate.sessions{${name}}`;
  return new StoredSessions({
    store: new SessionStore({ store, prefix, timeout: storeTimeout, clock, onEmptied }),
    seal: new Seal(options.secrets(), 'stored session', cookie.name),
    ended,
    limits,
    clock,
  });
}

function assertSecure(isSecure: boolean, origin: string): void {
  if (!isSecure && !isLoopback(new URL(origin))) {
    throw new MandateConfigurationError(
      'session.cookie.insecureLocalhost',
      `is for development on this machine, but the application's own origin is ${origin}. Remove it`,
    );
  }
}
