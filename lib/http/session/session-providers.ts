import { setTimeout } from 'node:timers/promises';

import type { Provider } from '@nestjs/common';
import { HttpAdapterHost, ModuleRef } from '@nestjs/core';

import { USER_POOLS, type UserPools } from '../../auth/pools/user-pools.js';
import { BrowserSessionService } from './browser-session.service.js';
import { getBrowserSessionsToken, SESSION_OPTIONS, SESSION_REGISTRATION, SESSION_WAIT } from './injection-tokens.js';
import type { ResolvedSessionOptions } from './resolve-session-options.js';
import { SessionRegistration } from './session-registration.js';

/** The providers of the sessions of one pool. They need `SESSION_OPTIONS`. */
export function sessionProviders(pool: string | undefined): Provider[] {
  const token = getBrowserSessionsToken(pool);
  return [
    { provide: token, useFactory: () => new BrowserSessionService() },
    {
      provide: SESSION_WAIT,
      useValue: async (milliseconds: number) => setTimeout(milliseconds, undefined, { ref: false }),
    },
    {
      provide: SESSION_REGISTRATION,
      inject: [SESSION_OPTIONS, token, USER_POOLS, HttpAdapterHost, ModuleRef, SESSION_WAIT],
      useFactory: (
        options: ResolvedSessionOptions,
        service: BrowserSessionService,
        pools: UserPools,
        http: HttpAdapterHost,
        modules: ModuleRef,
        wait: (milliseconds: number) => Promise<void>,
      ) => new SessionRegistration({ pool, options, service, pools, http, modules, wait }),
    },
  ];
}
