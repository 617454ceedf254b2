import { AUTH_API_ROUTES, type AuthApiRoute } from '../../../../lib/http/api/auth-api-routes.js';
import type { AuthApiDelivery } from '../../../../lib/http/index.js';

export type Method = 'get' | 'post' | 'put' | 'patch' | 'delete';

/** How a route is called. */
export interface RouteCall {
  readonly route: AuthApiRoute;
  readonly method: Method;
  /** After the prefix; well-formed values stand for its parameters. */
  readonly path: string;
  readonly isGuarded: boolean;
}

const PARAMETERS: Readonly<Record<string, string>> = {
  ':deviceKey': 'us-east-1_0a1b2c3d',
  ':credentialId': 'Zm9yZWlnbg',
  ':sessionId': 'foreign',
};

/** How a route is called. */
export function callOf(route: AuthApiRoute): RouteCall {
  const definition = AUTH_API_ROUTES[route];
  return {
    route,
    method: definition.method.toLowerCase() as Method,
    path: definition.path.replace(/:\w+/g, (name) => PARAMETERS[name] ?? name),
    isGuarded: 'guarded' in definition,
  };
}

/** The routes that a delivery has. */
export function callsOf(delivery: AuthApiDelivery): RouteCall[] {
  return (Object.keys(AUTH_API_ROUTES) as AuthApiRoute[])
    .filter((route) => {
      const definition = AUTH_API_ROUTES[route];
      return !('delivery' in definition) || definition.delivery === delivery;
    })
    .map(callOf);
}
