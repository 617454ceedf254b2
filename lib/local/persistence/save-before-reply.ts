import type { Route } from '../http/route.js';
import type { DataDirectory } from './data-directory.js';

/** Wraps a route so that every change is on disk before the client receives the response. */
export function saveBeforeReply(route: Route, data: DataDirectory | undefined): Route {
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
