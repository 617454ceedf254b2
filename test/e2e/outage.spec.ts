import { Body, Controller, Get, type INestApplication, Param, Post } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import request from 'supertest';

import {
  CognitoAdminService,
  CognitoExceptionFilter,
  CognitoService,
  MandateModule,
  type UserAttributes,
} from '../../lib/index.js';
import { all } from '../admin/all.js';
import { cutShort, FakeService, json, raw, reset, type Reply } from '../client/fake-service.js';
import { CLIENT_ID, POOL_ID } from '../user/service-under-test.js';
import { PLATFORMS, startApp } from './support/http-apps.js';

@Controller()
class AccountsController {
  constructor(
    private readonly cognito: CognitoService,
    private readonly admin: CognitoAdminService,
  ) {}

  @Post('login')
  login(@Body() body: { username: string; password: string }) {
    return this.cognito.authenticate({ ...body, flow: 'USER_PASSWORD_AUTH' });
  }

  @Post('bare-login')
  bareLogin(@Body() body: never) {
    return this.cognito.authenticate(body);
  }

  @Get('users/:name')
  user(@Param('name') name: string): Promise<{ readonly attributes: UserAttributes }> {
    return this.admin.getUser(name);
  }

  @Get('users')
  async users() {
    return all(this.admin.getUsers());
  }
}

/** What Cognito, or what stands before it, does to every request; the operation does not matter. */
const OUTAGES: readonly [string, Reply][] = [
  ['breaks connections', reset()],
  ['answers a web page', raw('<html>Bad gateway</html>', 502)],
  ['answers a web page as if all were well', raw('<html>Welcome</html>')],
  ['answers half', cutShort('{"AuthenticationResult":')],
];

describe.each(PLATFORMS)('an application on %s while Cognito is out of order', (platform) => {
  let fake: FakeService;
  let app: INestApplication;

  const start = (endpoint: string): Promise<INestApplication> =>
    startApp(platform, {
      imports: [
        MandateModule.forRoot({
          userPoolId: POOL_ID,
          clientId: CLIENT_ID,
          endpoint,
          retry: { maxAttempts: 1 },
          credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'example' },
        }),
      ],
      controllers: [AccountsController],
      providers: [{ provide: APP_FILTER, useClass: CognitoExceptionFilter }],
    });

  const calls = (server: INestApplication) => {
    const agent = request(server.getHttpServer());
    return [
      agent.post('/login').send({ username: 'ann', password: 'secret-word' }),
      agent.get('/users/ann'),
      agent.get('/users'),
    ];
  };

  const expectUnavailable = async (server: INestApplication): Promise<void> => {
    for (const call of calls(server)) {
      const { status, body, text } = await call;
      expect({ status, body }).toMatchObject({
        status: 503,
        body: { statusCode: 503, error: 'Service Unavailable', code: 'SERVICE_UNAVAILABLE' },
      });
      expect(text).not.toMatch(/secret-word|html|Welcome/);
    }
  };

  beforeAll(async () => {
    fake = await FakeService.start();
    app = await start(fake.endpoint);
  });

  afterAll(async () => {
    await app.close();
    await fake.stop();
  });

  it.each(OUTAGES)('answers 503 when it %s', async (_, reply) => {
    for (const operation of ['InitiateAuth', 'AdminGetUser', 'ListUsers']) {
      fake.on(operation, reply);
    }

    await expectUnavailable(app);
  });

  it('answers 503 when nobody listens', async () => {
    const gone = await FakeService.start();
    const server = await start(gone.endpoint);
    await gone.stop();

    await expectUnavailable(server);
    await server.close();
  });

  it('works again afterwards', async () => {
    fake.on(
      'ListUsers',
      json({ Users: [{ Username: 'ann', Attributes: [], UserStatus: 'CONFIRMED', Enabled: true }] }),
    );

    const { status, body } = await request(app.getHttpServer()).get('/users');

    expect([status, body]).toMatchObject([200, [{ username: 'ann' }]]);
  });

  it('answers 400 to a request without a body', async () => {
    const { status, body } = await request(app.getHttpServer()).post('/bare-login');

    expect([status, body.code]).toEqual([400, 'ARGUMENT_INVALID']);
  });
});
