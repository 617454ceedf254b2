import type { CognitoService } from '../../lib/user/cognito.service.js';
import { FakeService, json } from '../client/fake-service.js';
import { SECRET, serviceFor, TOKENS } from './service-under-test.js';

const CONTEXT = {
  clientMetadata: { channel: 'web' },
  userContextData: { ipAddress: '192.0.2.7', encodedData: 'fingerprint' },
  analyticsMetadata: { analyticsEndpointId: 'endpoint' },
};
const SENT = {
  ClientMetadata: { channel: 'web' },
  UserContextData: { IpAddress: '192.0.2.7', EncodedData: 'fingerprint' },
  AnalyticsMetadata: { AnalyticsEndpointId: 'endpoint' },
};
const USER = { username: 'ann', ...CONTEXT };

describe.each([
  ['public', undefined],
  ['secret', SECRET],
])('the context of calls of a %s client', (kind, clientSecret) => {
  let fake: FakeService;
  let service: CognitoService;
  let close: () => void;

  beforeAll(async () => {
    fake = await FakeService.start();
    const made = serviceFor({ endpoint: fake.endpoint, clientSecret });
    service = made.service;
    close = () => {
      made.client.destroy();
    };
  });

  afterAll(async () => {
    close();
    await fake.stop();
  });

  it.each<[string, () => Promise<unknown>]>([
    ['SignUp', () => service.register({ ...USER, password: 'pw' })],
    ['ConfirmSignUp', () => service.confirmSignUp({ ...USER, code: '1' })],
    ['ResendConfirmationCode', () => service.resendConfirmationCode(USER)],
    ['ForgotPassword', () => service.initiateForgotPassword(USER)],
    ['ConfirmForgotPassword', () => service.confirmForgotPassword({ ...USER, code: '1', password: 'pw' })],
    ['InitiateAuth', () => service.authenticate({ ...USER, flow: 'USER_PASSWORD_AUTH', password: 'pw' })],
    [
      'RespondToAuthChallenge',
      () => service.respondToChallenge({ name: 'SMS_MFA', username: 'ann', parameters: {} }, { code: '1' }, CONTEXT),
    ],
  ])('is sent with %s', async (operation, call) => {
    fake.on(operation, json({ ...TOKENS, UserSub: 'sub' }));

    await call();

    expect(fake.sent(operation).at(-1)).toMatchObject(SENT);
  });

  it('sends validation data to SignUp as a list', async () => {
    fake.on('SignUp', json({ UserSub: 'sub' }));

    await service.register({ username: 'ann', password: 'pw', validationData: { invitation: '7' } });

    expect(fake.sent('SignUp').at(-1)).toMatchObject({ ValidationData: [{ Name: 'invitation', Value: '7' }] });
  });

  it('sends metadata with the operations on attributes', async () => {
    fake.on('UpdateUserAttributes', json({})).on('GetUserAttributeVerificationCode', json({}));
    const { clientMetadata } = CONTEXT;

    await service.updateProfile({ accessToken: 'token', attributes: { name: 'Ann' }, clientMetadata });
    await service.sendVerification({ accessToken: 'token', clientMetadata });

    expect(fake.requests.slice(-2).map(({ body }) => body['ClientMetadata'])).toEqual([clientMetadata, clientMetadata]);
  });

  it('sends preferences for second factors, passkeys among them', async () => {
    fake.on('SetUserMFAPreference', json({}));

    await service.mfa.setPreference({
      accessToken: 'token',
      sms: { enabled: false },
      softwareToken: { enabled: true, preferred: true },
      passkey: { enabled: true },
    });

    expect(fake.sent('SetUserMFAPreference').at(-1)).toEqual({
      AccessToken: 'token',
      SMSMfaSettings: { Enabled: false },
      SoftwareTokenMfaSettings: { Enabled: true, PreferredMfa: true },
      WebAuthnMfaSettings: { Enabled: true },
    });
  });

  it('omits what was not passed', async () => {
    fake.on('ForgotPassword', json({}));

    await service.initiateForgotPassword({ username: 'ann' });

    expect(Object.keys(fake.sent('ForgotPassword').at(-1) ?? {}).sort()).toEqual(
      kind === 'secret' ? ['ClientId', 'SecretHash', 'Username'] : ['ClientId', 'Username'],
    );
  });
});
