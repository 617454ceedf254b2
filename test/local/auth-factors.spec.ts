import {
  AdminGetUserAuthFactorsCommand,
  AdminSetUserMFAPreferenceCommand,
  GetUserAuthFactorsCommand,
  SetUserPoolMfaConfigCommand,
} from '@aws-sdk/client-cognito-identity-provider';

import { SoftwareAuthenticator } from '../support/software-authenticator.js';
import { ChoiceSignIn } from './choice-service.js';
import { type LocalService, startLocalService } from './local-service.js';
import { CHOICE_POOL, passwordToken, registerPasskey } from './passkey-service.js';

const PASSWORD = 'Correct-Horse-9';
const attributes = { email: 'ann@example.com', phone_number: '+15555550100' };

describe('the factors of a user', () => {
  let service: LocalService;

  beforeAll(async () => {
    const ann = { username: 'ann', password: PASSWORD, attributes };
    service = await startLocalService({
      pools: [
        {
          name: 'choice',
          ...CHOICE_POOL,
          users: [
            ann,
            { username: 'mobile', attributes: { ...attributes, email_verified: 'false' } },
            { username: 'cid', password: PASSWORD, attributes },
          ],
        },
        { name: 'passwords', users: [ann] },
      ],
    });
  });

  afterAll(() => service.stop());

  function factorsOf(Username: string, pool = 'choice') {
    return service.sdk.send(
      new AdminGetUserAuthFactorsCommand({ UserPoolId: service.cognito.pool(pool).id, Username }),
    );
  }

  it('are those that the user has and the pool allows, for users and administrators', async () => {
    const AccessToken = await passwordToken(service.sdk, service.cognito.pool().client().id, 'ann', PASSWORD);
    const factors = { Username: 'ann', ConfiguredUserAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'] };
    expect(await service.sdk.send(new GetUserAuthFactorsCommand({ AccessToken }))).toMatchObject(factors);
    expect(await factorsOf('ann')).toMatchObject(factors);
    await registerPasskey(service.sdk, AccessToken, new SoftwareAuthenticator());
    expect((await factorsOf('ann')).ConfiguredUserAuthFactors).toContain('WEB_AUTHN');
  });

  it('count addresses only when they are verified', async () => {
    expect((await factorsOf('mobile')).ConfiguredUserAuthFactors).toEqual(['SMS_OTP']);
  });

  it('are passwords only, if the pool allows nothing else', async () => {
    expect((await factorsOf('ann', 'passwords')).ConfiguredUserAuthFactors).toEqual(['PASSWORD']);
  });

  it('include second factors, with which only passwords are first factors', async () => {
    const UserPoolId = service.cognito.pool().id;
    const SmsConfiguration = { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' };
    await service.sdk.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId,
        MfaConfiguration: 'OPTIONAL',
        SmsMfaConfiguration: { SmsConfiguration },
      }),
    );
    const SMSMfaSettings = { Enabled: true, PreferredMfa: true };
    await service.sdk.send(new AdminSetUserMFAPreferenceCommand({ UserPoolId, Username: 'cid', SMSMfaSettings }));
    expect(await factorsOf('cid')).toMatchObject({ UserMFASettingList: ['SMS_MFA'], PreferredMfaSetting: 'SMS_MFA' });
    const { AvailableChallenges } = await new ChoiceSignIn(service.sdk, service.cognito.pool().client(), 'cid').start();
    expect(AvailableChallenges).toEqual(['PASSWORD_SRP', 'PASSWORD']);
  });

  it('are not returned for an unknown user', async () => {
    await expect(factorsOf('zoe')).rejects.toMatchObject({
      name: 'UserNotFoundException',
      message: 'User does not exist.',
    });
    await expect(service.sdk.send(new GetUserAuthFactorsCommand({ AccessToken: 'x' }))).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Invalid Access Token',
    });
  });
});
