import {
  Controller,
  Get,
  Inject,
  type INestApplication,
  Injectable,
  Module,
  type ModuleMetadata,
} from '@nestjs/common';
import { ConfigModule, ConfigService } from '@nestjs/config';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import request from 'supertest';

import {
  CognitoAuthGuard,
  CognitoService,
  CurrentUser,
  getTenantsToken,
  InjectCognito,
  MandateModule,
  type MandateModuleOptions,
  type MandateOptionsFactory,
  Pool,
  type TenantOptions,
  type Tenants,
} from '../../lib/index.js';
import {
  type CognitoOverrides,
  type KnownCaller,
  LocalCognito,
  overrideCognito,
  TestTokenIssuer,
} from '../../lib/testing/index.js';
import { signingKeysPem } from '../local/signing-keys.js';

const PASSWORD = 'Correct-Horse-9';
const HARD_CODED = { userPoolId: 'eu-west-1_Production', clientId: 'productionclient' };

@Controller()
class MeController {
  @Get('me')
  me(@CurrentUser('username') username: string): object {
    return { username };
  }

  @Pool('staff')
  @Get('staff')
  staff(@CurrentUser('username') username: string): object {
    return { username };
  }

  @Pool('partners', 'staff')
  @Get('both')
  both(@CurrentUser('username') username: string): object {
    return { username };
  }
}

@Controller()
class OnlyController {
  @Get('me')
  me(@CurrentUser('username') username: string): object {
    return { username };
  }
}

@Injectable()
class Settings {
  readonly pools: Readonly<Record<string, string>> = { default: 'eu-west-1_Production', staff: 'eu-west-1_Staff' };
}

@Module({ providers: [Settings], exports: [Settings] })
class SettingsModule {}

/** One class for several registrations. */
@Injectable()
class MandateOptions implements MandateOptionsFactory {
  constructor(@Inject(Settings) private readonly settings: Settings) {}

  createMandateOptions(name = 'default'): MandateModuleOptions {
    return { userPoolId: this.settings.pools[name] ?? '', clientId: `${name}client` };
  }
}

@Module({ imports: [SettingsModule], providers: [MandateOptions], exports: [MandateOptions] })
class OptionsModule {}

describe('overrideCognito and the ways to register', () => {
  let app: INestApplication | undefined;
  let cognito: LocalCognito;

  beforeAll(async () => {
    const pool = (name: string, username: string) => ({
      name,
      keys: signingKeysPem(),
      users: [{ username, password: PASSWORD }],
    });
    const acme = { ...pool('acme', 'amy'), id: 'eu-west-1_Acme00001', clients: [{ name: 'app', id: 'acmeclient' }] };
    cognito = await LocalCognito.start({
      pools: [pool('main', 'ann'), pool('staff', 'sue'), pool('partners', 'pat'), acme],
    });
  });

  afterEach(async () => {
    await app?.close();
    app = undefined;
  });

  afterAll(() => cognito.stop());

  async function start(metadata: ModuleMetadata, overrides: CognitoOverrides = { cognito }): Promise<INestApplication> {
    @Module({
      ...metadata,
      providers: [...(metadata.providers ?? []), { provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    const builder = Test.createTestingModule({ imports: [AppModule] });
    app = (await overrideCognito(builder, overrides).compile()).createNestApplication();
    return app.init();
  }

  const get = (path: string, token: string) => request(app?.getHttpServer()).get(path).auth(token, { type: 'bearer' });
  const tokenOf = (pool: string, username: string) => cognito.pool(pool).signToken({ username });

  it.each<[string, () => NonNullable<ModuleMetadata['imports']>]>([
    [
      'useFactory with ConfigService',
      () => [
        ConfigModule.forRoot({ ignoreEnvFile: true, isGlobal: true, load: [() => HARD_CODED] }),
        MandateModule.forRootAsync({
          inject: [ConfigService],
          useFactory: (config: ConfigService) => ({
            userPoolId: config.getOrThrow<string>('userPoolId'),
            clientId: config.getOrThrow<string>('clientId'),
          }),
        }),
      ],
    ],
    ['useClass', () => [MandateModule.forRootAsync({ imports: [SettingsModule], useClass: MandateOptions })]],
    ['useExisting', () => [MandateModule.forRootAsync({ imports: [OptionsModule], useExisting: MandateOptions })]],
  ])('points %s at an embedded Cognito, or names the caller', async (_way, mandate) => {
    await start({ imports: mandate(), controllers: [OnlyController] });
    await get('/me', await tokenOf('main', 'ann')).expect(200, { username: 'ann' });
    await get('/me', await tokenOf('staff', 'sue')).expect(401);
    await app?.close();
    await start({ imports: mandate(), controllers: [OnlyController] }, { user: { username: 'zoe' } });
    await request(app?.getHttpServer()).get('/me').expect(200, { username: 'zoe' });
  });

  describe('with several named pools', () => {
    @Injectable()
    class Directory {
      constructor(
        @InjectCognito() readonly main: CognitoService,
        @InjectCognito('staff') readonly staff: CognitoService,
        @InjectCognito('partners') readonly partners: CognitoService,
      ) {}
    }

    const application: ModuleMetadata = {
      imports: [
        MandateModule.forRoot(HARD_CODED),
        MandateModule.forRootAsync({ name: 'staff', imports: [SettingsModule], useClass: MandateOptions }),
        MandateModule.forRoot({ ...HARD_CODED, userPoolId: 'eu-west-1_Partners', name: 'partners' }),
      ],
      controllers: [MeController],
      providers: [Directory],
    };

    it('points each at the pool of its name', async () => {
      const { main, staff, partners } = (await start(application)).get(Directory);
      const signIn = async (service: CognitoService, username: string) =>
        (await service.authenticate({ username, password: PASSWORD })).status;
      expect(await signIn(main, 'ann')).toBe('AUTHENTICATED');
      expect(await signIn(staff, 'sue')).toBe('AUTHENTICATED');
      expect(await signIn(partners, 'pat')).toBe('AUTHENTICATED');
      const [ann, sue, pat] = [
        await tokenOf('main', 'ann'),
        await tokenOf('staff', 'sue'),
        await tokenOf('partners', 'pat'),
      ];
      await get('/me', ann).expect(200, { username: 'ann' });
      await get('/me', sue).expect(401);
      await get('/staff', sue).expect(200, { username: 'sue' });
      await get('/staff', ann).expect(401);
      await get('/both', sue).expect(200);
      await get('/both', pat).expect(200, { username: 'pat' });
    });

    it('takes others by name, and lets the rest reach nobody', async () => {
      const issuer = await TestTokenIssuer.create({ keys: signingKeysPem() });
      const { main } = (await start(application, { pools: { staff: issuer, partners: cognito.pool('acme') } })).get(
        Directory,
      );
      await get('/staff', issuer.signToken({ username: 'sam' })).expect(200, { username: 'sam' });
      await get('/both', await tokenOf('acme', 'amy')).expect(200, { username: 'amy' });
      await expect(main.authenticate({ username: 'ann', password: PASSWORD })).rejects.toMatchObject({
        code: 'SERVICE_UNAVAILABLE',
      });
      // As a token of the pool of AWS would be: no key is fetched for it.
      const claims = { iss: 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Production' };
      const { body } = await get('/me', issuer.signToken({ claims })).expect(401);
      expect(body).toMatchObject({ code: 'TOKEN_ISSUER_REFUSED' });
    });

    it('knows the caller of the pool that a handler accepts', async () => {
      let caller: KnownCaller = { username: 'zoe' };
      await start(application, { user: () => caller });
      const path = (name: string) => request(app?.getHttpServer()).get(name);
      await path('/me').expect(200);
      await path('/staff').expect(200);
      caller = { username: 'zoe', pool: 'partners' };
      await path('/staff').expect(401);
      await path('/both').expect(200, { username: 'zoe' });
    });
  });

  describe('with tenants', () => {
    const ACME = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Acme00001';
    let asked: string[];
    let rows: Map<string, TenantOptions>;

    beforeEach(() => {
      asked = [];
      rows = new Map([
        [ACME, { userPoolId: 'eu-west-1_Acme00001', clientId: 'acmeclient', region: 'eu-west-1' }],
        [ACME.replace('Acme', 'Real'), { userPoolId: 'eu-west-1_Real00001', clientId: 'realclient' }],
      ]);
    });

    const application = (): ModuleMetadata => ({
      imports: [
        MandateModule.forRoot({
          ...HARD_CODED,
          tenants: (issuer) => {
            asked.push(issuer);
            return rows.get(issuer);
          },
        }),
      ],
      controllers: [OnlyController],
    });

    it('takes the pool with the id of a listed tenant for its', async () => {
      await start(application());
      await get('/me', await tokenOf('main', 'ann')).expect(200, { username: 'ann' });
      await get('/me', await tokenOf('acme', 'amy')).expect(200, { username: 'amy' });
      // Not on the list.
      expect((await get('/me', await tokenOf('staff', 'sue')).expect(401)).body).toMatchObject({
        code: 'TOKEN_ISSUER_REFUSED',
      });
      rows.delete(ACME);
      const { issuer } = cognito.pool('acme');
      app?.get<Tenants>(getTenantsToken()).forget(issuer);
      await get('/me', await tokenOf('acme', 'amy')).expect(401);
    });

    it('takes a tenant that the test has added to the list', async () => {
      await start(application());
      const { issuer } = cognito.pool('partners');
      rows.set(issuer, cognito.pool('partners').moduleOptions());
      await get('/me', await tokenOf('partners', 'pat')).expect(200, { username: 'pat' });
    });

    it('makes no request for a tenant of AWS', async () => {
      const keys = signingKeysPem();
      const options = { userPoolId: 'eu-west-1_Real00001', clientId: 'realclient', keys };
      const token = (await TestTokenIssuer.create(options)).signToken({ username: 'rea' });
      await start(application());
      expect((await get('/me', token).expect(401)).body).toMatchObject({ code: 'TOKEN_ISSUER_REFUSED' });
    });

    it('accepts the tokens of an issuer that signs as a tenant', async () => {
      const options = { userPoolId: 'eu-west-1_Acme00001', clientId: 'acmeclient', keys: signingKeysPem() };
      const issuer = await TestTokenIssuer.create(options);
      await start(application(), { issuer });
      await get('/me', issuer.signToken({ username: 'amy' })).expect(200, { username: 'amy' });
    });

    it('knows the caller, and asks for no tenant', async () => {
      await start(application(), { user: { username: 'zoe' } });
      await request(app?.getHttpServer()).get('/me').expect(200, { username: 'zoe' });
      expect(asked).toEqual([]);
    });
  });
});
