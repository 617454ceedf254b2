import type { INestApplication } from '@nestjs/common';
import type { LocalCognito, LocalMessage } from 'mandate/testing';
import { join } from 'node:path';
import { ReplaySubject } from 'rxjs';
import request from 'supertest';

import { createApp } from '../src/create-app.js';
import { DemoModule } from '../src/demo.module.js';
import { DEMO_USER, environmentOf, startEmbeddedCognito } from '../src/embedded-cognito.js';

const ORIGIN = 'http://localhost:3000';
const PAGES = join(__dirname, '..', 'public');
const ASSETS = { pages: PAGES, modules: { mandate: PAGES, qr: PAGES } };

/** A browser that keeps cookies. Its page sends the header that pages of other sites cannot send. */
class Browser {
  readonly #agent: ReturnType<typeof request.agent>;

  constructor(app: INestApplication) {
    this.#agent = request.agent(app.getHttpServer());
  }

  get(path: string) {
    return this.#agent.get(path);
  }

  post(path: string, body: object = {}) {
    return this.#agent.post(path).set({ origin: ORIGIN, 'x-mandate-csrf': '1' }).send(body);
  }

  async signIn(username: string, password: string): Promise<void> {
    const { body } = await this.post('/auth/authenticate', { username, password }).expect(200);
    expect(body).toEqual({ status: 'AUTHENTICATED', isNewDevice: false, session: expect.any(Object) as object });
  }
}

describe('the quick start', () => {
  const messages = new ReplaySubject<LocalMessage>();
  const ann = { username: 'ann', password: 'Correct-Horse-9', attributes: { email: 'ann@example.com' } };
  let cognito: LocalCognito;
  let app: INestApplication;
  let browser: Browser;

  beforeAll(async () => {
    cognito = await startEmbeddedCognito({
      onMessage: (message) => {
        messages.next(message);
      },
    });
    Object.assign(process.env, environmentOf(cognito), { ORIGIN });
    app = await createApp(ASSETS, DemoModule.with(messages));
    await app.listen(0, '127.0.0.1');
  });

  beforeEach(() => {
    browser = new Browser(app);
  });

  afterAll(async () => {
    await app.close();
    await cognito.stop();
  });

  it('signs up and confirms a new user, signs in with SRP and the client secret, returns /me and signs out', async () => {
    await browser.post('/auth/register', ann).expect(201, { confirmed: false });
    await browser.post('/auth/authenticate', { username: 'ann', password: ann.password }).expect(403);

    const code = cognito.outbox.latest({ to: 'ann@example.com' })?.code;
    await browser.post('/auth/confirm', { username: 'ann', code }).expect(200, { status: 'CONFIRMED' });

    await browser.signIn('ann@example.com', ann.password);
    const me = await browser.get('/me').expect(200);
    const sub = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
    expect(me.body).toEqual({ sub, username: 'ann', groups: [] });
    const profile = await browser.get('/auth/me').expect(200);
    expect(profile.body.attributes).toMatchObject({ email: 'ann@example.com', email_verified: true });

    await browser.post('/auth/logout').expect(204);
    await browser.get('/me').expect(401);
  });

  it('has its own logic in a route of the API', async () => {
    const refused = await browser.post('/auth/register', { ...ann, username: 'Administrator' }).expect(409);
    expect(refused.body).toMatchObject({ message: 'Choose another username.' });
    // What is not its own stays as it is.
    const invalid = await browser.post('/auth/register', { username: 'Administrator' }).expect(400);
    expect(invalid.body).toMatchObject({
      code: 'REQUEST_INVALID',
      message: expect.stringContaining('password') as string,
    });
  });

  it('signs in the demo user by username and by e-mail address', async () => {
    for (const name of [DEMO_USER.username, DEMO_USER.email]) {
      await browser.signIn(name, DEMO_USER.password);
      const me = await browser.get('/me').expect(200);
      expect(me.body).toMatchObject({ username: 'demo', groups: ['readers'] });
    }
  });

  it('lets nothing but a page of its own use the session', async () => {
    await browser.signIn('demo', DEMO_USER.password);
    const agent = request.agent(app.getHttpServer());
    const forged = await agent.post('/auth/logout').set('origin', ORIGIN).send({}).expect(403);
    expect(forged.body).toMatchObject({ code: 'CSRF_CHECK_FAILED' });
    await browser.get('/me').expect(200);
  });

  it('resets a forgotten password', async () => {
    await browser.post('/auth/forgot-password', { username: 'demo' }).expect(202);
    const code = cognito.outbox.latest({ to: DEMO_USER.email })?.code;
    const password = 'Another-Passw0rd';
    await browser.post('/auth/confirm-forgot-password', { username: 'demo', code, password }).expect(204);
    await browser.signIn('demo', password);
  });

  it('explains what is wrong', async () => {
    const wrong = await browser.post('/auth/authenticate', { username: 'demo', password: 'Wrong-Passw0rd' });
    expect(wrong.status).toBe(401);
    expect(wrong.body).toMatchObject({ code: 'CREDENTIALS_INVALID' });
    const missing = await browser.post('/auth/authenticate', { password: 'x' });
    expect(missing.status).toBe(400);
    expect(missing.body.errors).toEqual([expect.objectContaining({ field: 'username' })]);
    const anonymous = await browser.get('/me');
    expect(anonymous.status).toBe(401);
    expect(anonymous.headers['www-authenticate']).toMatch(/^Bearer/);
  });

  it('documents every route for Swagger UI, which sends the header of own pages', async () => {
    const { body } = await browser.get('/docs-json').expect(200);
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/auth/register', '/auth/confirm', '/auth/authenticate', '/auth/logout', '/me']),
    );
    expect(Object.keys(body.paths).filter((path) => path.includes('demo'))).toEqual([]);
    expect(Object.keys(body.components.schemas.RegisterDto.properties)).toEqual(
      expect.arrayContaining(['username', 'password', 'attributes']),
    );
    expect(Object.keys(body.components.securitySchemes).sort()).toEqual(['bearer', 'csrf', 'session']);
    expect(body.paths['/me'].get.security).toEqual([{ bearer: [] }, { session: [] }]);
    await browser.get('/docs').expect(200);
    const { text } = await browser.get('/docs/swagger-ui-init.js').expect(200);
    expect(text).toMatch(/requestInterceptor.*\n?.*x-mandate-csrf/);
  });

  it('serves a page that runs its own scripts only', async () => {
    const { headers, text } = await browser.get('/').expect(200);
    expect(headers['content-security-policy']).toBe("default-src 'self'; frame-ancestors 'none'");
    expect(text).not.toMatch(/<script(?! type="module" src="\/)|<style| style=| on\w+=/);
  });

  it('has a mailbox in the demonstration, with all messages so far', async () => {
    await browser.post('/auth/forgot-password', { username: 'ann' }).expect(202);
    const code = cognito.outbox.latest({ to: 'ann@example.com' })?.code ?? '';
    const response = await fetch(`${await app.getUrl()}/demo/mailbox`);
    let received = '';
    for await (const chunk of response.body ?? []) {
      received += Buffer.from(chunk as Uint8Array).toString();
      if (received.includes(code)) {
        break;
      }
    }
    expect(received.match(/"to":"ann@example.com"/g)).toHaveLength(2);
  });

  it('has no mailbox without the demonstration', async () => {
    const real = await createApp(ASSETS);
    await real.init();
    await new Browser(real).get('/demo/mailbox').expect(404);
    await real.close();
  });
});
