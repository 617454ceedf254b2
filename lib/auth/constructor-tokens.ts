import { SetMetadata } from '@nestjs/common';

/** Where Nest reads the injection tokens of a constructor. The compiler writes them there for a decorated class. */
const PARAMETER_TYPES = 'design:paramtypes';

/**
 * Says what Nest injects into the constructor of a class that applications extend. `@Inject` at a parameter would also hold
 * for the constructors of subclasses: their own service at the same place would be replaced by what the base class gets.
 *
 * It stands above the decorators that make Nest and the compiler look at the class.
 */
export function constructorTokens(...tokens: readonly (string | symbol)[]): ClassDecorator {
  return SetMetadata(PARAMETER_TYPES, tokens);
}
