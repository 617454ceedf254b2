import {
  applyDecorators,
  Controller,
  Get,
  Inject,
  Injectable,
  Module,
  type Provider,
  Scope,
  type Type,
  UseGuards,
} from '@nestjs/common';
import { APP_GUARD, REQUEST } from '@nestjs/core';
import { Test } from '@nestjs/testing';

import { CognitoAuthGuard } from '../../../lib/auth/cognito-auth.guard.js';
import { CognitoJwtStrategy, cognitoStrategy } from '../../../lib/auth/cognito-jwt.strategy.js';
import { Auth } from '../../../lib/auth/decorators/auth.decorator.js';
import { Groups } from '../../../lib/auth/decorators/groups.decorator.js';
import { MaxAge } from '../../../lib/auth/decorators/max-age.decorator.js';
import { Pool } from '../../../lib/auth/decorators/pool.decorator.js';
import { Public } from '../../../lib/auth/decorators/public.decorator.js';
import { RequireAcr } from '../../../lib/auth/decorators/require-acr.decorator.js';
import { Scopes } from '../../../lib/auth/decorators/scopes.decorator.js';
import { TokenUse } from '../../../lib/auth/decorators/token-use.decorator.js';
import { MandateConfigurationError } from '../../../lib/errors/configuration-error.js';
import { MandateModule, type MandateOptionsFactory } from '../../../lib/module/mandate.module.js';
import type { MandateModuleOptions } from '../../../lib/module/options.js';
import { poolOptions } from '../../e2e/support/door.js';
import { globalGuard, refusal, registration, start } from './support.js';

type Decorator = MethodDecorator & ClassDecorator;

/** `CatsController.find` with decorators of its own and of its class. */
function cats(own: readonly Decorator[], ofClass: readonly Decorator[] = []): Type {
  @Controller()
  @applyDecorators(...ofClass)
  class CatsController {
    @Get()
    @applyDecorators(...own)
    find() {
      return [];
    }
  }
  return CatsController;
}

const staff = MandateModule.forRoot({ ...poolOptions, name: 'staff' });
const customers = MandateModule.forRoot({ ...poolOptions, name: 'customers' });

describe('an unknown pool stops the start', () => {
  it.each<[string, readonly Decorator[], readonly Decorator[]]>([
    ['@Pool at a handler', [Pool('stuff')], []],
    ['@Pool at a class', [], [Pool('stuff')]],
    ['one of several', [Pool('staff', 'stuff')], []],
    ['@Auth at a handler', [Auth({ pool: 'stuff' })], []],
    ['@Auth at a class', [], [Auth({ pool: ['default', 'stuff'] })]],
    ['beside @Public', [Public(), Pool('stuff')], []],
  ])('%s', async (_, own, ofClass) => {
    const imports = [registration, staff];
    expect(await refusal({ imports, controllers: [cats(own, ofClass)], providers: [globalGuard] })).toBe(
      'MandateConfigurationError: @Pool at CatsController.find names "stuff", which is no registered pool. Registered pools: "default", "staff".',
    );
  });

  it('also where a guard is attached to the handler alone, and for a pool of other case', async () => {
    const controllers = [cats([Pool('Staff'), UseGuards(CognitoAuthGuard)])];
    expect(await refusal({ imports: [registration, staff], controllers })).toContain('names "Staff"');
  });

  it('but a registered one does not, in whatever module it is registered', async () => {
    @Module({ imports: [staff] })
    class StaffModule {}
    const imports = [StaffModule, registration];
    const controllers = [cats([Pool('staff')]), cats([Pool('default')])];
    await expect(start({ imports, controllers, providers: [globalGuard] })).resolves.toBeUndefined();
  });
});

describe('decorators that contradict each other stop the start', () => {
  it.each<[string, Decorator]>([
    ['@Groups', Groups('a')],
    ['@Groups.none', Groups.none('a')],
    ['@Scopes', Scopes('a/b')],
    ['@MaxAge', MaxAge(60)],
    ['@RequireAcr', RequireAcr('mfa')],
  ])('@Public beside %s', async (name, decorator) => {
    const own = await refusal({ controllers: [cats([Public(), decorator])], providers: [globalGuard] });
    expect(own).toBe(
      `MandateConfigurationError: @Public at CatsController.find contradicts ${name} on "find". Remove one of them.`,
    );
    const ofClass = await refusal({ controllers: [cats([], [Public(), decorator])], providers: [globalGuard] });
    expect(ofClass).toContain(`@Public at CatsController.find contradicts ${name} on "CatsController"`);
  });

  it.each<[string, readonly Decorator[]]>([
    ['@Groups at CatsController.find can never be met, because it requires "a"', [Groups('a'), Groups.none('a')]],
    ['@Groups at CatsController.find can never be met', [Groups.all('a', 'b'), Groups.none('b')]],
    ['@Scopes at CatsController.find can never be met', [Scopes('a/b'), Scopes.none('a/b')]],
    [
      '@Scopes at CatsController.find can never be met, because @TokenUse accepts no access',
      [Scopes('a/b'), TokenUse('id')],
    ],
  ])('%s', async (sentence, decorators) => {
    expect(await refusal({ controllers: [cats(decorators)], providers: [globalGuard] })).toContain(sentence);
    const [first, ...others] = decorators as [Decorator, ...Decorator[]];
    expect(await refusal({ controllers: [cats([first], others)], providers: [globalGuard] })).toContain(sentence);
  });

  describe('@Scopes, where the option tokenUse accepts ID tokens alone', () => {
    const ofId = MandateModule.forRoot({ ...poolOptions, tokenUse: 'id' });
    const staffOfId = MandateModule.forRoot({ ...poolOptions, name: 'staff', tokenUse: 'id' });
    const ofBoth = MandateModule.forRoot({ ...poolOptions, tokenUse: null });
    const sentence = '@Scopes at CatsController.find can never be met, because the option "tokenUse" accepts ID tokens';

    it.each<[string, NonNullable<Parameters<typeof start>[0]['imports']>, readonly Decorator[]]>([
      ['in the default pool', [ofId], [Scopes('a/b')]],
      ['in the only pool, which has a name', [staffOfId], [Scopes.any('a/b')]],
      ['in the pool that is named', [registration, staffOfId], [Scopes('a/b'), Pool('staff')]],
      ['in all of several', [ofId, staffOfId], [Scopes('a/b'), Pool('staff', 'default')]],
    ])('%s', async (_, imports, decorators) => {
      const providers = [globalGuard];
      expect(await refusal({ imports, controllers: [cats(decorators)], providers })).toContain(sentence);
      await expect(
        start({ imports, controllers: [cats([...decorators, TokenUse('access')])], providers }),
      ).resolves.toBeUndefined();
    });

    it('but what one pool of several can meet may stay, and what is forbidden alone', async () => {
      const providers = [globalGuard];
      const controllers = [cats([Scopes('a/b'), Pool('staff', 'default')]), cats([Pool('staff'), Scopes.none('a/b')])];
      await expect(start({ imports: [registration, staffOfId], controllers, providers })).resolves.toBeUndefined();
      await expect(
        start({ imports: [ofBoth], controllers: [cats([Scopes('a/b')])], providers }),
      ).resolves.toBeUndefined();
    });
  });

  it('but a handler may override its class, and what can be met may stay', async () => {
    const controllers = [
      cats([Public()], [Groups('a')]),
      cats([Groups('a')], [Public()]),
      cats([Public(), TokenUse('id'), Pool('default')]),
      cats([Groups('a', 'b'), Groups.none('a')]),
      cats([Scopes('a/b'), TokenUse('access', 'id')]),
    ];
    await expect(start({ controllers, providers: [globalGuard] })).resolves.toBeUndefined();
  });
});

describe('without a default pool', () => {
  const imports = [staff, customers];

  it('a guarded handler that names no pool stops the start, a public one too', async () => {
    const controllers = [cats([]), cats([Public()]), cats([Pool('staff')])];
    const message = await refusal({ imports, controllers, providers: [globalGuard] });
    expect(message).toBe(
      'MandateConfigurationError: @Pool at CatsController.find is missing: several pools are registered ("staff", "customers") and none of them is the default. Add @Pool, or omit the option "name" in one registration.',
    );
    expect(await refusal({ imports, controllers: [cats([Auth()])] })).toContain(
      '@Pool at CatsController.find is missing',
    );
  });

  it.each([
    ['handlers that name one', [cats([Pool('staff')]), cats([], [Pool('staff', 'customers')])], [globalGuard]],
    ['handlers that nothing guards', [cats([])], []],
  ])('%s are fine', async (_, controllers, providers) => {
    await expect(start({ imports, controllers, providers })).resolves.toBeUndefined();
  });

  it('a single named pool needs no name', async () => {
    await expect(
      start({ imports: [staff], controllers: [cats([])], providers: [globalGuard] }),
    ).resolves.toBeUndefined();
  });

  it('a subclass that selects the pool in its own way is left alone', async () => {
    @Injectable()
    class GuardByHost extends CognitoAuthGuard {
      protected override policyOf(...args: Parameters<CognitoAuthGuard['policyOf']>) {
        return { ...super.policyOf(...args), pools: ['staff'] };
      }
    }
    const providers = [{ provide: APP_GUARD, useClass: GuardByHost }];
    await expect(start({ imports, controllers: [cats([])], providers })).resolves.toBeUndefined();
  });
});

describe('options that depend on a request', () => {
  @Injectable({ scope: Scope.REQUEST })
  class RequestConfig implements MandateOptionsFactory {
    createMandateOptions(): MandateModuleOptions {
      return poolOptions;
    }
  }
  @Injectable({ scope: Scope.REQUEST, durable: true })
  class TenantConfig extends RequestConfig {}
  @Injectable()
  class ConfigOfRequest extends RequestConfig {
    constructor(@Inject(REQUEST) readonly request: object) {
      super();
    }
  }
  @Injectable({ scope: Scope.TRANSIENT })
  class OwnConfig extends RequestConfig {}
  @Module({
    providers: [RequestConfig, TenantConfig, ConfigOfRequest, OwnConfig],
    exports: [RequestConfig, TenantConfig, ConfigOfRequest, OwnConfig],
  })
  class ConfigModule {}

  const useFactory = () => poolOptions;

  it.each([
    ['REQUEST', MandateModule.forRootAsync({ inject: [REQUEST], useFactory })],
    ['RequestConfig', MandateModule.forRootAsync({ useClass: RequestConfig })],
    ['RequestConfig', MandateModule.forRootAsync({ imports: [ConfigModule], useExisting: RequestConfig })],
    ['TenantConfig', MandateModule.forRootAsync({ imports: [ConfigModule], useExisting: TenantConfig })],
    ['ConfigOfRequest', MandateModule.forRootAsync({ imports: [ConfigModule], inject: [ConfigOfRequest], useFactory })],
    [
      'RequestConfig',
      MandateModule.forRootAsync({
        imports: [ConfigModule],
        inject: [{ token: RequestConfig, optional: true }],
        useFactory,
      }),
    ],
    ['RequestConfig', MandateModule.forRootAsync({ name: 'staff', useClass: RequestConfig })],
  ])('stop the start: %s', async (name, module) => {
    const message = await refusal({ imports: [module], controllers: [cats([])], providers: [globalGuard] });
    expect(message).toContain('MandateConfigurationError: Option "inject" must not depend on a request');
    expect(message).toContain(`"${name}"`);
  });

  it('are fine if their provider is transient', async () => {
    const imports = [MandateModule.forRootAsync({ imports: [ConfigModule], useExisting: OwnConfig })];
    await expect(start({ imports, controllers: [cats([])], providers: [globalGuard] })).resolves.toBeUndefined();
  });
});

describe('a strategy of the application', () => {
  @Injectable({ scope: Scope.REQUEST })
  class RequestUsers {}
  @Injectable()
  class Users {}
  @Injectable()
  class UserStrategy extends CognitoJwtStrategy {
    constructor(@Inject(RequestUsers) readonly users: object) {
      super();
    }
    override validate() {
      return this.users;
    }
  }
  @Injectable()
  class StaffStrategy extends cognitoStrategy('cognito:staff') {
    @Inject(RequestUsers)
    readonly users!: object;
    override validate() {
      return this.users;
    }
  }
  @Injectable({ scope: Scope.TRANSIENT })
  class OwnStrategy extends CognitoJwtStrategy {
    override validate() {
      return {};
    }
  }

  it.each<[string, Provider]>([
    ['UserStrategy', UserStrategy],
    ['StaffStrategy', StaffStrategy],
    ['OwnStrategy', OwnStrategy],
    ['UserStrategy', { provide: 'strategy', useClass: UserStrategy }],
    [
      'UserStrategy',
      { provide: UserStrategy, inject: [RequestUsers], useFactory: (users: object) => new UserStrategy(users) },
    ],
  ])('that passport would never call stops the start: %s', async (name, provider) => {
    const imports = [registration, staff];
    const message = await refusal({ imports, providers: [RequestUsers, provider] });
    expect(message).toContain(`Option "providers" must not have the strategy ${name}`);
  });

  it('that is created once does not', async () => {
    const providers = [{ provide: RequestUsers, useClass: Users }, UserStrategy];
    await expect(start({ providers })).resolves.toBeUndefined();
  });
});

describe('faults', () => {
  const controllers = [cats([Pool('stuff')]), cats([Public(), Groups('a')]), cats([MaxAge(60)])];

  it('are told all at once', async () => {
    const message = await refusal({ controllers });
    expect(message).toMatch(/^MandateConfigurationError: The set-up has 3 faults:\n/);
    expect(message).toContain('\n- @Public at CatsController.find contradicts @Groups');
    expect(message).toContain('\n- @Pool at CatsController.find names "stuff"');
    expect(message).toContain('is enforced by no CognitoAuthGuard');
  });

  it('stop an application that is created by its class too, before it listens', async () => {
    const module = await Test.createTestingModule({ imports: [registration], controllers }).compile();
    const app = module.createNestApplication({ logger: false });
    await expect(app.listen(0, '127.0.0.1')).rejects.toBeInstanceOf(MandateConfigurationError);
    expect((app.getHttpServer() as { listening: boolean }).listening).toBe(false);
    await app.close();
  });
});
