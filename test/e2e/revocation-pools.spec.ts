import { Controller, Get, HttpCode, type INestApplication, Post, UseGuards } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';

import {
  AccessToken,
  CognitoAuthGuard,
  CognitoExceptionFilter,
  CognitoService,
  CurrentUser,
  getCognitoToken,
  InjectCognito,
  MandateModule,
  type MandateModuleOptions,
  Pool,
  type TokenSet,
} from '../../lib/index.js';
import { LocalCognito } from '../../lib/local/local-cognito.js';
import { signingKeysPem } from '../local/signing-keys.js';
import { ProbedStore } from '../tokens/support/revocation-stores.js';
import { startApp } from './support/http-apps.js';

const PASSWORD = 'Correct-Horse-9';
const ACCEPTED = '200';
const REVOKED = '401 TOKEN_REVOKED';

@Controller()
@UseGuards(CognitoAuthGuard)
class DoorController {
  constructor(@InjectCognito() private readonly cognito: CognitoService) {}

  @Get('me')
  me(@CurrentUser('sub') sub: string): { sub: string } {
    return { sub };
  }

  @Get('any')
  @Pool('staff', 'default')
  any(@CurrentUser('sub') sub: string): { sub: string } {
    return { sub };
  }

  @Post('logout')
  @HttpCode(200)
  @Pool('staff', 'default')
  async logoutAny(@AccessToken() accessToken: string): Promise<object> {
    await this.cognito.logout(accessToken);
    return {};
  }
}

@Controller()
@UseGuards(CognitoAuthGuard)
class TenantDoorController {
  constructor(private readonly cognito: CognitoService) {}

  @Get('me')
  me(@CurrentUser('sub') sub: string): { sub: string } {
    return { sub };
  }

  @Post('logout')
  @HttpCode(200)
  async logout(@AccessToken() accessToken: string): Promise<object> {
    await this.cognito.logout(accessToken);
    return {};
  }

  @Post('delete')
  @HttpCode(200)
  async delete(@AccessToken() accessToken: string): Promise<object> {
    await this.cognito.deleteUser(accessToken);
    return {};
  }
}

describe('revocation with two user pools', () => {
  let cognito: LocalCognito;
  let app: INestApplication | undefined;
  let outsider: INestApplication;
  let users = 0;

  const optionsOf = (pool: string): MandateModuleOptions => cognito.pool(pool).moduleOptions();
  const start = async (
    controller: typeof DoorController | typeof TenantDoorController,
    ...imports: ReturnType<typeof MandateModule.forRoot>[]
  ): Promise<INestApplication> =>
    (app = await startApp('express', {
      imports,
      controllers: [controller],
      providers: [{ provide: APP_FILTER, useClass: CognitoExceptionFilter }],
    }));
  /** Signs somebody new in, through an application that knows no revocations. */
  const signIn = async (pool: string): Promise<TokenSet> => {
    users += 1;
    const username = `user-${String(users)}`;
    cognito.pool(pool).createUser({ username, password: PASSWORD });
    const service = outsider.get<CognitoService>(getCognitoToken(pool));
    const outcome = await service.authenticate({ username, password: PASSWORD });
    if (outcome.status !== 'AUTHENTICATED') {
      throw new Error('Expected tokens.');
    }
    return outcome.tokens;
  };
  const call = async (method: string, path: string, token: string): Promise<string> => {
    const response = await fetch(`${(await app?.getUrl()) ?? ''}${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
    });
    const { code } = (await response.json()) as { code?: string };
    return code === undefined ? String(response.status) : `${String(response.status)} ${code}`;
  };

  beforeAll(async () => {
    cognito = await LocalCognito.start({
      pools: ['a', 'b', 'c'].map((name) => ({ name, keys: signingKeysPem(), clients: [{ name: 'web' }] })),
    });
    outsider = await startApp('express', {
      imports: ['a', 'b', 'c'].map((name) => MandateModule.forRoot({ ...optionsOf(name), name })),
    });
  });
  afterEach(async () => {
    await app?.close();
    app = undefined;
  });
  afterAll(async () => {
    await outsider.close();
    await cognito.stop();
  });

  describe.each<[string, () => MandateModuleOptions['revocation']]>([
    ['a shared store', () => ({ store: new ProbedStore() })],
    ['the memory', () => ({ store: 'memory' })],
  ])('as tenants, with %s', (_where, revocation) => {
    const startTenants = async () => {
      const b = optionsOf('b');
      await start(
        TenantDoorController,
        MandateModule.forRoot({
          ...optionsOf('a'),
          revocation: revocation(),
          tenants: (issuer) => {
            const { userPoolId, clientId, jwksUri } = b;
            return issuer === b.issuer ? { userPoolId, clientId, issuer, jwksUri } : undefined;
          },
        }),
      );
    };

    it.each(['/logout', '/delete'])('%s ends the sign-ins of a tenant where its guard looks', async (path) => {
      await startTenants();
      const [mine, bystander, own] = [await signIn('b'), await signIn('b'), await signIn('a')];
      for (const { accessToken } of [mine, bystander, own]) {
        expect(await call('GET', '/me', accessToken)).toBe(ACCEPTED);
      }
      expect(await call('POST', path, mine.accessToken)).toBe('200');
      expect(await call('GET', '/me', mine.accessToken)).toBe(REVOKED);
      expect(await call('GET', '/me', bystander.accessToken)).toBe(ACCEPTED);
      expect(await call('GET', '/me', own.accessToken)).toBe(ACCEPTED);
      expect(await call('POST', path, own.accessToken)).toBe('200');
      expect(await call('GET', '/me', own.accessToken)).toBe(REVOKED);
    });

    it('does nothing for a pool that is no tenant', async () => {
      await startTenants();
      const { accessToken } = await signIn('c');
      const service = app?.get(CognitoService);
      await expect(service?.logout(accessToken)).rejects.toMatchObject({ code: 'TOKEN_ISSUER_REFUSED', status: 401 });
      await expect(outsider.get<CognitoService>(getCognitoToken('c')).getUser(accessToken)).resolves.toBeDefined();
    });
  });

  describe('as named pools that share a store', () => {
    it('refuses to sign out through the service of another pool, and nothing is half done', async () => {
      const revocation = { store: new ProbedStore() };
      const running = await start(
        DoorController,
        MandateModule.forRoot({ ...optionsOf('a'), revocation }),
        MandateModule.forRoot({ ...optionsOf('b'), revocation, name: 'staff' }),
      );
      const [customer, staff] = [await signIn('a'), await signIn('b')];
      const staffService = running.get<CognitoService>(getCognitoToken('staff'));

      expect(await call('POST', '/logout', staff.accessToken)).toBe('401 TOKEN_ISSUER_REFUSED');
      await expect(running.get(CognitoService).deleteUser(staff.accessToken)).rejects.toMatchObject({
        code: 'TOKEN_ISSUER_REFUSED',
      });
      expect(revocation.store.entries).toEqual([]);
      await expect(staffService.getUser(staff.accessToken)).resolves.toBeDefined();
      expect(await call('GET', '/any', staff.accessToken)).toBe(ACCEPTED);

      await staffService.logout(staff.accessToken);
      expect(await call('GET', '/any', staff.accessToken)).toBe(REVOKED);
      expect(await call('GET', '/me', customer.accessToken)).toBe(ACCEPTED);
      expect(await call('POST', '/logout', customer.accessToken)).toBe('200');
      expect(await call('GET', '/any', customer.accessToken)).toBe(REVOKED);
    });
  });
});
