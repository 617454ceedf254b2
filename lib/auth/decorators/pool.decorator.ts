import { accessDecorator } from '../access-metadata.js';

/** Accepts tokens of these user pools, by their names in the module's options, instead of the default pool's. */
export function Pool(...names: readonly [string, ...string[]]): MethodDecorator & ClassDecorator {
  return accessDecorator('pools', names);
}
