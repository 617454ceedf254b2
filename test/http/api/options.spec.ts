import { Injectable, Module, Scope } from '@nestjs/common';
import { Test } from '@nestjs/testing';

import {
  AuthApiResponses,
  MandateAuthApiModule,
  type MandateAuthApiModuleAsyncOptions,
  type MandateAuthApiModuleExtras,
  type MandateAuthApiModuleOptions,
  MandateOAuthModule,
  MandateSessionModule,
  RegisterHandler,
} from '../../../lib/http/index.js';
import { MandateModule } from '../../../lib/module/mandate.module.js';
import { LocalCognito } from '../../../lib/local/local-cognito.js';
import { signingKeysPem } from '../../local/signing-keys.js';
import { EVE, SESSION } from './support/api-app.js';
import { ApiClient } from './support/api-client.js';

const COOKIE = { delivery: 'cookie', session: SESSION } as const;
const HOME = 'https://app.example.com/';
const CALLBACK = 'https://app.example.com/auth/callback';

type Options = MandateAuthApiModuleOptions & MandateAuthApiModuleExtras;
type Imports = Parameters<typeof Test.createTestingModule>[0]['imports'];

@Injectable({ scope: Scope.REQUEST })
class RequestScoped {}

@Module({ providers: [RequestScoped], exports: [RequestScoped] })
class RequestScopedModule {}

@Injectable()
class ScopedHandler extends RegisterHandler {
  constructor(readonly dependency: RequestScoped) {
    super();
  }
}

@Injectable({ scope: Scope.REQUEST })
class ScopedResponses extends AuthApiResponses {}

describe('the options of the auth API', () => {
  let cognito: LocalCognito;
  const unhandled: unknown[] = [];
  const note = (error: unknown) => unhandled.push(error);
  const pool = () => {
    const oauth = { redirectUri: CALLBACK, logoutUri: HOME };
    return MandateModule.forRoot({ ...cognito.pool().moduleOptions({ oauth }) });
  };
  const start = async (imports: NonNullable<Imports>, metadata: object = {}) => {
    const module = await Test.createTestingModule({ imports: [pool(), ...imports], ...metadata }).compile();
    const app = module.createNestApplication();
    await app.init();
    return app;
  };
  const refusal = async (imports: NonNullable<Imports>, metadata: object = {}) => {
    const app = await start(imports, metadata).catch((error: unknown) => error as Error);
    if (!(app instanceof Error)) {
      await app.close();
      throw new Error('It has started.');
    }
    expect(app).toMatchObject({ name: 'MandateConfigurationError', code: 'CONFIGURATION_INVALID' });
    return app.message;
  };

  beforeAll(async () => {
    process.on('unhandledRejection', note);
    cognito = await LocalCognito.start({
      pools: [
        {
          name: 'users',
          keys: signingKeysPem(),
          users: [EVE],
          clients: [{ name: 'web', CallbackURLs: [CALLBACK], LogoutURLs: [HOME] }],
        },
      ],
    });
  });

  afterAll(async () => {
    process.off('unhandledRejection', note);
    await cognito.stop();
  });

  it.each<[string, object, string | RegExp]>([
    ['no options', {}, 'Option "delivery" is required and must be "cookie" or "body".'],
    [
      'no session',
      { delivery: 'cookie' },
      /^Option "session" is required with the delivery "cookie"\. .*sharedSession/,
    ],
    ['a session of no use', { delivery: 'body', session: SESSION }, /^Option "session" has no use/],
    ['two kinds of sessions', { ...COOKIE, sharedSession: true }, /^Option "session" contradicts "sharedSession"/],
    [
      'a feature of no name',
      { ...COOKIE, features: ['login'] },
      /^Option "features" must be a list of register, signIn, /,
    ],
    [
      'a feature of no name, without routes',
      { ...COOKIE, routes: false, features: ['login'] },
      /^Option "features" must be a list of register, signIn, /,
    ],
    [
      'an option of no name, without routes',
      { ...COOKIE, routes: false, handler: {} },
      /^Option "handler" is unknown\./,
    ],
    [
      'a route of no name',
      { ...COOKIE, paths: { login: 'x' } },
      /^Option "paths\.login" is unknown\. Known members: register/,
    ],
    ['a slash', { ...COOKIE, paths: { me: '/me' } }, /^Option "paths\.me" must be a path without a slash/],
    [
      'a path without its parameter',
      { ...COOKIE, paths: { forgetDevice: 'devices' } },
      'Option "paths.forgetDevice" must have :deviceKey in its path, as "devices/:deviceKey" has.',
    ],
    [
      'a path that another route has',
      { ...COOKIE, paths: { me: 'session' } },
      'Option "paths.me" must not be "session", the path of the route "session".',
    ],
    [
      'paths that differ in the names of their parameters alone',
      { ...COOKIE, paths: { revokeSession: 'devices/:sessionId' } },
      /^Option "paths\.revokeSession" must not be "devices\/:sessionId", the path of the route "forgetDevice"/,
    ],
    [
      'a limit of nothing',
      { ...COOKIE, throttle: { limits: { me: { user: { limit: 0, ttl: 1 } } } } },
      /limits\.me\.user\.limit" must be a whole number of calls, 1 or more/,
    ],
    [
      'a storage that counts nothing',
      { ...COOKIE, throttle: { storage: {} } },
      /^Option "throttle\.storage" must be a ThrottlerStorage/,
    ],
    [
      'a handler that is a function',
      { ...COOKIE, handlers: { me: () => undefined } },
      /^Option "handlers\.me" must be a class with handle\(\)/,
    ],
    [
      'a handler of no use',
      { ...COOKIE, handlers: { me: RequestScoped } },
      /^Option "handlers\.me" must be a class with handle\(\)/,
    ],
    [
      'a handler that exists',
      { ...COOKIE, handlers: { me: new RegisterHandler() } },
      /^Option "handlers\.me" must be a class/,
    ],
    [
      'bodies that are no class',
      { ...COOKIE, dto: { register: () => undefined } },
      /^Option "dto\.register" must be a class/,
    ],
    [
      'responses of no use',
      { ...COOKIE, responses: RequestScoped },
      /^Option "responses" must be a class with registration\(\)/,
    ],
    ['a flow of no name', { ...COOKIE, flows: ['SRP'] }, /^Option "flows" must be a non-empty list of USER_SRP_AUTH/],
  ])('refuse %s', async (_, options, message) => {
    expect(await refusal([MandateAuthApiModule.forRoot(options as Options)])).toMatch(message);
  });

  it.each(['delivry', 'thortle'])('name all options for one that is unknown: %s', async (name) => {
    const message = await refusal([MandateAuthApiModule.forRoot({ ...COOKIE, [name]: 1 })]);
    expect(message).toMatch(
      new RegExp(`^Option "${name}" is unknown\\. Known options: .*prefix.*throttle.*beforeAttempt`),
    );
    const useFactory = () => ({ session: SESSION, [name]: 1 });
    expect(await refusal([MandateAuthApiModule.forRootAsync({ delivery: 'cookie', useFactory })])).toBe(message);
  });

  it('say where an option belongs', async () => {
    const wrong = (options: object) =>
      refusal([MandateAuthApiModule.forRootAsync(options as MandateAuthApiModuleAsyncOptions)]);
    expect(await wrong({ delivery: 'body', throttle: null, useFactory: () => ({}) })).toBe(
      'Option "throttle" must be returned by "useFactory".',
    );
    expect(await wrong({ delivery: 'body', useFactory: () => ({ prefix: 'x' }) })).toBe(
      'Option "prefix" must be set beside "useFactory", because the routes need it.',
    );
    expect(await wrong({ delivery: 'body' })).toMatch(/^Option "useFactory" is required/);
    expect(await wrong({ delivery: 'body', useFactory: () => undefined })).toBe(
      'Option "useFactory" must return the options.',
    );
  });

  it('reject, and leave no rejection unhandled', async () => {
    const wrong = MandateAuthApiModule.forRoot({} as Options);
    await new Promise((resolve) => setTimeout(resolve, 0));
    await expect(wrong).rejects.toMatchObject({ option: 'delivery' });
    expect(unhandled).toEqual([]);
  });

  it.each<[string, object, string]>([
    ['a handler that injects one', { handlers: { register: ScopedHandler } }, 'handlers.register'],
    ['responses', { responses: ScopedResponses }, 'responses'],
  ])('refuse request-scoped providers: %s', async (_, options, name) => {
    const imports = [RequestScopedModule];
    const message = await refusal([MandateAuthApiModule.forRoot({ ...COOKIE, ...options, imports })]);
    expect(message).toBe(
      `Option "${name}" must not be request-scoped, nor inject a provider that is: handlers receive the request with each call.`,
    );
  });

  it('need a module that brings sessions to share, and work with it', async () => {
    const shared = () => MandateAuthApiModule.forRoot({ delivery: 'cookie', sharedSession: true });
    expect(await refusal([shared()])).toMatch(
      /^Option "sharedSession" is set, but no module brings sessions for the pool "default"\. Import MandateOAuthModule/,
    );
    const app = await start([shared(), MandateSessionModule.forRoot({ session: SESSION })]);
    try {
      await new ApiClient(app, 'cookie').signIn(EVE);
    } finally {
      await app.close();
    }
  });

  it('keep the routes of managed login and those of the API apart, in either order', async () => {
    const login = () => MandateOAuthModule.forRoot({ session: SESSION });
    const api = (paths?: object) =>
      MandateAuthApiModule.forRoot({ delivery: 'cookie', sharedSession: true, ...(paths && { paths }) });
    for (const imports of [
      [login(), api()],
      [api(), login()],
    ]) {
      expect(await refusal(imports)).toBe(
        'Option "paths.session" must not be "auth/session", a path of MandateOAuthModule. Set "paths": { session: null, logout: null } to keep its routes, or set another "prefix".',
      );
    }
    const app = await start([login(), api({ session: null, logout: null })]);
    try {
      const client = new ApiClient(app, 'cookie');
      await client.signIn(EVE);
      expect((await client.call('get', 'session')).body).toMatchObject({ sub: expect.any(String) });
      expect((await client.call('get', 'me')).status).toBe(200);
      expect((await client.call('post', 'logout', {})).body).toEqual({ url: expect.stringContaining('/logout?') });
      expect((await client.call('get', 'me')).status).toBe(401);
    } finally {
      await app.close();
    }
    await (
      await start([login(), MandateAuthApiModule.forRoot({ delivery: 'cookie', sharedSession: true, prefix: 'api' })])
    ).close();
  });

  it('are missing from the class alone', async () => {
    expect(await refusal([MandateAuthApiModule])).toBe(
      'Option "imports" contains the class MandateAuthApiModule, which has no routes by itself. Import what MandateAuthApiModule.forRoot() returns.',
    );
    await (await start([MandateAuthApiModule.forRoot({ delivery: 'body', routes: false })])).close();
  });

  it('keep the routes of two registrations apart', async () => {
    const body = (more: object = {}) => MandateAuthApiModule.forRoot({ delivery: 'body', ...more });
    const staff = MandateModule.forRoot({ name: 'staff', ...cognito.pool().moduleOptions() });
    const message =
      'Option "paths.register" must not be "auth/register", a path of another registration of MandateAuthApiModule, and only one of the two would answer. Set another "prefix".';
    expect(await refusal([body(), body()])).toBe(message);
    expect(await refusal([MandateAuthApiModule.forRoot(COOKIE), body()])).toBe(message);
    expect(await refusal([staff, body(), body({ name: 'staff', prefix: 'auth' })])).toBe(message);
    const app = await start([MandateAuthApiModule.forRoot(COOKIE), body({ prefix: 'app/auth' })]);
    try {
      for (const client of [new ApiClient(app, 'cookie'), new ApiClient(app, 'body', '/app/auth')]) {
        await client.signIn(EVE);
        expect((await client.call('get', 'me')).status).toBe(200);
      }
    } finally {
      await app.close();
    }
    await (await start([body({ features: ['register'] }), body({ features: ['signIn'] })])).close();
  });
});
