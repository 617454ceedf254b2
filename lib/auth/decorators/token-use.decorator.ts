import type { TokenUse as Kind } from '../../tokens/token-claims.js';
import { accessDecorator } from '../access-metadata.js';

/** Accepts tokens of these kinds here, instead of the kind that the module's option `tokenUse` names. */
export function TokenUse(...kinds: readonly [Kind, ...Kind[]]): MethodDecorator & ClassDecorator {
  return accessDecorator('tokenUse', kinds);
}
