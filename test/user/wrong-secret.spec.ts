import type { CognitoService } from '../../lib/user/cognito.service.js';
import { PASSWORD, World } from './world.js';

describe('a wrong or missing secret', () => {
  let world: World;

  beforeAll(async () => {
    world = await World.start([{ name: 'usernames', users: [{ username: 'ann', password: PASSWORD }] }]);
  });

  afterAll(() => world.stop());

  const CALLS: [string, (service: CognitoService) => Promise<unknown>][] = [
    ['register', (service) => service.register({ username: 'bob', password: PASSWORD })],
    ['authenticate', (service) => service.authenticate({ username: 'ann', password: PASSWORD })],
    ['initiateForgotPassword', (service) => service.initiateForgotPassword({ username: 'ann' })],
    ['confirmSignUp', (service) => service.confirmSignUp({ username: 'ann', code: '123456' })],
  ];

  it.each(CALLS)('%s names the option when the secret is missing', async (_, call) => {
    const { service } = world.services('usernames', 'secret', { clientSecret: undefined });

    await expect(call(service)).rejects.toMatchObject({
      code: 'SECRET_HASH_MISSING',
      status: 500,
      message: expect.stringContaining('"clientSecret"') as string,
    });
  });

  it.each(CALLS)('%s names the option when the secret is wrong', async (_, call) => {
    const { service } = world.services('usernames', 'secret', { clientSecret: 'not-the-secret-of-this-client' });

    const error: Error = await call(service).then(
      () => new Error('passed'),
      (reason: unknown) => reason as Error,
    );

    expect(error).toMatchObject({ code: 'SECRET_HASH_INVALID', status: 500 });
    expect(error.message).toContain('"clientSecret"');
    expect(error.message).not.toContain('not-the-secret');
  });
});
