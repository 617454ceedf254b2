import { Controller, createParamDecorator, type ExecutionContext, Get, type INestApplication } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import {
  authenticationOf,
  CognitoAuthGuard,
  CognitoService,
  CurrentUser,
  getCognitoToken,
  MandateModule,
  Pool,
} from 'mandate';
import { LocalCognito } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { signIn } from './support/sign-in.js';
import { answerOf, startApp } from './support/start-app.js';

// #region controller
const CurrentPool = createParamDecorator((_: unknown, context: ExecutionContext) => authenticationOf(context)?.pool);

@Controller('orders')
export class OrdersController {
  @Get() // tokens of the pool without a name
  mine(@CurrentUser('username') username: string) {
    return { of: username };
  }

  @Pool('staff')
  @Get('all')
  all() {
    return { orders: 3 };
  }

  @Pool('staff', 'default') // of one of them: the issuer of the token says which
  @Get('latest')
  latest(@CurrentPool() pool: string) {
    return { askedBy: pool };
  }
}
// #endregion

const password = 'Correct-Horse-9';

describe('several pools', () => {
  let local: LocalCognito;
  let app: INestApplication;

  beforeAll(async () => {
    local = await LocalCognito.start({
      pools: [
        { name: 'customers', keys: signingKeysPem(), users: [{ username: 'ann', password }] },
        { name: 'staff', keys: signingKeysPem(), users: [{ username: 'eve', password }] },
      ],
    });
    const customers = local.pool('customers').moduleOptions();
    const staff = local.pool('staff').moduleOptions();
    app = await startApp({
      imports: [
        // #region module
        MandateModule.forRoot(customers),
        MandateModule.forRoot({ name: 'staff', ...staff }),
        // #endregion
      ],
      controllers: [OrdersController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    });
  });

  afterAll(async () => {
    await app.close();
    await local.stop();
  });

  it('each have a service and tokens of their own', async () => {
    const ann = await signIn(app.get(CognitoService), { username: 'ann', password });
    const eve = await signIn(app.get<CognitoService>(getCognitoToken('staff')), { username: 'eve', password });
    expect(await answerOf(app, '/orders', ann.accessToken)).toEqual([200, { of: 'ann' }]);
    expect(await answerOf(app, '/orders', eve.accessToken)).toEqual([401, 'TOKEN_ISSUER_REFUSED']);
    expect(await answerOf(app, '/orders/all', eve.accessToken)).toEqual([200, { orders: 3 }]);
    expect(await answerOf(app, '/orders/all', ann.accessToken)).toEqual([401, 'TOKEN_ISSUER_REFUSED']);
    expect(await answerOf(app, '/orders/latest', ann.accessToken)).toEqual([200, { askedBy: 'default' }]);
    expect(await answerOf(app, '/orders/latest', eve.accessToken)).toEqual([200, { askedBy: 'staff' }]);
  });

  it('must be registered before a handler names them', async () => {
    @Controller()
    class PartnersController {
      @Pool('partners')
      @Get()
      get() {
        return {};
      }
    }
    const starting = startApp({
      imports: [MandateModule.forRoot(local.pool('customers').moduleOptions())],
      controllers: [PartnersController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    });
    await expect(starting).rejects.toThrow(/PartnersController.get.*"partners"|"partners".*PartnersController.get/);
  });

  it('need a name at each handler where none is without', async () => {
    @Controller()
    class PlainController {
      @Get()
      get() {
        return {};
      }
    }
    const [customers, staff] = [local.pool('customers').moduleOptions(), local.pool('staff').moduleOptions()];
    const starting = startApp({
      imports: [
        MandateModule.forRoot({ name: 'customers', ...customers }),
        MandateModule.forRoot({ name: 'staff', ...staff }),
      ],
      controllers: [PlainController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    });
    await expect(starting).rejects.toThrow('PlainController.get');
  });
});
