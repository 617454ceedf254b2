import { type ModuleRef, ModulesContainer } from '@nestjs/core';

import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { routesOf } from '../controller-routes.js';
import { type AuthApiRoute, routeOf } from './auth-api-routes.js';

/**
 * `MandateOAuthModule` has a logout and a session too, and another registration may have the same prefix. Which of the two
 * would answer depended on the order of the imports: a user of one pool could sign in to the API of another.
 *
 * @throws MandateConfigurationError for the first route that both have.
 */
export function assertRoutesAreFree(
  prefix: string,
  routes: ReadonlyMap<AuthApiRoute, string>,
  modules: ModuleRef,
): void {
  const controllers = controllersOf(modules);
  const ofLogin = controllers.flatMap((controller) => routesOf(controller, 'oauth'));
  const shared = [...routes].filter(([route, path]) => ofLogin.includes(`${routeOf(route).method} ${prefix}/${path}`));
  const [first] = shared;
  if (first !== undefined) {
    const without = shared.map(([route]) => `${route}: null`).join(', ');
    throw new MandateConfigurationError(
      `paths.${first[0]}`,
      `must not be "${prefix}/${first[1]}", a path of MandateOAuthModule. Set "paths": { ${without} } to keep its routes, or set another "prefix"`,
    );
  }
  const ofApis = controllers.flatMap((controller) => routesOf(controller, 'api'));
  const twice = [...routes].find(([route, path]) => {
    const own = `${routeOf(route).method} ${prefix}/${path}`;
    return ofApis.filter((other) => other === own).length > 1;
  });
  if (twice !== undefined) {
    throw new MandateConfigurationError(
      `paths.${twice[0]}`,
      `must not be "${prefix}/${twice[1]}", a path of another registration of MandateAuthApiModule, and only one of the two would answer. Set another "prefix"`,
    );
  }
}

/** The classes of all controllers of the application. */
function controllersOf(modules: ModuleRef): readonly object[] {
  return [...modules.get(ModulesContainer, { strict: false }).values()].flatMap(({ controllers }) =>
    [...controllers.values()].flatMap(({ metatype }) => metatype ?? []),
  );
}
