import { type LocalService, startLocalService } from './local-service.js';
import { call, succeed } from './wire.js';

const INVALID = 'InvalidParameterException';
const INVALID_FLOW = 'InvalidOAuthFlowException';
const NO_CALLBACK = 'CallbackUrls can not be empty when code flow or implicit flow is selected';
const NO_FLOWS =
  'AllowedOAuthFlows and AllowedOAuthScopes are required if user pool client is allowed to use OAuth flows.';
const WRITE = 'Invalid write attributes specified while creating a client';
const READ = 'Invalid read attributes specified while creating a client';
const RANGE = 'Invalid range for token validity.';
const ORDER = 'Access and Id Token expiration times must be less than or equal to refresh token expiration times.';
const MIXED = "Auth flow name with prefix 'ALLOW' cannot be used with legacy auth flow names.";
const ANALYTICS =
  'Invalid analytics configuration given, either <application arn> or <application id, role arn, external id> are valid';
const ALONE = 'client_credentials flow can not be selected along with code flow or implicit flow.';
const PROPAGATE = 'Client Secret is required to set EnablePropagateAdditionalUserContextData as true';
const CALLBACK = 'https://app.example.com/cb';
const ARN = 'arn:aws:mobiletargeting:us-east-1:123456789012:apps/abc';

const refresh = (RefreshTokenValidity: number, RefreshToken: string) => ({
  RefreshTokenValidity,
  TokenValidityUnits: { RefreshToken },
});

const REFUSED: [object, string, string][] = [
  [{ AllowedOAuthFlows: ['code'] }, INVALID_FLOW, NO_CALLBACK],
  [{ AllowedOAuthFlows: ['implicit'], CallbackURLs: [] }, INVALID_FLOW, NO_CALLBACK],
  [{ AllowedOAuthFlows: ['code', 'implicit'], LogoutURLs: [CALLBACK] }, INVALID_FLOW, NO_CALLBACK],
  [{ AllowedOAuthFlowsUserPoolClient: true }, INVALID_FLOW, NO_FLOWS],
  [{ AllowedOAuthFlowsUserPoolClient: true, AllowedOAuthScopes: ['openid'] }, INVALID_FLOW, NO_FLOWS],
  [{ AllowedOAuthFlows: ['client_credentials', 'implicit'], GenerateSecret: true }, INVALID_FLOW, ALONE],
  [{ AllowedOAuthScopes: ['OPENID'] }, 'ScopeDoesNotExistException', 'Invalid scope requested: OPENID'],
  [{ AllowedOAuthScopes: ['openid', 'Email'] }, 'ScopeDoesNotExistException', 'Invalid scope requested: Email'],
  [{ AllowedOAuthScopes: ['shop/read'] }, 'ScopeDoesNotExistException', 'Invalid scope requested: shop/read'],
  [{ AllowedOAuthScopes: ['read'] }, 'ScopeDoesNotExistException', 'Invalid scope requested: read'],
  [
    { CallbackURLs: [CALLBACK], DefaultRedirectURI: `${CALLBACK}/` },
    INVALID,
    `The default redirect URI ${CALLBACK}/ is not in the callback URIs list.`,
  ],
  [{ DefaultRedirectURI: CALLBACK }, INVALID, `The default redirect URI ${CALLBACK} is not in the callback URIs list.`],
  [{ CallbackURLs: ['http://app.example.com/'] }, INVALID, 'http://app.example.com/ cannot use the HTTP protocol.'],
  [
    { CallbackURLs: [CALLBACK, 'http://localhost.evil/'] },
    INVALID,
    'http://localhost.evil/ cannot use the HTTP protocol.',
  ],
  [{ LogoutURLs: ['http://192.168.0.1/'] }, INVALID, 'http://192.168.0.1/ cannot use the HTTP protocol.'],
  [{ CallbackURLs: [`${CALLBACK}#top`] }, INVALID, `${CALLBACK}#top cannot use fragment`],
  [{ LogoutURLs: ['myapp://out#'] }, INVALID, 'myapp://out# cannot use fragment'],
  [{ CallbackURLs: ['/callback'] }, INVALID, '/callback is not a valid URI.'],
  [{ ReadAttributes: ['custom:none'] }, INVALID, READ],
  [{ ReadAttributes: ['email', 'Email'] }, INVALID, READ],
  [{ WriteAttributes: ['email', 'nothing'] }, INVALID, WRITE],
  [{ WriteAttributes: ['name'] }, INVALID, WRITE],
  [{ WriteAttributes: ['email', 'email_verified'] }, INVALID, WRITE],
  [{ WriteAttributes: ['email', 'sub'] }, INVALID, WRITE],
  [{ WriteAttributes: ['email', 'identities'] }, INVALID, WRITE],
  [{ AccessTokenValidity: 25 }, INVALID, RANGE],
  [{ AccessTokenValidity: 299, TokenValidityUnits: { AccessToken: 'seconds' } }, INVALID, RANGE],
  [{ IdTokenValidity: 2, TokenValidityUnits: { IdToken: 'days' } }, INVALID, RANGE],
  [refresh(59, 'minutes'), INVALID, RANGE],
  [refresh(3651, 'days'), INVALID, RANGE],
  [{ ...refresh(2, 'hours'), AccessTokenValidity: 3 }, INVALID, ORDER],
  [{ ...refresh(90, 'minutes'), IdTokenValidity: 2 }, INVALID, ORDER],
  [{ SupportedIdentityProviders: ['COGNITO', 'Google'] }, INVALID, 'The provider Google does not exist for User Pool'],
  [{ ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH', 'ADMIN_NO_SRP_AUTH'] }, INVALID, MIXED],
  [{ ExplicitAuthFlows: ['CUSTOM_AUTH_FLOW_ONLY', 'ALLOW_CUSTOM_AUTH'] }, INVALID, MIXED],
  [{ EnablePropagateAdditionalUserContextData: true }, INVALID, PROPAGATE],
  [{ AnalyticsConfiguration: { ApplicationId: 'a' } }, INVALID, ANALYTICS],
  [{ AnalyticsConfiguration: { ApplicationArn: ARN, ApplicationId: 'a' } }, INVALID, ANALYTICS],
  [{ AnalyticsConfiguration: {} }, INVALID, ANALYTICS],
];

const ACCEPTED: object[] = [
  { AllowedOAuthFlows: ['code', 'implicit'], CallbackURLs: [CALLBACK] },
  {
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: ['openid', 'email', 'phone', 'profile', 'aws.cognito.signin.user.admin'],
    CallbackURLs: [CALLBACK],
    DefaultRedirectURI: CALLBACK,
  },
  { CallbackURLs: ['http://localhost/', 'http://127.0.0.1:3000/', 'http://[::1]:3000/', 'myapp://signed-in'] },
  { LogoutURLs: ['http://localhost:3000/', 'com.example.app:/out'] },
  { ReadAttributes: ['sub', 'email_verified', 'custom:tier'], WriteAttributes: ['email', 'custom:tier'] },
  { ReadAttributes: [], WriteAttributes: [] },
  { AccessTokenValidity: 300, TokenValidityUnits: { AccessToken: 'seconds' } },
  refresh(60, 'minutes'),
  { SupportedIdentityProviders: ['COGNITO'] },
  { ExplicitAuthFlows: ['ADMIN_NO_SRP_AUTH', 'USER_PASSWORD_AUTH'] },
  { EnablePropagateAdditionalUserContextData: true, GenerateSecret: true },
  { RefreshTokenRotation: { Feature: 'ENABLED' }, ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] },
  { RefreshTokenRotation: { Feature: 'DISABLED' }, ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'] },
  { AnalyticsConfiguration: { ApplicationArn: ARN } },
];

describe('the configuration of an app client', () => {
  let service: LocalService;
  let endpoint: string;
  let UserPoolId: string;

  beforeAll(async () => {
    service = await startLocalService({
      pools: [
        {
          name: 'default',
          Schema: [
            { Name: 'email', Required: true },
            { Name: 'tier', AttributeDataType: 'String' },
          ],
        },
      ],
    });
    ({ endpoint } = service.cognito);
    UserPoolId = service.cognito.pool().id;
  });

  afterAll(() => service.stop());

  const create = (settings: object) =>
    call(endpoint, 'CreateUserPoolClient', { UserPoolId, ClientName: 'made', ...settings });

  async function created(settings: object = {}): Promise<Record<string, unknown>> {
    const input = { UserPoolId, ClientName: 'made', ...settings };
    const { UserPoolClient } = await succeed(endpoint, 'CreateUserPoolClient', input);
    return UserPoolClient as Record<string, unknown>;
  }

  it.each(REFUSED)('%j is refused', async (settings, exception, message) => {
    const body = { __type: exception, message: expect.stringContaining(message) as string };
    await expect(create(settings)).resolves.toMatchObject({ status: 400, body });
    if (!('GenerateSecret' in settings)) {
      const { ClientId } = await created();
      const input = { UserPoolId, ClientId, ...settings };
      await expect(call(endpoint, 'UpdateUserPoolClient', input)).resolves.toMatchObject({ status: 400, body });
    }
  });

  it.each(ACCEPTED)('%j is accepted', async (settings) => {
    await expect(create(settings)).resolves.toMatchObject({ status: 200 });
  });

  it('gets scopes from a resource server', async () => {
    const Scopes = [{ ScopeName: 'read', ScopeDescription: 'Read' }];
    await succeed(endpoint, 'CreateResourceServer', { UserPoolId, Identifier: 'books', Name: 'Books', Scopes });
    await expect(create({ AllowedOAuthScopes: ['books/read'] })).resolves.toMatchObject({ status: 200 });
    await expect(create({ AllowedOAuthScopes: ['books/Read'] })).resolves.toMatchObject({
      body: { message: 'Invalid scope requested: books/Read' },
    });
  });

  it.each([
    'ExplicitAuthFlows',
    'ReadAttributes',
    'WriteAttributes',
    'CallbackURLs',
    'LogoutURLs',
    'AllowedOAuthFlows',
  ])('shows no empty %s', async (member) => {
    await expect(created({ [member]: [] })).resolves.not.toHaveProperty(member);
  });

  it('has no way to hide users unless it is given', async () => {
    await expect(created()).resolves.not.toHaveProperty('PreventUserExistenceErrors');
    await expect(created({ PreventUserExistenceErrors: 'ENABLED' })).resolves.toMatchObject({
      PreventUserExistenceErrors: 'ENABLED',
    });
  });
});
