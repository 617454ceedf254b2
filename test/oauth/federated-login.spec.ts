import { Test, type TestingModule } from '@nestjs/testing';

import { CognitoOAuthService, MandateModule } from '../../lib/index.js';
import { LocalCognito } from '../../lib/testing/index.js';
import { CookieBrowser } from '../local/oauth/support/browser.js';
import { codeClient } from '../local/oauth/support/oauth-service.js';
import { signingKeysPem } from '../local/signing-keys.js';
import { errorOf } from './support/service-under-test.js';

const oauth = { redirectUri: 'http://localhost:3000/auth/callback' };
const LINKED = 'linked@example.com';

describe('a login through an identity provider', () => {
  let cognito: LocalCognito;
  let app: TestingModule;
  let service: CognitoOAuthService;

  beforeAll(async () => {
    cognito = await LocalCognito.start({
      pools: [
        {
          name: 'customers',
          keys: signingKeysPem(),
          identityProviders: ['Google'],
          clients: [
            codeClient('web', {
              secret: true,
              CallbackURLs: [oauth.redirectUri],
              SupportedIdentityProviders: ['COGNITO', 'Google'],
            }),
          ],
          users: [{ username: 'ann' }],
          triggers: { preSignUp: linkOnce },
        },
      ],
    });
    const options = cognito.pool().moduleOptions({ oauth });
    app = await Test.createTestingModule({ imports: [MandateModule.forRoot(options)] }).compile();
    await app.init();
    service = app.get(CognitoOAuthService);
  });

  afterAll(async () => {
    await app.close();
    await cognito.stop();
  });

  /** Links the identity of one address to `ann`, as the documentation of AWS shows. */
  async function linkOnce<Event extends { userPoolId: string; userName: string; request: object }>(
    event: Event,
  ): Promise<Event> {
    const { userAttributes } = event.request as { userAttributes: Record<string, string> };
    if (userAttributes['email'] === LINKED) {
      await fetch(cognito.endpoint, {
        method: 'POST',
        headers: { 'X-Amz-Target': 'AWSCognitoIdentityProviderService.AdminLinkProviderForUser' },
        body: JSON.stringify({
          UserPoolId: event.userPoolId,
          DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: 'ann' },
          SourceUser: {
            ProviderName: 'Google',
            ProviderAttributeName: 'Cognito_Subject',
            ProviderAttributeValue: event.userName.split('_')[1],
          },
        }),
      });
    }
    return event;
  }

  async function login(fields: Record<string, string>) {
    const { url, transaction } = await service.startLogin({ identityProvider: 'Google' });
    const browser = new CookieBrowser(cognito.endpoint);
    const page = await browser.follow(await browser.get(url));
    const callback = await browser.follow(await browser.submit(page, fields, page.forms.length - 1));
    return { callback, transaction };
  }

  async function complete(fields: Record<string, string>) {
    const { callback, transaction } = await login(fields);
    return service.completeLogin(new URL(callback.location ?? '').searchParams, transaction);
  }

  it('passes at the first attempt, as a nonce is always sent', async () => {
    const tokens = await complete({ outcome: 'allow', email: 'bob@example.com', email_verified: 'true' });
    const info = await service.getUserInfo(tokens.accessToken);
    expect(info).toMatchObject({ email: 'bob@example.com', email_verified: true });
    await expect(service.renewTokens(tokens.refreshToken ?? '')).resolves.toMatchObject({
      accessToken: expect.any(String) as string,
    });
  });

  it.each([
    ['deny', 'OAUTH_LOGIN_DENIED'],
    ['refuse', 'OAUTH_LOGIN_FAILED'],
    ['timeout', 'OAUTH_LOGIN_FAILED'],
  ])('fails with an error of its own if the person chooses "%s"', async (outcome, code) => {
    const error = await errorOf(complete({ outcome }));
    expect(error.code).toBe(code);
    expect(error.message).not.toContain('Google Error');
  });

  it('fails once after the identity was linked in PreSignUp, and passes then', async () => {
    const fields = { outcome: 'allow', email: LINKED };
    const error = await errorOf(complete(fields));
    expect(error.code).toBe('OAUTH_LOGIN_FAILED');
    expect(error.message).not.toContain('Already found');
    const tokens = await complete(fields);
    await expect(service.getUserInfo(tokens.accessToken)).resolves.toMatchObject({ email: LINKED });
  });
});
