import { SetMetadata } from '@nestjs/common';

import { MandateConfigurationError } from '../../errors/configuration-error.js';
import type { TokenUse } from '../../tokens/claims/token-claims.js';

/**
 * How a public handler treats an invalid token: `ignore` treats the call as anonymous, `reject` denies it as a guarded
 * handler would.
 *
 * @publicApi
 */
export type OnInvalidToken = 'ignore' | 'reject';

/** Metadata that the decorators set. Each aspect has a key of its own, so that a handler overrides just that aspect. */
export interface AccessMetadata {
  /** `false` overrides a public class or base class. */
  public: OnInvalidToken | false;
  pools: readonly string[];
  tokenUse: readonly TokenUse[];
  anyGroup: readonly string[];
  allGroups: readonly string[];
  noGroup: readonly string[];
  anyScope: readonly string[];
  allScopes: readonly string[];
  noScope: readonly string[];
  acr: readonly string[];
  maxAgeSeconds: number;
}

/** The decorator that sets an aspect, for messages. */
const DECORATORS: Readonly<Record<keyof AccessMetadata, string>> = {
  public: '@Public or @Auth',
  pools: '@Pool',
  tokenUse: '@TokenUse',
  anyGroup: '@Groups',
  allGroups: '@Groups.all',
  noGroup: '@Groups.none',
  anyScope: '@Scopes.any',
  allScopes: '@Scopes',
  noScope: '@Scopes.none',
  acr: '@RequireAcr',
  maxAgeSeconds: '@MaxAge',
};
const ASPECTS = Object.keys(DECORATORS) as (keyof AccessMetadata)[];

/** Aspects that may be combined with `@Public()`: they select the tokens that identify the caller. */
const IDENTIFYING_ASPECTS: ReadonlySet<keyof AccessMetadata> = new Set(['public', 'pools', 'tokenUse']);

/** The key of an aspect for `Reflect.getMetadata`. */
export function metadataKey(aspect: keyof AccessMetadata): string {
  return `mandate:${aspect}`;
}

/**
 * Creates a decorator for handlers and classes.
 *
 * @throws MandateConfigurationError when the decorated class is loaded: for an aspect that is already set there,
 *   because one of the two values would be lost, and for an empty list or a blank name, which would grant access to
 *   everyone.
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
        `is set twice on ${place ?? 'a class'}. Merge the two decorators`,
      );
    }
    decorate(target as never, property as never, descriptor as never);
  };
}

/**
 * The value of `@Public` that applies to a handler, a class or the classes that it extends. The nearest of them with
 * any access decorator decides; the others are ignored.
 *
 * @throws MandateConfigurationError if the decorators of that one contradict each other.
 */
export function publicAt(target: object | null): AccessMetadata['public'] {
  if (target === null) {
    return false;
  }
  const set = ASPECTS.filter((aspect) => Reflect.hasOwnMetadata(metadataKey(aspect), target));
  if (set.length === 0) {
    return publicAt(Object.getPrototypeOf(target) as object | null);
  }
  const value = Reflect.getOwnMetadata(metadataKey('public'), target) as AccessMetadata['public'] | undefined;
  const contradiction = set.find((aspect) => !IDENTIFYING_ASPECTS.has(aspect));
  if (isPublic(value) && contradiction !== undefined) {
    const { name } = target as { name?: string };
    throw new MandateConfigurationError(
      '@Public',
      `contradicts ${DECORATORS[contradiction]} on "${name ?? 'a class'}". Remove one of them`,
    );
  }
  return value ?? false;
}

/** The values that the decorators of a handler or a class set; those of the classes that it extends included. */
export function accessMetadataOf(target: object): Partial<AccessMetadata> {
  const entries = ASPECTS.map(
    (aspect) => [aspect, Reflect.getMetadata(metadataKey(aspect), target) as unknown] as const,
  );
  return Object.fromEntries(entries.filter(([, value]) => value !== undefined));
}

/** The names of the decorators that set the values, for messages. */
export function decoratorNames(metadata: Partial<AccessMetadata>): readonly string[] {
  return (Object.keys(metadata) as (keyof AccessMetadata)[]).map((aspect) => {
    const isAuth = aspect === 'public' && metadata.public === false;
    return isAuth ? '@Auth' : DECORATORS[aspect].replace(/ or .*/, '');
  });
}

/** Whether a value of the aspect `public` makes a handler public. */
export function isPublic(value: AccessMetadata['public'] | undefined): value is OnInvalidToken {
  return value !== undefined && value !== false;
}

function assertNames(decorator: string, names: readonly unknown[]): void {
  if (names.length === 0 || !names.every((name) => typeof name === 'string' && name.trim() !== '')) {
    throw new MandateConfigurationError(decorator, 'must list one or more non-blank strings');
  }
}
