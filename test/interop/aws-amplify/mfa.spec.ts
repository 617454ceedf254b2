import type { SignInOutput } from 'aws-amplify/auth';

import type { LocalPoolOptions } from '../../../lib/testing/index.js';
import { totpCode, totpStep } from '../../../lib/protocol/totp.js';
import { amplify, type AmplifyService, ANN, PASSWORD, SMS_CONFIGURATION, startAmplify } from './amplify-service.js';

const { confirmSignIn, fetchMFAPreference, setUpTOTP, signIn, signOut, updateMFAPreference, verifyTOTPSetup } = amplify;
const { username } = ANN;

const FACTORS = {
  SoftwareTokenMfaConfiguration: { Enabled: true },
  SmsMfaConfiguration: { SmsConfiguration: SMS_CONFIGURATION },
  EmailMfaConfiguration: {},
};

describe('aws-amplify asks for second factors', () => {
  let service: AmplifyService;

  afterEach(() => service.stop());

  async function start(mfa: NonNullable<LocalPoolOptions['mfa']>): Promise<void> {
    service = await startAmplify({ users: [ANN], mfa });
  }

  function signInByPassword(): Promise<SignInOutput> {
    return signIn({ username, password: PASSWORD });
  }

  /** A code of the next time step: each works once. */
  function nextTotp(secret: string, steps: number): string {
    service.pass(30_000);
    return totpCode(secret, totpStep(Date.now()) + steps);
  }

  it('an authenticator app that people turn on', async () => {
    await start({ MfaConfiguration: 'OPTIONAL', ...FACTORS });
    expect(await signInByPassword()).toMatchObject({ isSignedIn: true });
    const { sharedSecret } = await setUpTOTP();
    await verifyTOTPSetup({ code: totpCode(sharedSecret, totpStep(Date.now())) });
    await updateMFAPreference({ totp: 'PREFERRED' });
    expect(await fetchMFAPreference()).toEqual({ enabled: ['TOTP'], preferred: 'TOTP' });
    await signOut();
    expect(await signInByPassword()).toMatchObject({ nextStep: { signInStep: 'CONFIRM_SIGN_IN_WITH_TOTP_CODE' } });
    await expect(confirmSignIn({ challengeResponse: '000000' })).rejects.toMatchObject({
      name: 'CodeMismatchException',
    });
    expect(await confirmSignIn({ challengeResponse: nextTotp(sharedSecret, 1) })).toMatchObject({ isSignedIn: true });
  });

  it('an authenticator app that has to be set up', async () => {
    await start({ MfaConfiguration: 'ON', SoftwareTokenMfaConfiguration: { Enabled: true } });
    const { nextStep } = await signInByPassword();
    expect(nextStep).toMatchObject({ signInStep: 'CONTINUE_SIGN_IN_WITH_TOTP_SETUP' });
    const secret = 'totpSetupDetails' in nextStep ? nextStep.totpSetupDetails.sharedSecret : '';
    const challengeResponse = totpCode(secret, totpStep(Date.now()));
    expect(await confirmSignIn({ challengeResponse })).toMatchObject({ isSignedIn: true });
    expect(await fetchMFAPreference()).toMatchObject({ enabled: ['TOTP'] });
    await signOut();
    await signInByPassword();
    expect(await confirmSignIn({ challengeResponse: nextTotp(secret, 1) })).toMatchObject({ isSignedIn: true });
  });

  it.each([
    ['sms', 'SMS', 'CONFIRM_SIGN_IN_WITH_SMS_CODE', 'SMS'],
    ['email', 'EMAIL', 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE', 'EMAIL'],
  ] as const)('a code by %s', async (factor, preferred, signInStep, medium) => {
    await start({ MfaConfiguration: 'OPTIONAL', ...FACTORS });
    await signInByPassword();
    await updateMFAPreference({ [factor]: 'PREFERRED' });
    expect(await fetchMFAPreference()).toEqual({ enabled: [preferred], preferred });
    await signOut();
    expect(await signInByPassword()).toMatchObject({
      nextStep: { signInStep, codeDeliveryDetails: { deliveryMedium: medium } },
    });
    expect(service.code()).toMatch(/^\d{6}$/);
    expect(await confirmSignIn({ challengeResponse: service.code() })).toMatchObject({ isSignedIn: true });
  });

  it('one of several', async () => {
    await start({ MfaConfiguration: 'OPTIONAL', ...FACTORS });
    await signInByPassword();
    await updateMFAPreference({ sms: 'ENABLED', email: 'ENABLED' });
    await signOut();
    const { nextStep } = await signInByPassword();
    expect(nextStep).toMatchObject({
      signInStep: 'CONTINUE_SIGN_IN_WITH_MFA_SELECTION',
      allowedMFATypes: expect.arrayContaining(['SMS', 'EMAIL']),
    });
    expect(await confirmSignIn({ challengeResponse: 'EMAIL' })).toMatchObject({
      nextStep: { signInStep: 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE' },
    });
    expect(await confirmSignIn({ challengeResponse: service.code({ medium: 'EMAIL' }) })).toMatchObject({
      isSignedIn: true,
    });
  });
});
