import { applyDecorators, UseGuards } from '@nestjs/common';

import type { TokenUse as Kind } from '../../tokens/token-claims.js';
import { accessDecorator } from '../access-metadata.js';
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

/** Guards a handler or a class with `CognitoAuthGuard` and asks for all of this at once. Without arguments: a good token. */
export function Auth(requirements: AuthRequirements = {}): MethodDecorator & ClassDecorator {
  const { groups, allGroups, noGroups, scopes, anyScope, tokenUse, acr, maxAge, pool } = requirements;
  return applyDecorators(
    UseGuards(CognitoAuthGuard),
    accessDecorator('public', false),
    ...(groups ? [Groups(...groups)] : []),
    ...(allGroups ? [Groups.all(...allGroups)] : []),
    ...(noGroups ? [Groups.none(...noGroups)] : []),
    ...(scopes ? [Scopes(...scopes)] : []),
    ...(anyScope ? [Scopes.any(...anyScope)] : []),
    ...(tokenUse ? [TokenUse(...(typeof tokenUse === 'string' ? ([tokenUse] as const) : tokenUse))] : []),
    ...(acr ? [RequireAcr(...acr)] : []),
    ...(maxAge === undefined ? [] : [MaxAge(maxAge)]),
    ...(pool ? [Pool(...(typeof pool === 'string' ? ([pool] as const) : pool))] : []),
  );
}
