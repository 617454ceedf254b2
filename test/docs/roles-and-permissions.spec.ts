import { Controller, Get, type INestApplication, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import {
  Auth,
  CognitoAdminService,
  CognitoAuthGuard,
  CognitoService,
  CurrentUser,
  Groups,
  MandateModule,
} from 'mandate';
import { LocalCognito } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { PermissionsGuard, RequirePermission } from './files/permissions.guard.js';
import { signIn } from './support/sign-in.js';
import { answerOf, startApp } from './support/start-app.js';

// #region controller
@Controller('reports')
@Groups('staff') // for each handler that has no @Groups of its own
export class ReportsController {
  @Get()
  list(@CurrentUser('groups') groups: readonly string[]) {
    return { groups };
  }

  @Groups.any('admins', 'auditors') // in one of them; @Groups('admins', 'auditors') is short for it
  @Get('audit')
  audit() {
    return { report: 'audit' };
  }

  @Groups.all('staff', 'on-call') // in both
  @Groups.none('suspended') // and not in this one
  @Get('incidents')
  incidents() {
    return { report: 'incidents' };
  }
}
// #endregion

// #region auth
/** The guard and its requirements, under a name of the application. */
const AdminsOnly = () => Auth({ groups: ['admins'], maxAgeSeconds: 3600 });

@Controller('settings')
@AdminsOnly()
export class SettingsController {
  @Get()
  get() {
    return { theme: 'dark' };
  }
}
// #endregion

// #region permission
@Controller('orders')
export class OrdersController {
  @RequirePermission('orders:read')
  @Get()
  list() {
    return { orders: 3 };
  }

  @RequirePermission('orders:refund')
  @Get('refundable')
  refundable() {
    return { orders: 1 };
  }
}
// #endregion

const password = 'Correct-Horse-9';
const users = [
  { username: 'ann', password, groups: ['staff', 'support'] },
  { username: 'bob', password, groups: ['staff', 'on-call', 'finance', 'admins'] },
  { username: 'cid', password, groups: ['staff', 'on-call', 'suspended'] },
];

describe('roles and permissions', () => {
  let local: LocalCognito;
  let app: INestApplication;
  let now = Date.now();
  const clock = () => now;
  const tokenOf = async (username: string) => local.pool().signToken({ username });
  const get = async (path: string, username: string) => answerOf(app, path, await tokenOf(username));

  beforeAll(async () => {
    local = await LocalCognito.start({
      clock,
      pools: [{ name: 'shop', keys: signingKeysPem(), users, groups: ['auditors'] }],
    });
    const pool = { ...local.pool().moduleOptions(), revocation: { store: 'memory' as const }, clock };
    // #region module
    @Module({
      imports: [MandateModule.forRoot(pool)],
      controllers: [ReportsController, SettingsController, OrdersController],
      // In this order: the first guard knows the caller, the second decides on permissions.
      providers: [
        { provide: APP_GUARD, useClass: CognitoAuthGuard },
        { provide: APP_GUARD, useClass: PermissionsGuard },
      ],
    })
    class AppModule {}
    // #endregion
    app = await startApp({ imports: [AppModule] });
  });

  afterAll(async () => {
    await app.close();
    await local.stop();
  });

  it('come from groups', async () => {
    expect(await get('/reports', 'ann')).toEqual([200, { groups: ['staff', 'support'] }]);
    expect(await get('/reports/audit', 'ann')).toEqual([403, 'GROUPS_INSUFFICIENT']);
    expect(await get('/reports/audit', 'bob')).toEqual([200, { report: 'audit' }]);
    expect(await get('/reports/incidents', 'bob')).toEqual([200, { report: 'incidents' }]);
    expect(await get('/reports/incidents', 'ann')).toEqual([403, 'GROUPS_INSUFFICIENT']);
    expect(await get('/reports/incidents', 'cid')).toEqual([403, 'GROUPS_INSUFFICIENT']);
    expect(await get('/settings', 'bob')).toEqual([200, { theme: 'dark' }]);
    expect(await get('/settings', 'ann')).toEqual([403, 'GROUPS_INSUFFICIENT']);
    expect(await answerOf(app, '/reports')).toEqual([401, 'TOKEN_MISSING']);
  });

  it('may be derived from groups', async () => {
    expect(await get('/orders', 'ann')).toEqual([200, { orders: 3 }]);
    expect(await get('/orders/refundable', 'bob')).toEqual([200, { orders: 1 }]);
    const [status, body] = await get('/orders/refundable', 'ann');
    expect([status, body]).toEqual([
      403,
      expect.objectContaining({ message: 'This needs the permission orders:refund.' }),
    ]);
    expect(await answerOf(app, '/orders')).toEqual([401, 'TOKEN_MISSING']);
  });

  it('change with the renewal of the tokens, or at once', async () => {
    const cognito = app.get(CognitoService);
    const admin = app.get(CognitoAdminService);
    const tokens = await signIn(cognito, { username: 'ann', password });
    const audit = async (accessToken: string) => answerOf(app, '/reports/audit', accessToken);

    // #region add
    await admin.groups.addUser({ username: 'ann', group: 'auditors' });
    const renewed = await cognito.renewTokens(tokens); // the access token has the group; the one before has not
    // #endregion
    expect(await audit(tokens.accessToken)).toEqual([403, 'GROUPS_INSUFFICIENT']);
    expect(await audit(renewed.accessToken)).toEqual([200, { report: 'audit' }]);

    // #region remove
    await admin.groups.removeUser({ username: 'ann', group: 'auditors' });
    await admin.logout('ann'); // with the option `revocation` the guard rejects her tokens from now on
    // #endregion
    expect(await audit(renewed.accessToken)).toEqual([401, 'TOKEN_REVOKED']);
    now += 1_000; // a sign-in of the same second counts as one before
    const again = await signIn(cognito, { username: 'ann', password });
    expect(await audit(again.accessToken)).toEqual([403, 'GROUPS_INSUFFICIENT']);
  });
});
