import { type LocalService, startLocalService } from '../local-service.js';
import { codeClient, startOAuthService } from '../oauth/support/oauth-service.js';
import { call, refusal, succeed } from '../wire.js';

const LOGO = { Category: 'FORM_LOGO', ColorMode: 'LIGHT', Extension: 'PNG', Bytes: 'aGVsbG8=' };

describe('branding styles', () => {
  let service: LocalService;

  beforeEach(async () => {
    service = await startLocalService();
  });

  afterEach(() => service.stop());

  const pool = (operation: string, input: object) =>
    call(service.cognito.endpoint, operation, { UserPoolId: service.cognito.pool().id, ...input });
  const create = (input: object) =>
    pool('CreateManagedLoginBranding', { ClientId: service.cognito.pool().client().id, ...input });
  const idOf = ({ body }: { body: Record<string, unknown> }) =>
    (body['ManagedLoginBranding'] as { ManagedLoginBrandingId: string }).ManagedLoginBrandingId;

  it('are created, described, changed and deleted', async () => {
    const created = await create({ Settings: { components: { pageText: {} } }, Assets: [LOGO] });
    expect(created.body).toEqual({
      ManagedLoginBranding: {
        ManagedLoginBrandingId: expect.any(String) as string,
        UserPoolId: service.cognito.pool().id,
        UseCognitoProvidedValues: false,
        Settings: { components: { pageText: {} } },
        Assets: [LOGO],
        CreationDate: expect.any(Number) as number,
        LastModifiedDate: expect.any(Number) as number,
      },
    });
    const ManagedLoginBrandingId = idOf(created);
    const byClient = await pool('DescribeManagedLoginBrandingByClient', {
      ClientId: service.cognito.pool().client().id,
      ReturnMergedResources: true,
    });
    expect(byClient.body).toEqual(created.body);
    await pool('UpdateManagedLoginBranding', { ManagedLoginBrandingId, UseCognitoProvidedValues: true });
    const changed = await pool('DescribeManagedLoginBranding', { ManagedLoginBrandingId });
    expect(changed.body['ManagedLoginBranding']).toMatchObject({ UseCognitoProvidedValues: true });
    expect(changed.body['ManagedLoginBranding']).not.toHaveProperty('Settings');
    await expect(pool('DeleteManagedLoginBranding', { ManagedLoginBrandingId })).resolves.toMatchObject({
      status: 200,
      body: {},
    });
    await expect(pool('DescribeManagedLoginBranding', { ManagedLoginBrandingId })).resolves.toMatchObject(
      refusal('ResourceNotFoundException'),
    );
  });

  it('colour the pages of their client', async () => {
    const styled = await startOAuthService({ clients: [codeClient('web'), codeClient('plain')] });
    const settings = { components: { primaryButton: { lightMode: { defaults: { backgroundColor: 'a31450ff' } } } } };
    const UserPoolId = styled.cognito.pool().id;
    const { ManagedLoginBranding } = await succeed(styled.origin, 'CreateManagedLoginBranding', {
      ...{ UserPoolId, ClientId: styled.clientId(), Settings: settings },
    });
    const page = async (client: string) => {
      const browser = styled.browser();
      return (await browser.follow(await browser.get(styled.authorizeUrl({}, client)))).text;
    };
    await expect(page('web')).resolves.toContain('--accent:#a31450');
    await expect(page('plain')).resolves.not.toContain('#a31450');
    const { ManagedLoginBrandingId } = ManagedLoginBranding as { ManagedLoginBrandingId: string };
    await succeed(styled.origin, 'DeleteManagedLoginBranding', { UserPoolId, ManagedLoginBrandingId });
    await expect(page('web')).resolves.not.toContain('#a31450');
    await styled.stop();
  });

  it('go with their client', async () => {
    const { id: ClientId } = service.cognito.pool().createClient({ name: 'short-lived' });
    const created = await create({ ClientId, UseCognitoProvidedValues: true });
    await pool('DeleteUserPoolClient', { ClientId });
    await expect(
      pool('DescribeManagedLoginBranding', { ManagedLoginBrandingId: idOf(created) }),
    ).resolves.toMatchObject(refusal('ResourceNotFoundException'));
  });

  it('exist once for each client', async () => {
    await create({ UseCognitoProvidedValues: true });
    await expect(create({ UseCognitoProvidedValues: true })).resolves.toMatchObject(
      refusal('ManagedLoginBrandingExistsException'),
    );
  });

  it.each<[string, object, string]>([
    ['values of both kinds', { UseCognitoProvidedValues: true, Settings: {} }, 'InvalidParameterException'],
    ['an unknown client', { ClientId: 'nobody', UseCognitoProvidedValues: true }, 'ResourceNotFoundException'],
    ['an asset without a category', { Assets: [{ ...LOGO, Category: undefined }] }, 'InvalidParameterException'],
    [
      'an asset that is too large',
      { Assets: [{ ...LOGO, Bytes: 'A'.repeat(1_400_000) }] },
      'InvalidParameterException',
    ],
    ['too many assets', { Assets: Array.from({ length: 41 }, () => LOGO) }, 'InvalidParameterException'],
  ])('refuse %s', async (_case, input, exception) => {
    await expect(create(input)).resolves.toMatchObject(refusal(exception));
  });

  it('name the asset that is wrong', async () => {
    await expect(create({ Assets: [LOGO, { ...LOGO, ColorMode: 'PINK' }] })).resolves.toMatchObject(
      refusal(
        'InvalidParameterException',
        "1 validation error detected: Value 'PINK' at 'assets.2.member.colorMode' failed to satisfy constraint: Member must satisfy enum value set: [LIGHT, DARK, DYNAMIC]",
      ),
    );
  });

  it('are refused if the identifier is no UUID', async () => {
    await expect(pool('DescribeManagedLoginBranding', { ManagedLoginBrandingId: 'x' })).resolves.toMatchObject(
      refusal('InvalidParameterException'),
    );
  });
});
