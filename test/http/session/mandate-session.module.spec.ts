import { type INestApplication, Logger } from '@nestjs/common';

import { bearerToken } from '../../../lib/auth/extractors/bearer-token.js';
import { MandateError } from '../../../lib/errors/mandate-error.js';
import { browserSession, BrowserSessionService, MandateSessionModule } from '../../../lib/http/index.js';
import { resolveSessionOptions } from '../../../lib/http/session/resolve-session-options.js';
import { MandateModule } from '../../../lib/module/mandate.module.js';
import { Browser, OWN_ORIGIN } from '../support/browser.js';
import { createWorld, PagesController, SECRET, signedIn, startSessionApp, type World } from '../support/session-app.js';

describe('MandateSessionModule', () => {
  let world: World;
  let app: INestApplication | undefined;

  const start = async (session: object, options: object = {}) => {
    app = await startSessionApp('express', world, { session, ...options });
    return app;
  };

  beforeEach(async () => {
    world = await createWorld();
  });

  afterEach(async () => {
    jest.restoreAllMocks();
    await app?.close();
    app = undefined;
  });

  it.each<[string, object]>([
    ['"session.secret" is required', { secret: undefined }],
    ['"session.secret" is required', { secret: 'x'.repeat(31) }],
    ['"session.secret" is required', { secret: [] }],
    ['"session.secret" is required', { secret: ['x'.repeat(32), 'short'] }],
    ['"session.secret" is required', { secret: 7 }],
    ['"session.secrets" is unknown', { secrets: ['x'.repeat(32)] }],
    ['"session.cookie.domain" is unknown', { cookie: { domain: 'example.com' } }],
    ['"session.cookie.sameSite" must be one of "strict", "lax"', { cookie: { sameSite: 'none' } }],
    ['"session.cookie.name" must consist of', { cookie: { name: 'a=b' } }],
    ['"session.cookie.insecureLocalhost" must be one of true', { cookie: { insecureLocalhost: false } }],
    ['"session.store" must be a Keyv', { store: {} }],
    ['"session.storeTimeout" must be', { storeTimeout: 0 }],
    ['"session.keep" must be a list', { keep: 'email' }],
    ['"session.idle" must be a whole number', { idle: 0 }],
    ['"session.absolute" must be a whole number', { absolute: 1.5 }],
    ['"session.renewBefore" must be', { renewBefore: -1 }],
    ['"session.origin" must be an origin', { origin: 'https://app.example.com/' }],
    ['"session.origin" must be an origin', { origin: 'app.example.com' }],
    ['"session.csrf.headers" is unknown', { csrf: { headers: 'x' } }],
    ['"session.csrf.header" must be the name of a header', { csrf: { header: 'a b' } }],
    ['"session.csrf.origins" must be a non-empty list of origins', { csrf: { origins: ['*'] } }],
    ['"session.csrf" must be an object, or null', { csrf: false }],
  ])('stops the start: %s', async (message, session) => {
    await expect(start(session)).rejects.toThrow(message);
  });

  it('names no secret in a message, and none in a dump', async () => {
    await expect(start({ secret: 'a secret that is short' })).rejects.toThrow(
      expect.not.stringContaining('a secret that'),
    );
    const options = resolveSessionOptions({ secret: SECRET }, undefined);
    expect(JSON.stringify(options)).not.toContain(SECRET);
  });

  it('knows its own origin without managed login by an option, and requires one', async () => {
    world.cognito.redirectUri = undefined;
    await expect(start({})).rejects.toThrow(/"session.origin" is required/);
    const browser = await signedIn(await start({ origin: 'https://own.example.com' }));
    const headers = { 'x-mandate-csrf': '1' };
    expect((await browser.post('/change', { headers: { ...headers, origin: 'https://own.example.com' } })).status).toBe(
      201,
    );
    expect((await browser.post('/change', { headers: { ...headers, origin: 'https://app.example.com' } })).status).toBe(
      403,
    );
  });

  it('warns if the guard does not read the sessions', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    await start({}, { module: { extractors: [bearerToken()] } });
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(/"extractors" lacks browserSession\(\)/));
  });

  it('says nothing if all is well', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    await start({});
    expect(warn).not.toHaveBeenCalled();
  });

  it('says what to do if no module brings sessions', () => {
    const source = { transport: 'http', headers: {}, handshake: {}, request: {}, data: undefined } as const;
    const pool = { name: 'staff', extractors: [] };
    expect(() => browserSession()(source, pool)).toThrow(/no module brings sessions for the pool "staff"\. Import/);
    expect(() => browserSession()(source)).toThrow(/for the pool "default"/);
  });

  it('brings sessions once for a pool', async () => {
    const twice = {
      metadata: {
        imports: [
          MandateSessionModule.forRoot({ session: { secret: SECRET } }),
          MandateSessionModule.forRoot({ session: { secret: SECRET.toUpperCase() } }),
        ],
      },
    };
    await expect(start({}, twice)).rejects.toThrow(/two modules bring sessions/);
  });

  it('refuses one cookie for two pools: each would read the sessions of the other', async () => {
    const cookie = { name: 'app' };
    const twice = {
      metadata: {
        imports: [
          MandateModule.forRoot({ ...world.issuer.moduleOptions(), name: 'staff', extractors: [browserSession()] }),
          MandateSessionModule.forRoot({ session: { secret: SECRET, cookie, origin: OWN_ORIGIN } }),
          MandateSessionModule.forRoot({ name: 'staff', session: { secret: SECRET, cookie, origin: OWN_ORIGIN } }),
        ],
      },
    };
    await expect(start({}, twice)).rejects.toThrow(
      '"session.cookie.name" must be unique, but the pools "default" and "staff" have sessions in the cookie "__Host-Http-app"',
    );
  });

  it('takes its options from a factory', async () => {
    const started = await start(
      {},
      {
        metadata: {
          imports: [
            MandateSessionModule.forRootAsync({ useFactory: () => Promise.resolve({ session: { secret: SECRET } }) }),
          ],
          controllers: [PagesController],
        },
      },
    );
    expect((await (await signedIn(started)).get('/me')).status).toBe(200);
  });

  it('warns once about large cookies', async () => {
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const started = await start({});
    await signedIn(started);
    expect(warn).not.toHaveBeenCalled();
    world.cognito.groups = Array.from({ length: 100 }, (_, i) => `a-group-with-a-rather-long-name-${String(i)}`);
    await signedIn(started);
    await signedIn(started);
    expect(warn).toHaveBeenCalledTimes(1);
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(/A session cookie has \d+ bytes/));
  });

  describe('BrowserSessionService', () => {
    it('refuses tokens that the guard would refuse, and those of two users', async () => {
      const sessions = (await start({ keep: ['email'] })).get(BrowserSessionService);
      const response = { req: { headers: {} }, headersSent: false };
      const tokens = world.cognito.tokens();
      const other = world.cognito.tokens('bob');
      await expect(sessions.create(response, { ...tokens, accessToken: 'x' })).rejects.toThrow(MandateError);
      await expect(sessions.create(response, { ...tokens, accessToken: other.idToken ?? '' })).rejects.toMatchObject({
        code: 'TOKEN_USE_REFUSED',
      });
      await expect(sessions.create(response, { ...tokens, idToken: other.idToken ?? '' })).rejects.toMatchObject({
        code: 'ARGUMENT_INVALID',
      });
      await expect(sessions.create(response, null as never)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
      await expect(sessions.create(undefined as never, tokens)).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
      await expect(sessions.endAll('')).rejects.toMatchObject({ code: 'ARGUMENT_INVALID' });
    });

    it('requires a page of its own where it is asked to', async () => {
      const sessions = (await start({})).get(BrowserSessionService);
      expect(() => {
        sessions.assertOwnOrigin({ headers: { origin: 'https://evil.example' } });
      }).toThrow(/may not use/);
      expect(() => {
        sessions.assertOwnOrigin({ headers: { origin: 'https://app.example.com' } });
      }).not.toThrow();
    });

    it('is not there before the application has started', async () => {
      await expect(new BrowserSessionService().endAll('x')).rejects.toThrow(/is not available before/);
    });

    it('signs out honestly although Cognito cannot be reached', async () => {
      const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
      const browser = await signedIn(await start({}));
      jest.spyOn(world.cognito.api, 'revokeToken').mockRejectedValue(new MandateError('SERVICE_UNAVAILABLE', 'down'));
      expect((await browser.post('/sign-out')).status).toBe(201);
      expect(browser.jar.size).toBe(0);
      expect(warn).toHaveBeenCalledWith(expect.stringMatching(/could not be revoked: SERVICE_UNAVAILABLE/));
    });

    it('ends nothing without a session', async () => {
      const browser = new Browser(await start({}));
      expect((await browser.post('/sign-out')).status).toBe(201);
      expect(world.cognito.revoked).toEqual([]);
    });
  });
});
