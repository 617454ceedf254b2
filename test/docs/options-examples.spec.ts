import { Agent } from 'node:https';

import { Controller, Get, type INestApplication, type ModuleMetadata } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import {
  type AttributesOf,
  bearerToken,
  CognitoAuthGuard,
  CognitoService,
  cookieToken,
  CurrentUser,
  defineAttributes,
  MandateModule,
  type MandateModuleOptions,
  type MandateOptionsFactory,
  type TokenEvent,
  usernameOf,
} from 'mandate';
import type { JsonWebKeySet } from 'mandate/verifier';
import { LocalCognito, type LocalModuleOptions } from 'mandate/testing';
import request from 'supertest';

import { signingKeysPem } from '../local/signing-keys.js';
import { PRIVATE_CERTIFICATE } from '../support/private-certificate.js';

/** The examples of docs/reference/options.md, each in an application of its own. */
const ann = { username: 'ann', password: 'Correct-Horse-9', attributes: { 'custom:tenant': 'acme' } };

@Controller('me')
class MeController {
  @Get()
  me(@CurrentUser() user: object) {
    return user;
  }
}

let local: LocalCognito;
let pool: LocalModuleOptions;
const apps: INestApplication[] = [];

beforeAll(async () => {
  local = await LocalCognito.start({
    pools: [
      {
        name: 'users',
        keys: signingKeysPem(),
        Schema: [{ Name: 'tenant', AttributeDataType: 'String', Mutable: true }],
        clients: [
          { name: 'backend', secret: true },
          { name: 'mobile', id: 'mobileclient' },
        ],
        users: [ann],
      },
    ],
  });
  pool = local.pool().moduleOptions();
});

afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()));
  await local.stop();
});

async function start(module: NonNullable<ModuleMetadata['imports']>[number]): Promise<INestApplication> {
  const testing = await Test.createTestingModule({
    imports: [module],
    controllers: [MeController],
    providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
  }).compile();
  const app = await testing.createNestApplication().init();
  apps.push(app);
  return app;
}

const me = (app: INestApplication, token: string) =>
  request(app.getHttpServer()).get('/me').auth(token, { type: 'bearer' });
const tokenOf = (client = 'backend') => local.pool().signToken({ username: 'ann', client });

describe('docs/reference/options.md', () => {
  it('rotates a client secret without a restart', async () => {
    const secrets = { current: jest.fn(() => Promise.resolve(pool.clientSecret ?? '')) };
    // #region secret
    const options: MandateModuleOptions = {
      ...pool,
      clientSecret: () => secrets.current(), // called for each request: cache it there
    };
    // #endregion
    const app = await start(MandateModule.forRoot(options));
    await app.get(CognitoService).authenticate(ann);
    expect(secrets.current).toHaveBeenCalled();
  });

  it('gives attributes names of the application', async () => {
    // #region attributes
    const attributes = defineAttributes({ tenant: 'custom:tenant', level: { name: 'custom:level', type: 'number' } });
    type AppAttributes = AttributesOf<typeof attributes>;
    const options: MandateModuleOptions = { ...pool, attributes };
    // Inject CognitoService<AppAttributes>: getUser() then has `tenant` and a numeric `level`.
    // #endregion
    const app = await start(MandateModule.forRoot(options));
    const cognito = app.get<CognitoService<AppAttributes>>(CognitoService);
    expect((await cognito.getUser(await tokenOf())).attributes.tenant).toBe('acme');
  });

  it('accepts the tokens of two clients', async () => {
    const only = await start(MandateModule.forRoot(pool));
    await me(only, await tokenOf('mobile')).expect(401, /TOKEN_CLIENT_REFUSED/);
    const { clientId } = pool;
    // #region clients
    const options: MandateModuleOptions = { ...pool, acceptedClientIds: [clientId, 'mobileclient'] };
    // #endregion
    const app = await start(MandateModule.forRoot(options));
    await me(app, await tokenOf('mobile')).expect(200);
    await me(app, await tokenOf()).expect(200);
  });

  it('rejects by a check of the application', async () => {
    const blocked = new Set<string | undefined>();
    // #region check
    const options: MandateModuleOptions = {
      ...pool,
      customCheck: (claims) => !blocked.has(usernameOf(claims)), // `true` accepts; anything else is 401
    };
    // #endregion
    const app = await start(MandateModule.forRoot(options));
    await me(app, await tokenOf()).expect(200);
    blocked.add('ann');
    await me(app, await tokenOf()).expect(401, /TOKEN_CLAIMS_INVALID/);
  });

  it('finds tokens where the application says', async () => {
    // #region extractors
    const options: MandateModuleOptions = { ...pool, extractors: [bearerToken(), cookieToken('access_token')] };
    // #endregion
    const app = await start(MandateModule.forRoot(options));
    const cookie = `access_token=${await tokenOf()}`;
    await request(app.getHttpServer()).get('/me').set('cookie', cookie).expect(200);
  });

  it('loads the user of the application', async () => {
    const users = new Map([[local.pool().createUser({ username: 'bob' }).sub, { id: 7, name: 'Bob' }]]);
    // #region user
    const options: MandateModuleOptions = {
      ...pool,
      loadUser: (claims) => users.get(claims.sub), // undefined: 401 TOKEN_CLAIMS_INVALID
    };
    // #endregion
    const app = await start(MandateModule.forRoot(options));
    const bob = await local.pool().signToken({ username: 'bob' });
    await me(app, bob).expect(200, { id: 7, name: 'Bob' });
    await me(app, await tokenOf()).expect(401, /TOKEN_CLAIMS_INVALID/);
  });

  it('asks Cognito about each token', async () => {
    // #region revocation
    const options: MandateModuleOptions = {
      ...pool,
      revocation: { askCognito: { cacheSeconds: 0, onUncheckable: 'reject' }, onUnavailable: 'reject' },
    };
    // #endregion
    const app = await start(MandateModule.forRoot(options));
    const token = await tokenOf();
    await me(app, token).expect(200);
    await app.get(CognitoService).logout(token);
    await me(app, token).expect(401, /TOKEN_REVOKED/);
  });

  it('counts the decisions of the guard', async () => {
    const counted: TokenEvent[] = [];
    // #region events
    const options: MandateModuleOptions = {
      ...pool,
      onTokenEvent: (event) => counted.push(event), // quick: it runs for each token
    };
    // #endregion
    const app = await start(MandateModule.forRoot(options));
    await me(app, await tokenOf()).expect(200);
    await me(app, 'no.jwt.here').expect(401);
    expect(counted.map(({ type }) => type)).toEqual(['keys-fetched', 'token-accepted', 'token-rejected']);
  });

  it('takes the options from a class', async () => {
    // #region class
    class CognitoOptions implements MandateOptionsFactory {
      createMandateOptions(): MandateModuleOptions {
        return pool;
      }
    }
    const registration = MandateModule.forRootAsync({ useClass: CognitoOptions, isGlobal: true });
    // #endregion
    await me(await start(registration), await tokenOf()).expect(200);
  });

  it('trusts a private certificate authority', async () => {
    const { ca, ...tls } = PRIVATE_CERTIFICATE;
    const users = [ann].map(({ username, password }) => ({ username, password }));
    const secure = await LocalCognito.start({ tls, pools: [{ name: 'users', keys: signingKeysPem(), users }] });
    const behindProxy = secure.pool().moduleOptions();
    // #region agents
    const agent = new Agent({ ca }); // or `new HttpsProxyAgent(proxy)` of https-proxy-agent
    const options: MandateModuleOptions = {
      ...behindProxy,
      requestHandler: { httpsAgent: agent }, // calls of Cognito
      jwksAgent: agent, // the signing keys
    };
    // #endregion
    const app = await start(MandateModule.forRoot(options));
    const outcome = await app.get(CognitoService).authenticate(ann);
    await me(app, outcome.status === 'AUTHENTICATED' ? outcome.tokens.accessToken : '').expect(200);
    await secure.stop();
    agent.destroy();
  });

  it('fetches the keys by another HTTP client', async () => {
    // #region fetcher
    const options: MandateModuleOptions = {
      ...pool,
      jwksFetcher: async (uri, signal) => {
        const response = await fetch(uri, { signal });
        return (await response.json()) as JsonWebKeySet;
      },
    };
    // #endregion
    await me(await start(MandateModule.forRoot(options)), await tokenOf()).expect(200);
  });
});
