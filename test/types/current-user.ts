import { CurrentUser } from '../../lib/auth/decorators/current-user.decorator.js';
import { Groups } from '../../lib/auth/decorators/groups.decorator.js';
import { TokenUse } from '../../lib/auth/decorators/token-use.decorator.js';
import {
  type AccessTokenClaims,
  type IdTokenClaims,
  isClientCredentials,
  type VerifiedClaims,
} from '../../lib/tokens/claims/token-claims.js';

/** What the compiler must accept and refuse about the caller. Nothing here is run. */
export class Handlers {
  access(@CurrentUser() user: AccessTokenClaims): string {
    // @ts-expect-error claims are shared by all requests that bring the token, so nobody may write to them
    user.sub = 'other';
    // @ts-expect-error an access token holds no attributes: this is not known to be a text
    const email: string = user['email'];
    return `${user.username} ${user.client_id} ${email}`;
  }

  id(@CurrentUser() user: IdTokenClaims, @CurrentUser('email') email: string): string {
    // @ts-expect-error an id token names its client in `aud`
    const client: string = user.client_id;
    // @ts-expect-error the e-mail address may be missing
    const same: string = user.email;
    return `${user['cognito:username']} ${user.aud} ${client} ${same} ${email}`;
  }

  // @ts-expect-error the name of a claim is a text
  wrong(@CurrentUser(7) user: unknown): unknown {
    return user;
  }

  @TokenUse('id', 'access')
  @Groups('staff', 'admin')
  either(@CurrentUser('custom:plan') plan: string): string {
    return plan;
  }

  // @ts-expect-error a group must be named
  @Groups()
  nobody(): void {
    return;
  }

  // @ts-expect-error there are access tokens and id tokens
  @TokenUse('refresh')
  refresh(): void {
    return;
  }
}

/** The kinds of token are told apart by `token_use`, and machines by the name that they lack. */
export function nameOf(claims: VerifiedClaims): string {
  if (claims.token_use === 'id') {
    return claims['cognito:username'];
  }
  // @ts-expect-error a machine has no name
  const name: string = claims.username;
  return isClientCredentials(claims) ? claims.client_id : `${claims.username} ${name}`;
}
