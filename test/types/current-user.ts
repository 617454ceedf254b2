import type { ExecutionContext } from '@nestjs/common';

import { claimOf, type ClaimOf, type ClaimsOf, CurrentUser } from '../../lib/index.js';
import {
  type AccessTokenClaims,
  type IdTokenClaims,
  isClientCredentials,
  type VerifiedClaims,
} from '../../lib/tokens/claims/token-claims.js';

type Equal<A, B> = [A, B] extends [B, A] ? true : false;

/** Compiles only if both types are the same. */
export function same<A, B>(proof: Equal<A, B>): boolean {
  return proof;
}

/** What the compiler must accept and reject about the caller. Compiled, never run. */
export class Handlers {
  access(@CurrentUser() user: AccessTokenClaims): string {
    // @ts-expect-error all requests with the same token share the claims, so they are read-only
    user.sub = 'other';
    // @ts-expect-error an access token has no attributes, so the type of this claim is unknown
    const email: string = user['email'];
    return `${user.username} ${user.client_id} ${email}`;
  }

  id(@CurrentUser() user: IdTokenClaims, @CurrentUser('email') email: ClaimOf<'email'>): string {
    // @ts-expect-error an id token names its client in `aud`
    const client: string = user.client_id;
    // @ts-expect-error the e-mail address may be missing
    const same: string = user.email;
    return `${user['cognito:username']} ${user.aud} ${client} ${same} ${email ?? ''}`;
  }

  list(@CurrentUser(['sub', 'email', 'groups']) user: ClaimsOf<'sub' | 'email' | 'groups'>): string {
    // @ts-expect-error only the listed claims are there
    const username: unknown = user.username;
    // @ts-expect-error the claims are read-only
    user.sub = 'other';
    return `${user.sub} ${user.email ?? ''} ${user.groups?.join() ?? ''} ${String(username)}`;
  }

  // @ts-expect-error the name of a claim is a string
  wrong(@CurrentUser(7) user: unknown): unknown {
    return user;
  }

  // @ts-expect-error a list has at least one name
  empty(@CurrentUser([]) user: object): object {
    return user;
  }

  custom(@CurrentUser(['custom:plan']) { 'custom:plan': plan }: ClaimsOf<'custom:plan'>): unknown {
    // @ts-expect-error a custom claim may have any type
    const text: string = plan;
    return text;
  }
}

/** The types of claims follow what each kind of token has. */
export const claimTypes = [
  same<ClaimOf<'sub'>, string>(true),
  same<ClaimOf<'token_use'>, 'access' | 'id'>(true),
  same<ClaimOf<'groups'>, readonly string[] | undefined>(true),
  same<ClaimOf<'cognito:groups'>, readonly string[] | undefined>(true),
  same<ClaimOf<'roles'>, readonly string[] | undefined>(true),
  same<ClaimOf<'preferred_role'>, string | undefined>(true),
  same<ClaimOf<'email'>, string | undefined>(true),
  same<ClaimOf<'email_verified'>, boolean | undefined>(true),
  same<ClaimOf<'custom:plan'>, unknown>(true),
  // A machine-to-machine token has no username.
  same<ClaimOf<'username'>, string | undefined>(true),
  same<ClaimOf<'username', AccessTokenClaims>, string>(true),
  same<ClaimOf<'username', IdTokenClaims>, string>(true),
  // An access token may have this claim from a trigger, with any type.
  same<ClaimOf<'email', AccessTokenClaims>, unknown>(true),
  same<ClaimsOf<'sub' | 'groups'>, { readonly sub: string; readonly groups: readonly string[] | undefined }>(true),
];

/** The caller of a guard or an interceptor may be anonymous. */
export function claimsInAGuard(context: ExecutionContext): readonly unknown[] {
  const groups: readonly string[] | undefined = claimOf('groups', context);
  const user: ClaimsOf<'sub' | 'email'> | undefined = claimOf(['sub', 'email'], context);
  const all: VerifiedClaims | undefined = claimOf(undefined, context);
  // @ts-expect-error the caller may be anonymous
  const sub: string = claimOf('sub', context);
  return [groups, user, all, sub];
}

/** `token_use` tells the kinds of token apart, and the missing username a machine. */
export function nameOf(claims: VerifiedClaims): string {
  if (claims.token_use === 'id') {
    return claims['cognito:username'];
  }
  // @ts-expect-error a machine has no name
  const name: string = claims.username;
  return isClientCredentials(claims) ? claims.client_id : `${claims.username} ${name}`;
}
