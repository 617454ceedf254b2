import { type LocalService, startLocalService } from '../local-service.js';
import { call, refusal } from '../wire.js';

const GOOGLE = { client_id: 'id', client_secret: 'hush', authorize_scopes: 'openid email' };
const OIDC = {
  client_id: 'id',
  client_secret: 'hush',
  attributes_request_method: 'GET',
  oidc_issuer: 'https://idp.example.com',
  authorize_scopes: 'openid',
};

describe('identity providers', () => {
  let service: LocalService;
  let endpoint: string;

  beforeEach(async () => {
    service = await startLocalService({ pools: [{ name: 'default', users: [{ username: 'ann' }] }] });
    ({ endpoint } = service.cognito);
  });

  afterEach(() => service.stop());

  const pool = (operation: string, input: object) =>
    call(endpoint, operation, { UserPoolId: service.cognito.pool().id, ...input });
  const create = (input: object = {}) =>
    pool('CreateIdentityProvider', {
      ProviderName: 'Corp',
      ProviderType: 'OIDC',
      ProviderDetails: OIDC,
      ...input,
    });

  it('are created, described, changed, listed, found by identifier and deleted', async () => {
    const created = await create({ AttributeMapping: { email: 'mail' }, IdpIdentifiers: ['example.com'] });
    expect(created.body).toEqual({
      IdentityProvider: {
        UserPoolId: service.cognito.pool().id,
        ProviderName: 'Corp',
        ProviderType: 'OIDC',
        ProviderDetails: { ...OIDC, attributes_url_add_attributes: 'false' },
        AttributeMapping: { username: 'sub', email: 'mail' },
        IdpIdentifiers: ['example.com'],
        LastModifiedDate: expect.any(Number) as number,
        CreationDate: expect.any(Number) as number,
      },
    });
    const described = await pool('DescribeIdentityProvider', { ProviderName: 'Corp' });
    expect(described.body).toEqual(created.body);
    const found = await pool('GetIdentityProviderByIdentifier', { IdpIdentifier: 'example.com' });
    expect(found.body).toEqual(created.body);
    service.pass(5000);
    const updated = await pool('UpdateIdentityProvider', { ProviderName: 'Corp', IdpIdentifiers: ['example.org'] });
    expect(updated.body).toMatchObject({
      IdentityProvider: { AttributeMapping: { email: 'mail' }, IdpIdentifiers: ['example.org'] },
    });
    const listed = await pool('ListIdentityProviders', {});
    expect(listed.body).toEqual({
      Providers: [
        {
          ProviderName: 'Corp',
          ProviderType: 'OIDC',
          LastModifiedDate: expect.any(Number) as number,
          CreationDate: expect.any(Number) as number,
        },
      ],
    });
    await expect(pool('DeleteIdentityProvider', { ProviderName: 'Corp' })).resolves.toMatchObject({ body: {} });
    await expect(pool('DescribeIdentityProvider', { ProviderName: 'Corp' })).resolves.toMatchObject(
      refusal('ResourceNotFoundException', 'Identity provider Corp does not exist.'),
    );
    await expect(pool('GetIdentityProviderByIdentifier', { IdpIdentifier: 'example.org' })).resolves.toMatchObject(
      refusal('ResourceNotFoundException'),
    );
  });

  it('are listed by page', async () => {
    for (const ProviderName of ['One', 'Two', 'Three']) {
      await create({ ProviderName });
    }
    const first = await pool('ListIdentityProviders', { MaxResults: 2 });
    const { NextToken } = first.body;
    const second = await pool('ListIdentityProviders', { MaxResults: 2, NextToken });
    const names = [first, second].flatMap(({ body }) => body['Providers'] as { ProviderName: string }[]);
    expect(names.map(({ ProviderName }) => ProviderName)).toEqual(['One', 'Two', 'Three']);
  });

  it.each([
    ['Google', {}, 'https://www.googleapis.com/oauth2/v4/token'],
    ['Facebook', { api_version: 'v21.0' }, 'https://graph.facebook.com/v21.0/oauth/access_token'],
    ['LoginWithAmazon', {}, 'https://api.amazon.com/auth/o2/token'],
  ])('of the type %s show the endpoints that the service fills in', async (name, extra, token_url) => {
    const created = await create({
      ProviderName: name,
      ProviderType: name,
      ProviderDetails: { ...GOOGLE, ...extra },
    });
    expect(created.body).toMatchObject({
      IdentityProvider: { ProviderDetails: { ...GOOGLE, ...extra, token_url } },
    });
  });

  it('never show the private key of Sign in with Apple', async () => {
    const details = { client_id: 'id', team_id: 'T', key_id: 'K', private_key: 'secret', authorize_scopes: 'email' };
    const created = await create({
      ProviderName: 'SignInWithApple',
      ProviderType: 'SignInWithApple',
      ProviderDetails: details,
    });
    expect(created.status).toBe(200);
    expect(JSON.stringify(created.body)).not.toContain('secret');
  });

  it.each<[string, object, string, string | undefined]>([
    [
      'a social provider of another name',
      { ProviderName: 'NameOfGP', ProviderType: 'Google', ProviderDetails: GOOGLE },
      'InvalidParameterException',
      'Provider NameOfGP cannot be of type Google.',
    ],
    [
      'an OIDC provider with the name of a social one',
      { ProviderName: 'Google' },
      'InvalidParameterException',
      'Provider Google cannot be of type OIDC.',
    ],
    [
      "the name of the pool's own users",
      { ProviderName: 'COGNITO' },
      'InvalidParameterException',
      'Provider COGNITO cannot be of type OIDC.',
    ],
    [
      "the name of the pool's own users as links have it",
      { ProviderName: 'Cognito' },
      'InvalidParameterException',
      'Provider Cognito cannot be of type OIDC.',
    ],
    [
      'a social provider without a secret',
      {
        ProviderName: 'Google',
        ProviderType: 'Google',
        ProviderDetails: { client_id: 'id', authorize_scopes: 'openid' },
      },
      'InvalidParameterException',
      'client_id, client_secret and authorize_scopes are all required idp details',
    ],
    [
      'an OIDC provider without an issuer',
      { ProviderDetails: { client_id: 'id' } },
      'InvalidParameterException',
      undefined,
    ],
    [
      'a SAML provider without metadata',
      { ProviderType: 'SAML', ProviderDetails: {} },
      'InvalidParameterException',
      'MetadataURL or MetadataFile is required in idp details',
    ],
    [
      'a mapping of an unknown attribute',
      { AttributeMapping: { 'custom:nope': 'x' } },
      'InvalidParameterException',
      'Invalid attribute mapping: custom:nope is not an attribute of the user pool.',
    ],
    ['an underscore in the name', { ProviderName: '_Corp' }, 'InvalidParameterException', undefined],
    ['an unknown type', { ProviderType: 'Twitter' }, 'InvalidParameterException', undefined],
    ['details of the wrong type', { ProviderDetails: { client_id: 1 } }, 'SerializationException', undefined],
    [
      'too many identifiers',
      { IdpIdentifiers: Array.from({ length: 51 }, (_, index) => `d${index}`) },
      'InvalidParameterException',
      undefined,
    ],
    ['an unknown pool', { UserPoolId: 'us-east-1_Nope' }, 'ResourceNotFoundException', undefined],
  ])('refuse %s', async (_case, input, exception, message) => {
    await expect(create(input)).resolves.toMatchObject(refusal(exception, message));
  });

  it('refuse a second provider of a name, and an identifier that another has', async () => {
    await create({ IdpIdentifiers: ['example.com'] });
    await expect(create()).resolves.toMatchObject(
      refusal('DuplicateProviderException', 'A provider with the name Corp already exists.'),
    );
    await expect(create({ ProviderName: 'Other', IdpIdentifiers: ['example.com'] })).resolves.toMatchObject(
      refusal('InvalidParameterException'),
    );
  });

  it('refuse changes that lack required details', async () => {
    await create();
    await expect(
      pool('UpdateIdentityProvider', { ProviderName: 'Corp', ProviderDetails: { client_id: 'id' } }),
    ).resolves.toMatchObject(refusal('InvalidParameterException'));
  });

  it('must exist before an app client names them', async () => {
    const client = (names: string[]) =>
      pool('CreateUserPoolClient', { ClientName: 'web', SupportedIdentityProviders: names });
    await expect(client(['COGNITO', 'Corp'])).resolves.toMatchObject(
      refusal(
        'InvalidParameterException',
        `The provider Corp does not exist for User Pool ${service.cognito.pool().id}.`,
      ),
    );
    await create();
    await expect(client(['COGNITO', 'Corp'])).resolves.toMatchObject({ status: 200 });
  });
});
