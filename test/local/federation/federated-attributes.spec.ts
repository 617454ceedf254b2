import { codeClient, type OAuthService } from '../oauth/support/oauth-service.js';
import { call, succeed } from '../wire.js';
import { ANN, idTokenThrough, signInThrough, startFederation } from './federation-service.js';

describe('attributes of federated users', () => {
  const start = (pool: object) =>
    startFederation({
      Schema: [
        { Name: 'teams', AttributeDataType: 'String' },
        { Name: 'badge', AttributeDataType: 'String', Mutable: false },
      ],
      identityProviders: [
        {
          ProviderName: 'Corp',
          ProviderType: 'OIDC',
          AttributeMapping: {
            ...{ email: 'mail', name: 'name', phone_number: 'phone' },
            ...{ 'custom:teams': 'groups', 'custom:badge': 'badge', address: 'address' },
          },
        },
      ],
      clients: [codeClient('web', { SupportedIdentityProviders: ['Corp'] })],
      ...pool,
    });
  let service: OAuthService;

  afterEach(() => service.stop());

  it('are mapped: lists in brackets, objects as JSON, absent claims not at all', async () => {
    service = await start({});
    const token = await idTokenThrough(
      service,
      'Corp',
      { ...ANN, groups: 'red, blue', claims: '{"address":{"country":"CH"}}' },
      { scope: 'openid' },
    );
    expect(token).toMatchObject({
      email: 'ann@example.com',
      'custom:teams': '[red,blue]',
      address: { formatted: '{"country":"CH"}' },
    });
    expect(token).not.toHaveProperty('phone_number');
  });

  it('that the client may not write are left out', async () => {
    service = await start({
      clients: [codeClient('web', { SupportedIdentityProviders: ['Corp'], WriteAttributes: ['email'] })],
    });
    const token = await idTokenThrough(service, 'Corp', { ...ANN, groups: 'red' }, { scope: 'openid' });
    expect(token).toMatchObject({ email: 'ann@example.com', email_verified: false });
    expect(token).not.toHaveProperty('custom:teams');
    expect(token).not.toHaveProperty('name');
  });

  it('that are immutable let a user sign in just once', async () => {
    service = await start({});
    const person = { ...ANN, claims: '{"badge":"7"}' };
    await expect(idTokenThrough(service, 'Corp', person, { scope: 'openid' })).resolves.toMatchObject({
      'custom:badge': '7',
    });
    const visit = await signInThrough(service, 'Corp', person);
    expect(visit.callback).toEqual({
      error: 'invalid_request',
      error_description: 'user.custom:badge: Attribute cannot be updated.\n',
    });
  });

  it('that the pool requires must be there', async () => {
    service = await start({
      Schema: [{ Name: 'email', Required: true, Mutable: true }],
      identityProviders: ['Google'],
      clients: [codeClient('web', { SupportedIdentityProviders: ['Google'] })],
    });
    const visit = await signInThrough(service, 'Google', { sub: '7' });
    expect(visit.callback).toEqual({ error: 'invalid_request', error_description: 'attributes required: [email]' });
  });

  it('must conform to the schema', async () => {
    service = await start({});
    const visit = await signInThrough(service, 'Corp', { ...ANN, claims: '{"phone":"12"}' });
    expect(visit.callback).toEqual({ error: 'invalid_request', error_description: 'Invalid phone number format.' });
  });

  it('name no user in a case-insensitive pool twice', async () => {
    service = await start({ UsernameConfiguration: { CaseSensitive: false } });
    await expect(idTokenThrough(service, 'Corp', { ...ANN, sub: 'AbC' })).resolves.toMatchObject({
      'cognito:username': 'corp_abc',
    });
  });

  it('may be the address of a native user, who signs in by it all the same', async () => {
    service = await start({ UsernameAttributes: ['email'], users: [] });
    await idTokenThrough(service, 'Corp');
    await expect(
      call(service.origin, 'SignUp', {
        ClientId: service.clientId(),
        Username: 'ann@example.com',
        Password: 'Correct-Horse-9',
      }),
    ).resolves.toMatchObject({ status: 200 });
    await succeed(service.origin, 'AdminConfirmSignUp', {
      UserPoolId: service.cognito.pool().id,
      Username: 'ann@example.com',
    });
    await expect(
      call(service.origin, 'InitiateAuth', {
        ClientId: service.clientId(),
        AuthFlow: 'USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'ann@example.com', PASSWORD: 'Correct-Horse-9' },
      }),
    ).resolves.toMatchObject({ status: 200 });
  });

  it('lack an identifier if the mapping asks for another claim', async () => {
    service = await start({
      identityProviders: [{ ProviderName: 'Corp', ProviderType: 'OIDC', AttributeMapping: { username: 'employee' } }],
    });
    await expect(idTokenThrough(service, 'Corp', { sub: '1' })).resolves.toMatchObject({
      'cognito:username': 'Corp_1',
    });
    const visit = await signInThrough(service, 'Corp', { sub: '1', claims: '{"employee":null}' });
    expect(visit.callback).toEqual({
      error: 'invalid_request',
      error_description: 'Corp Error - the response has no subject',
    });
  });
});
