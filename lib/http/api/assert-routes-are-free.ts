import { type ModuleRef, ModulesContainer } from '@nestjs/core';

import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { oauthRoutesOf } from '../oauth/oauth.controller.js';
import { type AuthApiRoute, routeOf } from './auth-api-routes.js';

/**
 * `MandateOAuthModule` has a logout and a session too. Which of the two would answer depended on the order of the imports.
 *
 * @throws MandateConfigurationError for the first route that both have.
 */
export function assertRoutesAreFree(
  prefix: string,
  routes: ReadonlyMap<AuthApiRoute, string>,
  modules: ModuleRef,
): void {
  const container = modules.get(ModulesContainer, { strict: false });
  const taken = new Set(
    [...container.values()].flatMap(({ controllers }) =>
      [...controllers.values()].flatMap(({ metatype }) => (metatype === null ? [] : oauthRoutesOf(metatype))),
    ),
  );
  const shared = [...routes].filter(([route, path]) => taken.has(`${routeOf(route).method} ${prefix}/${path}`));
  const [first] = shared;
  if (first !== undefined) {
    const without = shared.map(([route]) => `${route}: null`).join(', ');
    throw new MandateConfigurationError(
      `paths.${first[0]}`,
      `must not be "${prefix}/${first[1]}", a path of MandateOAuthModule. Set "paths": { ${without} } to keep its routes, or set another "prefix"`,
    );
  }
}
