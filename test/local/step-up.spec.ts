import {
  AdminSetUserMFAPreferenceCommand,
  AssociateSoftwareTokenCommand,
  InitiateAuthCommand,
  SetUserMFAPreferenceCommand,
  SetUserPoolMfaConfigCommand,
  VerifySoftwareTokenCommand,
} from '@aws-sdk/client-cognito-identity-provider';

import { totpCode, totpStep } from '../../lib/protocol/totp.js';
import type { CredentialRequestOptionsJson } from '../../lib/protocol/web-authn.js';
import { SoftwareAuthenticator } from '../support/software-authenticator.js';
import { type Answer, ChoiceSignIn, claimsOf } from './choice-service.js';
import { type LocalService, startLocalService } from './local-service.js';
import { CHOICE_POOL, passwordToken, registerPasskey } from './passkey-service.js';

const PASSWORD = 'Correct-Horse-9';
const loa = (level: number) => `urn:cognito:loa:${level}`;
const attributes = { email: 'ann@example.com', phone_number: '+15555550100' };
const ann = { username: 'ann', password: PASSWORD, attributes };

describe('acr and amr', () => {
  let service: LocalService;
  let totpSecret: string;

  beforeEach(async () => {
    service = await startLocalService({
      pools: [
        { name: 'choice', ...CHOICE_POOL, users: [ann, { username: 'bob', password: PASSWORD }] },
        { name: 'own-names', users: [ann], AcrConfiguration: { Level1: { AcrValue: 'urn:example:basic' } } },
      ],
    });
    await service.sdk.send(
      new SetUserPoolMfaConfigCommand({
        UserPoolId: service.cognito.pool('choice').id,
        MfaConfiguration: 'OPTIONAL',
        SoftwareTokenMfaConfiguration: { Enabled: true },
        SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } },
      }),
    );
  });

  afterEach(() => service.stop());

  function signIn(username = 'ann', pool = 'choice'): ChoiceSignIn {
    return new ChoiceSignIn(service.sdk, service.cognito.pool(pool).client(), username);
  }

  function byPassword(username = 'ann', pool = 'choice'): Promise<string> {
    return passwordToken(service.sdk, service.cognito.pool(pool).client().id, username, PASSWORD);
  }

  function code(): string {
    return service.cognito.outbox.latest({ kind: 'Authentication' })?.code ?? '';
  }

  /** A code that has not been used: the clock moves to the next step first. */
  function nextTotp(): string {
    service.pass(30_000);
    return totpCode(totpSecret, totpStep(Date.now() + 30_000));
  }

  async function turnTotpOn(AccessToken: string): Promise<void> {
    const { SecretCode = '' } = await service.sdk.send(new AssociateSoftwareTokenCommand({ AccessToken }));
    totpSecret = SecretCode;
    const UserCode = totpCode(SecretCode, totpStep(Date.now()));
    await service.sdk.send(new VerifySoftwareTokenCommand({ AccessToken, UserCode }));
    const SoftwareTokenMfaSettings = { Enabled: true };
    await service.sdk.send(new SetUserMFAPreferenceCommand({ AccessToken, SoftwareTokenMfaSettings }));
  }

  async function turnSmsOn(): Promise<void> {
    const SMSMfaSettings = { Enabled: true };
    await service.sdk.send(
      new AdminSetUserMFAPreferenceCommand({ UserPoolId: service.cognito.pool().id, Username: 'ann', SMSMfaSettings }),
    );
  }

  function expectAssurance({ AuthenticationResult }: Answer, level: number, methods: string[]): void {
    for (const token of [AuthenticationResult?.AccessToken, AuthenticationResult?.IdToken]) {
      expect(claimsOf(token)).toMatchObject({ acr: loa(level), amr: methods });
    }
  }

  describe('describe the sign-in', () => {
    it('by password: level 1', async () => {
      const answer = await signIn().start({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD });
      expectAssurance(answer, 1, ['pwd']);
    });

    it('by a one-time code: level 2', async () => {
      const challenge = await signIn().start({ PREFERRED_CHALLENGE: 'EMAIL_OTP' });
      expectAssurance(await signIn().answer(challenge, { EMAIL_OTP_CODE: code() }), 2, ['otp']);
    });

    it('by password and SMS: level 3', async () => {
      await turnSmsOn();
      const challenge = await signIn().start({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD });
      expectAssurance(await signIn().answer(challenge, { SMS_MFA_CODE: code() }), 3, ['pwd', 'sms', 'mfa']);
    });

    it('by password and authenticator: level 4, and still after a renewal', async () => {
      await turnTotpOn(await byPassword());
      const challenge = await signIn().start({ PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD });
      const answer = await signIn().answer(challenge, { SOFTWARE_TOKEN_MFA_CODE: nextTotp() });
      expectAssurance(answer, 4, ['pwd', 'otp', 'mfa']);
      const renewed = await service.sdk.send(
        new InitiateAuthCommand({
          AuthFlow: 'REFRESH_TOKEN_AUTH',
          ClientId: service.cognito.pool().client().id,
          AuthParameters: { REFRESH_TOKEN: answer.AuthenticationResult?.RefreshToken ?? '' },
        }),
      );
      expectAssurance(renewed, 4, ['pwd', 'otp', 'mfa']);
    });

    it('with the names that the pool configures', async () => {
      expect(claimsOf(await byPassword('ann', 'own-names'))).toMatchObject({ acr: 'urn:example:basic' });
    });
  });

  describe('can be requested', () => {
    it('and narrow the choice', async () => {
      const { AvailableChallenges } = await signIn().start({ TARGET_ACR_VALUES: loa(2) });
      expect(AvailableChallenges).toEqual(['EMAIL_OTP', 'SMS_OTP']);
    });

    it('in the order of priority, ignoring unknown values', async () => {
      const target = `urn:example:none ${loa(4)} ${loa(3)} ${loa(1)}`;
      const { AvailableChallenges } = await signIn('bob').start({ TARGET_ACR_VALUES: target });
      expect(AvailableChallenges).toEqual(['PASSWORD_SRP', 'PASSWORD']);
    });

    it('for an unknown user without revealing it', async () => {
      await expect(signIn('zoe').start({ TARGET_ACR_VALUES: loa(1) })).rejects.toMatchObject({
        name: 'UserNotFoundException',
      });
    });

    it('and add a passkey to the password of an access token', async () => {
      const ACCESS_TOKEN = await byPassword();
      const authenticator = new SoftwareAuthenticator();
      await registerPasskey(service.sdk, ACCESS_TOKEN, authenticator);
      const choice = await signIn().start({ TARGET_ACR_VALUES: loa(3), ACCESS_TOKEN });
      expect(choice).toMatchObject({ ChallengeName: 'SELECT_CHALLENGE', AvailableChallenges: ['WEB_AUTHN'] });
      const challenge = await signIn().answer(choice, { ANSWER: 'WEB_AUTHN' });
      const CREDENTIAL = JSON.stringify(authenticator.get(optionsOf(challenge)));
      expectAssurance(await signIn().answer(challenge, { CREDENTIAL }), 3, ['pwd', 'hwk', 'mfa']);
    });

    it('and add only the second factor to the password of an access token', async () => {
      const ACCESS_TOKEN = await byPassword();
      await turnTotpOn(ACCESS_TOKEN);
      const challenge = await signIn().start({ TARGET_ACR_VALUES: loa(4), ACCESS_TOKEN });
      expect(challenge).toMatchObject({ ChallengeName: 'SOFTWARE_TOKEN_MFA' });
      const answer = await signIn().answer(challenge, { SOFTWARE_TOKEN_MFA_CODE: nextTotp() });
      expectAssurance(answer, 4, ['pwd', 'otp', 'mfa']);
    });

    it('and do not count a password that is too old', async () => {
      const ACCESS_TOKEN = await byPassword();
      await turnTotpOn(ACCESS_TOKEN);
      const target = { TARGET_ACR_VALUES: loa(4), ACCESS_TOKEN, MAX_AGE: '600' };
      expect(await signIn().start(target)).toMatchObject({ ChallengeName: 'SOFTWARE_TOKEN_MFA' });
      service.pass(11 * 60_000);
      expect(await signIn().start(target)).toMatchObject({
        ChallengeName: 'SELECT_CHALLENGE',
        AvailableChallenges: ['PASSWORD_SRP', 'PASSWORD'],
      });
    });

    it('and are rejected when the second factor that was chosen does not reach them', async () => {
      await turnTotpOn(await byPassword());
      await turnSmsOn();
      const target = { TARGET_ACR_VALUES: loa(4), PREFERRED_CHALLENGE: 'PASSWORD', PASSWORD };
      const choice = await signIn().start(target);
      expect(choice).toMatchObject({ ChallengeName: 'SELECT_MFA_TYPE' });
      const challenge = await signIn().answer(choice, { ANSWER: 'SMS_MFA' });
      await expect(signIn().answer(challenge, { SMS_MFA_CODE: code() })).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'The requested ACR value was not reached.',
      });
    });

    it.each<[string, () => Promise<Record<string, string>>, string, string]>([
      [
        'a token without a target',
        async () => ({ ACCESS_TOKEN: await byPassword() }),
        'InvalidParameterException',
        'ACCESS_TOKEN can only be given together with TARGET_ACR_VALUES.',
      ],
      [
        'nothing but unknown values',
        () => Promise.resolve({ TARGET_ACR_VALUES: 'silver gold' }),
        'InvalidParameterException',
        'TARGET_ACR_VALUES has no valid value.',
      ],
      [
        'an age that is no number',
        () => Promise.resolve({ TARGET_ACR_VALUES: loa(1), MAX_AGE: '5m' }),
        'InvalidParameterException',
        'MAX_AGE must be a number of seconds.',
      ],
      [
        'what the token has already',
        async () => ({ TARGET_ACR_VALUES: loa(1), ACCESS_TOKEN: await byPassword() }),
        'InvalidParameterException',
        'The access token already satisfies the requested ACR value.',
      ],
      [
        'what the user cannot reach',
        () => Promise.resolve({ TARGET_ACR_VALUES: loa(4) }),
        'InvalidParameterException',
        'The user has no authentication factor for the requested ACR values.',
      ],
      [
        'the token of another user',
        async () => ({ TARGET_ACR_VALUES: loa(2), ACCESS_TOKEN: await byPassword('bob') }),
        'NotAuthorizedException',
        'The access token belongs to another user.',
      ],
      [
        'a token that is none',
        () => Promise.resolve({ TARGET_ACR_VALUES: loa(2), ACCESS_TOKEN: 'x' }),
        'NotAuthorizedException',
        'Invalid Access Token',
      ],
    ])('but not with %s', async (_case, parameters, name, message) => {
      await expect(signIn().start(await parameters())).rejects.toMatchObject({ name, message });
    });
  });
});

function optionsOf({ ChallengeParameters }: Answer): CredentialRequestOptionsJson {
  return JSON.parse(ChallengeParameters?.['CREDENTIAL_REQUEST_OPTIONS'] ?? '') as CredentialRequestOptionsJson;
}
