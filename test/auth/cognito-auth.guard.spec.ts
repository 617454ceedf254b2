import type { ExecutionContext, Type } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ExecutionContextHost } from '@nestjs/core/internal';

import {
  type Authentication,
  claimOf,
  CognitoAuthGuard,
  type TokenExtractor,
  Pool,
  Public,
  TokenUse,
  UserPools,
} from '../../lib/index.js';
import { AccessRefusedException } from '../../lib/auth/access-refused.exception.js';
import { DEFAULT_EXTRACTORS } from '../../lib/auth/token-extractors.js';
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
  describe('with a step of its own', () => {
    class Thenable extends CognitoAuthGuard {
      protected override authenticate(...args: Parameters<CognitoAuthGuard['authenticate']>): Promise<Authentication> {
        const verdict = (async () => super.authenticate(...args))();
        // A promise of another library, or of another realm.
        return { then: verdict.then.bind(verdict) } as Promise<Authentication>;
      }
    }

    it('waits for whatever can be waited for', async () => {
      await expect(Promise.resolve(guardOf(Thenable).canActivate(httpCall()))).resolves.toBe(true);
      const forged = `${accessToken().slice(0, -6)}AAAAAA`;
      await expect(Promise.resolve(guardOf(Thenable).canActivate(httpCall(forged)))).rejects.toBeInstanceOf(
        AccessRefusedException,
      );
    });

    it.each([undefined, null, true, {}, Promise.resolve(undefined)])(
      'lets nobody pass who is not known: %p',
      async (nobody) => {
        class Careless extends CognitoAuthGuard {
          protected override authenticate(): Authentication {
            return nobody as Authentication;
          }
        }
        const verdict = async () => guardOf(Careless).canActivate(httpCall());
        await expect(verdict()).rejects.toThrow('authenticate() gave nobody');
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
    });
  });

  it('tells a field that no guard looked at who made the last call that one did', async () => {
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
