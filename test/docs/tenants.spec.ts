import { Controller, Get, Injectable, type INestApplication, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CognitoAuthGuard, CurrentUser, InjectTenants, MandateModule, type TenantOptions, type Tenants } from 'mandate';
import { LocalCognito } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { answerOf, startApp } from './support/start-app.js';

// #region service
/** Stands for a table of your database: one row for each tenant, found by the issuer of its pool. */
@Injectable()
export class TenantsService {
  private readonly rows = new Map<string, TenantOptions>();

  async find(issuer: string): Promise<TenantOptions | undefined> {
    return Promise.resolve(this.rows.get(issuer)); // undefined: not one of ours
  }

  add(issuer: string, row: TenantOptions): void {
    this.rows.set(issuer, row);
  }

  remove(issuer: string): void {
    this.rows.delete(issuer);
  }
}

@Module({ providers: [TenantsService], exports: [TenantsService] })
export class TenantsModule {}
// #endregion

// #region offboarding
@Injectable()
export class Offboarding {
  constructor(
    @InjectTenants() private readonly tenants: Tenants,
    private readonly list: TenantsService,
  ) {}

  remove(issuer: string): void {
    this.list.remove(issuer);
    this.tenants.forget(issuer); // on this instance; others notice within five minutes
  }
}
// #endregion

@Controller('me')
class MeController {
  @Get()
  me(@CurrentUser('iss') issuer: string) {
    return { issuer };
  }
}

describe('tenants', () => {
  let local: LocalCognito;
  let app: INestApplication;
  const tokenOf = async (pool: string) => local.pool(pool).signToken({ username: 'ann' });

  beforeAll(async () => {
    const users = [{ username: 'ann', password: 'Correct-Horse-9' }];
    local = await LocalCognito.start({
      pools: ['own', 'acme', 'stranger'].map((name) => ({ name, keys: signingKeysPem(), users })),
    });
    const pool = local.pool('own').moduleOptions();
    // #region module
    @Module({
      imports: [
        TenantsModule,
        MandateModule.forRootAsync({
          imports: [TenantsModule],
          inject: [TenantsService],
          useFactory: (tenants: TenantsService) => ({
            ...pool,
            tenants: (issuer) => tenants.find(issuer),
          }),
        }),
      ],
      controllers: [MeController],
      providers: [Offboarding, { provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    // #endregion
    app = await startApp({ imports: [AppModule] });
    const acme = local.pool('acme').moduleOptions();
    app.get(TenantsService).add(acme.issuer, acme);
  });

  afterAll(async () => {
    await app.close();
    await local.stop();
  });

  it('come in if they are listed, until they are dropped', async () => {
    const { issuer } = local.pool('acme');
    const token = await tokenOf('acme');
    expect(await answerOf(app, '/me', token)).toEqual([200, { issuer }]);
    expect(await answerOf(app, '/me', await tokenOf('own'))).toEqual([200, { issuer: local.pool('own').issuer }]);
    expect(await answerOf(app, '/me', await tokenOf('stranger'))).toEqual([401, 'TOKEN_ISSUER_REFUSED']);
    app.get(Offboarding).remove(issuer);
    expect(await answerOf(app, '/me', token)).toEqual([401, 'TOKEN_ISSUER_REFUSED']);
  });
});
