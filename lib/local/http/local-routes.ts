import type { Steering } from '../steering/steering.js';
import { told } from '../steering/changes.js';
import { withFaults, withQuotas } from '../steering/play-faults.js';
import { apiRoute } from './api-route.js';
import { federationRoutes } from './federation/federation-routes.js';
import { healthRoute } from './health-route.js';
import { inUnitOfWork } from './in-unit-of-work.js';
import { methodNotAllowedRoute } from './method-not-allowed.js';
import { managedLoginRoute } from './oauth/managed-login-route.js';
import { firstOf, type Route } from './route.js';
import { overviewRoute } from './steering/overview-route.js';
import { steeringRoute } from './steering/steering-route.js';
import { uiImageRoute } from './ui-image-route.js';
import { userImportRoute } from './user-import-route.js';
import { wellKnownRoute } from './well-known-routes.js';

/** The routes of a server. Requests of the page and of tests meet neither faults nor quotas. */
export function localRoutes(steering: Steering): Route[] {
  const { environment, changes, faults } = steering;
  const routes = [
    apiRoute(environment),
    managedLoginRoute(environment),
    ...federationRoutes(environment),
    userImportRoute(environment),
    wellKnownRoute(environment),
    uiImageRoute(environment),
  ];
  const service = inUnitOfWork(environment, firstOf(routes));
  return [
    overviewRoute(environment),
    inUnitOfWork(environment, steeringRoute(steering)),
    healthRoute,
    told(changes, withFaults(environment, faults, withQuotas(environment, service))),
    methodNotAllowedRoute,
  ];
}
