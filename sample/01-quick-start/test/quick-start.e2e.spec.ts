import type { INestApplication } from '@nestjs/common';
import type { LocalCognito } from 'mandate/testing';
import request from 'supertest';

import { createApp } from '../src/create-app.js';
import { DEMO_USER, environmentOf, startEmbeddedCognito } from '../src/embedded-cognito.js';

describe('the quick start', () => {
  let cognito: LocalCognito;
  let app: INestApplication;
  const ann = { username: 'ann', password: 'Correct-Horse-9', attributes: { email: 'ann@example.com' } };
  const http = () => request(app.getHttpServer());
  const signIn = async (username: string, password: string) => {
    const { body } = await http().post('/auth/authenticate').send({ username, password }).expect(200);
    expect(body.status).toBe('AUTHENTICATED');
    return body.tokens as { accessToken: string; idToken: string; refreshToken: string };
  };

  beforeAll(async () => {
    jest.spyOn(console, 'log').mockImplementation();
    cognito = await startEmbeddedCognito(0);
    Object.assign(process.env, environmentOf(cognito));
    app = await createApp();
    await app.init();
  });

  afterAll(async () => {
    await app.close();
    await cognito.stop();
    jest.restoreAllMocks();
  });

  it('signs up and confirms a new user, signs in with SRP and the client secret, returns /me and logs out', async () => {
    const registered = await http().post('/auth/register').send(ann).expect(201);
    expect(registered.body).toMatchObject({ confirmed: false });
    await http().post('/auth/authenticate').send({ username: 'ann', password: ann.password }).expect(403);

    const code = cognito.outbox.latest({ to: 'ann@example.com' })?.code;
    expect(console.log).toHaveBeenCalledWith(expect.stringContaining(String(code)));
    await http().post('/auth/confirm').send({ username: 'ann', code }).expect(204);

    const { accessToken } = await signIn('ann@example.com', ann.password);
    const me = await http().get('/me').set('authorization', `Bearer ${accessToken}`).expect(200);
    expect(me.body).toEqual({ sub: registered.body.userSub, username: 'ann', groups: [] });

    const profile = await http().get('/me/profile').set('authorization', `Bearer ${accessToken}`).expect(200);
    expect(profile.body.attributes).toMatchObject({ email: 'ann@example.com', email_verified: true });

    await http().post('/auth/logout').set('authorization', `Bearer ${accessToken}`).expect(204);
    await http().get('/me/profile').set('authorization', `Bearer ${accessToken}`).expect(401);
  });

  it('signs in the demo user by username and by e-mail address', async () => {
    for (const name of [DEMO_USER.username, DEMO_USER.email]) {
      const { accessToken } = await signIn(name, DEMO_USER.password);
      const me = await http().get('/me').set('authorization', `Bearer ${accessToken}`).expect(200);
      expect(me.body).toMatchObject({ username: 'demo', groups: ['readers'] });
    }
  });

  it('renews tokens', async () => {
    const { refreshToken, accessToken } = await signIn('demo', DEMO_USER.password);
    const { body } = await http().post('/auth/renew').send({ refreshToken }).expect(200);
    expect(body.accessToken).not.toBe(accessToken);
    await http()
      .get('/me')
      .set('authorization', `Bearer ${String(body.accessToken)}`)
      .expect(200);
  });

  it('resets a forgotten password', async () => {
    await http().post('/auth/forgot-password').send({ username: 'demo' }).expect(200);
    const code = cognito.outbox.latest({ to: DEMO_USER.email })?.code;
    const password = 'Another-Passw0rd';
    await http().post('/auth/confirm-forgot-password').send({ username: 'demo', code, password }).expect(204);
    await signIn('demo', password);
  });

  it('explains what is wrong', async () => {
    const wrong = await http().post('/auth/authenticate').send({ username: 'demo', password: 'Wrong-Passw0rd' });
    expect(wrong.status).toBe(401);
    expect(wrong.body).toMatchObject({ code: 'CREDENTIALS_INVALID' });
    const missing = await http().post('/auth/authenticate').send({ password: 'x' });
    expect(missing.status).toBe(400);
    expect(JSON.stringify(missing.body)).toContain('username');
    const anonymous = await http().get('/me');
    expect(anonymous.status).toBe(401);
    expect(anonymous.headers['www-authenticate']).toMatch(/^Bearer/);
  });

  it('documents every route for Swagger UI', async () => {
    const { body } = await http().get('/docs-json').expect(200);
    expect(Object.keys(body.paths)).toEqual(
      expect.arrayContaining(['/auth/register', '/auth/confirm', '/auth/authenticate', '/auth/logout', '/me']),
    );
    expect(Object.keys(body.components.schemas.RegisterDto.properties)).toEqual(
      expect.arrayContaining(['username', 'password', 'attributes']),
    );
    expect(body.security).toEqual([{ bearer: [] }]);
    await http().get('/docs').expect(200);
  });
});
