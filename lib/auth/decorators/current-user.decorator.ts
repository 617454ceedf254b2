import { createParamDecorator, type ExecutionContext, type PipeTransform, type Type } from '@nestjs/common';

import type { KnownClaimName } from '../../tokens/claims/token-claims.js';
import { authenticationAt } from '../authentication.js';
import { requestContextOf } from '../request-context.js';

/** The name of a claim; the type offers those that Cognito is known to send, such as `username`. */
export type ClaimName = KnownClaimName | (string & {});

type ParamPipe = Type<PipeTransform> | PipeTransform;

/**
 * A parameter with the claims of the caller's verified token, or with one of them: `@CurrentUser() user:
 * AccessTokenClaims`, `@CurrentUser('username') username: string`. It is `undefined` when nobody is signed in
 * (`@Public()`) and when the token lacks the claim. The claims are frozen. Pipes follow the name.
 *
 * `email` and the other attributes are in id tokens only, which a handler accepts with `@TokenUse('id')`; there the
 * username is the claim `cognito:username`.
 */
export const CurrentUser: (claim?: ClaimName | ParamPipe, ...pipes: ParamPipe[]) => ParameterDecorator =
  createParamDecorator(claimOf);

/** The claims of the caller, or one of them; for interceptors, filters and decorators of your own. */
export function claimOf(claim: string | undefined, context: ExecutionContext): unknown {
  const carrier = requestContextOf(context)?.carrier;
  const claims = carrier && authenticationAt(carrier, context)?.claims;
  if (claims === undefined || claim === undefined) {
    return claims;
  }
  return Object.hasOwn(claims, claim) ? claims[claim] : undefined;
}
