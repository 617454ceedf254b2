import { once } from 'node:events';
import type { IncomingMessage } from 'node:http';
import { type Agent, get } from 'node:https';
import { json } from 'node:stream/consumers';

import { Controller, Get, type INestApplication } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { CognitoAuthGuard, CognitoService, CurrentUser, MandateModule } from 'mandate';
import { LocalCognito } from 'mandate/testing';
import type { JsonWebKeySet } from 'mandate/verifier';

import { signingKeysPem } from '../local/signing-keys.js';
import { PRIVATE_CERTIFICATE } from '../support/private-certificate.js';
import { Proxy, TunnelAgent } from '../tokens/support/proxy.js';
import { signIn } from './support/sign-in.js';
import { answerOf, startApp } from './support/start-app.js';

const ann = { username: 'ann', password: 'Correct-Horse-9' };

@Controller('me')
class MeController {
  @Get()
  me(@CurrentUser('username') username: string) {
    return { username };
  }
}

/** A Cognito whose certificate nobody trusts, and a proxy in front of it. */
describe('proxies and private networks', () => {
  let local: LocalCognito;
  let proxy: Proxy;
  const apps: INestApplication[] = [];
  const { ca, cert, key } = PRIVATE_CERTIFICATE;

  beforeAll(async () => {
    proxy = await Proxy.start();
    local = await LocalCognito.start({
      tls: { key, cert },
      pools: [{ name: 'shop', keys: signingKeysPem(), users: [ann] }],
    });
  });

  beforeEach(() => {
    proxy.asked.length = 0;
  });

  afterAll(async () => {
    await Promise.all(apps.map((app) => app.close()));
    await Promise.all([local.stop(), proxy.stop()]);
  });

  async function start(registration: ReturnType<typeof MandateModule.forRoot>): Promise<INestApplication> {
    const app = await startApp({
      imports: [registration],
      controllers: [MeController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    });
    apps.push(app);
    return app;
  }

  const host = () => new URL(local.endpoint).host;

  it('need an agent', async () => {
    const pool = local.pool().moduleOptions();
    const proxyAgent = (): Agent => new TunnelAgent(proxy.port, { ca });
    // #region agent
    const agent = proxyAgent(); // such as new HttpsProxyAgent('http://proxy.internal:3128') of the package https-proxy-agent
    const registration = MandateModule.forRoot({
      ...pool,
      requestHandler: { httpsAgent: agent }, // for calls to Cognito
      jwksAgent: agent, // for the signing keys
    });
    // #endregion
    const app = await start(registration);
    const { accessToken } = await signIn(app.get(CognitoService), ann);
    expect(await answerOf(app, '/me', accessToken)).toEqual([200, { username: 'ann' }]);
    expect(new Set(proxy.asked)).toEqual(new Set([`CONNECT ${host()}`]));
    expect(proxy.asked.length).toBeGreaterThanOrEqual(2);
  });

  it('may have an authority of their own', async () => {
    const pool = local.pool().moduleOptions();
    const untrusting = await start(MandateModule.forRoot({ ...pool, retry: { maxAttempts: 1 } }));
    await expect(signIn(untrusting.get(CognitoService), ann)).rejects.toMatchObject({
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringContaining('NODE_EXTRA_CA_CERTS') as string,
    });
    const token = await local.pool().signToken({ username: 'ann' });
    expect(await answerOf(untrusting, '/me', token)).toEqual([503, 'SIGNING_KEYS_UNAVAILABLE']);
  });

  it('may fetch the keys in another way, or not at all', async () => {
    const pool = local.pool().moduleOptions();
    const token = await local.pool().signToken({ username: 'ann' });
    const fetchThroughGateway = jest.fn<Promise<{ json(): JsonWebKeySet }>, [string, { signal: AbortSignal }]>(
      async () => {
        const [response] = (await once(get(local.pool().jwksUri, { ca }), 'response')) as [IncomingMessage];
        const keys = await json(response);
        return { json: () => keys as JsonWebKeySet };
      },
    );
    // #region fetcher
    const registration = MandateModule.forRoot({
      ...pool,
      jwksFetcher: async (uri, signal) => (await fetchThroughGateway(uri, { signal })).json(),
    });
    // #endregion
    expect(await answerOf(await start(registration), '/me', token)).toEqual([200, { username: 'ann' }]);
    expect(fetchThroughGateway.mock.calls).toEqual([[local.pool().jwksUri, { signal: expect.any(AbortSignal) }]]);

    const keySet = (await fetchThroughGateway('', { signal: new AbortController().signal })).json();
    // #region offline
    const offline = MandateModule.forRoot({ ...pool, jwks: keySet });
    // #endregion
    expect(await answerOf(await start(offline), '/me', token)).toEqual([200, { username: 'ann' }]);
    expect(fetchThroughGateway).toHaveBeenCalledTimes(2);
  });
});
