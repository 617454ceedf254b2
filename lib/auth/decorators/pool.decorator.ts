import { accessDecorator } from '../access/access-metadata.js';

/**
 * Accepts tokens of these user pools, by their names in the module's options, instead of the default pool's. A name that
 * no registration has is found out at the first request, which is answered with 500 whoever calls; the log says which
 * names there are.
 *
 * @throws MandateConfigurationError when the decorated class is loaded, if there is no name or a blank one.
 */
export function Pool(...names: readonly [string, ...string[]]): MethodDecorator & ClassDecorator {
  return accessDecorator('pools', names);
}
