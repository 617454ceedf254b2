import { succeed } from '../wire.js';
import { type OAuthService, PASSWORD, signInForTokens, startOAuthService } from './support/oauth-service.js';

let service: OAuthService;

beforeAll(async () => {
  service = await startOAuthService({
    Schema: [{ Name: 'team', AttributeDataType: 'String' }],
    users: [
      {
        username: 'ann',
        password: PASSWORD,
        attributes: {
          ...{ email: 'ann@example.com', phone_number: '+14255550100', name: 'Ann', 'custom:team': 'blue' },
        },
      },
    ],
  });
});

afterAll(() => service.stop());

async function userInfo(token?: string, method = 'GET') {
  const response = await fetch(`${service.origin}/oauth2/userInfo`, {
    method,
    headers: token === undefined ? {} : { authorization: `Bearer ${token}` },
  });
  const text = await response.text();
  return {
    status: response.status,
    challenge: response.headers.get('www-authenticate'),
    text,
    body: text === '' ? undefined : (JSON.parse(text) as Record<string, unknown>),
  };
}

describe('/oauth2/userInfo', () => {
  it.each([
    [
      'openid',
      ['custom:team', 'email', 'email_verified', 'name', 'phone_number', 'phone_number_verified', 'sub', 'username'],
    ],
    ['openid email', ['email', 'email_verified', 'sub', 'username']],
    ['openid phone', ['phone_number', 'phone_number_verified', 'sub', 'username']],
    ['openid profile', ['custom:team', 'name', 'sub', 'username']],
    ['openid email aws.cognito.signin.user.admin', ['email', 'email_verified', 'sub', 'username']],
  ])('for %s reveals %j, as strings', async (scope, names) => {
    const { access_token: token } = await signInForTokens(service, { scope });
    for (const method of ['GET', 'POST']) {
      const { status, body = {} } = await userInfo(token, method);
      expect(status).toBe(200);
      expect(Object.keys(body).sort()).toEqual(names);
      expect(Object.values(body).every((value) => typeof value === 'string')).toBe(true);
    }
  });

  it('says email_verified as text', async () => {
    const { access_token: token } = await signInForTokens(service);
    expect((await userInfo(token)).body).toMatchObject({ email_verified: 'true', username: 'ann' });
  });

  it('refuses a request without a token, with no scheme and no body', async () => {
    expect(await userInfo()).toMatchObject({
      status: 400,
      challenge: 'error="invalid_request", error_description="Bad OAuth2 request at UserInfo Endpoint"',
      text: '',
    });
  });

  it.each([
    ['without openid', 'api/read'],
    ['with the scope of the API alone', 'aws.cognito.signin.user.admin'],
  ])('refuses a token %s', async (_case, scope) => {
    const { access_token: token } = await signInForTokens(service, { scope });
    expect(await userInfo(token)).toMatchObject({
      status: 401,
      challenge: 'error="invalid_token", error_description="Access token does not contain openid scope"',
      text: '',
    });
  });

  it('refuses a token of the API', async () => {
    const { AuthenticationResult } = (await succeed(service.origin, 'InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: service.clientId(),
      AuthParameters: { USERNAME: 'ann', PASSWORD },
    })) as { AuthenticationResult: { AccessToken: string } };
    expect((await userInfo(AuthenticationResult.AccessToken)).status).toBe(401);
  });

  it('refuses tokens that are forged, expired, revoked or ID tokens', async () => {
    const refused = {
      status: 401,
      challenge:
        'error="invalid_token", error_description="Access token is expired, disabled, or deleted, or the user has globally signed out."',
    };
    const tokens = await signInForTokens(service);
    expect(await userInfo('x.y.z')).toMatchObject(refused);
    expect(await userInfo(tokens['id_token'])).toMatchObject(refused);
    const user = { UserPoolId: service.cognito.pool().id, Username: 'ann' };
    await succeed(service.origin, 'AdminUserGlobalSignOut', user);
    expect(await userInfo(tokens['access_token'])).toMatchObject(refused);
    const { access_token: late } = await signInForTokens(service);
    service.pass(3_601_000);
    expect(await userInfo(late)).toMatchObject(refused);
  });
});
