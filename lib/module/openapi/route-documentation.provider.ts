import type { FactoryProvider } from '@nestjs/common';
import { ApplicationConfig, ModulesContainer } from '@nestjs/core';

import { USER_POOLS, type UserPools } from '../../auth/pools/user-pools.js';
import type { RouteDocumentation } from './route-documentation.js';

/** The injection token of the application's `RouteDocumentation`. A string, as that of the pools. */
export const ROUTE_DOCUMENTATION = 'mandate:RouteDocumentation';

/** Exists with the application: Nest creates all providers before it hands the application over. */
export const routeDocumentationProvider: FactoryProvider<RouteDocumentation> = {
  provide: ROUTE_DOCUMENTATION,
  inject: [ModulesContainer, ApplicationConfig, USER_POOLS],
  useFactory: async (modules: ModulesContainer, config: ApplicationConfig, pools: UserPools) => {
    const documentation = await import('./route-documentation.js');
    return new documentation.RouteDocumentation({ modules, config, pools });
  },
};
