import { Controller, Get, type INestApplication, Logger, UseGuards, VersioningType } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';

import { CognitoAuthGuard } from '../../../lib/auth/cognito-auth.guard.js';
import { Pool } from '../../../lib/auth/decorators/pool.decorator.js';
import { bearerToken } from '../../../lib/auth/extractors/bearer-token.js';
import { MandateConfigurationError } from '../../../lib/errors/configuration-error.js';
import { browserSession, MandateOAuthModule } from '../../../lib/http/index.js';
import { MandateModule } from '../../../lib/module/mandate.module.js';
import { getCognitoOAuthToken, getCognitoToken } from '../../../lib/module/injection-tokens.js';
import { Browser, OWN_PAGE } from '../support/browser.js';
import { FakeCognito, REDIRECT_URI } from '../support/fake-cognito.js';
import { loggedIn, NAVIGATION, startLogin, startOAuthApp } from '../support/oauth-app.js';
import { createWorld, PagesController, SECRET, startSessionApp, type World } from '../support/session-app.js';

@Controller()
@UseGuards(CognitoAuthGuard)
class PoolsController {
  @Get('customers')
  customers() {
    return { ok: true };
  }

  @Get('staff')
  @Pool('staff')
  staff() {
    return { ok: true };
  }

  @Get('both')
  @Pool('staff', 'default')
  both() {
    return { ok: true };
  }
}

describe.each(['express', 'fastify'] as const)('MandateOAuthModule on %s', (platform) => {
  let world: World;
  let app: INestApplication | undefined;

  const start = async (
    ...[options, others]: [Parameters<typeof startOAuthApp>[2]?, Parameters<typeof startOAuthApp>[3]?]
  ) => {
    app = await startOAuthApp(platform, world, options, others);
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
    ['"session.secret" is required', { session: { secret: 'short' } }],
    ['"prefix" must be a path without a slash', { prefix: '/auth' }],
    ['"paths.login" must be a path', { paths: { login: 'log in' } }],
    ['"paths.signin" is unknown', { paths: { signin: 'x' } }],
    ['"returnTo.default" must be a path of this application', { returnTo: { default: 'https://evil.example' } }],
    ['"returnTo.allow" must be a non-empty list of paths', { returnTo: { allow: ['//evil'] } }],
    ['"returnTo.deny" is unknown', { returnTo: { deny: [] } }],
    ['"onLogin" must be a function', { onLogin: 'x' }],
    ['"retryLinkedUser" must be one of true, false', { retryLinkedUser: 1 }],
    ['"onlogin" is unknown', { onlogin: () => undefined }],
    ['"name" must be a non-blank string', { name: ' ' }],
  ])('stops the start: %s', async (message, options) => {
    await expect(start(options)).rejects.toThrow(message);
  });

  it('requires managed login, and says what else there is', async () => {
    world.cognito.redirectUri = undefined;
    await expect(start({ session: { secret: SECRET, origin: 'https://x.example' } })).rejects.toThrow(
      /"oauth.redirectUri" is required by MandateOAuthModule.*MandateSessionModule/,
    );
  });

  it('requires a logoutUri: without one a logout would be none', async () => {
    jest.spyOn(world.cognito.oauth, 'logoutUrl').mockImplementation(() => {
      throw new MandateConfigurationError('oauth.logoutUri', 'is required');
    });
    await expect(start()).rejects.toThrow(/"oauth.logoutUri" is required/);
  });

  it('serves other paths', async () => {
    world.cognito.redirectUri = 'https://app.example.com/account/done';
    const started = await start({
      prefix: 'account',
      paths: { login: 'in', callback: 'done', logout: 'out', session: 'who/am/i' },
    });
    const browser = new Browser(started);
    const state = await startLogin(browser, '/account/in?returnTo=/account/in');
    const { text } = await browser.get(`/account/done?code=ann&state=${state}`);
    expect(text).toContain('url=/"');
    expect((await browser.get('/account/who/am/i')).body.sub).toEqual(expect.any(String));
    expect((await browser.post('/account/out', { headers: OWN_PAGE })).status).toBe(200);
    expect((await browser.get('/auth/login')).status).toBe(404);
  });

  it('is below the global prefix, in every version, and with the guard everywhere', async () => {
    world.cognito.redirectUri = 'https://app.example.com/proxied/api/auth/callback';
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    const started = await start(
      {},
      {
        prepare: (created) => {
          created.setGlobalPrefix('api');
          created.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
        },
        metadata: { providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }] },
      },
    );
    const browser = new Browser(started);
    const state = await startLogin(browser, '/api/auth/login');
    expect((await browser.get(`/api/auth/callback?code=ann&state=${state}`)).status).toBe(200);
    expect((await browser.get('/api/v1/me')).status).toBe(200);
    const failed = await browser.get('/api/auth/callback?error=x');
    expect(failed.text).toContain('href="/proxied/api/auth/login"');
    expect(warn).not.toHaveBeenCalled();
  });

  it('warns if Cognito sends browsers elsewhere', async () => {
    world.cognito.redirectUri = 'https://app.example.com/callback';
    const warn = jest.spyOn(Logger.prototype, 'warn').mockImplementation();
    await start();
    expect(warn).toHaveBeenCalledWith(expect.stringMatching(/"oauth.redirectUri" has the path \/callback/));
  });

  it('takes nothing from the header Host', async () => {
    const started = await start();
    const browser = new Browser(started);
    const headers = {
      ...NAVIGATION,
      host: 'evil.example',
      'x-forwarded-host': 'evil.example',
      forwarded: 'host=evil.example',
    };
    const { text, headers: answer } = await browser.get('/auth/login?returnTo=https://evil.example/x', { headers });
    expect(`${text} ${JSON.stringify(answer)}`).not.toContain('evil');
    const loggedInBrowser = await loggedIn(started);
    const refused = await loggedInBrowser.post('/auth/logout', {
      headers: { host: 'evil.example', origin: 'https://evil.example' },
    });
    expect(refused.status).toBe(403);
  });

  it('takes its options from a factory', async () => {
    app = await startSessionApp(platform, world, {
      metadata: {
        imports: [
          MandateOAuthModule.forRootAsync({
            prefix: 'auth',
            useFactory: () => Promise.resolve({ session: { secret: SECRET } }),
          }),
        ],
        controllers: [PagesController],
      },
    });
    expect((await (await loggedIn(app)).get('/me')).status).toBe(200);
  });

  it('starts both kinds of session: managed login replaces an own form, and back', async () => {
    const started = await start();
    const browser = await loggedIn(started);
    await browser.post('/sign-in', { body: { username: 'bob' } });
    const { body } = await browser.get('/me');
    expect(body.hasToken).toBe(true);
    const state = await startLogin(browser);
    await browser.get(`/auth/callback?code=ann&state=${state}`);
    expect((await browser.get('/me')).body.session.sub).not.toBe(body.session.sub);
  });

  it('keeps several pools apart: routes, cookies, seals', async () => {
    const staff = new FakeCognito(world.issuer, world.clock.read);
    staff.redirectUri = REDIRECT_URI.replace('auth/', 'auth/staff/');
    const options = {
      ...world.issuer.moduleOptions(),
      clock: world.clock.read,
      extractors: [bearerToken(), browserSession()],
    };
    const testing = await Test.createTestingModule({
      imports: [
        MandateModule.forRoot(options),
        MandateModule.forRoot({ ...options, name: 'staff' }),
        MandateOAuthModule.forRoot({ session: { secret: SECRET } }),
        MandateOAuthModule.forRoot({ name: 'staff', session: { secret: SECRET } }),
      ],
      controllers: [PoolsController],
    })
      .overrideProvider(getCognitoToken())
      .useValue(world.cognito.api)
      .overrideProvider(getCognitoOAuthToken())
      .useValue(world.cognito.oauth)
      .overrideProvider(getCognitoToken('staff'))
      .useValue(staff.api)
      .overrideProvider(getCognitoOAuthToken('staff'))
      .useValue(staff.oauth)
      .compile();
    app = testing.createNestApplication(platform === 'express' ? new ExpressAdapter() : new FastifyAdapter(), {
      logger: false,
    });
    await app.listen(0, '127.0.0.1');

    const browser = new Browser(app);
    const state = await startLogin(browser, '/auth/staff/login');
    expect((await browser.get(`/auth/callback?code=ann&state=${state}`)).status).toBe(400);
    expect((await browser.get(`/auth/staff/callback?code=ann&state=${state}`)).status).toBe(200);
    expect([...browser.jar.keys()]).toEqual(['__Host-Http-mandate-staff.0', '__Host-Http-mandate-staff.1']);
    expect((await browser.get('/staff')).status).toBe(200);
    expect((await browser.get('/both')).status).toBe(200);
    expect((await browser.get('/customers')).status).toBe(401);
    expect((await browser.get('/auth/session')).text).toBe('null');
    expect((await browser.get('/auth/staff/session')).body.sub).toEqual(expect.any(String));

    const moved = new Browser(app);
    browser.jar.forEach((value, name) => moved.jar.set(name.replace('-staff', ''), value));
    expect((await moved.get('/customers')).status).toBe(401);
  });
});
