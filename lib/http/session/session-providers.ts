import { setTimeout } from 'node:timers/promises';

import type { Provider } from '@nestjs/common';
import { HttpAdapterHost, ModuleRef } from '@nestjs/core';

import { USER_POOLS, type UserPools } from '../../auth/pools/user-pools.js';
import { ROUTE_DOCUMENTATION } from '../../module/openapi/route-documentation.provider.js';
import type { RouteDocumentation } from '../../module/openapi/route-documentation.js';
import type { SessionTransport } from '../../module/openapi/security-schemes.js';
import { BrowserSessionService } from './browser-session.service.js';
import { prefixedName } from './cookie-attributes.js';
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
    {
      provide: Symbol('mandate:session-documentation'),
      inject: [SESSION_OPTIONS, ROUTE_DOCUMENTATION],
      useFactory: (options: ResolvedSessionOptions, documentation: RouteDocumentation) => {
        documentation.describeSessions(pool, sessionTransport(options));
      },
    },
  ];
}

/** How the sessions travel, for OpenAPI documents. */
function sessionTransport({ cookieName, sameSite, insecureLocalhost, csrf }: ResolvedSessionOptions): SessionTransport {
  const cookie = prefixedName(cookieName, { sameSite, secure: !insecureLocalhost, httpOnly: true });
  return { cookie, csrfHeader: csrf?.header };
}
