import { SetMetadata } from '@nestjs/common';

import { MandateConfigurationError } from '../../errors/configuration-error.js';
import type { TokenUse } from '../../tokens/claims/token-claims.js';

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

/** Which decorator says it, for messages. */
const DECORATORS: Readonly<Record<keyof AccessMetadata, string>> = {
  public: '@Public or @Auth',
  pools: '@Pool',
  tokenUse: '@TokenUse',
  anyGroup: '@Groups',
  allGroups: '@Groups.all',
  noGroup: '@Groups.none',
  allScopes: '@Scopes',
  anyScope: '@Scopes.any',
  acr: '@RequireAcr',
  maxAge: '@MaxAge',
};
const ASPECTS = Object.keys(DECORATORS) as (keyof AccessMetadata)[];

/** What may stand beside `@Public()`: it says which tokens tell who calls. */
const OPEN_ASPECTS: ReadonlySet<keyof AccessMetadata> = new Set(['public', 'pools', 'tokenUse']);

/** Where a decorator keeps an aspect. */
export function metadataKey(aspect: keyof AccessMetadata): string {
  return `mandate:${aspect}`;
}

/**
 * Makes a decorator for handlers and classes. Decorating the same target with the same aspect twice is an error: only
 * one of the two would count.
 *
 * @throws MandateConfigurationError when the decorated class is loaded; also for a list without names, for it would
 *   let everybody in who should have been asked for something.
 */
export function accessDecorator<A extends keyof AccessMetadata>(
  aspect: A,
  value: AccessMetadata[A],
): MethodDecorator & ClassDecorator {
  if (Array.isArray(value)) {
    assertNames(DECORATORS[aspect], value);
  }
  const key = metadataKey(aspect);
  const decorate = SetMetadata(key, value);
  return (target: object, property?: string | symbol, descriptor?: PropertyDescriptor): void => {
    const holder: object = (descriptor?.value as object | undefined) ?? target;
    if (Reflect.hasOwnMetadata(key, holder)) {
      const place = property === undefined ? (target as { name?: string }).name : String(property);
      throw new MandateConfigurationError(
        DECORATORS[aspect],
        `must be set once at ${place ?? 'a class'}; merge the two decorators`,
      );
    }
    decorate(target as never, property as never, descriptor as never);
  };
}

/**
 * Whether `@Public()` at a handler, at a class or at one that the class extends still holds: the nearest of them that
 * says anything decides.
 *
 * @throws MandateConfigurationError if the decorators of that one contradict each other.
 */
export function isPublicAt(target: object | null): boolean {
  if (target === null) {
    return false;
  }
  const said = ASPECTS.filter((aspect) => Reflect.hasOwnMetadata(metadataKey(aspect), target));
  if (said.length === 0) {
    return isPublicAt(Object.getPrototypeOf(target) as object | null);
  }
  const isPublic = Reflect.getOwnMetadata(metadataKey('public'), target) === true;
  const contradiction = said.find((aspect) => !OPEN_ASPECTS.has(aspect));
  if (isPublic && contradiction !== undefined) {
    const { name } = target as { name?: string };
    throw new MandateConfigurationError(
      '@Public',
      `contradicts ${DECORATORS[contradiction]} at "${name ?? 'a class'}"`,
    );
  }
  return isPublic;
}

function assertNames(decorator: string, names: readonly unknown[]): void {
  if (names.length === 0 || !names.every((name) => typeof name === 'string' && name.trim() !== '')) {
    throw new MandateConfigurationError(decorator, 'must name one thing or more, and none of the names may be blank');
  }
}
