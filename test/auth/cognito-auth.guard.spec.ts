import type { ExecutionContext, Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/internal';

import {
  type Authentication,
  authenticationOf,
  claimOf,
  CognitoAuthGuard,
  type TokenExtractor,
  Pool,
  Public,
  TokenUse,
  UserPools,
} from '../../lib/index.js';
import { AccessDeniedException } from '../../lib/auth/responses/access-denied.exception.js';
import { DEFAULT_EXTRACTORS } from '../../lib/auth/extractors/extract-token.js';
import { TokenRejectedError } from '../../lib/tokens/token-errors.js';
import { verifierUnderTest } from '../tokens/support/verifiers.js';
import { accessToken, idToken } from '../tokens/support/test-issuer.js';

class Handlers {
  me(): void {
    // Only its metadata counts.
  }

  other(): void {
    // Only its metadata counts.
  }

  @Public()
  @TokenUse('id')
  openId(): void {
    // Only its metadata counts.
  }

  @Pool('staff')
  staff(): void {
    // Only its metadata counts.
  }

  @TokenUse('access', 'id')
  eitherKind(): void {
    // Only its metadata counts.
  }

  @Pool('default', 'staff')
  eitherPool(): void {
    // Only its metadata counts.
  }
}

class OtherHandlers extends Handlers {}

const handlers = Handlers.prototype as unknown as Readonly<Record<string, () => void>>;

/** What graphql tells a resolver about its field. */
const INFO = { fieldName: 'photo', fieldNodes: [], schema: {} };

const payloadAsToken: TokenExtractor = ({ data }) => (typeof data === 'string' ? data : undefined);
const staffToken: TokenExtractor = ({ headers }) => headers['x-staff'] as string | undefined;

function poolsOf(extractors: readonly TokenExtractor[] = DEFAULT_EXTRACTORS): UserPools {
  const { verifier, clock } = verifierUnderTest();
  const pools = new UserPools();
  pools.register(undefined, { verifier, extractors, clock: clock.read });
  pools.register('staff', { verifier, extractors: [staffToken], clock: clock.read });
  return pools;
}

function guardOf(Guard: Type<CognitoAuthGuard> = CognitoAuthGuard, pools = poolsOf()): CognitoAuthGuard {
  return new Guard(pools, new Reflector());
}

function call(type: string, args: unknown[], method = 'me', owner: Type = Handlers): ExecutionContext {
  const context = new ExecutionContextHost(args, owner, handlers[method]);
  context.setType(type);
  return context;
}

function httpCall(token = accessToken()): ExecutionContext {
  return call('http', [{ headers: { authorization: `Bearer ${token}` } }, { header: () => undefined }]);
}

describe('CognitoAuthGuard', () => {
  describe('with an overridden step', () => {
    class Thenable extends CognitoAuthGuard {
      protected override authenticate(...args: Parameters<CognitoAuthGuard['authenticate']>): Promise<Authentication> {
        const verdict = (async () => super.authenticate(...args))();
        // A promise of another library, or of another realm.
        return { then: verdict.then.bind(verdict) } as Promise<Authentication>;
      }
    }

    it('awaits any thenable', async () => {
      await expect(Promise.resolve(guardOf(Thenable).canActivate(httpCall()))).resolves.toBe(true);
      const forged = `${accessToken().slice(0, -6)}AAAAAA`;
      await expect(Promise.resolve(guardOf(Thenable).canActivate(httpCall(forged)))).rejects.toBeInstanceOf(
        AccessDeniedException,
      );
    });

    it.each([undefined, null, true, {}, Promise.resolve(undefined)])(
      'allows no call without an Authentication: %p',
      async (value) => {
        class Careless extends CognitoAuthGuard {
          protected override authenticate(): Authentication {
            return value as Authentication;
          }
        }
        const verdict = async () => guardOf(Careless).canActivate(httpCall());
        await expect(verdict()).rejects.toThrow('authenticate() must return an Authentication');
      },
    );
  });

  describe.each(['seen for the first time', 'remembered'])('with a token that is %s', (state) => {
    it('keeps the callers of the fields of one GraphQL operation apart', async () => {
      const guard = guardOf();
      const token = accessToken();
      const staff = accessToken({ username: 'bob' });
      if (state === 'remembered') {
        await guard.canActivate(httpCall(token));
        await guard.canActivate(httpCall(staff));
      }
      const context = { req: { headers: { authorization: `Bearer ${token}`, 'x-staff': staff } } };
      const field = (method: string, owner?: Type) => call('graphql', [{}, {}, context, INFO], method, owner);
      const fields = [field('me'), field('openId'), field('staff'), field('me', OtherHandlers)];
      await Promise.all(fields.map(async (each) => guard.canActivate(each)));

      expect(fields.map((each) => claimOf('username', each))).toEqual(['janedoe', undefined, 'bob', 'janedoe']);
      const [me, , staffField, inherited] = fields.map((each) => authenticationOf(each)?.pool);
      expect([me, staffField, inherited]).toEqual(['default', 'staff', 'default']);
    });
  });

  it('tells a field that no guard looked at who the caller is, if graphql does not tell where it is', async () => {
    const guard = guardOf();
    const context = { req: { headers: { authorization: `Bearer ${accessToken()}` } } };
    await guard.canActivate(call('graphql', [{}, {}, context, INFO]));
    expect(claimOf('username', call('graphql', [{}, {}, context, INFO], 'other'))).toBe('janedoe');
  });

  it('finds the context of a reference resolver, which has no arguments', async () => {
    const context = { req: { headers: { authorization: `Bearer ${accessToken()}` } } };
    const reference = call('graphql', [{ __typename: 'Photo' }, context, INFO]);
    await expect(Promise.resolve(guardOf().canActivate(reference))).resolves.toBe(true);
    expect(claimOf('username', reference)).toBe('janedoe');
  });

  describe('with fields of one execution', () => {
    const root = { prev: undefined, key: '_entities', typename: 'Query' };
    const below = (index: number, typename: string) => {
      return { prev: { prev: root, key: index, typename: undefined }, key: 'name', typename };
    };
    const context = { req: { headers: { authorization: `Bearer ${accessToken()}`, 'x-staff': accessToken() } } };
    const reference = (type: string, method: string) =>
      call('graphql', [{ __typename: type }, context, { ...INFO, path: root }], method);
    const name = (index: number, type: string) =>
      call('graphql', [{}, {}, context, { ...INFO, path: below(index, type) }], 'other');

    it('tells the fields of an entity who its reference resolver was called by', async () => {
      const guard = guardOf();
      const references = [reference('Photo', 'me'), reference('Employee', 'staff')];
      for (const each of references) {
        await guard.canActivate(each);
      }
      const callers = [...references, name(0, 'Photo'), name(1, 'Employee'), name(2, 'Unguarded')];
      expect(callers.map((each) => authenticationOf(each)?.pool)).toEqual([
        'default',
        'staff',
        'default',
        'staff',
        undefined,
      ]);
    });

    it('verifies the token anew after five seconds, and once it has expired', async () => {
      let checks = 0;
      const customCheck = () => {
        checks += 1;
        return Promise.resolve(true);
      };
      const { verifier, clock } = verifierUnderTest({ customCheck });
      const pools = new UserPools();
      pools.register(undefined, { verifier, extractors: DEFAULT_EXTRACTORS, clock: clock.read });
      const guard = guardOf(CognitoAuthGuard, pools);
      const info = { ...INFO, path: root, variableValues: {} };
      const soon = accessToken({ exp: clock.read() / 1000 + 8 });
      const field = call('graphql', [{}, {}, { req: { headers: { authorization: `Bearer ${soon}` } } }, info]);
      const checksAfter = async (milliseconds: number) => {
        clock.advance(milliseconds);
        await Promise.all([guard.canActivate(field), guard.canActivate(field)]);
        return checks;
      };
      expect([await checksAfter(0), await checksAfter(4_999), await checksAfter(1)]).toEqual([1, 1, 2]);
      await expect(checksAfter(3_000)).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
    });
  });

  it('finds the context of a resolveType callback, which has the type in the place of the arguments', async () => {
    const context = { req: { headers: { authorization: `Bearer ${accessToken()}` } } };
    const resolveType = call('graphql', [{}, context, INFO, { name: 'Photo' }]);
    await expect(Promise.resolve(guardOf().canActivate(resolveType))).resolves.toBe(true);
  });

  it.each(['me', 'openId'])('decides about "%s" in an operation without a context, too', async (method) => {
    const operation = call('graphql', [{}, {}, undefined, INFO], method);
    const verdict = (async () => guardOf().canActivate(operation))();
    await (method === 'openId'
      ? expect(verdict).resolves.toBe(true)
      : expect(verdict).rejects.toMatchObject({ code: 'TOKEN_MISSING' }));
    expect(claimOf('username', operation)).toBeUndefined();
  });

  it('takes no token from a payload that is text, for all texts of a socket are one caller', async () => {
    const guard = guardOf(CognitoAuthGuard, poolsOf([payloadAsToken]));
    const verdict = async () => guard.canActivate(call('ws', [{ handshake: { headers: {} } }, accessToken()]));
    await expect(verdict()).rejects.toMatchObject({ code: 'TOKEN_MISSING' });
  });

  it('forgets who made the last call over a socket when the next one is refused', async () => {
    const { verifier, clock } = verifierUnderTest();
    const pools = new UserPools();
    pools.register(undefined, { verifier, extractors: DEFAULT_EXTRACTORS, clock: clock.read });
    const guard = guardOf(CognitoAuthGuard, pools);
    const socket = { handshake: { headers: {}, auth: { token: accessToken() } } };
    const message = call('ws', [socket, 'text']);
    await guard.canActivate(message);
    expect(claimOf('username', message)).toBe('janedoe');

    clock.advance(3_600_000);
    await expect((async () => guard.canActivate(message))()).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
    expect(claimOf('username', message)).toBeUndefined();
    expect(claimOf('username', call('ws', [socket, 'text'], 'other'))).toBeUndefined();
  });

  it('tells apart the handlers of one event, which share its context', async () => {
    const guard = guardOf();
    const context = {};
    const payload = { headers: { authorization: `Bearer ${idToken()}` } };
    const open = call('rpc', [payload, context], 'openId');
    const closed = call('rpc', [payload, context], 'me');
    await guard.canActivate(open);
    await expect((async () => guard.canActivate(closed))()).rejects.toMatchObject({ code: 'TOKEN_USE_REFUSED' });
    expect([claimOf('cognito:username', open), claimOf('cognito:username', closed)]).toEqual(['janedoe', undefined]);
  });
});

describe('claimOf', () => {
  const callWith = async (token: string): Promise<ExecutionContext> => {
    const context = call('rpc', [{ headers: { authorization: `Bearer ${token}` } }, {}], 'eitherKind');
    await guardOf().canActivate(context);
    return context;
  };

  it('finds a claim by its name, or by its name behind "cognito:"', async () => {
    const id = await callWith(
      idToken({ 'cognito:groups': ['staff'], 'cognito:roles': ['arn:r'], 'cognito:preferred_role': 'arn:r' }),
    );
    expect(claimOf('groups', id)).toEqual(['staff']);
    expect(claimOf('cognito:groups', id)).toEqual(['staff']);
    expect([claimOf('roles', id), claimOf('preferred_role', id)]).toEqual([['arn:r'], 'arn:r']);
    expect([claimOf('username', id), claimOf('cognito:username', id)]).toEqual(['janedoe', 'janedoe']);

    const access = await callWith(accessToken({ groups: ['own'], 'cognito:groups': ['staff'] }));
    expect([claimOf('groups', access), claimOf('cognito:groups', access)]).toEqual([['own'], ['staff']]);
    expect([claimOf('username', access), claimOf('cognito:username', access)]).toEqual(['janedoe', undefined]);
  });

  it.each(['toString', 'constructor', '__proto__', 'email', ''])('finds no claim "%s"', async (name) => {
    expect(claimOf(name, await callWith(accessToken()))).toBeUndefined();
  });

  it('returns exactly the claims of a list', async () => {
    const context = await callWith(accessToken({ sub: 'ann', 'cognito:groups': ['staff'] }));
    const user = claimOf(['sub', 'email', 'groups'], context);
    expect(user).toStrictEqual({ sub: 'ann', email: undefined, groups: ['staff'] });
    expect(Object.keys(claimOf(['__proto__', 'toString'], context) ?? {})).toEqual(['__proto__', 'toString']);
  });

  it.each(['sub', ['sub'], undefined])('returns nothing about an anonymous caller: %p', async (claims) => {
    const context = call('rpc', [{}, {}], 'openId');
    await expect(Promise.resolve(guardOf().canActivate(context))).resolves.toBe(true);
    expect(claimOf(claims as 'sub', context)).toBeUndefined();
  });
});

describe('errors of the application', () => {
  const shared = Object.freeze(new TypeError('database'));
  const rejection = Object.freeze(new TokenRejectedError('TOKEN_REVOKED'));

  function failingPools(failure: Error): UserPools {
    const pools = new UserPools();
    const { verifier, clock } = verifierUnderTest({ customCheck: () => Promise.reject(failure) });
    pools.register(undefined, { verifier, extractors: [() => undefined], clock: clock.read });
    pools.register('staff', { verifier, extractors: DEFAULT_EXTRACTORS, clock: clock.read });
    return pools;
  }

  const denied = async (failure: Error): Promise<unknown> => {
    const context = call(
      'http',
      [{ headers: { authorization: `Bearer ${accessToken()}` } }, { header: () => undefined }],
      'eitherPool',
    );
    const guard = guardOf(CognitoAuthGuard, failingPools(failure));
    return Promise.resolve(guard.canActivate(context)).catch((error: unknown) => error);
  };

  it('pass through a handler of several pools as they are, frozen and more than once', async () => {
    expect(await denied(shared)).toBe(shared);
    expect(await denied(shared)).toBe(shared);
    expect(Reflect.ownKeys(shared).filter((key) => typeof key === 'symbol')).toEqual([]);
  });

  it('deny with the realm of the pool that rejected the token', async () => {
    for (const denial of [await denied(rejection), await denied(rejection)]) {
      expect(denial).toBeInstanceOf(AccessDeniedException);
      expect(denial).toMatchObject({
        cause: rejection,
        headers: { 'WWW-Authenticate': expect.stringContaining('realm="staff"') },
      });
    }
  });
});
