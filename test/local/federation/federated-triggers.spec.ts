import type { LocalPoolOptions, TriggerEvent } from '../../../lib/testing/index.js';
import type { OAuthService } from '../oauth/support/oauth-service.js';
import { call, succeed } from '../wire.js';
import {
  ANN,
  attributesOf,
  idTokenThrough,
  signInThrough,
  startFederation,
  tokensOf,
  UNVERIFIED_ANN,
} from './federation-service.js';

type Triggers = NonNullable<LocalPoolOptions['triggers']>;

describe('triggers of a federated sign-in', () => {
  let service: OAuthService;

  afterEach(() => service.stop());

  /** Triggers that record their events. */
  function recorder(events: TriggerEvent[]): Triggers {
    const record = <Event extends TriggerEvent>(event: Event): Event => {
      events.push(event);
      return event;
    };
    return {
      preSignUp: record,
      postConfirmation: record,
      preAuthentication: record,
      postAuthentication: record,
      preTokenGeneration: record,
    };
  }

  it('run with their sources, others at the first sign-in than later', async () => {
    const events: TriggerEvent[] = [];
    service = await startFederation({ triggers: recorder(events) });
    await idTokenThrough(service, 'Google');
    expect(events.map(({ triggerSource }) => triggerSource)).toEqual([
      'PreSignUp_ExternalProvider',
      'PostConfirmation_ConfirmSignUp',
      'TokenGeneration_HostedAuth',
    ]);
    events.length = 0;
    await idTokenThrough(service, 'Google');
    expect(events.map(({ triggerSource }) => triggerSource)).toEqual([
      'PreAuthentication_Authentication',
      'PostAuthentication_Authentication',
      'TokenGeneration_HostedAuth',
    ]);
  });

  it('receive the attributes of the provider', async () => {
    const events: TriggerEvent[] = [];
    service = await startFederation({ triggers: recorder(events) });
    await idTokenThrough(service, 'Google');
    expect(events[0]).toMatchObject({
      userName: 'Google_1001',
      callerContext: { clientId: service.clientId() },
      request: {
        userAttributes: {
          'cognito:email_alias': '',
          'cognito:phone_number_alias': '',
          email: 'ann@example.com',
          name: 'Ann',
        },
        validationData: {},
      },
    });
    expect(events[1]).toMatchObject({
      request: {
        userAttributes: {
          'cognito:user_status': 'EXTERNAL_PROVIDER',
          identities: expect.stringContaining('"userId":"1001"') as string,
        },
      },
    });
  });

  it.each([
    ['Google', 'Google', 'idToken'],
    ['Works', 'SAML', 'samlResponse'],
  ])('can replace what %s says', async (provider, providerType, part) => {
    const events: TriggerEvent[] = [];
    service = await startFederation({
      triggers: {
        inboundFederation: (event) => {
          events.push(structuredClone(event));
          const said = Object.values(event.request.attributes)[0] ?? {};
          const name = provider === 'Works' ? 'urn:name' : 'name';
          event.response.userAttributesToMap = { ...said, [name]: 'Ann the First' };
          return event;
        },
      },
    });
    const person = { ...ANN, ...(provider === 'Works' && { claims: '{"urn:mail":"ann@example.com"}' }) };
    await tokensOf(service, await signInThrough(service, provider, person));
    expect(events).toMatchObject([
      {
        version: '1',
        triggerSource: 'InboundFederation_ExternalProvider',
        userName: expect.stringMatching(new RegExp(`^${provider}_1001$`, 'i')) as string,
        request: { providerName: provider, providerType, attributes: { [part]: expect.any(Object) as object } },
        response: { userAttributesToMap: {} },
      },
    ]);
    const username = events[0]?.userName ?? '';
    const user = await succeed(service.origin, 'AdminGetUser', {
      UserPoolId: events[0]?.userPoolId,
      Username: username,
    });
    expect(attributesOf(user)).toMatchObject({ email: 'ann@example.com', name: 'Ann the First' });
  });

  it('leave what the provider says if InboundFederation returns nothing', async () => {
    service = await startFederation({ triggers: { inboundFederation: (event) => event } });
    expect(await idTokenThrough(service, 'Google')).toMatchObject({ email: 'ann@example.com', email_verified: true });
  });

  it('may verify the address', async () => {
    service = await startFederation({
      triggers: { preSignUp: (event) => ({ ...event, response: { ...event.response, autoVerifyEmail: true } }) },
    });
    await expect(idTokenThrough(service, 'Google', UNVERIFIED_ANN)).resolves.toMatchObject({ email_verified: true });
  });

  it('may refuse the user', async () => {
    const refuse = () => {
      throw new Error('Guests only');
    };
    service = await startFederation({ triggers: { preSignUp: refuse } });
    const social = await signInThrough(service, 'Google');
    expect(social.callback).toEqual({
      error: 'invalid_request',
      error_description: 'PreSignUp failed with error Guests only.',
    });
    const saml = await signInThrough(service, 'Works');
    expect(saml.callback).toEqual({
      error: 'server_error',
      error_description: 'Invalid SAML response received: PreSignUp failed with error Guests only.',
    });
    const { body } = await call(service.origin, 'ListUsers', { UserPoolId: service.cognito.pool().id });
    expect(body['Users']).toHaveLength(1);
  });

  it('may refuse with a text that is too long for a header', async () => {
    const refuse = () => {
      throw new Error('long '.repeat(10_000));
    };
    service = await startFederation({ triggers: { preSignUp: refuse } });
    const { callback } = await signInThrough(service, 'Google');
    expect(callback['error_description']).toMatch(/^PreSignUp failed with error long .*/);
    expect(callback['error_description']?.length).toBeLessThan(1100);
  });

  it('may refuse a later sign-in', async () => {
    service = await startFederation({
      triggers: {
        preAuthentication: () => {
          throw new Error('Closed');
        },
      },
    });
    await idTokenThrough(service, 'Google');
    const visit = await signInThrough(service, 'Google');
    expect(visit.callback).toEqual({
      error: 'invalid_request',
      error_description: 'PreAuthentication failed with error Closed.',
    });
  });

  it('that link the identity in PreSignUp make the first attempt fail and the second pass', async () => {
    service = await startFederation({
      UsernameConfiguration: { CaseSensitive: false },
      triggers: {
        preSignUp: async (event) => {
          if (event.triggerSource === 'PreSignUp_ExternalProvider') {
            await link(event.userPoolId, 'native', '1001');
          }
          return event;
        },
      },
    });
    const first = await signInThrough(service, 'Google');
    expect(first.callback).toEqual({
      error: 'invalid_request',
      error_description: 'Already found an entry for username google_1001',
    });
    await expect(idTokenThrough(service, 'Google')).resolves.toMatchObject({ 'cognito:username': 'native' });
  });

  describe('and links', () => {
    const admin = (operation: string, input: object) =>
      call(service.origin, operation, { UserPoolId: service.cognito.pool().id, ...input });

    beforeEach(async () => {
      service = await startFederation();
    });

    it('lead to the destination user, whose attributes follow the provider', async () => {
      await link(service.cognito.pool().id, 'native', '1001');
      const token = await idTokenThrough(service, 'Google');
      expect(token).toMatchObject({
        'cognito:username': 'native',
        email: 'ann@example.com',
        identities: [{ userId: '1001', providerName: 'Google', primary: 'false' }],
      });
      expect(token).not.toHaveProperty('cognito:groups');
      const { body } = await admin('AdminGetUser', { Username: 'native' });
      expect(body).toMatchObject({ UserStatus: 'CONFIRMED' });
      await expect(
        call(service.origin, 'InitiateAuth', {
          ClientId: service.clientId(),
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: 'native', PASSWORD: 'Correct-Horse-9' },
        }),
      ).resolves.toMatchObject({ status: 200 });
    });

    it('by a mapped attribute become links by subject at the first sign-in', async () => {
      await succeed(service.origin, 'AdminLinkProviderForUser', {
        UserPoolId: service.cognito.pool().id,
        DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: 'native' },
        SourceUser: { ProviderName: 'Corp', ProviderAttributeName: 'email', ProviderAttributeValue: ANN.email },
      });
      await expect(idTokenThrough(service, 'Corp')).resolves.toMatchObject({
        'cognito:username': 'native',
        identities: [{ userId: '1001' }],
      });
      const renamed = { ...ANN, email: 'other@example.com' };
      await expect(idTokenThrough(service, 'Corp', renamed)).resolves.toMatchObject({ 'cognito:username': 'native' });
    });

    it('join a second provider to a federated user', async () => {
      await idTokenThrough(service, 'Google');
      await succeed(service.origin, 'AdminLinkProviderForUser', {
        UserPoolId: service.cognito.pool().id,
        DestinationUser: { ProviderName: 'Google', ProviderAttributeValue: '1001' },
        SourceUser: { ProviderName: 'Corp', ProviderAttributeName: 'Cognito_Subject', ProviderAttributeValue: 'c1' },
      });
      const token = await idTokenThrough(service, 'Corp', { ...ANN, sub: 'c1' });
      expect(token).toMatchObject({
        'cognito:username': 'Google_1001',
        identities: [
          { providerName: 'Google', primary: 'true' },
          { providerName: 'Corp', primary: 'false' },
        ],
      });
    });

    it('are refused for an identity that has a user already', async () => {
      await idTokenThrough(service, 'Google');
      await expect(link(service.cognito.pool().id, 'native', '1001')).rejects.toThrow(
        'Merging is not currently supported, provide a SourceUser that has not been signed up in order to link',
      );
    });

    it('that are taken away let the identity have a user of its own', async () => {
      await link(service.cognito.pool().id, 'native', '1001');
      await idTokenThrough(service, 'Google');
      await admin('AdminDisableProviderForUser', { User: subject('1001') });
      const { body } = await admin('AdminGetUser', { Username: 'native' });
      expect(attributesOf(body)).not.toHaveProperty('identities');
      await expect(idTokenThrough(service, 'Google')).resolves.toMatchObject({ 'cognito:username': 'Google_1001' });
    });

    it('end the sign-ins of a federated user, and the password of a native one', async () => {
      await idTokenThrough(service, 'Google');
      await admin('AdminDisableProviderForUser', { User: subject('1001') });
      const visit = await signInThrough(service, 'Google');
      expect(visit.callback).toEqual({ error: 'invalid_request', error_description: 'User is not enabled' });
      await admin('AdminDisableProviderForUser', {
        User: { ProviderName: 'Cognito', ProviderAttributeValue: 'native' },
      });
      await expect(
        call(service.origin, 'InitiateAuth', {
          ClientId: service.clientId(),
          AuthFlow: 'USER_PASSWORD_AUTH',
          AuthParameters: { USERNAME: 'native', PASSWORD: 'Correct-Horse-9' },
        }),
      ).resolves.toMatchObject({ status: 400, body: { __type: 'NotAuthorizedException' } });
    });
  });

  const subject = (value: string) => ({
    ProviderName: 'Google',
    ProviderAttributeName: 'Cognito_Subject',
    ProviderAttributeValue: value,
  });

  async function link(UserPoolId: string, username: string, value: string): Promise<void> {
    await succeed(service.origin, 'AdminLinkProviderForUser', {
      UserPoolId,
      DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: username },
      SourceUser: subject(value),
    });
  }
});
