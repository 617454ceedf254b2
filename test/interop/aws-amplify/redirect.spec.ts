import { createServer, type Server } from 'node:http';
import { join } from 'node:path';

import { build } from 'esbuild';

import { LocalCognito } from '../../../lib/local/local-cognito.js';
import { freePort } from '../../e2e/support/free-port.js';
import { signingKeysPem } from '../../local/signing-keys.js';
import { openPasskeyPage, type PasskeyPage } from '../../support/headless-browser.js';
import { PRIVATE_CERTIFICATE } from '../../support/private-certificate.js';

const ANN = { username: 'ann', password: 'Correct-Horse-9', attributes: { email: 'ann@example.com' } };

/** Amplify, unmodified, in a real browser. It speaks https with the domain, always. */
describe('aws-amplify signInWithRedirect', () => {
  let cognito: LocalCognito;
  let application: Server;
  let origin: string;
  let browser: PasskeyPage;

  beforeAll(async () => {
    const port = await freePort();
    origin = `http://localhost:${String(port)}/`;
    cognito = await LocalCognito.start({
      tls: { key: PRIVATE_CERTIFICATE.key, cert: PRIVATE_CERTIFICATE.cert },
      pools: [
        {
          name: 'web',
          keys: signingKeysPem(),
          identityProviders: ['Google'],
          clients: [
            {
              name: 'page',
              AllowedOAuthFlowsUserPoolClient: true,
              AllowedOAuthFlows: ['code'],
              AllowedOAuthScopes: ['openid', 'email', 'aws.cognito.signin.user.admin'],
              CallbackURLs: [origin],
              LogoutURLs: [origin],
              SupportedIdentityProviders: ['COGNITO', 'Google'],
            },
          ],
          users: [ANN],
        },
      ],
    });
    application = await servePage(port, await bundle(), configuration(cognito, origin));
  });

  afterAll(async () => {
    application.close();
    application.closeAllConnections();
    await cognito.stop();
  });

  beforeEach(async () => {
    browser = await openPasskeyPage({ ignoreHTTPSErrors: true });
    browser.page.setDefaultTimeout(20_000);
    await browser.page.goto(origin);
  });

  afterEach(async () => browser.close());

  const press = (name: string) => browser.page.getByRole('button', { name, exact: true }).click();
  const untilHeard = (event: string) => browser.page.waitForFunction(`document.title.includes('${event}')`);
  const output = async (): Promise<unknown> => {
    await browser.page.waitForFunction(`document.querySelector('output').textContent !== ''`);
    return JSON.parse(await browser.page.locator('output').innerText());
  };

  it('signs in on the pages, renews, and signs out of the pages too', async () => {
    await press('signIn');
    await browser.page.getByLabel('Username').fill(ANN.username);
    await browser.page.getByLabel('Password').fill(ANN.password);
    await press('Sign in');
    await untilHeard('signedIn');
    await press('user');
    expect(await output()).toEqual({
      username: 'ann',
      email: 'ann@example.com',
      scope: expect.stringContaining('aws.cognito.signin.user.admin'),
    });

    await press('signOut');
    await browser.page.waitForURL(origin);
    await press('signIn');
    // The session of the domain has ended: it asks for the password again.
    await browser.page.getByLabel('Password').waitFor();
  });

  it('signs in with a provider of the pool', async () => {
    await press('signInWithGoogle');
    await browser.page.getByLabel('Email address').fill('bob@example.com');
    await press('Sign in');
    await untilHeard('signedIn');
    await press('user');
    expect(await output()).toMatchObject({ username: expect.stringMatching(/^google_/i), email: 'bob@example.com' });
  });
});

function configuration(cognito: LocalCognito, origin: string): object {
  const pool = cognito.pool('web');
  return {
    Auth: {
      Cognito: {
        userPoolId: pool.id,
        userPoolClientId: pool.client('page').id,
        userPoolEndpoint: cognito.endpoint,
        loginWith: {
          oauth: {
            domain: new URL(cognito.endpoint).host,
            scopes: ['openid', 'email', 'aws.cognito.signin.user.admin'],
            redirectSignIn: [origin],
            redirectSignOut: [origin],
            responseType: 'code',
          },
        },
      },
    },
  };
}

async function bundle(): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [join(__dirname, 'browser', 'page.mjs')],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    logLevel: 'error',
  });
  return outputFiles[0]?.text ?? '';
}

async function servePage(port: number, script: string, amplify: object): Promise<Server> {
  const html = `<!doctype html><title>started</title><body><output></output>
<script>var AMPLIFY_CONFIGURATION = ${JSON.stringify(amplify)}</script><script src="/page.js"></script></body>`;
  const server = createServer((request, response) => {
    const isScript = request.url === '/page.js';
    response.setHeader('Content-Type', isScript ? 'text/javascript' : 'text/html');
    response.end(isScript ? script : html);
  });
  await new Promise<void>((resolve) => server.listen(port, 'localhost', resolve));
  return server;
}
