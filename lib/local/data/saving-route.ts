import type { Route } from '../http/route.js';
import type { DataDirectory } from './data-directory.js';

/** A route after whose answers everything is written down, before the client sees them. */
export function savingRoute(route: Route, data: DataDirectory | undefined): Route {
  if (data === undefined) {
    return route;
  }
  return async (request) => {
    const response = await route(request);
    if (response !== undefined) {
      await data.save();
    }
    return response;
  };
}
