import { type InjectionToken, Logger, type OnApplicationBootstrap, type OnModuleInit } from '@nestjs/common';
import type { HttpAdapterHost, ModuleRef } from '@nestjs/core';

import { readsBrowserSession } from '../../auth/extractors/browser-session-mark.js';
import type { UserPools } from '../../auth/pools/user-pools.js';
import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { MandateError } from '../../errors/mandate-error.js';
import { getCognitoOAuthToken, getCognitoToken } from '../../module/injection-tokens.js';
import type { CognitoOAuthService } from '../../oauth/cognito-oauth.service.js';
import type { TokenSet } from '../../protocol/authentication-outcome.js';
import type { CognitoService } from '../../user/cognito.service.js';
import { browserSession } from './browser-session.extractor.js';
import type { BrowserSessionService } from './browser-session.service.js';
import { type BrowserSessions, createBrowserSessions } from './create-browser-sessions.js';
import type { ResolvedSessionOptions } from './resolve-session-options.js';
import type { SessionContent } from './session-content.js';
import { CallSessionReader } from './session-reader.js';
import { requireStarted } from '../require-started.js';

/** Dependencies of `SessionRegistration`. */
export interface SessionRegistrationDependencies {
  /** The name of the pool; undefined for the one without a name. */
  readonly pool: string | undefined;
  readonly options: ResolvedSessionOptions;
  readonly service: BrowserSessionService;
  readonly pools: UserPools;
  readonly http: HttpAdapterHost;
  readonly modules: ModuleRef;
  readonly wait: (milliseconds: number) => Promise<void>;
}

/**
 * Connects the sessions with their pool once all modules exist: none of them needs to import `MandateModule`, or to come
 * after it.
 */
export class SessionRegistration implements OnModuleInit, OnApplicationBootstrap {
  readonly #logger = new Logger('BrowserSessions');
  #sessions: BrowserSessions | undefined;
  #redirectUri: string | undefined;
  #connected: Promise<void> | undefined;

  constructor(private readonly dependencies: SessionRegistrationDependencies) {}

  /** The sessions, once the application has started. */
  get sessions(): BrowserSessions {
    return requireStarted(this.#sessions, 'session');
  }

  /** The managed login of the pool. Its methods require the option `oauth`. */
  get oauth(): CognitoOAuthService {
    return this.#service(getCognitoOAuthToken(this.dependencies.pool)) as CognitoOAuthService;
  }

  /** Where managed login sends the browser back; undefined without the option `oauth`. */
  get redirectUri(): string | undefined {
    return this.#redirectUri;
  }

  async onModuleInit(): Promise<void> {
    await this.ready();
  }

  /** Resolves once the sessions are connected. Hooks of one module run at the same time. */
  async ready(): Promise<void> {
    this.#connected ??= this.#connect();
    await this.#connected;
  }

  async #connect(): Promise<void> {
    const { pool: name, options, service, pools, http, wait } = this.dependencies;
    const pool = pools.get(name);
    const cognito = this.#service(getCognitoToken(name)) as CognitoService;
    this.#redirectUri = await this.#readRedirectUri();
    this.#sessions = createBrowserSessions({
      options,
      pool,
      http,
      origin: options.origin ?? this.#ownOrigin(),
      renew: async (session) => this.#renew(session, cognito),
      revoke: async (tokens) => this.#revoke(tokens, cognito),
      signOutEverywhere: async (accessToken) => cognito.logout(accessToken),
      wait,
      onEmptied: () => {
        this.#logger.warn(`The session store of pool "${pool.name}" has lost its entries: everybody is signed out.`);
      },
    });
    requireOwnCookie(pools, pool.name, this.#sessions.reader);
    service.connect(this.#sessions);
    pools.attachSessions(name, this.#sessions.reader, browserSession());
  }

  onApplicationBootstrap(): void {
    const { name, extractors } = this.dependencies.pools.get(this.dependencies.pool);
    if (!extractors.some(readsBrowserSession)) {
      this.#logger.warn(
        `The pool "${name}" has browser sessions, but its option "extractors" lacks browserSession(): the guard does not read them. Set extractors: [bearerToken(), browserSession()].`,
      );
    }
  }

  /** `CognitoService` renews each kind of sign-in in its own way: by the grant type. */
  #renew({ refreshToken, accessToken, grantType }: SessionContent, cognito: CognitoService): Promise<TokenSet> {
    return cognito.renewTokens({ refreshToken, accessToken, grantType });
  }

  async #revoke({ refreshToken, accessToken, grantType }: TokenSet, cognito: CognitoService): Promise<void> {
    if (refreshToken !== undefined) {
      const service = grantType === 'authorization_code' ? this.oauth : cognito;
      await service.revokeToken(refreshToken, { accessToken });
    }
  }

  /** Every sign-in carries it, and starting one sends nothing. */
  async #readRedirectUri(): Promise<string | undefined> {
    try {
      return (await this.oauth.startLogin()).transaction.redirectUri;
    } catch (error) {
      if (error instanceof MandateError) {
        return undefined;
      }
      throw error;
    }
  }

  #ownOrigin(): string {
    if (this.#redirectUri === undefined) {
      throw new MandateConfigurationError(
        'session.origin',
        'is required, because MandateModule has no option "oauth" with a "redirectUri". It is the origin of the application\'s pages, such as "https://app.example.com"',
      );
    }
    return new URL(this.#redirectUri).origin;
  }

  #service(token: InjectionToken): unknown {
    return this.dependencies.modules.get<unknown>(token, { strict: false });
  }
}

/** Pools with one cookie and one secret would take each other's sessions for their own. */
function requireOwnCookie(pools: UserPools, name: string, { cookieName }: CallSessionReader): void {
  const other = pools.names().find((pool) => {
    const { sessions } = pools.get(pool);
    return pool !== name && sessions instanceof CallSessionReader && sessions.cookieName === cookieName;
  });
  if (other !== undefined) {
    throw new MandateConfigurationError(
      'session.cookie.name',
      `must be unique, but the pools "${other}" and "${name}" have sessions in the cookie "${cookieName}"`,
    );
  }
}
