import { applyDecorators, UseGuards } from '@nestjs/common';

import { MandateConfigurationError } from '../../errors/configuration-error.js';
import { isObject } from '../../types/is-object.js';
import { CognitoAuthGuard } from '../cognito-auth.guard.js';
import { accessDecorator } from '../access/access-metadata.js';
import { Groups } from './groups.decorator.js';
import { MaxAge } from './max-age.decorator.js';
import { Pool } from './pool.decorator.js';
import { RequireAcr } from './require-acr.decorator.js';
import { Scopes } from './scopes.decorator.js';
import { TokenUse } from './token-use.decorator.js';

type Names = readonly [string, ...string[]];
type Decorator = MethodDecorator & ClassDecorator;

/**
 * Names that a token must have: at least one of `any`, each of `all`, and none of `none`.
 *
 * @publicApi
 */
export interface NameRequirements {
  readonly any?: Names;
  readonly all?: Names;
  readonly none?: Names;
}

/**
 * Requirements of `@Auth`. Each member has the meaning of the decorator that it names.
 *
 * @publicApi
 */
export interface AuthRequirements {
  /** A list as `@Groups(...)`, at least one of them; or `{ any, all, none }`. */
  readonly groups?: Names | NameRequirements;
  /** A list as `@Scopes(...)`, each of them; or `{ any, all, none }`. */
  readonly scopes?: Names | NameRequirements;
  /** The accepted kinds of token, as `@TokenUse(...)`. */
  readonly tokenUse?: TokenUse | readonly [TokenUse, ...TokenUse[]];
  /** The accepted authentication context classes, as `@RequireAcr(...)`. */
  readonly acr?: Names;
  /** Seconds since the sign-in at most, as `@MaxAge(...)`. */
  readonly maxAgeSeconds?: number;
  /** The accepted user pools by name, as `@Pool(...)`. */
  readonly pool?: string | Names;
}

/** A decorator with its variants, such as `@Groups`. */
interface NamesDecorator {
  (...names: Names): Decorator;
  any(...names: Names): Decorator;
  all(...names: Names): Decorator;
  none(...names: Names): Decorator;
}

type Decorators = { readonly [M in keyof AuthRequirements]-?: (value: Required<AuthRequirements>[M]) => Decorator };

const DECORATORS: Decorators = {
  groups: (names) => namesDecorator('groups', Groups, names),
  scopes: (names) => namesDecorator('scopes', Scopes, names),
  tokenUse: (kinds) => TokenUse(...listOf(kinds)),
  acr: (classes) => RequireAcr(...listOf(classes)),
  maxAgeSeconds: (seconds) => MaxAge(seconds),
  pool: (names) => Pool(...listOf(names)),
};

/**
 * Guards a handler or a class with `CognitoAuthGuard`, and sets requirements as the single decorators do. Without
 * arguments it requires a valid token. It overrides `@Public()` on the class.
 *
 * A call without a valid token is denied with 401 (such as TOKEN_MISSING, TOKEN_EXPIRED), a malformed `Authorization`
 * header with 400 REQUEST_MALFORMED, a missing group or scope with 403 (GROUPS_INSUFFICIENT, SCOPE_INSUFFICIENT), too
 * old or too weak a sign-in with 401 AUTHENTICATION_INSUFFICIENT.
 *
 * @example
 * \@Auth({ groups: ['admins', 'editors'], maxAgeSeconds: 300 })
 * \@Delete(':id')
 * remove(\@Param('id') id: string) { ... }
 *
 * @example
 * \@Auth({ groups: { all: ['staff'], none: ['suspended'] }, scopes: { any: ['photos/read', 'photos/write'] } })
 *
 * @throws MandateConfigurationError when the decorated class is loaded, if a member is unknown or has no value: it
 *   would require nothing.
 *
 * @publicApi
 */
export function Auth(requirements: AuthRequirements = {}): MethodDecorator & ClassDecorator {
  return applyDecorators(
    UseGuards(CognitoAuthGuard),
    accessDecorator('public', false),
    ...decoratorsOf('', DECORATORS, requirements),
  );
}

/** Applies the decorator of each member; `path` is the place of the members in the argument, for messages. */
function decoratorsOf<T extends object>(
  path: string,
  decorators: { readonly [M in keyof T]-?: (value: Required<T>[M]) => Decorator },
  members: T,
): Decorator[] {
  return Object.entries(members).map(([name, value]: [string, unknown]) => {
    if (!Object.hasOwn(decorators, name)) {
      throw new MandateConfigurationError(
        '@Auth',
        `has no member "${path}${name}". Known members: ${Object.keys(decorators).join(', ')}`,
      );
    }
    if (value === undefined || value === null || value === '') {
      throw new MandateConfigurationError(
        '@Auth',
        `must have a value for "${path}${name}". Omit it to require nothing`,
      );
    }
    return (decorators[name as keyof T] as (value: unknown) => Decorator)(value);
  });
}

function namesDecorator(member: string, decorator: NamesDecorator, names: Names | NameRequirements): Decorator {
  if (!isNameRequirements(names)) {
    return decorator(...listOf(names));
  }
  const variants = decoratorsOf<NameRequirements>(
    `${member}.`,
    {
      any: (values) => decorator.any(...listOf(values)),
      all: (values) => decorator.all(...listOf(values)),
      none: (values) => decorator.none(...listOf(values)),
    },
    names,
  );
  if (variants.length === 0) {
    throw new MandateConfigurationError(
      '@Auth',
      `must have "any", "all" or "none" in "${member}". Omit it to require nothing`,
    );
  }
  return applyDecorators(...variants);
}

function isNameRequirements(names: Names | NameRequirements): names is NameRequirements {
  return isObject(names);
}

/** JavaScript may pass a string for a list; spreading it would require each of its characters. */
function listOf<T extends string>(value: T | readonly [T, ...T[]]): readonly [T, ...T[]] {
  return typeof value === 'string' ? [value] : value;
}
