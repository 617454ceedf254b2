import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

import { Controller, Get, type INestApplication, Module, Post } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { Test } from '@nestjs/testing';
import { CognitoAuthGuard, CurrentUser, MandateModule } from 'mandate';
import { MandateAuthApiModule } from 'mandate/http';
import { LocalCognito } from 'mandate/testing';

import { freePort } from '../e2e/support/free-port.js';
import { signingKeysPem } from '../local/signing-keys.js';
import { BrowserPage } from './support/browser-page.js';

const sessionSecret = 'a secret of this test, with 32 characters';
const ANN = { username: 'ann', password: 'Correct-Horse-9' };
const OWN = { 'content-type': 'application/json', 'x-mandate-csrf': '1' };
const root = join(__dirname, '../..');

@Controller('orders')
class OrdersController {
  @Get()
  list(@CurrentUser('username') owner: string) {
    return { owner };
  }

  @Post()
  place(@CurrentUser('username') owner: string) {
    return { owner };
  }
}

/** The code of docs/how-to/cookies-and-single-page-apps.md. */
describe('docs/how-to/cookies-and-single-page-apps.md', () => {
  let local: LocalCognito;
  let app: INestApplication;

  beforeAll(async () => {
    local = await LocalCognito.start({ pools: [{ name: 'users', keys: signingKeysPem(), users: [ANN] }] });
  });

  afterEach(() => app.close());
  afterAll(() => local.stop());

  const start = async (authApi: ReturnType<typeof MandateAuthApiModule.forRoot>, configure?: () => void) => {
    @Module({
      imports: [MandateModule.forRoot(local.pool('users').moduleOptions()), authApi],
      controllers: [OrdersController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    const module = await Test.createTestingModule({ imports: [AppModule] }).compile();
    app = module.createNestApplication();
    configure?.();
    await app.listen(0, '127.0.0.1');
    return (app.getHttpServer() as { address(): AddressInfo }).address().port;
  };
  const signIn = async (page: BrowserPage) =>
    page.fetch('/auth/authenticate', { method: 'POST', headers: OWN, body: JSON.stringify(ANN) });

  it('serves a page of another host of the same site', async () => {
    await start(
      // #region module
      MandateAuthApiModule.forRoot({
        delivery: 'cookie',
        // Where the page is, not where the API is.
        session: { secret: sessionSecret, origin: 'https://app.example.com' },
      }),
      // #endregion
      () => {
        // #region cors
        app.enableCors({ origin: 'https://app.example.com', credentials: true });
        // #endregion
      },
    );
    const page = new BrowserPage(app, 'https://app.example.com', 'same-site');
    const preflight = await page.fetch('/auth/authenticate', {
      method: 'OPTIONS',
      headers: { 'access-control-request-method': 'POST', 'access-control-request-headers': 'x-mandate-csrf' },
    });
    expect(Object.fromEntries(preflight.headers)).toMatchObject({
      'access-control-allow-origin': 'https://app.example.com',
      'access-control-allow-credentials': 'true',
      'access-control-allow-headers': 'x-mandate-csrf',
    });
    const signedIn = await signIn(page);
    expect(signedIn.status).toBe(200);
    expect(signedIn.headers.get('access-control-allow-credentials')).toBe('true');
    expect((await page.fetch('/orders', { method: 'POST', headers: OWN })).status).toBe(201);
    const sibling = page.from('https://shop.example.com', 'same-site');
    expect((await sibling.fetch('/orders', { method: 'POST', headers: OWN })).status).toBe(403);
  });

  it('serves a page behind the proxy of Vite', async () => {
    const vitePort = await freePort();
    const origin = `http://localhost:${String(vitePort)}`;
    const port = await start(
      // #region development
      MandateAuthApiModule.forRoot({
        delivery: 'cookie',
        session: {
          secret: sessionSecret,
          origin, // http://localhost:5173
          cookie: { insecureLocalhost: true }, // refused for any other address
        },
      }),
      // #endregion
    );
    const vite = await startVite(vitePort, `http://127.0.0.1:${String(port)}`);
    try {
      const page = new BrowserPage(app, origin, 'same-origin', new Map(), origin);
      const signedIn = await signIn(page);
      expect(signedIn.headers.get('set-cookie')).toMatch(
        /^mandate=[^;]+; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Strict/,
      );
      expect(await (await page.fetch('/orders', { method: 'POST', headers: OWN })).json()).toEqual({ owner: 'ann' });
    } finally {
      vite.kill();
      await once(vite, 'exit');
    }
  });

  /** The development server, with the configuration of the page. */
  async function startVite(port: number, api: string): Promise<ChildProcess> {
    const config = join(__dirname, 'files/vite.config.js');
    const child = spawn(
      process.execPath,
      [join(root, 'node_modules/vite/bin/vite.js'), '--config', config, '--port', String(port), '--strictPort'],
      { cwd: join(__dirname, 'files'), env: { ...process.env, API: api, NODE_ENV: 'development' } },
    );
    let output = '';
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
    await new Promise<void>((resolve, reject) => {
      child.stdout.on('data', (chunk: Buffer) => {
        output += chunk.toString();
        // Jest asks its workers for colours, and Vite inherits that.
        if (stripVTControlCharacters(output).includes('Local:')) resolve();
      });
      child.once('exit', () => {
        reject(new Error(`Vite has not started:\n${output}`));
      });
    });
    return child;
  }
});
