import { ValidationPipe } from '@nestjs/common';

import { ApiApp } from './support/api-app.js';

describe.each([
  ['express', false],
  ['express', true],
  ['fastify', false],
  ['fastify', true],
] as const)("a global ValidationPipe of Nest's own on %s, with problem details: %s", (platform, problemDetails) => {
  let api: ApiApp;

  beforeAll(async () => {
    api = await ApiApp.start({
      platform,
      api: { problemDetails },
      configure: (app) => {
        app.useGlobalPipes(new ValidationPipe({ whitelist: true, forbidNonWhitelisted: true, transform: true }));
      },
    });
  });

  afterAll(async () => {
    await api.stop();
  });

  it('leaves the code and the fields of refusals as they are', async () => {
    const { status, body } = await api.client().call('post', 'register', { username: 'ann', extra: 1 });
    expect(status).toBe(400);
    expect(body).toMatchObject({ code: 'REQUEST_INVALID' });
    const fields = (body.errors as { field: string }[]).map(({ field }) => field);
    expect(fields.sort()).toEqual(['extra', 'password']);
  });

  it('leaves answers as they are', async () => {
    await api.client().signIn({ username: 'eve', password: 'Correct-Horse-8' });
  });
});

describe('a body with thousands of faults', () => {
  it('is refused with twenty of them', async () => {
    const api = await ApiApp.start();
    const extra = Object.fromEntries(Array.from({ length: 2_000 }, (_, index) => [`extra${String(index)}`, 1]));
    const { status, body } = await api.client().call('post', 'register', { username: 'ann', ...extra });
    await api.stop();
    expect(status).toBe(400);
    expect(body.errors).toHaveLength(20);
  });
});
