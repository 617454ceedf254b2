import { Controller, Get, type INestApplication, Module, type Type, UseGuards } from '@nestjs/common';
import { Test } from '@nestjs/testing';
import { CognitoAuthGuard, CurrentUser, Groups, MandateArgumentError, MandateModule } from 'mandate';
import { MandateSessionModule } from 'mandate/http';
import {
  type CognitoOverrides,
  KnownCallerGuard,
  LocalCognito,
  overrideCognito,
  TestTokenIssuer,
} from 'mandate/testing';
import request from 'supertest';

/**
 * The classes of the entries are the same ones: guards, modules and errors of `mandate` and `mandate/http` are known to
 * `mandate/testing`. Also run in applications that have installed the package, in Jest and in Vitest (`npm run matrix`).
 */
class Routes {
  @Get('me')
  me(@CurrentUser('username') username: string): object {
    return { username };
  }

  @Groups('admins')
  @Get('admins')
  admins(): object {
    return {};
  }
}

@Controller()
class OpenController extends Routes {}

@UseGuards(CognitoAuthGuard)
@Controller()
class GuardedController extends Routes {}

const pool = { userPoolId: 'eu-west-1_AbCdEfGhI', clientId: '1h57kf5cpq17m0eml12EXAMPLE' };
const session = { secret: 'a secret of this test, with 32 characters', origin: 'https://app.example.com' };

/** Its `main.ts` calls `app.useGlobalGuards(app.get(CognitoAuthGuard))`. */
@Module({ imports: [MandateModule.forRoot(pool)], controllers: [OpenController], providers: [CognitoAuthGuard] })
class GlobalGuardModule {}

@Module({
  imports: [MandateModule.forRoot(pool), MandateSessionModule.forRoot({ session })],
  controllers: [GuardedController],
})
class SessionModule {}

let app: INestApplication | undefined;
let cognito: LocalCognito;
let issuer: TestTokenIssuer;

beforeAll(async () => {
  cognito = await LocalCognito.start({ users: [{ username: 'ann' }] });
  issuer = await TestTokenIssuer.create();
});

afterEach(async () => {
  await app?.close();
  app = undefined;
});

afterAll(() => cognito.stop());

const get = (path: string, token = 'any') => request(app?.getHttpServer()).get(path).auth(token, { type: 'bearer' });

async function start(root: Type, overrides: CognitoOverrides): Promise<void> {
  const module = await overrideCognito(Test.createTestingModule({ imports: [root] }), overrides).compile();
  app = module.createNestApplication();
  if (root === GlobalGuardModule) {
    app.useGlobalGuards(app.get(CognitoAuthGuard));
  }
  await app.init();
}

it.each([
  ['useGlobalGuards', GlobalGuardModule],
  ['@UseGuards', SessionModule],
])('replaces Cognito behind %s', async (_guard, root) => {
  await start(root, { cognito });
  await get('/me', await cognito.pool().signToken({ username: 'ann' })).expect(200, { username: 'ann' });
  await get('/me', issuer.signToken()).expect(401);
  await app?.close();
  await start(root, { issuer });
  await get('/me', issuer.signToken({ username: 'ann' })).expect(200, { username: 'ann' });
  await app?.close();
  await start(root, { user: { username: 'ann' } });
  await get('/me').expect(200, { username: 'ann' });
  await get('/admins').expect(403);
});

it('replaces the guard alone', async () => {
  const guard = new KnownCallerGuard({ username: 'ann' });
  const builder = Test.createTestingModule({ imports: [SessionModule] });
  const module = await builder.overrideGuard(CognitoAuthGuard).useValue(guard).compile();
  app = await module.createNestApplication().init();
  await get('/me').expect(200, { username: 'ann' });
  await get('/admins').expect(403);
});

it('refuses misuse by the class of the main entry', () => {
  const builder = Test.createTestingModule({ imports: [SessionModule] });
  expect(() => overrideCognito(builder, {})).toThrow(MandateArgumentError);
});
