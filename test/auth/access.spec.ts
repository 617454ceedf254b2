import { Controller, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

import { AccessPolicies, type AccessPolicy } from '../../lib/auth/access/access-policy.js';
import { bearerChallenge } from '../../lib/auth/responses/bearer-challenge.js';
import { CognitoAuthGuard } from '../../lib/auth/cognito-auth.guard.js';
import { Auth } from '../../lib/auth/decorators/auth.decorator.js';
import { Groups } from '../../lib/auth/decorators/groups.decorator.js';
import { MaxAge } from '../../lib/auth/decorators/max-age.decorator.js';
import { Pool } from '../../lib/auth/decorators/pool.decorator.js';
import { Public } from '../../lib/auth/decorators/public.decorator.js';
import { RequireAcr } from '../../lib/auth/decorators/require-acr.decorator.js';
import { Scopes } from '../../lib/auth/decorators/scopes.decorator.js';
import { TokenUse } from '../../lib/auth/decorators/token-use.decorator.js';
import { DEFAULT_EXTRACTORS } from '../../lib/auth/extractors/extract-token.js';
import { UserPools } from '../../lib/auth/pools/user-pools.js';
import { MandateConfigurationError } from '../../lib/errors/configuration-error.js';
import { TokenRejectedError } from '../../lib/tokens/token-errors.js';
import { accessClaims, NOW } from '../tokens/support/test-issuer.js';
import { verifierUnderTest } from '../tokens/support/verifiers.js';
import { hostOf } from './support.js';

type Handler = () => void;

function contextOf(owner: new () => object, handler: Handler, type = 'http'): ExecutionContext {
  const host = hostOf(type, { headers: {} }, {});
  return Object.assign(host, { getClass: () => owner, getHandler: () => handler }) as ExecutionContext;
}

function handlerOf(owner: new () => object): Handler {
  return Reflect.get(owner.prototype as object, 'handler') as Handler;
}

function policyAt(owner: new () => object): AccessPolicy {
  return new AccessPolicies(new Reflector()).of(contextOf(owner, handlerOf(owner)));
}

/** A list that TypeScript takes for one with a name in it. */
const none = [] as never as [string];

function pools(...names: (string | undefined)[]): UserPools {
  const registry = new UserPools();
  const { verifier, clock } = verifierUnderTest();
  for (const name of names) {
    registry.register(name, { verifier, extractors: DEFAULT_EXTRACTORS, clock: clock.read });
  }
  return registry;
}

describe('decorators', () => {
  it('cannot be set twice at one place', () => {
    expect(() => {
      class Twice {
        @Groups('a')
        @Groups('b')
        handler(): void {
          return;
        }
      }
      return Twice;
    }).toThrow(new MandateConfigurationError('@Groups', 'is set twice on handler. Merge the two decorators'));
    expect(() => {
      @Scopes('a')
      @Scopes('b')
      class Twice {}
      return Twice;
    }).toThrow('@Scopes is set twice on Twice. Merge the two decorators.');
  });

  // What TypeScript does not let through comes from JavaScript, and from variables that are not what they are cast to.
  it.each<[decorator: string, given: string, decorate: () => unknown]>([
    ['@Groups', 'no name', () => Groups(...none)],
    ['@Groups', 'a blank name among others', () => Groups('editors', '')],
    ['@Groups', 'no name, by its other name', () => Groups.any(...none)],
    ['@Groups.all', 'no name', () => Groups.all(...none)],
    ['@Groups.none', 'no name', () => Groups.none(...none)],
    ['@Groups.none', 'undefined', () => Groups.none(undefined as never)],
    ['@Groups.none', 'a list inside the list', () => Groups.none(['banned'] as never)],
    ['@Scopes', 'no name', () => Scopes(...none)],
    ['@Scopes', 'an empty name', () => Scopes('')],
    ['@Scopes', 'a blank name', () => Scopes(' ')],
    ['@Scopes.any', 'an empty name among others', () => Scopes.any('', 'photos/read')],
    ['@Scopes', 'no name, by its other name', () => Scopes.all(...none)],
    ['@Scopes.none', 'no name', () => Scopes.none(...none)],
    ['@Public', 'an unknown policy', () => Public({ onInvalidToken: 'refuse' } as never)],
    ['@Public', 'onInvalidToken: undefined', () => Public({ onInvalidToken: undefined } as never)],
    ['@Public', 'an option that does not exist', () => Public({ onInvalid: 'reject' } as never)],
    ['@RequireAcr', 'no name', () => RequireAcr(...none)],
    ['@TokenUse', 'no name', () => TokenUse(...(none as never as ['id']))],
    ['@Pool', 'an empty name', () => Pool('')],
    ['@MaxAge', 'undefined', () => MaxAge(undefined as never)],
    ['@Groups', 'an empty list of groups', () => Auth({ groups: none })],
    ['@Groups.all', 'an empty list of all groups', () => Auth({ groups: { all: none } })],
    ['@Scopes.none', 'an empty list of no scopes', () => Auth({ scopes: { none } })],
    ['@Pool', 'an empty list of pools', () => Auth({ pool: none })],
    ['@Auth', 'groups: undefined', () => Auth({ groups: undefined } as never)],
    ['@Auth', 'scopes: null', () => Auth({ scopes: null } as never)],
    ['@Auth', 'maxAgeSeconds: undefined', () => Auth({ maxAgeSeconds: undefined } as never)],
    ['@Auth', 'groups without any, all and none', () => Auth({ groups: {} })],
    ['@Auth', 'groups.any: undefined', () => Auth({ groups: { any: undefined } } as never)],
    ['@Auth', 'a variant that does not exist', () => Auth({ scopes: { some: ['a'] } } as never)],
    ['@Auth', 'a member that was renamed', () => Auth({ maxAge: 300 } as never)],
    ['@Auth', 'an empty pool', () => Auth({ pool: '' })],
    ['@Auth', 'an empty tokenUse', () => Auth({ tokenUse: '' } as never)],
    ['@Auth', 'a member that does not exist', () => Auth({ group: ['editors'] } as never)],
    ['@Auth', 'a member that every object inherits', () => Auth({ toString: ['editors'] } as never)],
  ])('%s must require something: %s', (decorator, _given, decorate) => {
    expect(decorate).toThrow(MandateConfigurationError);
    expect(decorate).toThrow(new RegExp(`^${decorator} (must|has|accepts) `));
  });

  it('treats a string in place of a list as a list of one, never as its letters', () => {
    class Barred {
      @Auth({ groups: { none: 'banned' } } as never)
      handler(): void {
        return;
      }
    }
    const { requirements } = policyAt(Barred);
    expect(() => {
      requirements[0]?.(accessClaims({ 'cognito:groups': ['banned'] }) as never, NOW, 0);
    }).toThrow(TokenRejectedError);
  });

  it('@Public contradicts a requirement at the same handler', () => {
    class Contradicting {
      @Public()
      @Groups('a')
      handler(): void {
        return;
      }
    }
    expect(() => policyAt(Contradicting)).toThrow('@Public contradicts @Groups on "handler". Remove one of them.');
  });

  it('of a class override whether its base class is public, and the reverse', () => {
    @Public()
    class Open {
      handler(): void {
        return;
      }
    }
    @Groups('staff')
    class Closed extends Open {}
    class StillClosed extends Closed {}
    @Public()
    class OpenAgain extends StillClosed {}
    expect(policyAt(Open)).toMatchObject({ isPublic: true, requirements: [] });
    for (const owner of [Closed, StillClosed]) {
      expect(policyAt(owner)).toMatchObject({ isPublic: false, requirements: [expect.any(Function)] });
    }
    expect(policyAt(OpenAgain)).toMatchObject({ isPublic: true, requirements: [] });
  });

  it('of a subclass end that its base class is public by naming another pool, as those of a handler do', () => {
    @Public()
    class Open {
      handler(): void {
        return;
      }
    }
    @Pool('staff')
    class Staff extends Open {}
    expect(policyAt(Staff)).toMatchObject({ isPublic: false, pools: ['staff'] });
  });

  it('@Public contradicts a requirement at the same class', () => {
    @Public()
    @MaxAge(300)
    class Base {
      handler(): void {
        return;
      }
    }
    class Derived extends Base {}
    expect(() => policyAt(Derived)).toThrow('@Public contradicts @MaxAge on "Base". Remove one of them.');
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuse a largest age of %p seconds', (seconds) => {
    expect(() => MaxAge(seconds)).toThrow('@MaxAge must be a non-negative integer (seconds)');
  });

  it('are inherited by a subclass, aspect by aspect', () => {
    @Groups('admin')
    @Controller()
    class Base {
      handler(): void {
        return;
      }
    }
    @Scopes('write')
    class Derived extends Base {}
    const policies = new AccessPolicies(new Reflector());
    const handler = handlerOf(Derived);
    expect(policies.of(contextOf(Derived, handler)).requirements).toHaveLength(2);
    expect(policies.of(contextOf(Base, handler)).requirements).toHaveLength(1);
    expect(policies.of(contextOf(Base, handler))).toBe(policies.of(contextOf(Base, handler)));
  });
});

describe('CognitoAuthGuard', () => {
  it.each(['carrier-pigeon', 'tcp', 'HTTP'])('denies the unknown transport "%s", even for what is public', (type) => {
    @Public()
    class Open {}
    const guard = new CognitoAuthGuard(pools(undefined), new Reflector());
    expect(guard.canActivate(contextOf(Open, () => undefined, type))).toBe(false);
  });
});

describe('UserPools', () => {
  it('returns the pool without a name by default, or the only one', () => {
    expect(pools(undefined, 'staff').get().name).toBe('default');
    expect(pools('staff').get()).toMatchObject({ name: 'staff', realm: 'staff' });
    expect(pools('staff', undefined).get('staff').name).toBe('staff');
    expect(pools('staff', undefined).names()).toEqual(['staff', 'default']);
  });

  it('lists the registered pools when a name is unknown', () => {
    expect(() => pools('a', 'b').get()).toThrow('not "default". Registered pools: "a", "b"');
    expect(() => pools().get('x')).toThrow('not "x". Registered pools: none');
  });

  it('rejects a name that is taken', () => {
    expect(() => pools('a', 'a')).toThrow(MandateConfigurationError);
  });
});

describe('bearerChallenge', () => {
  it('never lets a value leave its quotes or its line', () => {
    const rejection = new TokenRejectedError('SCOPE_INSUFFICIENT', { scope: 'a", b="c\\\r\nSet-Cookie: x=ü' });
    expect(bearerChallenge('x"y\n', rejection)).toBe(
      'Bearer realm="x\'y", error="insufficient_scope", error_description="The scopes of the token do not allow this request.", scope="a\', b=\'cSet-Cookie: x="',
    );
  });
});
