import type { LocalPoolOptions, Triggers } from '../../lib/testing/index.js';

const SMS = { SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } } };
const EMAIL = { EmailMfaConfiguration: { Subject: 'Your door', Message: 'Open with {####}' } };
const TOTP = { SoftwareTokenMfaConfiguration: { Enabled: true } };

/** Asks a riddle, at most twice; after the password if the sign-in started with one. */
export const RIDDLE: Triggers = {
  defineAuthChallenge: (event) => {
    const tries = event.request.session.filter(({ challengeName }) => challengeName === 'CUSTOM_CHALLENGE');
    const [first] = event.request.session;
    event.response.issueTokens = tries.at(-1)?.challengeResult ?? false;
    event.response.failAuthentication = !event.response.issueTokens && tries.length >= 2;
    event.response.challengeName =
      first?.challengeName === 'SRP_A' && event.request.session.length === 1 ? 'PASSWORD_VERIFIER' : 'CUSTOM_CHALLENGE';
    return event;
  },
  createAuthChallenge: (event) => {
    event.response.publicChallengeParameters = { question: 'What has keys and opens nothing?' };
    event.response.privateChallengeParameters = { answer: 'piano' };
    return event;
  },
  verifyAuthChallengeResponse: (event) => {
    event.response.answerCorrect = event.request.challengeAnswer === event.request.privateChallengeParameters['answer'];
    return event;
  },
};

/** An optional second factor. */
export const OPTIONAL_MFA: LocalPoolOptions = {
  name: 'optional',
  mfa: { MfaConfiguration: 'OPTIONAL', ...SMS, ...EMAIL, ...TOTP },
};

/** A required second factor, set up at the first sign-in. */
export const REQUIRED_MFA: LocalPoolOptions = {
  name: 'required',
  mfa: { MfaConfiguration: 'ON', ...EMAIL, ...TOTP },
  AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_phone_number', Priority: 1 }] },
};

/** A required authenticator app. */
export const REQUIRED_TOTP: LocalPoolOptions = { name: 'required-totp', mfa: { MfaConfiguration: 'ON', ...TOTP } };

/** Every first factor; passkeys of http://localhost. */
export const CHOICE: LocalPoolOptions = {
  name: 'choice',
  Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] } },
  webAuthn: { RelyingPartyId: 'localhost' },
};

/** Devices are tracked, and a remembered device replaces the second factor. */
export const DEVICES: LocalPoolOptions = {
  name: 'devices',
  mfa: { MfaConfiguration: 'OPTIONAL', ...SMS, ...TOTP },
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: false },
};

/** The same, with the user's consent. */
export const DEVICES_WITH_CONSENT: LocalPoolOptions = {
  ...DEVICES,
  name: 'consent',
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
};

/** Devices are tracked but replace no second factor. */
export const DEVICES_WITHOUT_RELIEF: LocalPoolOptions = {
  ...DEVICES,
  name: 'no-relief',
  DeviceConfiguration: { ChallengeRequiredOnNewDevice: false },
};

/** Sign-in by custom challenges. */
export const CUSTOM: LocalPoolOptions = { name: 'custom', triggers: RIDDLE };

/** The family name is required. */
export const FAMILY_NAMES: LocalPoolOptions = {
  name: 'family-names',
  Schema: [{ Name: 'family_name', Required: true, Mutable: true }],
};

/** Refresh tokens rotate, with a grace period of ten seconds. */
export const ROTATION: LocalPoolOptions = {
  name: 'rotation',
  clients: (['public', 'secret'] as const).map((name) => ({
    name,
    secret: name === 'secret',
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
  })),
};
