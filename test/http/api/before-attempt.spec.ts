import { ForbiddenException } from '@nestjs/common';
import { IsString } from 'class-validator';

import { RegisterDto } from '../../../lib/dto/index.js';
import { MandateError } from '../../../lib/errors/mandate-error.js';
import type { AuthApiAttempt } from '../../../lib/http/index.js';
import { ANN, ApiApp, type ApiSettings, EVE, type Platform } from './support/api-app.js';
import { RecordingProxy } from './support/recording-proxy.js';

/** A sign-up whose page asks for a CAPTCHA. */
class CaptchaRegisterDto extends RegisterDto {
  @IsString()
  declare captcha: string;
}

const CALLS = {
  register: ['register', ANN],
  resendCode: ['resend-code', { username: 'eve' }],
  authenticate: ['authenticate', { username: 'eve', password: EVE.password }],
  forgotPassword: ['forgot-password', { username: 'eve' }],
} as const;

describe.each(['express', 'fastify'] as const)('beforeAttempt on %s', (platform: Platform) => {
  let api: ApiApp;
  let proxy: RecordingProxy;
  const attempts: AuthApiAttempt[] = [];
  const start = async (beforeAttempt: (attempt: AuthApiAttempt) => unknown, settings: ApiSettings = {}) => {
    api = await ApiApp.start({
      platform,
      module: async ({ endpoint }) => {
        proxy = await RecordingProxy.start(endpoint);
        return { endpoint: proxy.url };
      },
      ...settings,
      api: {
        ...settings.api,
        beforeAttempt: async (attempt) => {
          attempts.push(attempt);
          await beforeAttempt(attempt);
        },
      },
    });
    return api.client();
  };

  beforeEach(() => attempts.splice(0));

  afterEach(async () => {
    await api.stop();
    await proxy.stop();
  });

  it('is called for attempts alone, with the body and the request', async () => {
    const client = await start(() => undefined);
    const headers = { 'x-captcha': 'token' };
    for (const [path, body] of Object.values(CALLS)) {
      expect((await client.call('post', path, body, { headers })).status).toBeLessThan(300);
    }
    for (const [path, body] of [
      ['confirm', { username: 'ann', code: '000000' }],
      ['confirm-forgot-password', { username: 'eve', code: '000000', password: EVE.password }],
      ['respond', { name: 'SMS_MFA', answer: { code: '000000' } }],
    ] as const) {
      await client.call('post', path, body);
    }
    await client.call('get', 'session');
    await client.call('get', 'me');
    expect(attempts.map(({ route, input }) => [route, { ...input }])).toEqual(
      Object.entries(CALLS).map(([route, [, body]]) => [route, body]),
    );
    for (const { call } of attempts) {
      const { headers: sent } = call.request as { headers: Record<string, string> };
      expect(sent['x-captcha']).toBe('token');
    }
  });

  it.each([
    ['an HttpException', new ForbiddenException('No robots.'), 403, { message: 'No robots.' }],
    ['a MandateError', new MandateError('SIGN_IN_BLOCKED', 'No robots.'), 403, { code: 'SIGN_IN_BLOCKED' }],
    ['any other error', new Error('database of secrets is down'), 500, { message: 'Internal server error' }],
  ])('refuses an attempt by %s before Cognito is asked', async (_, error, status, body) => {
    const client = await start(() => {
      throw error;
    });
    api.app.useLogger(false);
    for (const [path, input] of Object.values(CALLS)) {
      const answer = await client.call('post', path, input);
      expect(answer.status).toBe(status);
      expect(answer.body).toMatchObject(body);
      expect(answer.text).not.toContain('database');
    }
    expect(attempts).toHaveLength(4);
    expect(proxy.take()).toEqual([]);
  });

  it('comes after the check of the page and the limits', async () => {
    const throttle = { limits: { authenticate: { user: { limit: 1, ttl: 60_000 } } } };
    const client = await start(() => undefined, { api: { throttle } });
    const [path, body] = CALLS.authenticate;
    expect((await client.call('post', path, body, { only: {} })).status).toBe(403);
    expect((await client.call('post', path, { ...body, more: 1 })).status).toBe(400);
    expect(attempts).toHaveLength(0);
    expect((await client.call('post', path, body)).status).toBe(200);
    expect((await client.call('post', path, body)).status).toBe(429);
    expect(attempts).toHaveLength(1);
  });

  it('sees a member that the own class of a body adds, which Cognito never does', async () => {
    const client = await start(
      ({ route, input }) => {
        if (route === 'register' && (input as CaptchaRegisterDto).captcha !== 'solved') {
          throw new ForbiddenException('Solve the CAPTCHA.');
        }
      },
      { api: { dto: { register: CaptchaRegisterDto } } },
    );
    expect((await client.call('post', 'register', ANN)).body).toMatchObject({
      code: 'REQUEST_INVALID',
      errors: [{ field: 'captcha' }],
    });
    expect((await client.call('post', 'register', { ...ANN, captcha: 'guessed' })).status).toBe(403);
    expect(proxy.take()).toEqual([]);
    expect((await client.call('post', 'register', { ...ANN, captcha: 'solved' })).status).toBe(201);
    expect(proxy.take()).toEqual(['SignUp']);
    expect(proxy.bodies.at(-1)).toContain('ann@example.com');
    expect(proxy.bodies.join()).not.toContain('solved');
  });
});
