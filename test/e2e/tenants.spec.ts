import { Controller, Get, Injectable, type INestApplication, Module, UseGuards } from '@nestjs/common';
import request from 'supertest';

import {
  bearerToken,
  CognitoAuthGuard,
  CurrentUser,
  getTenantsToken,
  InjectTenants,
  MandateConfigurationError,
  MandateModule,
  Pool,
  type TenantOptions,
  type TenantsOption,
  type Tenants,
  type TokenEvent,
  UserPools,
} from '../../lib/index.js';
import { createTenantVerifier, RevocationList } from '../../lib/verifier.js';
import { MemoryRevocationStore } from '../../lib/tokens/revocation/memory-revocation-store.js';
import { JwksServer } from '../tokens/support/jwks-server.js';
import {
  accessClaims,
  accessToken,
  type Claims,
  idToken,
  ISSUER,
  jwks,
  POOL_ID,
  signToken,
  TestKey,
} from '../tokens/support/test-issuer.js';
import { clock, poolOptions } from './support/door.js';
import { PLATFORMS, startApp } from './support/http-apps.js';

const key = new TestKey('tenant-key');
const TENANT_POOL = 'eu-west-1_Tenant001';
const TENANT_ISSUER = `https://cognito-idp.eu-west-1.amazonaws.com/${TENANT_POOL}`;
const token = (claims: Claims = {}) =>
  signToken(accessClaims({ iss: TENANT_ISSUER, client_id: 'tenantclient', ...claims }), key);

@Controller()
@UseGuards(CognitoAuthGuard)
class MeController {
  @Get('me')
  me(@CurrentUser('iss') iss: string) {
    return { iss };
  }
}

@Controller()
@UseGuards(CognitoAuthGuard)
class PartnersController {
  @Get('partners')
  @Pool('partners')
  partners(@CurrentUser('iss') iss: string) {
    return { iss };
  }
}

@Injectable()
class Offboarding {
  constructor(@InjectTenants() readonly tenants: Tenants) {}
}

const getter =
  (app: INestApplication) =>
  async (path: string, bearer: string): Promise<[number, unknown]> => {
    const { status, body } = await request(app.getHttpServer()).get(path).set('Authorization', `Bearer ${bearer}`);
    return [status, body.code ?? body.iss];
  };

describe.each(PLATFORMS)('tenants on %s', (platform) => {
  const tenants = jest.fn<Promise<TenantOptions | undefined>, [string]>();
  const store = new MemoryRevocationStore({ clock: clock.read });
  const events: TokenEvent[] = [];
  let app: INestApplication;
  let get: ReturnType<typeof getter>;

  beforeAll(async () => {
    app = await startApp(platform, {
      imports: [
        MandateModule.forRoot({
          ...poolOptions,
          tenants,
          revocation: { store },
          onTokenEvent: (event) => events.push(event),
        }),
      ],
      controllers: [MeController],
      providers: [Offboarding],
    });
    get = getter(app);
  });
  afterAll(() => app.close());
  beforeEach(() => {
    tenants.mockReset();
    tenants.mockImplementation((issuer) =>
      Promise.resolve(
        issuer === TENANT_ISSUER ? { userPoolId: TENANT_POOL, clientId: 'tenantclient', jwks: jwks(key) } : undefined,
      ),
    );
  });

  it('have their tokens let in beside those of the own pool, each with its own keys and clients', async () => {
    expect(await get('/me', token())).toEqual([200, TENANT_ISSUER]);
    expect(await get('/me', token())).toEqual([200, TENANT_ISSUER]);
    expect(await get('/me', accessToken())).toEqual([200, ISSUER]);
    expect(tenants.mock.calls).toEqual([[TENANT_ISSUER]]);

    expect(await get('/me', token({ client_id: poolOptions.clientId }))).toEqual([401, 'TOKEN_CLIENT_REFUSED']);
    expect(await get('/me', accessToken({ client_id: 'tenantclient' }))).toEqual([401, 'TOKEN_CLIENT_REFUSED']);
    expect(await get('/me', accessToken({ iss: TENANT_ISSUER }))).toEqual([401, 'TOKEN_KEY_UNKNOWN']);
    expect(await get('/me', signToken(accessClaims(), key))).toEqual([401, 'TOKEN_KEY_UNKNOWN']);
    expect(await get('/me', token({ token_use: 'id', aud: 'tenantclient', 'cognito:username': 'x' }))).toEqual([
      401,
      'TOKEN_USE_REFUSED',
    ]);
    expect(await get('/me', idToken())).toEqual([401, 'TOKEN_USE_REFUSED']);
  });

  it('cause no request for an issuer that is not listed, though it could be reached', async () => {
    const evil = await JwksServer.start(jwks(key));
    const issuer = evil.uri.replace('/.well-known/jwks.json', '');
    for (let i = 0; i < 20; i++) {
      expect(await get('/me', token({ iss: issuer, jti: `token-${i}` }))).toEqual([401, 'TOKEN_ISSUER_REFUSED']);
    }
    expect(evil.requests).toBe(0);
    expect(tenants.mock.calls).toEqual([[issuer]]);
    await evil.stop();
  });

  it('are asked for again after a while: the answer counts, the keys that were fetched stay', async () => {
    const issuer = 'https://fetched.example';
    const server = await JwksServer.start(jwks(key));
    const listed = { userPoolId: TENANT_POOL, clientId: 'tenantclient', issuer, jwksUri: server.uri };
    tenants.mockImplementation(() => Promise.resolve({ ...listed }));
    expect(await get('/me', token({ iss: issuer }))).toEqual([200, issuer]);
    clock.advance(300_000);
    expect(await get('/me', token({ iss: issuer }))).toEqual([200, issuer]);
    expect([tenants.mock.calls.length, server.requests]).toEqual([2, 1]);

    tenants.mockResolvedValue({ ...listed, clientId: 'another' });
    clock.advance(300_000);
    expect(await get('/me', token({ iss: issuer }))).toEqual([401, 'TOKEN_CLIENT_REFUSED']);
    tenants.mockResolvedValue(undefined);
    clock.advance(300_000);
    expect(await get('/me', token({ iss: issuer }))).toEqual([401, 'TOKEN_ISSUER_REFUSED']);
    clock.advance(-900_000);
    await server.stop();
  });

  it('are asked for again at once when the application says so', async () => {
    expect(await get('/me', token())).toEqual([200, TENANT_ISSUER]);
    tenants.mockResolvedValue(undefined);
    expect(await get('/me', token())).toEqual([200, TENANT_ISSUER]);
    app.get<Tenants>(getTenantsToken()).forget(TENANT_ISSUER);
    expect(await get('/me', token())).toEqual([401, 'TOKEN_ISSUER_REFUSED']);
    app.get(Offboarding).tenants.forget(TENANT_ISSUER);
  });

  it('take marks of the application', async () => {
    const listed = app.get<Tenants>(getTenantsToken());
    await (await listed.revokerOf(TENANT_ISSUER))?.revokeUser('marked-user');
    expect(await get('/me', token({ sub: 'marked-user' }))).toEqual([401, 'TOKEN_REVOKED']);
    expect(await get('/me', accessToken({ sub: 'marked-user' }))).toEqual([200, ISSUER]);
    await expect(listed.revokerOf('https://stranger.example')).resolves.toBeUndefined();
  });

  it('are asked about revocations under the id of their own pool', async () => {
    const list = new RevocationList({ userPoolId: TENANT_POOL, store, clock: clock.read });
    await list.revokeUser('revoked-user');
    expect(await get('/me', token({ sub: 'revoked-user' }))).toEqual([401, 'TOKEN_REVOKED']);
    expect(await get('/me', accessToken({ sub: 'revoked-user' }))).toEqual([200, ISSUER]);
  });

  it('are a fault of the application if the list gives options that are wrong', async () => {
    tenants.mockResolvedValue({ userPoolId: 'wrong', clientId: 'c' });
    expect((await get('/me', token({ iss: 'https://wrong.example' })))[0]).toBe(500);
  });

  it('do not make the list answer for another pool than it was asked about', async () => {
    tenants.mockResolvedValue({ userPoolId: TENANT_POOL, clientId: 'tenantclient', jwks: jwks(key) });
    expect(await get('/me', token({ iss: 'https://other.example' }))).toEqual([401, 'TOKEN_ISSUER_REFUSED']);
  });

  it('are named in events by the registration', async () => {
    events.length = 0;
    await get('/me', token({ exp: 1 }));
    expect(events).toMatchObject([{ type: 'token-rejected', pool: 'default', code: 'TOKEN_EXPIRED' }]);
  });
});

describe('the list of one of several registrations', () => {
  @UseGuards(CognitoAuthGuard)
  @Pool('partners', 'default')
  @Controller()
  class EitherController {
    @Get('either')
    get(@CurrentUser('iss') iss: string) {
      return { iss };
    }
  }

  const start = async (tenants: TenantsOption, others?: TenantsOption) =>
    startApp('express', {
      imports: [
        MandateModule.forRoot({
          ...poolOptions,
          userPoolId: `${POOL_ID}9`,
          issuer: 'https://partners.example',
          tenants,
          name: 'partners',
        }),
        MandateModule.forRoot({ ...poolOptions, tenants: others }),
      ],
      controllers: [EitherController],
    });

  it('is not waited for by the tokens of another', async () => {
    const asked = jest.fn(async () => new Promise<never>(() => undefined));
    const app = await start(asked);
    expect(await getter(app)('/either', accessToken())).toEqual([200, ISSUER]);
    expect(asked).toHaveBeenCalled();
    await app.close();
  });

  it('may fail without harm to the tenants of another', async () => {
    const tenants = jest.fn((): Promise<TenantOptions | undefined> =>
      Promise.reject(new Error('The database is down.')),
    );
    const app = await start(tenants, (issuer) =>
      issuer === TENANT_ISSUER ? { userPoolId: TENANT_POOL, clientId: 'tenantclient', jwks: jwks(key) } : undefined,
    );
    const get = getter(app);
    expect(await get('/either', token())).toEqual([200, TENANT_ISSUER]);
    const stranger = token({ iss: 'https://stranger.example' });
    expect(await get('/either', stranger)).toEqual([500, undefined]);
    tenants.mockResolvedValue(undefined);
    expect(await get('/either', stranger)).toEqual([401, 'TOKEN_ISSUER_REFUSED']);
    await app.close();
  });
});

describe('tenants that an application registers itself', () => {
  @Module({})
  class PartnersModule {
    constructor(pools: UserPools) {
      const verifier = createTenantVerifier({
        name: 'partners',
        tenants: (issuer) =>
          issuer === TENANT_ISSUER
            ? { userPoolId: TENANT_POOL, acceptedClientIds: null, jwks: jwks(key), clock: clock.read }
            : undefined,
      });
      pools.register('partners', { verifier, extractors: [bearerToken()], clock: clock.read });
    }
  }

  it('are named by routes like any pool', async () => {
    const app = await startApp('express', {
      imports: [MandateModule.forRoot(poolOptions), PartnersModule],
      controllers: [MeController, PartnersController],
    });
    const get = getter(app);
    expect(await get('/partners', token())).toEqual([200, TENANT_ISSUER]);
    expect(await get('/partners', accessToken())).toEqual([401, 'TOKEN_ISSUER_REFUSED']);
    expect(await get('/me', token())).toEqual([401, 'TOKEN_ISSUER_REFUSED']);
    const none = app.get<Tenants>(getTenantsToken());
    expect(() => {
      none.forget(TENANT_ISSUER);
    }).toThrow(MandateConfigurationError);
    await expect(none.revokerOf(TENANT_ISSUER)).rejects.toThrow('"tenants" is required to manage tenants');
    await app.close();
  });
});
