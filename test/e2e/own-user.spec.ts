import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { APP_GUARD } from '@nestjs/core';
import { Controller, ForbiddenException, Get, Injectable, Module, type Provider, Req, UseGuards } from '@nestjs/common';
import { Field, GraphQLModule, ObjectType, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { AuthGuard } from '@nestjs/passport';
import request from 'supertest';

import {
  type AccessTokenClaims,
  type Authentication,
  Claims,
  CognitoAuthGuard,
  CognitoJwtStrategy,
  cognitoStrategy,
  CurrentUser,
  MandateModule,
  type MandateModuleOptions,
  Public,
  type RegisteredPool,
  type TokenEvent,
  UserPools,
  type VerifiedClaims,
} from '../../lib/index.js';
import { accessToken, POOL_ID } from '../tokens/support/test-issuer.js';
import { poolOptions } from './support/door.js';
import { PLATFORMS, startApp } from './support/http-apps.js';

interface User {
  readonly id: number;
  readonly email: string;
}

/** The users of the application, by `sub`. */
@Injectable()
class UsersService {
  readonly asked: string[] = [];

  async find(sub: string): Promise<User | undefined> {
    await Promise.resolve();
    this.asked.push(sub);
    if (sub === 'banned') {
      throw new ForbiddenException('You are banned.');
    }
    return sub === 'ann' ? { id: 1, email: 'ann@example.com' } : undefined;
  }
}

@Module({})
class UsersModule {}

const ann: User = { id: 1, email: 'ann@example.com' };
const STAFF_ISSUER = 'https://staff.example';
const staffOptions: MandateModuleOptions & { name: string } = {
  ...poolOptions,
  name: 'staff',
  issuer: STAFF_ISSUER,
  userPoolId: `${POOL_ID}9`,
};

const answer = (user: unknown, claims: VerifiedClaims | undefined, sub: unknown, incoming: { user?: unknown }) => ({
  user: user ?? null,
  claims: claims?.sub ?? null,
  sub: sub ?? null,
  isRequestUser: incoming.user === user,
});

@Controller()
class StrategyController {
  @Get('users')
  @UseGuards(AuthGuard('cognito'))
  users(
    @CurrentUser() user: unknown,
    @Claims() claims: AccessTokenClaims,
    @CurrentUser('sub') sub: string,
    @Req() incoming: { user?: unknown },
  ) {
    return answer(user, claims, sub, incoming);
  }

  @Get('staff')
  @UseGuards(AuthGuard('cognito:staff'))
  staff(
    @CurrentUser() user: unknown,
    @Claims() claims: AccessTokenClaims,
    @CurrentUser('sub') sub: string,
    @Req() incoming: { user?: unknown },
  ) {
    return answer(user, claims, sub, incoming);
  }
}

@Injectable()
class PlainStrategy extends CognitoJwtStrategy {
  override validate({ sub }: VerifiedClaims) {
    return sub === 'ann' ? ann : undefined;
  }
}

@Injectable()
class InjectedStrategy extends CognitoJwtStrategy {
  constructor(private readonly users: UsersService) {
    super();
  }

  override validate({ sub }: VerifiedClaims) {
    return this.users.find(sub);
  }
}

/** Names of members as an application may choose them. */
@Injectable()
class GivenPoolStrategy extends CognitoJwtStrategy {
  readonly pool = 'mine';

  constructor(
    readonly pools: UserPools,
    pool: RegisteredPool,
  ) {
    super(pool);
  }

  override async validate({ sub }: VerifiedClaims, incoming: { url?: string }) {
    return (await Promise.resolve(sub)) === 'ann' && incoming.url?.startsWith('/users') ? ann : null;
  }
}

@Injectable()
class StaffStrategy extends cognitoStrategy('cognito:staff') {
  override validate({ sub }: VerifiedClaims) {
    return sub === 'ann' ? ann : 0;
  }
}

const givenPool: Provider = {
  provide: GivenPoolStrategy,
  inject: [UserPools, CognitoJwtStrategy],
  useFactory: (pools: UserPools) => new GivenPoolStrategy(pools, pools.get()),
};

describe.each(PLATFORMS)('a strategy that loads a user of its own on %s', (platform) => {
  it.each([
    ['without a constructor', '/users', [PlainStrategy]],
    ['with a service', '/users', [UsersService, InjectedStrategy]],
    ['with a pool that is given', '/users', [givenPool]],
    ['for a named pool', '/staff', [StaffStrategy]],
  ])('is honoured %s', async (_name, path, providers) => {
    for (const isFirst of [true, false]) {
      const events: TokenEvent[] = [];
      const onTokenEvent = (event: TokenEvent) => events.push(event);
      const modules = [
        MandateModule.forRoot({ ...poolOptions, isGlobal: true, onTokenEvent }),
        MandateModule.forRoot({ ...staffOptions, isGlobal: true, onTokenEvent }),
      ];
      const own = { module: UsersModule, providers };
      const app = await startApp(platform, {
        imports: isFirst ? [own, ...modules] : [...modules, own],
        controllers: [StrategyController],
      });
      const iss = path === '/staff' ? STAFF_ISSUER : undefined;
      const get = (sub: string) =>
        request(app.getHttpServer())
          .get(path)
          .set('Authorization', `Bearer ${accessToken({ sub, ...(iss && { iss }) })}`);
      const { status, body } = await get('ann');
      expect([status, body]).toEqual([200, { user: ann, claims: 'ann', sub: 'ann', isRequestUser: true }]);
      await get('stranger').expect(401);
      expect(events.at(-1)).toMatchObject({ type: 'access-denied', code: 'TOKEN_CLAIMS_INVALID' });
      await app.close();
    }
  });

  it('passes errors on', async () => {
    const app = await startApp(platform, {
      imports: [MandateModule.forRoot(poolOptions), MandateModule.forRoot(staffOptions)],
      controllers: [StrategyController],
      providers: [UsersService, InjectedStrategy],
    });
    const call = request(app.getHttpServer()).get('/users');
    const { status, body } = await call.set('Authorization', `Bearer ${accessToken({ sub: 'banned' })}`);
    expect([status, body.message]).toEqual([403, 'You are banned.']);
    await app.close();
  });

  it('does not start without a pool', async () => {
    const starting = startApp(platform, {
      imports: [MandateModule.forRoot(poolOptions)],
      providers: [StaffStrategy],
    });
    await expect(starting).rejects.toThrow(/must name a registered user pool, not "staff"/);
  });
});

function guardedBy(Guard: typeof CognitoAuthGuard) {
  @Controller()
  @UseGuards(Guard)
  class GuardedController {
    @Get('me')
    me(
      @CurrentUser() user: unknown,
      @Claims() claims: AccessTokenClaims,
      @CurrentUser('sub') sub: string,
      @Req() incoming: { user?: unknown },
    ) {
      return answer(user, claims, sub, incoming);
    }

    @Get('open')
    @Public()
    open(
      @CurrentUser() user: unknown,
      @Claims() claims: AccessTokenClaims | undefined,
      @CurrentUser('sub') sub: string | undefined,
      @Req() incoming: { user?: unknown },
    ) {
      return answer(user, claims, sub, incoming);
    }
  }
  return GuardedController;
}

@ObjectType()
class Profile {
  @Field(() => String)
  email!: string;
}

@Resolver(() => Profile)
@UseGuards(CognitoAuthGuard)
class ProfileResolver {
  @Query(() => Profile)
  first(@CurrentUser() { email }: User): Profile {
    return { email };
  }

  @Query(() => Profile)
  second(@CurrentUser() { email }: User): Profile {
    return { email };
  }

  @ResolveField(() => String)
  email(@CurrentUser() { email }: User): string {
    return email;
  }
}

@Injectable()
class LoadingGuard extends CognitoAuthGuard {
  readonly users = new UsersService();

  protected override loadUser({ claims }: Authentication): unknown {
    return this.users.find(claims.sub);
  }
}

describe.each(PLATFORMS)('the guard with users of the application on %s', (platform) => {
  /** Both ways to load them: the option, and a subclass of the guard. */
  describe.each(['option', 'subclass'])('by %s', (way) => {
    const start = () => {
      const users = new UsersService();
      const loadUser = ({ sub }: VerifiedClaims) => users.find(sub);
      return startApp(platform, {
        imports: [MandateModule.forRoot({ ...poolOptions, ...(way === 'option' && { loadUser }) })],
        controllers: [guardedBy(way === 'option' ? CognitoAuthGuard : LoadingGuard)],
      });
    };

    it('gives them to decorators, denies without one, and passes errors on', async () => {
      const app = await start();
      const get = (path: string, sub?: string) => {
        const call = request(app.getHttpServer()).get(path);
        return sub === undefined ? call : call.set('Authorization', `Bearer ${accessToken({ sub })}`);
      };
      const known = { user: ann, claims: 'ann', sub: 'ann', isRequestUser: true };
      expect((await get('/me', 'ann')).body).toEqual(known);
      expect((await get('/open', 'ann')).body).toEqual(known);
      const unknown = await get('/me', 'stranger');
      expect([unknown.status, unknown.body.code]).toEqual([401, 'TOKEN_CLAIMS_INVALID']);
      expect(unknown.headers['www-authenticate']).toMatch(/^Bearer realm="default", error="invalid_token"/);
      expect((await get('/open', 'stranger')).body).toMatchObject({ user: null, claims: null });
      expect((await get('/open')).body).toMatchObject({ user: null, claims: null });
      const banned = await get('/me', 'banned');
      expect([banned.status, banned.body.message]).toEqual([403, 'You are banned.']);
      await app.close();
    });
  });

  it('loads them once for all fields and guards of a request, and anew for the next', async () => {
    const users = new UsersService();
    const app = await startApp(platform, {
      imports: [
        MandateModule.forRoot({ ...poolOptions, loadUser: ({ sub }) => users.find(sub) }),
        GraphQLModule.forRoot<ApolloDriverConfig>({
          driver: ApolloDriver,
          autoSchemaFile: true,
          fieldResolverEnhancers: ['guards'],
        }),
      ],
      controllers: [guardedBy(CognitoAuthGuard)],
      providers: [ProfileResolver, { provide: APP_GUARD, useClass: CognitoAuthGuard }],
    });
    const token = accessToken({ sub: 'ann' });
    const query = '{ first { email } second { email } }';
    for (const times of [1, 2]) {
      const { body } = await request(app.getHttpServer())
        .post('/graphql')
        .set('Authorization', `Bearer ${token}`)
        .send({ query })
        .expect(200);
      expect(body).toEqual({ data: { first: { email: ann.email }, second: { email: ann.email } } });
      expect(users.asked).toHaveLength(times);
    }
    await request(app.getHttpServer()).get('/me').set('Authorization', `Bearer ${token}`).expect(200);
    expect(users.asked).toHaveLength(3);
    await app.close();
  });
});
