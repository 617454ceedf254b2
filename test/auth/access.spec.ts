import { Controller, type ExecutionContext } from '@nestjs/common';
import { Reflector } from '@nestjs/core';

import { AccessPolicies } from '../../lib/auth/access-policy.js';
import { bearerChallenge } from '../../lib/auth/bearer-challenge.js';
import { CognitoAuthGuard } from '../../lib/auth/cognito-auth.guard.js';
import { Groups } from '../../lib/auth/decorators/groups.decorator.js';
import { MaxAge } from '../../lib/auth/decorators/max-age.decorator.js';
import { Public } from '../../lib/auth/decorators/public.decorator.js';
import { Scopes } from '../../lib/auth/decorators/scopes.decorator.js';
import { DEFAULT_EXTRACTORS } from '../../lib/auth/token-extractors.js';
import { UserPools } from '../../lib/auth/user-pools.js';
import { MandateConfigurationError } from '../../lib/errors/configuration-error.js';
import { TokenRejectedError } from '../../lib/tokens/token-errors.js';
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

function pools(...names: (string | undefined)[]): UserPools {
  const registry = new UserPools();
  const { verifier, clock } = verifierUnderTest();
  for (const name of names) {
    registry.register(name, { verifier, extractors: DEFAULT_EXTRACTORS, clock: clock.read });
  }
  return registry;
}

describe('decorators', () => {
  it('may not say the same thing twice at one place', () => {
    expect(() => {
      class Twice {
        @Groups('a')
        @Groups('b')
        handler(): void {
          return;
        }
      }
      return Twice;
    }).toThrow(MandateConfigurationError);
    expect(() => {
      @Scopes('a')
      @Scopes('b')
      class Twice {}
      return Twice;
    }).toThrow('"allScopes" must be set once at Twice; merge the two decorators');
  });

  it('may not make public what asks for something', () => {
    class Contradicting {
      @Public()
      @Groups('a')
      handler(): void {
        return;
      }
    }
    const policies = new AccessPolicies(new Reflector());
    const handler = handlerOf(Contradicting);
    expect(() => policies.of(contextOf(Contradicting, handler))).toThrow('contradicts');
  });

  it.each([-1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuse a largest age of %p seconds', (seconds) => {
    expect(() => MaxAge(seconds)).toThrow(MandateConfigurationError);
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
  it('gives the pool without a name by default, or the only one', () => {
    expect(pools(undefined, 'staff').get().name).toBe('default');
    expect(pools('staff').get()).toMatchObject({ name: 'staff', realm: 'staff' });
    expect(pools('staff', undefined).get('staff').name).toBe('staff');
    expect(pools('staff', undefined).names()).toEqual(['staff', 'default']);
  });

  it('says which pools there are when it does not know one', () => {
    expect(() => pools('a', 'b').get()).toThrow('not "default"; registered: "a", "b"');
    expect(() => pools().get('x')).toThrow('not "x"; registered: none');
  });

  it('refuses a name that is taken', () => {
    expect(() => pools('a', 'a')).toThrow(MandateConfigurationError);
  });
});

describe('bearerChallenge', () => {
  it('never lets a value leave its quotes or its line', () => {
    const rejection = new TokenRejectedError('SCOPE_INSUFFICIENT', { scope: 'a", b="c\\\r\nSet-Cookie: x=ü' });
    expect(bearerChallenge('x"y\n', rejection)).toBe(
      'Bearer realm="x\'y", error="insufficient_scope", error_description="The token lacks a scope that this request needs.", scope="a\', b=\'cSet-Cookie: x="',
    );
  });
});
