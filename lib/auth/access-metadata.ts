import { SetMetadata } from '@nestjs/common';

import { MandateConfigurationError } from '../errors/configuration-error.js';
import type { TokenUse } from '../tokens/token-claims.js';

/** What the decorators say about a handler or a class: each aspect apart, so that a nearer one replaces just its like. */
export interface AccessMetadata {
  public: boolean;
  pools: readonly string[];
  tokenUse: readonly TokenUse[];
  anyGroup: readonly string[];
  allGroups: readonly string[];
  noGroup: readonly string[];
  allScopes: readonly string[];
  anyScope: readonly string[];
  acr: readonly string[];
  maxAge: number;
}

/** Where a decorator keeps an aspect. */
export function metadataKey(aspect: keyof AccessMetadata): string {
  return `mandate:${aspect}`;
}

/**
 * Makes a decorator for handlers and classes. Decorating the same target with the same aspect twice is an error: only
 * one of the two would count.
 *
 * @throws MandateConfigurationError when the decorated class is loaded.
 */
export function accessDecorator<A extends keyof AccessMetadata>(
  aspect: A,
  value: AccessMetadata[A],
): MethodDecorator & ClassDecorator {
  const key = metadataKey(aspect);
  const decorate = SetMetadata(key, value);
  return (target: object, property?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const holder: object = (descriptor?.value as object | undefined) ?? target;
    if (Reflect.hasOwnMetadata(key, holder)) {
      const place = property === undefined ? (target as { name?: string }).name : String(property);
      throw new MandateConfigurationError(
        aspect,
        `must be set once at ${place ?? 'a class'}; merge the two decorators`,
      );
    }
    decorate(target as never, property as never, descriptor as never);
  };
}
