import { Test, type TestingModule } from '@nestjs/testing';

import { type CognitoService, CognitoOAuthService, getCognitoToken, MandateModule } from '../../lib/index.js';
import { LocalCognito } from '../../lib/testing/index.js';
import { CookieBrowser } from '../local/oauth/support/browser.js';
import { codeClient } from '../local/oauth/support/oauth-service.js';
import { errorOf } from './support/service-under-test.js';

const oauth = { redirectUri: 'http://localhost:3000/auth/callback', logoutUri: 'http://localhost:3000/' };
const RESOURCE = 'https://orders.example';
const password = 'Correct-horse-1';

const client = codeClient('web', {
  secret: true,
  CallbackURLs: [oauth.redirectUri],
  LogoutURLs: [oauth.logoutUri],
});

const job = {
  name: 'job',
  secret: true,
  AllowedOAuthFlows: ['client_credentials' as const],
  AllowedOAuthScopes: ['api/read', 'api/write'],
  AllowedOAuthFlowsUserPoolClient: true,
};
/** Of a client that needs no domain. */
const apiJob = { ...job, name: 'api-job', ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH' as never] };

let cognito: LocalCognito;
let app: TestingModule;

beforeAll(async () => {
  cognito = await LocalCognito.start({
    pools: [
      {
        name: 'customers',
        clients: [client, job, apiJob],
        users: [{ username: 'ann', password, attributes: { email: 'ann@example.com' } }],
      },
    ],
  });
  const options = cognito.pool().moduleOptions({ oauth });
  app = await Test.createTestingModule({
    imports: [
      MandateModule.forRoot({
        ...options,
        oauth: {
          domain: cognito.endpoint,
          ...oauth,
          scopes: ['openid', 'email', 'aws.cognito.signin.user.admin'],
        },
        audiences: [RESOURCE],
        revocation: { store: 'memory' },
      }),
    ],
  }).compile();
  await app.init();
});

afterAll(async () => {
  await app.close();
  await cognito.stop();
});

async function signedIn(options = {}) {
  const service = app.get(CognitoOAuthService);
  const { url, transaction } = await service.startLogin(options);
  const callback = await cognito.oauthCode('ann', url);
  return { service, tokens: await service.completeLogin(new URL(callback).searchParams, transaction) };
}

describe('CognitoOAuthService and the embedded Cognito', () => {
  it('sign a user in through the page', async () => {
    const service = app.get(CognitoOAuthService);
    const { url, transaction } = await service.startLogin();
    const browser = new CookieBrowser(cognito.endpoint);
    const page = await browser.follow(await browser.get(url));
    const done = await browser.follow(await browser.submit(page, { username: 'ann', password }));
    const callback = new URL(done.location ?? '').searchParams;
    const tokens = await service.completeLogin(callback, transaction);
    expect(tokens).toMatchObject({ grantType: 'authorization_code', tokenType: 'Bearer' });
    expect(await errorOf(service.completeLogin(callback, transaction))).toMatchObject({ code: 'OAUTH_CODE_INVALID' });
  });

  it('agree about prompt=none', async () => {
    const service = app.get(CognitoOAuthService);
    const { url, transaction } = await service.startLogin({ prompt: 'none' });
    const { location } = await new CookieBrowser(cognito.endpoint).get(url);
    const login = service.completeLogin(new URL(location ?? '').searchParams, transaction);
    expect(await errorOf(login)).toMatchObject({ code: 'OAUTH_LOGIN_REQUIRED' });
  });

  it('use the tokens in every other service', async () => {
    const { service, tokens } = await signedIn();
    const users = app.get<CognitoService>(getCognitoToken());
    expect((await users.getUser(tokens.accessToken)).username).toBe('ann');
    const renewed = await users.renewTokens(tokens);
    expect(renewed).toMatchObject({ grantType: 'authorization_code', refreshToken: tokens.refreshToken });
    expect(await service.getUserInfo(renewed.accessToken)).toMatchObject({
      email: 'ann@example.com',
      email_verified: true,
    });
  });

  it('keep the binding to a resource', async () => {
    const { service, tokens } = await signedIn({ resource: RESOURCE });
    const renewed = await service.renewTokens(tokens.refreshToken ?? '');
    const claims = await app.get<CognitoService>(getCognitoToken()).verifyToken(renewed.accessToken);
    expect(claims.aud).toBe(RESOURCE);
  });

  it('end a sign-in for Cognito and for the guard', async () => {
    const { service, tokens } = await signedIn();
    const users = app.get<CognitoService>(getCognitoToken());
    await expect(users.verifyToken(tokens.accessToken)).resolves.toBeDefined();
    await service.revokeToken(tokens.refreshToken ?? '', tokens);
    expect(await errorOf(service.renewTokens(tokens.refreshToken ?? ''))).toMatchObject({
      code: 'REFRESH_TOKEN_INVALID',
    });
    expect(await errorOf(users.verifyToken(tokens.accessToken))).toMatchObject({ code: 'TOKEN_REVOKED' });
    expect((await errorOf(service.getUserInfo(tokens.accessToken))).code).toBe('ACCESS_TOKEN_INVALID');
  });

  it.each(['domain', 'api'] as const)('issue machine tokens by way of the %s', async (via) => {
    const name = via === 'domain' ? 'job' : 'api-job';
    const options = cognito.pool().moduleOptions({ client: name });
    const machine = await Test.createTestingModule({
      imports: [
        MandateModule.forRoot({ ...options, ...(via === 'domain' && { oauth: { domain: cognito.endpoint } }) }),
      ],
    }).compile();
    const service = machine.get(CognitoOAuthService);
    const { accessToken } = await service.clientToken({ scopes: ['api/read'] });
    const claims = await machine.get<CognitoService>(getCognitoToken()).verifyToken(accessToken);
    expect(claims).toMatchObject({ scope: 'api/read', sub: options.clientId });
    await expect(service.clientToken({ scopes: ['api/read'] })).resolves.toMatchObject({ accessToken });
    const refused = await errorOf(service.clientToken({ scopes: ['api/delete'] }));
    expect(refused.code).toBe(via === 'domain' ? 'OAUTH_SCOPE_INVALID' : 'PARAMETER_INVALID');
    await machine.close();
  });

  it('log out in both forms of Cognito', async () => {
    const service = app.get(CognitoOAuthService);
    const browser = new CookieBrowser(cognito.endpoint);
    expect((await browser.get(service.logoutUrl())).location).toBe(oauth.logoutUri);
    const signInAgain = await service.startLogin();
    const page = await browser.follow(await browser.get(service.logoutUrl({ signInAgain })));
    const done = await browser.follow(await browser.submit(page, { username: 'ann', password }));
    const callback = new URL(done.location ?? '').searchParams;
    await expect(service.completeLogin(callback, signInAgain.transaction)).resolves.toBeDefined();
  });
});
