import { createParamDecorator, type ExecutionContext, type PipeTransform, type Type } from '@nestjs/common';

import type { VerifiedClaims } from '../../tokens/claims/token-claims.js';
import { authenticationOf } from '../authentication.js';
import type { ClaimName, ClaimOf, ClaimsOf } from './claim-types.js';

type ParamPipe = Type<PipeTransform> | PipeTransform;
type ClaimNames = readonly [ClaimName, ...ClaimName[]];

/**
 * Injects the caller: without a name the application's own user, if one is loaded (option `loadUser`), and otherwise all
 * verified claims; with names, one of the claims or an object with a list of them. `@Claims()` injects all claims in any
 * case.
 *
 * The prefix `cognito:` may be omitted: `groups` reads the claim `groups` or, if the token has none, `cognito:groups`; so do
 * `roles`, `preferred_role` and, for id tokens, `username`. A claim that the token lacks is `undefined`. If the caller is
 * anonymous (`@Public()`) the parameter itself is `undefined`. Access tokens have no `email` and other attributes; accept
 * id tokens for them (`@TokenUse('id')`), or call `CognitoService.getUser`.
 *
 * `sub` identifies a user. Usernames can be reassigned after a user is deleted.
 *
 * Requires `CognitoAuthGuard` or `AuthGuard('cognito')`; it denies no call itself. Pipes follow the name.
 *
 * @example
 * me(\@CurrentUser() user: AccessTokenClaims) { ... }
 *
 * @example
 * me(\@CurrentUser('username') username: string) { ... }
 *
 * @example
 * me(\@CurrentUser(['sub', 'email', 'groups']) user: ClaimsOf<'sub' | 'email' | 'groups'>) { ... }
 *
 * @publicApi
 */
export const CurrentUser: (claims?: ClaimName | ClaimNames | ParamPipe, ...pipes: ParamPipe[]) => ParameterDecorator =
  createParamDecorator((names: string | readonly string[] | undefined, context: ExecutionContext) =>
    names === undefined ? userOf(context) : claimsFor(names, context),
  );

/**
 * Injects all verified claims of the caller's token, also where the application loads its own user. `undefined` if the
 * caller is anonymous (`@Public()`). Requires `CognitoAuthGuard` or `AuthGuard('cognito')`; it denies no call itself.
 *
 * @example
 * me(\@CurrentUser() user: User, \@Claims() claims: AccessTokenClaims) { ... }
 *
 * @publicApi
 */
export const Claims: () => ParameterDecorator = createParamDecorator((_: undefined, context: ExecutionContext) =>
  claimsFor(undefined, context),
);

/**
 * Returns the caller's verified claims, one of them, or an object with a list of them, as `@CurrentUser` does. Use it in
 * guards, interceptors and parameter decorators of your own.
 *
 * @returns `undefined` if the caller is anonymous.
 *
 * @example
 * const TenantId = createParamDecorator((_, context: ExecutionContext) => claimOf('custom:tenant', context));
 *
 * @publicApi
 */
export function claimOf(claims: undefined, context: ExecutionContext): VerifiedClaims | undefined;
/** @publicApi */
export function claimOf<Name extends ClaimName>(claim: Name, context: ExecutionContext): ClaimOf<Name> | undefined;
/** @publicApi */
export function claimOf<Name extends ClaimName>(
  claims: readonly Name[],
  context: ExecutionContext,
): ClaimsOf<Name> | undefined;
export function claimOf(claims: string | readonly string[] | undefined, context: ExecutionContext): unknown {
  return claimsFor(claims, context);
}

function userOf(context: ExecutionContext): unknown {
  const authentication = authenticationOf(context);
  return authentication?.user ?? authentication?.claims;
}

function claimsFor(names: string | readonly string[] | undefined, context: ExecutionContext): unknown {
  const claims = authenticationOf(context)?.claims;
  if (claims === undefined || names === undefined) {
    return claims;
  }
  return typeof names === 'string'
    ? valueOf(claims, names)
    : Object.fromEntries(names.map((name) => [name, valueOf(claims, name)]));
}

/** Own members only: a token has no claim `constructor`. */
function valueOf(claims: VerifiedClaims, name: string): unknown {
  const key = Object.hasOwn(claims, name) ? name : `cognito:${name}`;
  return Object.hasOwn(claims, key) ? claims[key] : undefined;
}
