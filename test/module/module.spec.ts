import { inspect } from 'node:util';

import { Controller, Get, Injectable, Module, UseGuards } from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { AuthGuard } from '@nestjs/passport';
import { Test } from '@nestjs/testing';
import request from 'supertest';

import {
  CognitoAdminService,
  CognitoAuthGuard,
  CognitoClient,
  CognitoService,
  CurrentUser,
  getCognitoToken,
  InjectCognito,
  InjectCognitoAdmin,
  InjectCognitoClient,
  InjectTokenVerifier,
  type MandateModuleOptions,
  MandateModule,
  type MandateOptionsFactory,
  Pool,
  TokenVerifier,
} from '../../lib/index.js';
import { LocalCognito } from '../../lib/local/local-cognito.js';
import { signingKeysPem } from '../local/signing-keys.js';

const options: MandateModuleOptions = { userPoolId: 'eu-west-1_AbCdEfGhI', clientId: 'client1' };

@Injectable()
class Consumer {
  constructor(
    readonly cognito: CognitoService,
    readonly admin: CognitoAdminService,
    readonly client: CognitoClient,
    readonly verifier: TokenVerifier,
  ) {}
}

@Module({ providers: [Consumer] })
class ConsumerModule {}

@Injectable()
class OptionsFactory implements MandateOptionsFactory {
  createMandateOptions(): MandateModuleOptions {
    return options;
  }
}

@Module({ providers: [OptionsFactory], exports: [OptionsFactory] })
class OptionsModule {}

describe('MandateModule', () => {
  it.each([
    ['forRoot', MandateModule.forRoot(options)],
    ['forRootAsync with useFactory', MandateModule.forRootAsync({ useFactory: () => options })],
    ['forRootAsync with a promise', MandateModule.forRootAsync({ useFactory: () => Promise.resolve(options) })],
    ['forRootAsync with useClass', MandateModule.forRootAsync({ useClass: OptionsFactory })],
    [
      'forRootAsync with useExisting',
      MandateModule.forRootAsync({ imports: [OptionsModule], useExisting: OptionsFactory }),
    ],
    [
      'forRootAsync with ConfigService',
      MandateModule.forRootAsync({
        imports: [ConfigModule.forRoot({ ignoreEnvFile: true, load: [() => ({ cognito: options })] })],
        inject: [ConfigService],
        useFactory: (config: ConfigService) => config.getOrThrow<MandateModuleOptions>('cognito'),
      }),
    ],
  ])('%s gives the services to the module that imports it', async (_, registration) => {
    const app = await Test.createTestingModule({ imports: [registration], providers: [Consumer] }).compile();
    const consumer = app.get(Consumer);
    expect(consumer.cognito).toBeInstanceOf(CognitoService);
    expect(consumer.admin).toBeInstanceOf(CognitoAdminService);
    expect(consumer.client).toBeInstanceOf(CognitoClient);
    expect(consumer.verifier).toBeInstanceOf(TokenVerifier);
    await app.close();
  });

  it.each(['useClass', 'useExisting'] as const)(
    'tells a factory given as %s the name of the registration',
    async (how) => {
      const names: (string | undefined)[] = [];
      @Injectable()
      class NamedOptions implements MandateOptionsFactory {
        createMandateOptions(name: string | undefined): MandateModuleOptions {
          names.push(name);
          return options;
        }
      }
      @Module({ providers: [NamedOptions], exports: [NamedOptions] })
      class NamedOptionsModule {}
      const imports = how === 'useExisting' ? [NamedOptionsModule] : [];
      const app = await Test.createTestingModule({
        imports: [
          MandateModule.forRootAsync({ imports, [how]: NamedOptions }),
          MandateModule.forRootAsync({ imports, [how]: NamedOptions, name: 'staff' }),
        ],
      }).compile();
      expect(names).toEqual([undefined, 'staff']);
      await app.close();
    },
  );

  it('keeps its services to itself unless isGlobal', async () => {
    const local = Test.createTestingModule({ imports: [MandateModule.forRoot(options), ConsumerModule] });
    await expect(local.compile()).rejects.toThrow('CognitoService');
    for (const registration of [
      MandateModule.forRoot({ ...options, isGlobal: true }),
      MandateModule.forRootAsync({ isGlobal: true, useFactory: () => options }),
    ]) {
      const app = await Test.createTestingModule({ imports: [registration, ConsumerModule] }).compile();
      expect(app.get(Consumer, { strict: false }).cognito).toBeInstanceOf(CognitoService);
      await app.close();
    }
  });

  it.each<[string, object]>([
    ['"userPoolId" must be the id of a user pool', { userPoolId: 'pool' }],
    ['"clientId" is required', { clientId: undefined }],
    ['"poolId" is unknown', { poolId: 'eu-west-1_AbCdEfGhI' }],
    ['"credentials" must be a provider', { credentials: {} }],
    ['"credentials" must be a provider', { credentials: { accessKeyId: 'AKIDEXAMPLE' } }],
    ['"credentials" must be a provider', { credentials: { secretAccessKey: 'secret' } }],
    ['"credentials" must be a provider', { credentials: { accessKeyId: '', secretAccessKey: 'secret' } }],
    ['"credentials" must be a provider', { credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: '' } }],
  ])('stops the application: option %s', async (sentence, change) => {
    const wrong = { ...options, ...change };
    for (const registration of [
      MandateModule.forRoot(wrong),
      MandateModule.forRootAsync({ useFactory: () => wrong }),
    ]) {
      await expect(Test.createTestingModule({ imports: [registration] }).compile()).rejects.toThrow(sentence);
    }
  });

  it('shows no secret in a dump of what it gives away', async () => {
    const secrets = { accessKeyId: 'very-secret-id', secretAccessKey: 'very-secret-key' };
    const registration = MandateModule.forRoot({ ...options, clientSecret: 'very-secret', credentials: secrets });
    const app = await Test.createTestingModule({ imports: [registration], providers: [Consumer] }).compile();
    const consumer = app.get(Consumer);
    await consumer.client.sdk();
    const dump = inspect(consumer, { depth: Infinity, showHidden: true }) + JSON.stringify(consumer);
    expect(dump).toContain(options.clientId);
    expect(dump).not.toContain('very-secret');
    await app.close();
  });

  it.each(['', ' ', 7])('refuses a name that @Pool cannot name: %p', async (name) => {
    const registration = MandateModule.forRoot({ ...options, name: name as string });
    await expect(Test.createTestingModule({ imports: [registration] }).compile()).rejects.toThrow(
      'Option "name" must be a non-blank string',
    );
  });

  it('says which pool is missing where one is injected that nobody registered', async () => {
    @Injectable()
    class Typo {
      constructor(@InjectCognito('stuff') readonly cognito: CognitoService) {}
    }
    const imports = [MandateModule.forRoot({ ...options, name: 'staff' })];
    await expect(Test.createTestingModule({ imports, providers: [Typo] }).compile()).rejects.toThrow(
      'mandate:CognitoService:stuff',
    );
  });

  it('refuses two pools of one name', async () => {
    const both = [MandateModule.forRoot(options), MandateModule.forRoot({ ...options, clientId: 'client2' })];
    await expect(Test.createTestingModule({ imports: both }).compile()).rejects.toThrow(
      'Option "name" must be unique, but two registrations are named "default"',
    );
  });
});

@Injectable()
class TwoPools {
  constructor(
    readonly customers: CognitoService,
    @InjectCognito('staff') readonly staff: CognitoService,
    @InjectCognitoAdmin('staff') readonly staffAdmin: CognitoAdminService,
    @InjectCognitoClient('staff') readonly staffClient: CognitoClient,
    @InjectTokenVerifier('staff') readonly staffVerifier: TokenVerifier,
  ) {}
}

@Controller()
class Routes {
  @Get('customers')
  @UseGuards(CognitoAuthGuard)
  customers(@CurrentUser('username') username: string) {
    return { username };
  }

  @Get('staff')
  @Pool('staff')
  @UseGuards(CognitoAuthGuard)
  staff(@CurrentUser('username') username: string) {
    return { username };
  }

  @Get('passport')
  @UseGuards(AuthGuard('cognito:staff'))
  passport(@CurrentUser('username') username: string) {
    return { username };
  }
}

describe('with two pools', () => {
  const password = 'Correct-Horse-9';
  let cognito: LocalCognito;

  beforeAll(async () => {
    cognito = await LocalCognito.start({
      pools: [
        { name: 'customers', keys: signingKeysPem(), users: [{ username: 'ann', password }] },
        { name: 'staff', keys: signingKeysPem(), users: [{ username: 'bob', password }] },
      ],
    });
  });

  afterAll(() => cognito.stop());

  it('each has its services, and the guard takes the tokens of the pool that a route names', async () => {
    const module = await Test.createTestingModule({
      imports: [
        MandateModule.forRoot(cognito.pool('customers').moduleOptions({ client: 'secret' })),
        MandateModule.forRootAsync({
          name: 'staff',
          useFactory: () => cognito.pool('staff').moduleOptions({ client: 'public' }),
        }),
      ],
      controllers: [Routes],
      providers: [TwoPools],
    }).compile();
    const app = module.createNestApplication();
    await app.init();
    const pools = app.get(TwoPools);
    expect(app.get<unknown>(getCognitoToken('staff'), { strict: false })).toBe(pools.staff);
    const ann = await tokenOf(pools.customers, 'ann');
    const bob = await tokenOf(pools.staff, 'bob');
    const get = (path: string, token: string) =>
      request(app.getHttpServer()).get(path).set('authorization', `Bearer ${token}`);

    await get('/customers', ann).expect(200, { username: 'ann' });
    await get('/staff', bob).expect(200, { username: 'bob' });
    await get('/passport', bob).expect(200, { username: 'bob' });
    await get('/customers', bob).expect(401);
    await get('/staff', ann).expect(401);
    await get('/passport', ann).expect(401);
    await app.close();
  });

  async function tokenOf(service: CognitoService, username: string): Promise<string> {
    const outcome = await service.authenticate({ username, password });
    if (outcome.status !== 'AUTHENTICATED') {
      throw new Error(`Expected tokens, not ${outcome.challenge.name}.`);
    }
    return outcome.tokens.accessToken;
  }
});
