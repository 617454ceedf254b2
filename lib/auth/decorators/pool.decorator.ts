import { accessDecorator } from '../access/access-metadata.js';

/**
 * Accepts tokens of these user pools instead of the default pool, by the `name` of their registrations. With several
 * names, the issuer of the token selects the pool.
 *
 * A token of another pool is denied with 401 TOKEN_ISSUER_REFUSED. An unknown name stops the start of the application
 * with a message that lists the registered names. Requires `CognitoAuthGuard`.
 *
 * @example
 * \@Pool('staff')
 * \@Controller('back-office')
 * export class BackOfficeController { ... }
 *
 * @param names - one or more names.
 * @throws MandateConfigurationError when the decorated class is loaded, if there is no name, or a blank one.
 *
 * @publicApi
 */
export function Pool(...names: readonly [string, ...string[]]): MethodDecorator & ClassDecorator {
  return accessDecorator('pools', names);
}
