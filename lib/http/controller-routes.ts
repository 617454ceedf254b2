/** Where a controller keeps the routes of each kind. */
const ROUTES = { oauth: Symbol('mandate:oauth-routes'), api: Symbol('mandate:auth-api-routes') } as const;

/** The module that a controller is of. */
export type RouteKind = keyof typeof ROUTES;

/** Records the routes of a controller, each as its method and path, such as `POST auth/logout`. */
export function recordRoutes(controller: object, kind: RouteKind, routes: readonly string[]): void {
  Reflect.defineMetadata(ROUTES[kind], routes, controller);
}

/** The routes of a controller; none of one of another kind. */
export function routesOf(controller: object, kind: RouteKind): readonly string[] {
  return (Reflect.getMetadata(ROUTES[kind], controller) as readonly string[] | undefined) ?? [];
}
