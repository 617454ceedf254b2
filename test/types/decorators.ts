import { Auth, CurrentUser, Groups, Public, Scopes, TokenUse } from '../../lib/index.js';

/** What the compiler must accept and reject about the access decorators. Compiled, never run. */
export class Handlers {
  @TokenUse('id', 'access')
  @Groups('staff', 'admin')
  @Groups.all('a', 'b')
  @Groups.none('c')
  @Scopes('photos/read')
  @Scopes.any('x', 'y')
  @Scopes.none('z')
  either(@CurrentUser('custom:plan') plan: string): string {
    return plan;
  }

  @Groups.any('staff')
  @Scopes.all('photos/read')
  long(): void {
    return;
  }

  @Auth({
    groups: { any: ['a'], all: ['b'], none: ['c'] },
    scopes: ['photos/read'],
    tokenUse: ['id', 'access'],
    maxAgeSeconds: 300,
  })
  @Public({ onInvalidToken: 'reject' })
  composed(): void {
    return;
  }

  // @ts-expect-error a group is required
  @Groups()
  // @ts-expect-error a group is required
  @Groups.any()
  // @ts-expect-error a scope is required
  @Scopes.none()
  // @ts-expect-error a list has at least one name
  @Auth({ groups: { all: [] } })
  // @ts-expect-error the variants are any, all and none
  @Auth({ scopes: { some: ['a'] } })
  // @ts-expect-error the unit is part of the name
  @Auth({ maxAge: 300 })
  // @ts-expect-error an invalid token is ignored or rejected
  @Public({ onInvalidToken: 'refuse' })
  // @ts-expect-error there are access tokens and id tokens
  @TokenUse('refresh')
  wrong(): void {
    return;
  }
}

/** `TokenUse` names the type, too. */
export function accepts(kind: TokenUse): boolean {
  const kinds: readonly TokenUse[] = ['access', 'id'];
  // @ts-expect-error there are access tokens and id tokens
  const refresh: TokenUse = 'refresh';
  return [...kinds, refresh].includes(kind);
}
