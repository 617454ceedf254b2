import { type LocalService, startLocalService } from '../local-service.js';
import { call, refusal, succeed } from '../wire.js';

describe('identities are linked to users', () => {
  let service: LocalService;
  let endpoint: string;

  beforeEach(async () => {
    const corp = { ProviderName: 'Corp', ProviderType: 'OIDC' as const, AttributeMapping: { email: 'mail' } };
    service = await startLocalService({
      pools: [{ name: 'default', users: [{ username: 'ann' }], identityProviders: ['Google', corp] }],
    });
    ({ endpoint } = service.cognito);
  });

  afterEach(() => service.stop());

  const pool = (operation: string, input: object) =>
    call(endpoint, operation, { UserPoolId: service.cognito.pool().id, ...input });
  const ann = { ProviderName: 'Cognito', ProviderAttributeValue: 'ann' };
  const subject = (value: string, ProviderName = 'Google') => ({
    ProviderName,
    ProviderAttributeName: 'Cognito_Subject',
    ProviderAttributeValue: value,
  });
  const link = (SourceUser: object, DestinationUser: object = ann) =>
    pool('AdminLinkProviderForUser', { DestinationUser, SourceUser });
  const identities = async () => {
    const { body } = await pool('AdminGetUser', { Username: 'ann' });
    const attribute = (body['UserAttributes'] as { Name: string; Value: string }[]).find(
      ({ Name }) => Name === 'identities',
    );
    return JSON.parse(attribute?.Value ?? '[]') as unknown;
  };

  it('and unlinked', async () => {
    await expect(link(subject('123'))).resolves.toMatchObject({ status: 200, body: {} });
    await expect(identities()).resolves.toEqual([
      {
        userId: '123',
        providerName: 'Google',
        providerType: 'Google',
        issuer: null,
        primary: false,
        dateCreated: expect.any(Number) as number,
      },
    ]);
    await expect(pool('AdminDisableProviderForUser', { User: subject('123') })).resolves.toMatchObject({
      status: 200,
      body: {},
    });
    await expect(identities()).resolves.toEqual([]);
    await expect(pool('AdminDisableProviderForUser', { User: subject('123') })).resolves.toMatchObject(
      refusal('UserNotFoundException', 'User does not exist.'),
    );
  });

  it('by a mapped attribute, if the provider is no social one', async () => {
    const source = { ProviderName: 'Corp', ProviderAttributeName: 'email', ProviderAttributeValue: 'a@b.example' };
    await expect(link(source)).resolves.toMatchObject({ status: 200 });
    await expect(link({ ...source, ProviderName: 'Google' })).resolves.toMatchObject(
      refusal('InvalidParameterException'),
    );
    await expect(link({ ...source, ProviderAttributeName: 'name' })).resolves.toMatchObject(
      refusal('InvalidParameterException'),
    );
  });

  it('but not twice, to two users, or more than five', async () => {
    await succeed(endpoint, 'AdminCreateUser', {
      UserPoolId: service.cognito.pool().id,
      Username: 'bob',
      MessageAction: 'SUPPRESS',
    });
    await link(subject('1'));
    await expect(link(subject('1'))).resolves.toMatchObject(
      refusal('InvalidParameterException', 'SourceUser is already linked to DestinationUser'),
    );
    await expect(link(subject('1'), { ...ann, ProviderAttributeValue: 'bob' })).resolves.toMatchObject(
      refusal('AliasExistsException'),
    );
    for (const value of ['2', '3', '4', '5']) {
      await expect(link(subject(value))).resolves.toMatchObject({ status: 200 });
    }
    await expect(link(subject('6'))).resolves.toMatchObject(refusal('LimitExceededException'));
  });

  it.each<[string, object, object, string]>([
    ['an unknown user', subject('1'), { ...ann, ProviderAttributeValue: 'nobody' }, 'UserNotFoundException'],
    ['an unknown federated user', subject('1'), subject('9'), 'UserNotFoundException'],
    ['an unknown provider', subject('1', 'Facebook'), ann, 'InvalidParameterException'],
    ['a native user as source', ann, ann, 'InvalidParameterException'],
    ['no value', { ...subject(''), ProviderAttributeValue: '' }, ann, 'InvalidParameterException'],
  ])('but not with %s', async (_case, source, destination, exception) => {
    await expect(link(source, destination)).resolves.toMatchObject(refusal(exception));
  });
});
