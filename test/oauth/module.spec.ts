import { Injectable, Logger, type Type } from '@nestjs/common';
import { Test, type TestingModule } from '@nestjs/testing';

import {
  type CognitoService,
  CognitoOAuthService,
  getCognitoOAuthToken,
  getCognitoToken,
  getTokenVerifierToken,
  InjectCognitoOAuth,
  MandateModule,
  type MandateModuleExtras,
  type MandateModuleOptions,
  type OAuthTenant,
  type TokenSet,
  type TokenVerifier,
} from '../../lib/index.js';
import { CLIENT_ID, ISSUER, jwks, NOW, POOL_ID, TestClock } from '../tokens/support/test-issuer.js';
import { CognitoDomain, json, LOGOUT_URI, REDIRECT_URI, SECRET } from './support/cognito-domain.js';
import { errorOf } from './support/service-under-test.js';

const HOUR = 3_600_000;
const RESOURCE = 'https://orders.example';
const credentials = { accessKeyId: 'id', secretAccessKey: 'key' };

let domain: CognitoDomain;
let clock: TestClock;
let app: TestingModule | undefined;
beforeAll(async () => {
  domain = await CognitoDomain.start();
});
afterAll(async () => {
  await domain.stop();
});
beforeEach(() => {
  clock = new TestClock();
  domain.clock = clock.read;
});
afterEach(async () => {
  await app?.close();
  app = undefined;
  domain.handlers.clear();
  domain.requests.length = 0;
  domain.rotates = false;
  domain.idClaims = {};
  domain.accessClaims = {};
});

type Options = Partial<MandateModuleOptions> & MandateModuleExtras;

const registered = (options: Options = {}) =>
  MandateModule.forRoot({
    userPoolId: POOL_ID,
    clientId: CLIENT_ID,
    clientSecret: SECRET,
    // Nobody listens: what goes to the API and not to the domain fails.
    endpoint: 'http://127.0.0.1:1',
    retry: { maxAttempts: 1 },
    jwks: jwks(),
    clock: clock.read,
    oauth: { domain: domain.origin, redirectUri: REDIRECT_URI, logoutUri: LOGOUT_URI },
    ...options,
  });

async function start(imports = [registered()], providers: Type[] = []): Promise<TestingModule> {
  app = await Test.createTestingModule({ imports, providers }).compile();
  await app.init();
  return app;
}

async function signIn(oauth: CognitoOAuthService): Promise<TokenSet> {
  const { url, transaction } = await oauth.startLogin();
  return oauth.completeLogin(await domain.signIn(url), transaction);
}

describe('MandateModule with the option oauth', () => {
  it('provides the service by its type and by name, each with its own pool', async () => {
    @Injectable()
    class Logins {
      constructor(
        readonly oauth: CognitoOAuthService,
        @InjectCognitoOAuth('staff') readonly staff: CognitoOAuthService,
      ) {}
    }
    const staff = registered({ name: 'staff', oauth: { domain: 'staff.example', redirectUri: REDIRECT_URI } });
    const logins = (await start([registered(), staff], [Logins])).get(Logins);
    expect((await logins.oauth.startLogin()).url.startsWith(`${domain.origin}/`)).toBe(true);
    expect((await logins.staff.startLogin()).url.startsWith('https://staff.example/')).toBe(true);
    expect(app?.get(getCognitoOAuthToken())).toBe(logins.oauth);
    expect(app?.get(getCognitoOAuthToken('staff'))).toBe(logins.staff);
  });

  it('provides it without the option too, for machine tokens by way of the API', async () => {
    const oauth = (await start([registered({ oauth: undefined, credentials })])).get(CognitoOAuthService);
    expect(await errorOf(oauth.startLogin())).toMatchObject({ code: 'OAUTH_NOT_CONFIGURED' });
    expect(await errorOf(oauth.clientToken())).toMatchObject({ operation: 'GetClientToken' });
  });

  it('accepts the tokens of a sign-in where it accepts others', async () => {
    const started = await start();
    const { accessToken } = await signIn(started.get(CognitoOAuthService));
    const verifier = started.get<TokenVerifier>(getTokenVerifierToken());
    await expect(verifier.verify(accessToken)).resolves.toMatchObject({ client_id: CLIENT_ID });
  });

  it('explains a fault of the set-up in the log, once: users learn nothing of it', async () => {
    const log = jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
    const oauth = (await start([registered({ clientSecret: 'another-secret' })])).get(CognitoOAuthService);
    expect(await errorOf(signIn(oauth))).toMatchObject({ code: 'CLIENT_UNAUTHORIZED' });
    expect(await errorOf(oauth.clientToken())).toMatchObject({ code: 'CLIENT_UNAUTHORIZED' });
    const lines = log.mock.calls.map(([line]) => String(line));
    log.mockRestore();
    expect(lines).toHaveLength(1);
    expect(lines[0]).toMatch(/^Pool "default": POST \/oauth2\/token: .*"clientSecret"/);
    expect(lines[0]).not.toContain('another-secret');
  });

  it('has the guard refuse the tokens of a sign-in that was revoked', async () => {
    const started = await start([registered({ revocation: { store: 'memory' } })]);
    const oauth = started.get(CognitoOAuthService);
    const tokens = await signIn(oauth);
    const verifier = started.get<TokenVerifier>(getTokenVerifierToken());
    await expect(verifier.verify(tokens.accessToken)).resolves.toBeDefined();
    await oauth.revokeToken(tokens.refreshToken ?? '', tokens);
    expect(await errorOf(verifier.verify(tokens.accessToken))).toMatchObject({ code: 'TOKEN_REVOKED' });
  });
});

describe('CognitoService with tokens of managed login (trap 31)', () => {
  async function services(options: Options = {}) {
    const started = await start([registered(options)]);
    const cognito = started.get<CognitoService>(getCognitoToken());
    const tokens = await signIn(started.get(CognitoOAuthService));
    domain.requests.length = 0;
    return { cognito, tokens };
  }

  it('renews them at the token endpoint', async () => {
    const { cognito, tokens } = await services();
    expect(await cognito.renewTokens(tokens)).toMatchObject({
      refreshToken: tokens.refreshToken,
      grantType: 'authorization_code',
      expiresAt: NOW + HOUR,
    });
    expect(domain.to('/oauth2/token')).toHaveLength(1);
  });

  it('keeps the binding to a resource by that', async () => {
    domain.accessClaims = { aud: RESOURCE };
    const { cognito, tokens } = await services({
      audiences: [RESOURCE],
      oauth: { domain: domain.origin, redirectUri: REDIRECT_URI, resource: RESOURCE },
    });
    const { accessToken } = await cognito.renewTokens(tokens);
    await expect(cognito.verifyToken(accessToken)).resolves.toMatchObject({ aud: RESOURCE });
  });

  it('renews those of the API by the API, and by any method that is named', async () => {
    const { cognito, tokens } = await services();
    const ofApi = { ...tokens, grantType: undefined };
    expect(await errorOf(cognito.renewTokens(ofApi))).toMatchObject({ operation: 'GetTokensFromRefreshToken' });
    const byMethod = cognito.renewTokens({ ...tokens, method: 'REFRESH_TOKEN_AUTH' });
    expect(await errorOf(byMethod)).toMatchObject({ operation: 'InitiateAuth' });
    expect(domain.requests).toEqual([]);
  });

  it('renews them by the API without the option oauth', async () => {
    const { tokens } = await services();
    await app?.close();
    const started = await start([registered({ oauth: undefined })]);
    const renewal = started.get<CognitoService>(getCognitoToken()).renewTokens(tokens);
    expect(await errorOf(renewal)).toMatchObject({ operation: 'GetTokensFromRefreshToken' });
  });

  it('renews them in checkToken once they have expired', async () => {
    const { cognito, tokens } = await services();
    expect(await cognito.checkToken(tokens)).toEqual({ expired: false, tokens });
    clock.advance(HOUR);
    const { expired, tokens: renewed } = await cognito.checkToken(tokens);
    expect([expired, renewed.grantType]).toEqual([true, 'authorization_code']);
    expect(domain.to('/oauth2/token')).toHaveLength(1);
  });

  it('renews them in a token session, again and again, with a storage of JSON', async () => {
    domain.rotates = true;
    const { cognito, tokens } = await services();
    let stored = JSON.stringify(tokens);
    const onRenewed = (renewed: TokenSet) => void (stored = JSON.stringify(renewed));
    for (let times = 1; times <= 3; times += 1) {
      const session = cognito.withTokens(JSON.parse(stored) as TokenSet, { onRenewed });
      clock.advance(HOUR);
      await session.accessToken();
      expect(domain.to('/oauth2/token')).toHaveLength(times);
      expect(JSON.parse(stored)).toMatchObject({ grantType: 'authorization_code' });
    }
  });

  it('ends a token session for invalid_grant alone (trap 15)', async () => {
    const { cognito, tokens } = await services();
    const onEnded = jest.fn();
    const session = cognito.withTokens(tokens, { onEnded });
    for (const [status, error] of [
      [400, 'invalid_client'],
      [429, 'slow_down'],
      [500, 'server_error'],
    ] as const) {
      domain.handlers.set('/oauth2/token', (_request, response) => {
        json(response, status, { error });
      });
      await errorOf(session.renew());
      expect([session.tokens, onEnded.mock.calls.length]).toEqual([tokens, 0]);
    }
    domain.handlers.set('/oauth2/token', (_request, response) => {
      json(response, 400, { error: 'invalid_grant' });
    });
    expect(await errorOf(session.renew())).toMatchObject({ code: 'REFRESH_TOKEN_INVALID' });
    expect([session.tokens, onEnded.mock.calls.length]).toEqual([undefined, 1]);
  });

  it('goes on with what another instance has renewed and is about to store (trap 14)', async () => {
    domain.rotates = true;
    const { cognito, tokens } = await services();
    const renewed = await cognito.renewTokens(tokens);
    const answers = [tokens, tokens, renewed];
    const session = cognito.withTokens(tokens, { reload: () => answers.shift() });
    await expect(session.renew()).resolves.toEqual(renewed);
    expect(answers).toEqual([]);
  });
});

describe('a tenant', () => {
  const issuer = 'https://tenant.example/pool';
  const listed = { userPoolId: 'eu-west-1_Tenant123', clientId: CLIENT_ID, issuer, jwks: jwks() as never };
  const tenant = (): OAuthTenant => ({
    userPoolId: listed.userPoolId,
    clientId: CLIENT_ID,
    clientSecret: SECRET,
    issuer,
    oauth: { domain: domain.origin, redirectUri: REDIRECT_URI, logoutUri: LOGOUT_URI },
  });
  const tenants = (asked: string) => (asked === issuer ? listed : undefined);
  const own = { domain: 'own.example', redirectUri: REDIRECT_URI };

  it('has sign-ins at its own domain, whose tokens the list of tenants decides about', async () => {
    const started = await start([registered({ tenants, oauth: own })]);
    const oauth = started.get(CognitoOAuthService).forTenant(tenant());
    domain.idClaims = { iss: issuer };
    domain.accessClaims = { iss: issuer };
    await expect(signIn(oauth)).resolves.toMatchObject({ grantType: 'authorization_code' });
    expect(oauth.logoutUrl().startsWith(`${domain.origin}/logout?`)).toBe(true);
  });

  it.each([
    ['tokens of the own pool', ISSUER, ISSUER],
    ['tokens of an unlisted pool', 'https://other.example', 'https://other.example'],
    ['an access token of the own pool', issuer, ISSUER],
  ])('refuses %s', async (_what, idIssuer, accessIssuer) => {
    const started = await start([registered({ tenants, oauth: own })]);
    domain.idClaims = { iss: idIssuer };
    domain.accessClaims = { iss: accessIssuer };
    expect(await errorOf(signIn(started.get(CognitoOAuthService).forTenant(tenant())))).toMatchObject({
      code: 'TOKEN_ISSUER_REFUSED',
    });
  });

  it('has its revocations where the guard looks for them', async () => {
    const started = await start([registered({ tenants, oauth: own, revocation: { store: 'memory' } })]);
    const oauth = started.get(CognitoOAuthService).forTenant(tenant());
    domain.idClaims = { iss: issuer };
    domain.accessClaims = { iss: issuer };
    const tokens = await signIn(oauth);
    await oauth.revokeToken(tokens.refreshToken ?? '', tokens);
    const { transaction, url } = await oauth.startLogin();
    // The same sign-in by its id, as the guard would see it again.
    expect(await errorOf(oauth.completeLogin(await domain.signIn(url), transaction))).toMatchObject({
      code: 'TOKEN_REVOKED',
    });
  });

  it('shares renewals under way between services that were created for single calls', async () => {
    domain.rotates = true;
    const started = await start([registered({ tenants, oauth: own })]);
    const oauth = started.get(CognitoOAuthService);
    domain.idClaims = { iss: issuer };
    domain.accessClaims = { iss: issuer };
    const { refreshToken = '' } = await signIn(oauth.forTenant(tenant()));
    domain.requests.length = 0;
    await Promise.all([1, 2, 3].map(async () => oauth.forTenant(tenant()).renewTokens(refreshToken)));
    expect(domain.requests).toHaveLength(1);
  });

  it('shares nothing with another tenant, be its client or a token of the same name', async () => {
    const started = await start([registered({ tenants, oauth: own })]);
    const oauth = started.get(CognitoOAuthService);
    const other = oauth.forTenant({ ...tenant(), userPoolId: 'eu-west-1_Tenant456' });
    await Promise.all([oauth.forTenant(tenant()), other].map(async (service) => service.clientToken()));
    expect(domain.requests).toHaveLength(2);
    await Promise.all(
      [oauth.forTenant(tenant()), other].map(async (service) => errorOf(service.renewTokens('the-same-token'))),
    );
    expect(domain.requests).toHaveLength(4);
  });

  it('needs the option tenants, and valid options', async () => {
    const without = (await start()).get(CognitoOAuthService);
    expect(() => without.forTenant(tenant())).toThrow(/Option "tenants" is required/);
    await app?.close();
    const oauth = (await start([registered({ tenants, oauth: own })])).get(CognitoOAuthService);
    expect(() => oauth.forTenant(undefined as never)).toThrow(/"tenant" must be an object/);
    expect(() => oauth.forTenant({ ...tenant(), clientId: '' })).toThrow(/"clientId" is required/);
    const insecure = { ...tenant(), oauth: { domain: 'http://evil.example' } };
    expect(() => oauth.forTenant(insecure)).toThrow(/"oauth.domain" must be the domain of the user pool/);
  });
});
