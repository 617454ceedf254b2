import { codeClient, type OAuthService, startOAuthService } from './oauth/support/oauth-service.js';
import { call, refusal, succeed } from './wire.js';

const LINK = 'https://app.example/terms';
const DOCUMENT = { TermsName: 'terms-of-use', TermsSource: 'LINK', Enforcement: 'NONE' };

describe('terms documents', () => {
  let service: OAuthService;
  let endpoint: string;
  let client: { readonly UserPoolId: string; readonly ClientId: string };

  beforeEach(async () => {
    service = await startOAuthService({ clients: [codeClient('web'), codeClient('other')] });
    ({ endpoint } = service.cognito);
    const pool = service.cognito.pool();
    client = { UserPoolId: pool.id, ClientId: pool.client('web').id };
  });

  afterEach(() => service.stop());

  async function create(input: object = {}): Promise<Record<string, unknown>> {
    const Links = { 'cognito:default': LINK };
    const { Terms } = await succeed(endpoint, 'CreateTerms', { ...client, ...DOCUMENT, Links, ...input });
    return Terms as Record<string, unknown>;
  }

  it('belong to an app client, one of each name', async () => {
    const { UserPoolId, ClientId } = client;
    const terms = await create();
    expect(terms).toEqual({
      ...{ ...DOCUMENT, UserPoolId, ClientId, Links: { 'cognito:default': LINK } },
      TermsId: expect.stringMatching(/^[\da-f-]{36}$/) as string,
      CreationDate: expect.any(Number) as number,
      LastModifiedDate: expect.any(Number) as number,
    });
    const again = { ...client, ...DOCUMENT, Links: { 'cognito:default': LINK } };
    await expect(call(endpoint, 'CreateTerms', again)).resolves.toMatchObject(refusal('TermsExistsException'));
    await expect(create({ ClientId: service.cognito.pool().client('other').id })).resolves.toBeDefined();
    const named = { ...client, TermsName: 'terms-of-use' };
    await expect(succeed(endpoint, 'DescribeTermsByClient', named)).resolves.toEqual({ Terms: terms });
    await expect(succeed(endpoint, 'DescribeTerms', { UserPoolId, TermsId: terms['TermsId'] })).resolves.toEqual({
      Terms: terms,
    });
  });

  it('are changed where a request has members, and not to a name that is taken', async () => {
    const { UserPoolId } = client;
    const { TermsId } = await create();
    const Links = { 'cognito:default': 'https://app.example/new', 'cognito:german': 'https://app.example/de' };
    await expect(succeed(endpoint, 'UpdateTerms', { UserPoolId, TermsId, Links })).resolves.toMatchObject({
      Terms: { TermsName: 'terms-of-use', Links },
    });
    await create({ TermsName: 'privacy-policy' });
    const rename = { UserPoolId, TermsId, TermsName: 'privacy-policy' };
    await expect(call(endpoint, 'UpdateTerms', rename)).resolves.toMatchObject(refusal('TermsExistsException'));
  });

  it('are listed by page, and deleted', async () => {
    const { UserPoolId } = client;
    const { TermsId } = await create();
    const { TermsId: second } = await create({ TermsName: 'privacy-policy' });
    const first = await succeed(endpoint, 'ListTerms', { UserPoolId, MaxResults: 1 });
    expect(first['Terms']).toMatchObject([{ TermsId, TermsName: 'terms-of-use', Enforcement: 'NONE' }]);
    const next = await succeed(endpoint, 'ListTerms', { UserPoolId, MaxResults: 1, NextToken: first['NextToken'] });
    expect(next).toMatchObject({ Terms: [{ TermsId: second }] });
    await succeed(endpoint, 'DeleteTerms', { UserPoolId, TermsId });
    for (const operation of ['DescribeTerms', 'DeleteTerms', 'UpdateTerms']) {
      await expect(call(endpoint, operation, { UserPoolId, TermsId })).resolves.toMatchObject(
        refusal('ResourceNotFoundException'),
      );
    }
  });

  it.each([
    ['no default link', { Links: { 'cognito:german': LINK } }, 'Links must contain cognito:default.'],
    ['a script', { Links: { 'cognito:default': 'javascript:alert(1)' } }, /^Links must be valid URLs/],
    ['an unknown client', { ClientId: 'nobody' }, 'User pool client nobody does not exist.'],
    ['an unknown pool', { UserPoolId: 'us-east-1_nowhere' }, 'User pool us-east-1_nowhere does not exist.'],
  ])('refuse %s', async (_case, input, message) => {
    const valid = { ...client, ...DOCUMENT, Links: { 'cognito:default': LINK } };
    const { status, body } = await call(endpoint, 'CreateTerms', { ...valid, ...input });
    expect([status, body['message']]).toEqual([400, expect.stringMatching(message)]);
  });

  it('end with their app client', async () => {
    const { UserPoolId } = client;
    await create();
    await succeed(endpoint, 'DeleteUserPoolClient', client);
    await expect(succeed(endpoint, 'ListTerms', { UserPoolId })).resolves.toEqual({ Terms: [] });
  });

  it('are linked from the sign-up page, in its language, once there are both', async () => {
    const browser = service.browser();
    const open = (lang: string) =>
      browser.get(`${service.authorizeUrl().replace('/oauth2/authorize', '/signup')}&lang=${lang}`);
    await create({ Links: { 'cognito:default': LINK, 'cognito:german': 'https://app.example/de' } });
    expect((await open('en')).links).not.toHaveProperty('Terms of use');
    await create({ TermsName: 'privacy-policy', Links: { 'cognito:default': 'https://app.example/privacy' } });
    const english = await open('en');
    expect(english.links).toMatchObject({
      'Terms of use': LINK,
      'Privacy policy': 'https://app.example/privacy',
    });
    expect((await open('de')).links).toMatchObject({
      Nutzungsbedingungen: 'https://app.example/de',
      Datenschutzerklärung: 'https://app.example/privacy',
    });
  });
});
