import { applyDecorators, UseGuards } from '@nestjs/common';

import { MandateConfigurationError } from '../../errors/configuration-error.js';
import type { TokenUse as Kind } from '../../tokens/claims/token-claims.js';
import { accessDecorator } from '../access/access-metadata.js';
import { CognitoAuthGuard } from '../cognito-auth.guard.js';
import { Groups } from './groups.decorator.js';
import { MaxAge } from './max-age.decorator.js';
import { Pool } from './pool.decorator.js';
import { RequireAcr } from './require-acr.decorator.js';
import { Scopes } from './scopes.decorator.js';
import { TokenUse } from './token-use.decorator.js';

type Names = readonly [string, ...string[]];

/** What `@Auth` asks for: each member as the decorator of that name. */
export interface AuthRequirements {
  /** In one of these groups. */
  readonly groups?: Names;
  /** In each of these groups. */
  readonly allGroups?: Names;
  /** In none of these groups. */
  readonly noGroups?: Names;
  /** With each of these scopes. */
  readonly scopes?: Names;
  /** With one of these scopes. */
  readonly anyScope?: Names;
  readonly tokenUse?: Kind | readonly [Kind, ...Kind[]];
  readonly acr?: Names;
  /** Seconds. */
  readonly maxAge?: number;
  readonly pool?: string | Names;
}

type Decorator = MethodDecorator & ClassDecorator;
type Decorators = { readonly [M in keyof AuthRequirements]-?: (value: Required<AuthRequirements>[M]) => Decorator };

const DECORATORS: Decorators = {
  groups: (names) => Groups(...listOf(names)),
  allGroups: (names) => Groups.all(...listOf(names)),
  noGroups: (names) => Groups.none(...listOf(names)),
  scopes: (names) => Scopes(...listOf(names)),
  anyScope: (names) => Scopes.any(...listOf(names)),
  tokenUse: (kinds) => TokenUse(...listOf(kinds)),
  acr: (classes) => RequireAcr(...listOf(classes)),
  maxAge: (seconds) => MaxAge(seconds),
  pool: (names) => Pool(...listOf(names)),
};

/**
 * Guards a handler or a class with `CognitoAuthGuard` and asks for all of this at once. Without arguments: a good token.
 *
 * @throws MandateConfigurationError when the decorated class is loaded, if a member is unknown or has no value: it would
 *   ask for nothing.
 */
export function Auth(requirements: AuthRequirements = {}): MethodDecorator & ClassDecorator {
  const decorators = Object.entries(requirements).map(([member, value]) => decoratorOf(member, value));
  return applyDecorators(UseGuards(CognitoAuthGuard), accessDecorator('public', false), ...decorators);
}

function decoratorOf(member: string, value: unknown): Decorator {
  if (!Object.hasOwn(DECORATORS, member)) {
    throw new MandateConfigurationError(
      '@Auth',
      `knows no "${member}"; it takes ${Object.keys(DECORATORS).join(', ')}`,
    );
  }
  if (value === undefined || value === null || value === '') {
    throw new MandateConfigurationError('@Auth', `has no value for "${member}"; leave it out, or say what it asks for`);
  }
  return (DECORATORS[member as keyof AuthRequirements] as (value: unknown) => Decorator)(value);
}

/** Spreading a text alone, as JavaScript may give it, would make a list of its letters. */
function listOf<T extends string>(value: T | readonly [T, ...T[]]): readonly [T, ...T[]] {
  return typeof value === 'string' ? [value] : value;
}
