import { ApiApp } from '../support/api-app.js';

jest.mock('@nestjs/throttler', () => {
  throw Object.assign(new Error("Cannot find package '@nestjs/throttler'"), { code: 'ERR_MODULE_NOT_FOUND' });
});

describe('the auth API without @nestjs/throttler', () => {
  it('does not start, and says what to install and how to go without limits', async () => {
    await expect(ApiApp.start()).rejects.toMatchObject({
      name: 'MandateError',
      code: 'PEER_MISSING',
      message:
        'MandateAuthApiModule needs packages that are not installed. Run "npm install @nestjs/throttler". To go without limits set the option "throttle" to null.',
      cause: expect.objectContaining({ code: 'ERR_MODULE_NOT_FOUND' }),
    });
  });

  it('starts without limits', async () => {
    const api = await ApiApp.start({ api: { throttle: null } });
    try {
      expect((await api.client().call('post', 'forgot-password', { username: 'eve' })).status).toBe(202);
    } finally {
      await api.stop();
    }
  });
});
