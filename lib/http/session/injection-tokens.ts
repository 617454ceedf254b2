import { Inject, type InjectionToken } from '@nestjs/common';

import { DEFAULT_POOL } from '../../auth/pools/user-pools.js';
import { BrowserSessionService } from './browser-session.service.js';

/**
 * The injection token of a pool's `BrowserSessionService`.
 *
 * @param pool - the name of the registration. Default: the one without a name.
 * @publicApi
 */
export function getBrowserSessionsToken(pool: string = DEFAULT_POOL): InjectionToken {
  return pool === DEFAULT_POOL ? BrowserSessionService : `mandate:BrowserSessionService:${pool}`;
}

/**
 * Injects the `BrowserSessionService` of a pool.
 *
 * @param pool - the name of the registration. Default: the one without a name, where the type alone injects it too.
 * @publicApi
 */
export const InjectBrowserSessions = (pool?: string): ParameterDecorator & PropertyDecorator =>
  Inject(getBrowserSessionsToken(pool));

// The tokens below are visible inside one registration of a module only.

/** The checked options with their defaults. */
export const SESSION_OPTIONS = Symbol('mandate:session-options');

/** What connects the sessions with their pool. */
export const SESSION_REGISTRATION = Symbol('mandate:session-registration');

/** How renewals wait for another instance. Tests put another in its place. */
export const SESSION_WAIT = Symbol('mandate:session-wait');
