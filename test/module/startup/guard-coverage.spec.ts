import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import {
  applyDecorators,
  type CanActivate,
  Controller,
  type ExecutionContext,
  Get,
  Injectable,
  Logger,
  Module,
  Post,
  Scope,
  type Type,
  UseGuards,
} from '@nestjs/common';
import { APP_GUARD, NestFactory, Reflector } from '@nestjs/core';
import { Field, GraphQLModule, ObjectType, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import { EventPattern, MessagePattern, type MicroserviceOptions, Transport } from '@nestjs/microservices';
import { AuthGuard } from '@nestjs/passport';
import { WsAdapter } from '@nestjs/platform-ws';
import { Test } from '@nestjs/testing';
import { SubscribeMessage, WebSocketGateway } from '@nestjs/websockets';

import { CognitoAuthGuard } from '../../../lib/auth/cognito-auth.guard.js';
import { Auth } from '../../../lib/auth/decorators/auth.decorator.js';
import { Groups } from '../../../lib/auth/decorators/groups.decorator.js';
import { MaxAge } from '../../../lib/auth/decorators/max-age.decorator.js';
import { Pool } from '../../../lib/auth/decorators/pool.decorator.js';
import { Public } from '../../../lib/auth/decorators/public.decorator.js';
import { RequireAcr } from '../../../lib/auth/decorators/require-acr.decorator.js';
import { Scopes } from '../../../lib/auth/decorators/scopes.decorator.js';
import { TokenUse } from '../../../lib/auth/decorators/token-use.decorator.js';
import { UserPools } from '../../../lib/auth/pools/user-pools.js';
import { MandateModule } from '../../../lib/module/mandate.module.js';
import { KnownCallerGuard } from '../../../lib/testing/known-caller.guard.js';
import { poolOptions } from '../../e2e/support/door.js';
import { freePort } from '../../e2e/support/free-port.js';
import { globalGuard, refusal, registration, start } from './support.js';

@Controller('cats')
class CatsController {
  @Get()
  @Groups('admins')
  find() {
    return [];
  }
}

@Injectable()
class StrictGuard extends CognitoAuthGuard {}

@Injectable({ scope: Scope.REQUEST })
class GuardOfRequests extends CognitoAuthGuard {}

/** Calls the guard, and extends nothing. */
@Injectable()
class CompositeGuard implements CanActivate {
  constructor(private readonly cognito: CognitoAuthGuard) {}

  canActivate(context: ExecutionContext) {
    return this.cognito.canActivate(context);
  }
}

/** A controller whose handler has some decorators. */
function controllerWith(...decorators: readonly (MethodDecorator & ClassDecorator)[]): Type {
  @Controller()
  class DogsController {
    @Get()
    @applyDecorators(...decorators)
    pet() {
      return {};
    }
  }
  return DogsController;
}

describe('an access decorator that no guard enforces', () => {
  it.each([
    ['@Groups', Groups('admins')],
    ['@Groups.all', Groups.all('admins')],
    ['@Groups.none', Groups.none('admins')],
    ['@Scopes', Scopes('orders/write')],
    ['@Scopes.any', Scopes.any('orders/write')],
    ['@MaxAge', MaxAge(300)],
    ['@RequireAcr', RequireAcr('mfa')],
    ['@TokenUse', TokenUse('id')],
    ['@Pool', Pool('default')],
  ])('stops the start: %s', async (name, decorator) => {
    const message = await refusal({ controllers: [controllerWith(decorator)] });
    expect(message).toContain(
      `MandateConfigurationError: ${name} at DogsController.pet is enforced by no CognitoAuthGuard`,
    );
    expect(message).toContain('"guardCoverage"');
  });

  it('stops the start from the class too, for each handler that nothing covers', async () => {
    @Controller()
    @Groups('admins')
    class HalfController {
      @Get('guarded')
      @UseGuards(CognitoAuthGuard)
      guarded() {
        return {};
      }
      @Get('open')
      open() {
        return {};
      }
      @Get('public')
      @Public()
      public() {
        return {};
      }
    }
    const message = await refusal({ controllers: [HalfController] });
    expect(message).toContain('@Groups at HalfController.open is enforced');
    expect(message).not.toContain('HalfController.guarded');
    expect(message).not.toContain('HalfController.public');
  });

  it('names all handlers in one message, with the guards that they have', async () => {
    @Controller()
    class SecondController {
      @Post()
      @MaxAge(300)
      @UseGuards(AuthGuard('cognito'))
      pay() {
        return {};
      }
      @Get()
      @Scopes('orders/read')
      list() {
        return {};
      }
    }
    const message = await refusal({ controllers: [CatsController, SecondController] });
    expect(message).toContain('@Groups at CatsController.find, @Scopes at SecondController.list is enforced');
    expect(message).toContain('@MaxAge at SecondController.pay is enforced');
    expect(message).toContain("those of passport, such as AuthGuard('cognito'), read no access decorators");
  });

  it('is found at a handler that a controller inherits', async () => {
    abstract class Base {
      @Get()
      @Groups('admins')
      list() {
        return [];
      }
    }
    @Controller('open')
    class OpenController extends Base {}
    @Controller('guarded')
    @UseGuards(CognitoAuthGuard)
    class GuardedController extends Base {}
    const message = await refusal({ controllers: [OpenController, GuardedController] });
    expect(message).toContain('OpenController.list');
    expect(message).not.toContain('GuardedController');
  });

  it('is found at a method that is no handler', async () => {
    @Injectable()
    class ReportService {
      @Groups('admins')
      create() {
        return {};
      }
    }
    expect(await refusal({ providers: [ReportService] })).toContain('@Groups at ReportService.create is enforced');
  });

  it('does not matter at a public handler, nor without decorators', async () => {
    @Controller()
    class OpenController {
      @Get('a')
      @Public()
      a() {
        return {};
      }
      @Get('b')
      b() {
        return {};
      }
    }
    await expect(start({ controllers: [OpenController] })).resolves.toBeUndefined();
  });
});

describe('a handler is covered', () => {
  it.each([
    ['by @Auth', Auth({ groups: ['admins'] })],
    ['by @UseGuards at the method', UseGuards(CognitoAuthGuard)],
    ['by a subclass', UseGuards(StrictGuard)],
    ['by a subclass that is created for each request', UseGuards(GuardOfRequests)],
    ['by an instance', UseGuards(new CognitoAuthGuard(new UserPools(), new Reflector()))],
  ])('%s', async (_, guard) => {
    const controller = controllerWith(guard, MaxAge(300));
    await expect(start({ controllers: [controller] })).resolves.toBeUndefined();
  });

  it.each([
    ['useClass', [{ provide: APP_GUARD, useClass: CognitoAuthGuard }]],
    ['useClass with a subclass', [{ provide: APP_GUARD, useClass: StrictGuard }]],
    ['useClass, one for each request', [{ provide: APP_GUARD, useClass: GuardOfRequests }]],
    ['useClass with a scope', [{ provide: APP_GUARD, useClass: CognitoAuthGuard, scope: Scope.REQUEST }]],
    ['useExisting', [CognitoAuthGuard, { provide: APP_GUARD, useExisting: CognitoAuthGuard }]],
    [
      'useFactory',
      [
        {
          provide: APP_GUARD,
          inject: [UserPools, Reflector],
          useFactory: (pools: UserPools, reflector: Reflector) => new CognitoAuthGuard(pools, reflector),
        },
      ],
    ],
  ])('by APP_GUARD with %s', async (_, providers) => {
    await expect(start({ controllers: [CatsController], providers })).resolves.toBeUndefined();
  });

  it('by app.useGlobalGuards', async () => {
    await expect(
      start({
        controllers: [CatsController],
        prepare: (app) => app.useGlobalGuards(new CognitoAuthGuard(app.get(UserPools), new Reflector())),
      }),
    ).resolves.toBeUndefined();
  });

  it.each([
    ['KnownCallerGuard', new KnownCallerGuard({ groups: ['admins'] })],
    ['a guard that lets everybody in', { canActivate: () => true }],
  ])('by %s, with which a test overrides the guard', async (_, replacement) => {
    @Controller()
    @UseGuards(CognitoAuthGuard)
    class StaffController {
      @Get()
      @Groups('admins')
      @Pool('staff')
      find() {
        return {};
      }
    }
    await expect(
      start({
        controllers: [StaffController],
        override: (builder) => builder.overrideGuard(CognitoAuthGuard).useValue(replacement),
      }),
    ).resolves.toBeUndefined();
    await expect(
      start({
        controllers: [CatsController],
        providers: [CognitoAuthGuard, { provide: APP_GUARD, useExisting: CognitoAuthGuard }],
        override: (builder) => builder.overrideProvider(CognitoAuthGuard).useValue(replacement),
      }),
    ).resolves.toBeUndefined();
  });

  it('by a guard of the application that calls it, which only guardCoverage: "unchecked" can say', async () => {
    const settings = {
      controllers: [CatsController],
      providers: [CognitoAuthGuard, { provide: APP_GUARD, useClass: CompositeGuard }],
    };
    expect(await refusal(settings)).toContain('@Groups at CatsController.find');
    const imports = [
      registration,
      MandateModule.forRootAsync({
        name: 'staff',
        useFactory: () => ({ ...poolOptions, guardCoverage: 'unchecked' as const }),
      }),
    ];
    await expect(start({ ...settings, imports })).resolves.toBeUndefined();
  });
});

describe('microservices', () => {
  @Controller()
  class OrdersHandlers {
    @MessagePattern('orders')
    @Groups('admins')
    orders() {
      return [];
    }
    @EventPattern('paid')
    @Scopes('orders/write')
    paid(order: unknown) {
      return order;
    }
  }

  const tcp = async () => ({
    transport: Transport.TCP as const,
    options: { host: '127.0.0.1', port: await freePort() },
  });

  it('are covered by a global guard where they are the application', async () => {
    const metadata = { imports: [registration], controllers: [OrdersHandlers] };
    const compile = (providers: object[]) =>
      Test.createTestingModule({ ...metadata, providers: providers as [] }).compile();
    const open = (await compile([])).createNestMicroservice<MicroserviceOptions>({ ...(await tcp()), logger: false });
    await expect(open.listen()).rejects.toThrow('@Groups at OrdersHandlers.orders, @Scopes at OrdersHandlers.paid');
    await open.close();
    const guarded = (await compile([globalGuard])).createNestMicroservice<MicroserviceOptions>({
      ...(await tcp()),
      logger: false,
    });
    await expect(guarded.listen()).resolves.not.toThrow();
    await guarded.close();
  });

  it.each([
    [undefined, false],
    [{ inheritAppConfig: false }, false],
    [{ inheritAppConfig: true }, true],
  ])(
    'of a hybrid application are covered by a global guard only with inheritAppConfig (%p)',
    async (hybrid, covered) => {
      const options = await tcp();
      const message = await refusal({
        controllers: [OrdersHandlers, CatsController],
        providers: [globalGuard],
        prepare: (app) => app.connectMicroservice<MicroserviceOptions>(options, hybrid),
      });
      if (covered) {
        expect(message).toBe('Error: The application has started.');
      } else {
        expect(message).toContain('@Groups at OrdersHandlers.orders, @Scopes at OrdersHandlers.paid');
        expect(message).toContain('inheritAppConfig');
        expect(message).not.toContain('CatsController');
      }
    },
  );

  it('that a global guard does not reach are named in the log, unless they are public', async () => {
    @Controller()
    class StockHandlers {
      @MessagePattern('count')
      count() {
        return 1;
      }

      @MessagePattern('ping')
      @Public()
      ping() {
        return 'pong';
      }

      @MessagePattern('sell')
      @UseGuards(CognitoAuthGuard)
      sell() {
        return true;
      }
    }
    const warn = jest.spyOn(Logger.prototype, 'warn').mockReturnValue();
    const startHybrid = async (hybrid: { inheritAppConfig: boolean }, guardCoverage?: 'unchecked') => {
      const options = await tcp();
      warn.mockClear();
      await start({
        imports: [MandateModule.forRoot({ ...poolOptions, guardCoverage })],
        controllers: [StockHandlers],
        providers: [globalGuard],
        prepare: (app) => app.connectMicroservice<MicroserviceOptions>(options, hybrid),
      });
      return warn.mock.calls.map(([line]: unknown[]) => line);
    };
    expect(await startHybrid({ inheritAppConfig: false })).toEqual([
      expect.stringContaining('Everybody is let in at StockHandlers.count: the global CognitoAuthGuard does not reach'),
    ]);
    expect(await startHybrid({ inheritAppConfig: true })).toEqual([]);
    expect(await startHybrid({ inheritAppConfig: false }, 'unchecked')).toEqual([]);
    warn.mockRestore();
  });

  it('may share modules with controllers for HTTP, which nothing serves there', async () => {
    const module = await Test.createTestingModule({ imports: [registration], controllers: [CatsController] }).compile();
    const app = module.createNestMicroservice<MicroserviceOptions>({ ...(await tcp()), logger: false });
    await expect(app.listen()).resolves.not.toThrow();
    await app.close();
  });

  it('that an HTTP application does not have leave message handlers without callers', async () => {
    await expect(start({ controllers: [OrdersHandlers] })).resolves.toBeUndefined();
  });

  it.each([
    ['connected after the start', undefined, true],
    ['started without the application', undefined, false],
    ['connected after the start, with inheritAppConfig', { inheritAppConfig: true }, true],
    ['started without the application, with inheritAppConfig', { inheritAppConfig: true }, false],
  ])('%s are checked before they listen', async (_, hybrid, isStarted) => {
    const module = await Test.createTestingModule({
      imports: [registration],
      controllers: [OrdersHandlers],
      providers: [globalGuard],
    }).compile();
    const app = module.createNestApplication({ logger: false });
    if (isStarted) {
      await app.init();
    }
    app.connectMicroservice<MicroserviceOptions>(await tcp(), hybrid);
    const started = app.startAllMicroservices();
    if (hybrid === undefined) {
      await expect(started).rejects.toThrow('@Groups at OrdersHandlers.orders, @Scopes at OrdersHandlers.paid');
      // It stays refused.
      await expect(app.startAllMicroservices()).rejects.toThrow('@Groups at OrdersHandlers.orders');
    } else {
      await expect(started).resolves.toBe(app);
    }
    await app.close();
  });

  it('of a hybrid application must all inherit it', async () => {
    const [first, second] = [await tcp(), await tcp()];
    const message = await refusal({
      controllers: [OrdersHandlers],
      providers: [globalGuard],
      prepare: (app) => {
        app.connectMicroservice<MicroserviceOptions>(first, { inheritAppConfig: true });
        app.connectMicroservice<MicroserviceOptions>(second);
      },
    });
    expect(message).toContain('inheritAppConfig');
  });

  it('of a hybrid application are covered by @UseGuards', async () => {
    @Controller()
    @UseGuards(CognitoAuthGuard)
    class GuardedHandlers extends OrdersHandlers {}
    const options = await tcp();
    await expect(
      start({
        controllers: [GuardedHandlers],
        prepare: (app) => app.connectMicroservice<MicroserviceOptions>(options),
      }),
    ).resolves.toBeUndefined();
  });
});

describe('gateways', () => {
  @WebSocketGateway()
  class ChatGateway {
    @SubscribeMessage('say')
    @Groups('members')
    say() {
      return {};
    }
  }

  it('are covered by @UseGuards, and on Nest 12 by a global guard', async () => {
    const prepare: Parameters<typeof start>[0]['prepare'] = (app) => app.useWebSocketAdapter(new WsAdapter(app));
    expect(await refusal({ providers: [ChatGateway], prepare })).toContain('@Groups at ChatGateway.say is enforced');
    await expect(start({ providers: [ChatGateway, globalGuard], prepare })).resolves.toBeUndefined();
    @WebSocketGateway()
    @UseGuards(CognitoAuthGuard)
    class GuardedGateway extends ChatGateway {}
    await expect(start({ providers: [GuardedGateway], prepare })).resolves.toBeUndefined();
  });
});

describe('resolvers', () => {
  @ObjectType()
  class Board {
    @Field(() => String)
    name = '';
  }

  @Resolver(() => Board)
  class BoardResolver {
    @Query(() => Board)
    @Groups('members')
    board() {
      return { name: 'board' };
    }
    @ResolveField(() => String)
    @Groups('moderators')
    notes(@Parent() board: Board) {
      return board.name;
    }
  }

  const graphql = (options: Partial<ApolloDriverConfig> = {}) => [
    registration,
    GraphQLModule.forRoot<ApolloDriverConfig>({ driver: ApolloDriver, autoSchemaFile: true, ...options }),
  ];

  it('are covered by a global guard, but their fields only with fieldResolverEnhancers', async () => {
    expect(await refusal({ imports: graphql(), providers: [BoardResolver] })).toContain(
      '@Groups at BoardResolver.board',
    );
    const fields = await refusal({ imports: graphql(), providers: [BoardResolver, globalGuard] });
    expect(fields).toContain('@Groups at BoardResolver.notes');
    expect(fields).toContain("fieldResolverEnhancers: ['guards']");
    expect(fields).not.toContain('BoardResolver.board');
    const imports = graphql({ fieldResolverEnhancers: ['guards'] });
    await expect(start({ imports, providers: [BoardResolver, globalGuard] })).resolves.toBeUndefined();
  });

  /** A resolver whose decorators are at its class. */
  function resolverOf(withQuery: boolean, ...decorators: readonly ClassDecorator[]): Type {
    @Resolver(() => Board)
    @applyDecorators(...decorators)
    class ClassResolver {
      @ResolveField(() => String)
      notes(@Parent() board: Board) {
        return board.name;
      }
    }
    @Resolver(() => Board)
    @applyDecorators(...decorators)
    class WithQuery extends ClassResolver {
      @Query(() => Board)
      board() {
        return { name: 'board' };
      }
    }
    return withQuery ? WithQuery : ClassResolver;
  }

  it.each<[string, readonly ClassDecorator[], readonly object[]]>([
    ['@Auth', [Auth()], []],
    ['@Groups', [UseGuards(CognitoAuthGuard), Groups('members')], []],
    ['@Pool', [Pool('default')], [globalGuard]],
    ['@TokenUse', [TokenUse('id')], [globalGuard]],
  ])('may have %s at a class with queries and fields: it is meant for the queries', async (_, decorators, guards) => {
    const providers = [resolverOf(true, ...decorators), ...guards] as Type[];
    await expect(start({ imports: graphql(), providers })).resolves.toBeUndefined();
  });

  it('may not have decorators at a class that has nothing but fields, which nothing enforces', async () => {
    const providers = [resolverOf(false, UseGuards(CognitoAuthGuard), Groups('members'))];
    expect(await refusal({ imports: graphql(), providers })).toMatch(/@Groups at \w+\.notes is enforced by no/);
  });
});

it('an application context for scripts, which receives no requests, needs no guard and no pool', async () => {
  @Controller()
  class StaffController {
    @Get()
    @Pool('staff')
    find() {
      return [];
    }
  }
  @Module({ imports: [registration], controllers: [CatsController, StaffController] })
  class ScriptModule {}
  const context = await NestFactory.createApplicationContext(ScriptModule, { logger: false, abortOnError: false });
  await context.close();
});
