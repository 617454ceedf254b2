import { type Application, startApplication } from '../user/application.js';
import { CLIENT_ID, POOL_ID } from '../user/service-under-test.js';
import { exception, FakeService, json } from './fake-service.js';

describe('the option "retry" of the module', () => {
  let fake: FakeService;
  let application: Application | undefined;

  beforeEach(async () => {
    fake = await FakeService.start();
  });

  afterEach(async () => {
    await application?.close();
    await fake.stop();
  });

  const start = async (retry: object): Promise<Application> =>
    (application = await startApplication({
      userPoolId: POOL_ID,
      clientId: CLIENT_ID,
      endpoint: fake.endpoint,
      retry,
    }));

  const throttled = exception('TooManyRequestsException', 'Rate exceeded');

  it.each([
    ['turns retries off', { maxAttempts: 1 }, 1],
    ['bounds the attempts', { maxAttempts: 4, baseDelay: 1, maxDelay: 2 }, 4],
    ['is three attempts unless said', { baseDelay: 1 }, 3],
  ])('%s', async (_, retry, requests) => {
    fake.on('ForgotPassword', throttled);
    const { cognito } = await start(retry);

    await expect(cognito.initiateForgotPassword({ username: 'ann' })).rejects.toMatchObject({
      code: 'TOO_MANY_REQUESTS',
      status: 429,
    });

    expect(fake.requests).toHaveLength(requests);
  });

  it('is for privileged calls too', async () => {
    fake.on('AdminCreateUser', throttled, json({ User: { Username: 'ann' } }));
    application = await startApplication({
      userPoolId: POOL_ID,
      clientId: CLIENT_ID,
      endpoint: fake.endpoint,
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
      retry: { baseDelay: 1 },
    });

    await expect(application.admin.createUser({ username: 'ann' })).resolves.toMatchObject({ username: 'ann' });
  });
});
