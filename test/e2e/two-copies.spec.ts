import { Controller, Get, type INestApplication, UseFilters, UseGuards } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import request from 'supertest';

import * as mandate from '../../lib/index.js';
import { accessToken } from '../tokens/support/test-issuer.js';
import { poolOptions } from './support/door.js';
import { PLATFORMS, startApp } from './support/http-apps.js';

type Mandate = typeof mandate;

/** Packages of which an application has one copy, unless a package manager is unlucky. */
const PEERS = ['@nestjs/common', '@nestjs/core', '@nestjs/passport', 'passport', 'rxjs'];

/** Another copy of this package, which shares the peers with the application. */
function copyWithSharedPeers(): Mandate {
  let copy: Mandate | undefined;
  const peers = new Map(PEERS.map((name) => [name, jest.requireActual<object>(name)]));
  jest.isolateModules(() => {
    for (const [name, peer] of peers) {
      jest.doMock(name, () => peer);
    }
    copy = jest.requireActual<Mandate>('../../lib/index.js');
    PEERS.forEach((name) => jest.dontMock(name));
  });
  return loaded(copy);
}

/** Another copy of this package with copies of its own of all that it imports. */
function copyWithOwnPeers(): Mandate {
  let copy: Mandate | undefined;
  jest.isolateModules(() => {
    copy = jest.requireActual<Mandate>('../../lib/index.js');
  });
  return loaded(copy);
}

function loaded(copy: Mandate | undefined): Mandate {
  if (copy === undefined) {
    throw new Error('The copy was not loaded.');
  }
  return copy;
}

const COPIES = [
  ['of this package', copyWithSharedPeers()],
  ['of this package and of Nest', copyWithOwnPeers()],
] as const;

describe.each(COPIES)('two copies %s', (_name, copy) => {
  it('are two', () => {
    expect(copy.CognitoAuthGuard).not.toBe(mandate.CognitoAuthGuard);
    expect(copy.MandateError).not.toBe(mandate.MandateError);
  });

  describe.each([
    ['the guard', mandate, copy],
    ['the decorators and the filter', copy, mandate],
  ])('with %s of the module', (_what, guards, others) => {
    @Controller()
    @UseGuards(guards.CognitoAuthGuard)
    @UseFilters(others.CognitoExceptionFilter)
    class OrdersController {
      @Get('me')
      me(@others.CurrentUser('sub') sub: string, @others.AccessToken() token?: string) {
        return { sub, hasToken: token !== undefined };
      }

      @Get('staff')
      @others.Groups('staff')
      staff() {
        return {};
      }

      @Get('open')
      @others.Public()
      open(@others.CurrentUser('sub') sub?: string) {
        return { sub: sub ?? null };
      }

      @Get('throws')
      @others.Public()
      throws() {
        throw new guards.MandateError('CODE_MISMATCH', 'The code is wrong.');
      }

      @Get('rejects')
      @others.Public()
      rejects() {
        throw new guards.TokenRejectedError('TOKEN_EXPIRED');
      }

      @Get('auth')
      @others.Auth({ groups: ['staff'] })
      auth() {
        return {};
      }
    }

    it.each(PLATFORMS)('guard, decorate and answer as one does, on %s', async (platform) => {
      const app: INestApplication = await startApp(platform, {
        imports: [mandate.MandateModule.forRoot(poolOptions)],
        controllers: [OrdersController],
      });
      const get = (path: string, token?: string) => {
        const call = request(app.getHttpServer()).get(path);
        return token === undefined ? call : call.set('Authorization', `Bearer ${token}`);
      };
      const sub = '7d8ca528-4931-4254-9273-ea5ee853f271';
      await get('/me', accessToken()).expect(200, { sub, hasToken: true });
      await get('/open', accessToken()).expect(200, { sub });
      await get('/open').expect(200, { sub: null });
      await get('/open', accessToken({ exp: 1 })).expect(200, { sub: null });

      for (const [path, token, status, code] of [
        ['/me', undefined, 401, 'TOKEN_MISSING'],
        ['/me', accessToken({ exp: 1 }), 401, 'TOKEN_EXPIRED'],
        ['/staff', accessToken(), 403, 'GROUPS_INSUFFICIENT'],
        ['/auth', accessToken(), 403, 'GROUPS_INSUFFICIENT'],
        ['/throws', undefined, 400, 'CODE_MISMATCH'],
        ['/rejects', undefined, 401, 'TOKEN_EXPIRED'],
      ] as const) {
        const { status: answered, body, headers } = await get(path, token);
        expect([path, answered, body.code]).toEqual([path, status, code]);
        expect(headers['www-authenticate'] === undefined).toBe(path === '/throws');
      }
      await app.close();
    });
  });

  it('know the errors of each other by their class, and no others', () => {
    const errors: readonly (readonly [string, (from: Mandate) => unknown])[] = [
      ['MandateError', ({ MandateError }) => new MandateError('CODE_MISMATCH', 'The code is wrong.')],
      ['TokenRejectedError', ({ TokenRejectedError }) => new TokenRejectedError('TOKEN_EXPIRED')],
      ['SigningKeysUnavailableError', ({ SigningKeysUnavailableError }) => new SigningKeysUnavailableError(5)],
      ['MandateConfigurationError', (from) => new from.MandateConfigurationError('clientId', 'is required')],
    ];
    for (const [name, create] of errors) {
      const foreign = create(copy);
      for (const candidate of errorClassesOf(mandate)) {
        expect([name, candidate.name, foreign instanceof candidate]).toEqual([
          name,
          candidate.name,
          [name, 'MandateError', 'Error'].includes(candidate.name),
        ]);
      }
    }
  });
});

type ErrorClass = abstract new (...args: never[]) => Error;

function errorClassesOf(entry: Mandate): readonly ErrorClass[] {
  return (Object.values(entry) as unknown[]).filter(
    (value): value is ErrorClass => typeof value === 'function' && value.prototype instanceof Error,
  );
}

describe('instanceof', () => {
  it('tells every public error class by a name that two copies share', () => {
    const copy = copyWithSharedPeers();
    const classes = errorClassesOf(mandate);
    expect(classes.length).toBeGreaterThan(12);
    for (const own of classes) {
      const foreign = errorClassesOf(copy).find(({ name }) => name === own.name);
      expect([own.name, Object.create(foreign?.prototype ?? {}) instanceof own]).toEqual([own.name, true]);
      const base = Object.getPrototypeOf(own.prototype) as object;
      expect([own.name, Object.create(base) instanceof own]).toEqual([own.name, false]);
    }
  });

  it('gives a subclass of the application its own instances only', () => {
    class OrderError extends mandate.MandateError {}
    const error = new OrderError('CODE_MISMATCH', 'The code is wrong.');
    expect(error instanceof OrderError).toBe(true);
    expect(error instanceof mandate.MandateError).toBe(true);
    expect(error instanceof mandate.TokenRejectedError).toBe(false);
    expect(new mandate.MandateError('CODE_MISMATCH', 'The code is wrong.') instanceof OrderError).toBe(false);
  });

  it.each([undefined, null, 'MandateError', 1, {}, new Error('x'), Object.create(null)])(
    'takes %p for no error',
    (value) => {
      expect((value as unknown) instanceof mandate.MandateError).toBe(false);
    },
  );
});

describe('the modules of two copies', () => {
  it('do not start together, and say why', async () => {
    const copy = copyWithSharedPeers();
    const building = Test.createTestingModule({
      imports: [
        mandate.MandateModule.forRoot(poolOptions),
        copy.MandateModule.forRoot({ ...poolOptions, name: 'staff' }),
      ],
    }).compile();
    await expect(building).rejects.toThrow(/Two copies of "mandate"/);
  });
});
