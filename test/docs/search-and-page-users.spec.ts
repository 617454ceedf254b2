import { Controller, Get, type INestApplication, Module, Param, Query } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CognitoAdminService, CognitoAuthGuard, Groups, MandateModule } from 'mandate';
import { LocalCognito } from 'mandate/testing';
import request from 'supertest';

import { signingKeysPem } from '../local/signing-keys.js';
import { RunningApps } from './migration/running-app.js';

// #region controller
@Controller('users')
@Groups('support')
export class UsersController {
  constructor(private readonly admin: CognitoAdminService) {}

  /** GET /users?email=ann@&cursor=... */
  @Get()
  async search(@Query('email') email = '', @Query('cursor') cursor?: string) {
    const users = this.admin.getUsers({ filter: { attribute: 'email', startsWith: email } });
    const page = await users.page({ limit: 20, cursor });
    return {
      users: page.items.map(({ username, status, attributes }) => ({ username, status, email: attributes.email })),
      cursor: page.cursor,
    };
  }

  @Get(':username/history')
  async history(@Param('username') username: string, @Query('cursor') cursor?: string) {
    return this.admin.authEvents.list(username).page({ limit: 10, cursor });
  }
}
// #endregion

/** The code of docs/how-to/search-and-page-users.md. */
describe('docs/how-to/search-and-page-users.md', () => {
  const apps = new RunningApps();
  let local: LocalCognito;
  let app: INestApplication;
  let token: string;

  beforeAll(async () => {
    local = await LocalCognito.start({
      pools: [
        {
          name: 'people',
          keys: signingKeysPem(),
          UserPoolTier: 'PLUS',
          UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
          users: Array.from({ length: 25 }, (_, index) => ({
            username: `user-${index}`,
            attributes: { email: `user-${index}@example.com` },
          })),
        },
      ],
    });
    @Module({
      imports: [MandateModule.forRoot(local.pool().moduleOptions())],
      controllers: [UsersController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    app = await apps.start(AppModule);
    token = await local.pool().signToken({ username: 'user-0', groups: ['support'] });
  });

  afterAll(async () => {
    await apps.stop();
    await local.stop();
  });

  const get = (path: string) => request(app.getHttpServer()).get(path).auth(token, { type: 'bearer' });

  it('searches page by page', async () => {
    const first = await get('/users?email=user-').expect(200);
    const { users, cursor } = first.body as { users: object[]; cursor: string };
    const second = await get(`/users?email=user-&cursor=${encodeURIComponent(cursor)}`).expect(200);

    expect(users).toHaveLength(20);
    expect(second.body).toMatchObject({ users: { length: 5 } });
    expect(second.body).not.toHaveProperty('cursor');
    await get('/users?email=user-&cursor=invented').expect(400);
    await get('/users/user-1/history').expect(200, { items: [] });
    await get('/users/nobody/history').expect(404);
  });

  it('fetches one page', async () => {
    const admin = app.get(CognitoAdminService);
    // #region page
    const users = admin.getUsers({ filter: { attribute: 'email', startsWith: 'user-' } });
    const first = await users.page({ limit: 20 });
    const second = await users.page({ limit: 20, cursor: first.cursor });
    // #endregion
    expect([first.items.length, second.items.length, second.cursor]).toEqual([20, 5, undefined]);
  });

  it('goes through all users, links identities and invites again', async () => {
    const admin = app.get(CognitoAdminService);
    // #region all
    let count = 0;
    for await (const user of admin.getUsers({ filter: { attribute: 'status', equals: 'Enabled' } })) {
      count += user.status === 'CONFIRMED' ? 1 : 0;
    }
    // #endregion
    expect(count).toBe(25);
    await admin.createUser({ username: 'late', attributes: { email: 'late@example.com' } });
    // #region reinvite
    await admin.reinviteUser({ username: 'late' });
    // #endregion
    expect(local.outbox.all({ to: 'late@example.com' })).toHaveLength(2);
  });
});
