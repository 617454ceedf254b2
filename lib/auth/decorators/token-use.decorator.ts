import type { TokenUse as Kind } from '../../tokens/claims/token-claims.js';
import { accessDecorator } from '../access/access-metadata.js';

/**
 * Accepts tokens of these kinds here, instead of the kind that the module's option `tokenUse` names. Another kind is
 * refused with 401 and the code `TOKEN_USE_REFUSED`.
 *
 * @throws MandateConfigurationError when the decorated class is loaded, if there is no kind.
 */
export function TokenUse(...kinds: readonly [Kind, ...Kind[]]): MethodDecorator & ClassDecorator {
  return accessDecorator('tokenUse', kinds);
}
