import { Controller, Get, type INestApplication, Module, type ModuleMetadata, UseGuards } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuthGuard } from '@nestjs/passport';
import { type AccessTokenClaims, Claims, CognitoAuthGuard, CurrentUser, MandateModule, Public } from 'mandate';
import { TestTokenIssuer } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { AccountGuard } from './files/account.guard.js';
import { AccountStrategy } from './files/account.strategy.js';
import { type User, UsersService } from './files/users.service.js';
import { answerOf, startApp } from './support/start-app.js';

// #region controller
@Controller('me')
export class MeController {
  @Get()
  me(@CurrentUser() user: User, @Claims() claims: AccessTokenClaims) {
    return { id: user.id, plan: user.plan, username: claims.username };
  }
}
// #endregion

@Controller('greeting')
class GreetingController {
  @Public()
  @Get()
  greet(@CurrentUser() user: User | undefined, @CurrentUser('username') username: string | undefined) {
    return { plan: user?.plan ?? null, username: username ?? null };
  }
}

@Controller('passport')
@UseGuards(AuthGuard('cognito'))
class PassportController {
  @Get()
  me(@CurrentUser() user: User) {
    return user;
  }
}

describe('a user of your own', () => {
  let issuer: TestTokenIssuer;
  const ann: User = { id: 7, plan: 'paid' };
  const apps: INestApplication[] = [];

  beforeAll(async () => {
    issuer = await TestTokenIssuer.create({ keys: signingKeysPem() });
  });

  afterAll(async () => {
    await Promise.all(apps.map((app) => app.close()));
  });

  async function start(metadata: ModuleMetadata): Promise<INestApplication> {
    const app = await startApp(metadata);
    apps.push(app);
    await app.get(UsersService, { strict: false }).add('ann-sub', ann);
    return app;
  }

  const tokens = () => ({
    known: issuer.signToken({ username: 'ann', sub: 'ann-sub' }),
    unknown: issuer.signToken({ username: 'bob', sub: 'bob-sub' }),
  });

  async function expectUsers(app: INestApplication): Promise<void> {
    const { known, unknown } = tokens();
    expect(await answerOf(app, '/me', known)).toEqual([200, { ...ann, username: 'ann' }]);
    expect(await answerOf(app, '/me', unknown)).toEqual([401, 'TOKEN_CLAIMS_INVALID']);
    expect(await answerOf(app, '/greeting', known)).toEqual([200, { plan: 'paid', username: 'ann' }]);
    expect(await answerOf(app, '/greeting', unknown)).toEqual([200, { plan: null, username: null }]);
    expect(await answerOf(app, '/greeting')).toEqual([200, { plan: null, username: null }]);
  }

  it('is loaded by the option', async () => {
    const pool = issuer.moduleOptions();
    // #region option
    @Module({ providers: [UsersService], exports: [UsersService] })
    class UsersModule {}

    @Module({
      imports: [
        MandateModule.forRootAsync({
          imports: [UsersModule],
          inject: [UsersService],
          useFactory: (users: UsersService) => ({
            ...pool,
            loadUser: ({ sub }) => users.findBySub(sub),
          }),
        }),
      ],
      controllers: [MeController, GreetingController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    // #endregion
    await expectUsers(await start({ imports: [AppModule] }));
  });

  it('is loaded by a guard of your own', async () => {
    const app = await start({
      imports: [MandateModule.forRoot(issuer.moduleOptions())],
      controllers: [MeController, GreetingController],
      providers: [UsersService, { provide: APP_GUARD, useClass: AccountGuard }],
    });
    await expectUsers(app);
  });

  it('is loaded by a strategy of passport', async () => {
    const app = await start({
      imports: [MandateModule.forRoot(issuer.moduleOptions())],
      controllers: [PassportController],
      providers: [UsersService, AccountStrategy],
    });
    const { known, unknown } = tokens();
    expect(await answerOf(app, '/passport', known)).toEqual([200, ann]);
    expect((await answerOf(app, '/passport', unknown))[0]).toBe(401);
  });
});
