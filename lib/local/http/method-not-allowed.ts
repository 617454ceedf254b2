import { methodNotAllowed, type Route } from './route.js';

/** The methods of paths that several routes share, for requests that none of them took. */
const METHODS: Readonly<Record<string, readonly string[]>> = {
  '/': ['GET', 'POST', 'OPTIONS'],
};

/** The last route: 405 for a known path with a method that it does not have. */
export const methodNotAllowedRoute: Route = ({ path }) => {
  const methods = Object.hasOwn(METHODS, path) ? METHODS[path] : undefined;
  return methods === undefined ? undefined : methodNotAllowed(...methods);
};
