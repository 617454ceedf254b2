import { amplify, type AmplifyService, ANN, PASSWORD, SMS_CONFIGURATION, startAmplify } from './amplify-service.js';

const {
  confirmSignIn,
  fetchDevices,
  fetchMFAPreference,
  forgetDevice,
  rememberDevice,
  signIn,
  signOut,
  updateMFAPreference,
} = amplify;
const { username } = ANN;

describe('aws-amplify remembers devices', () => {
  let service: AmplifyService;

  beforeEach(async () => {
    service = await startAmplify({
      users: [ANN],
      mfa: { MfaConfiguration: 'OPTIONAL', SmsMfaConfiguration: { SmsConfiguration: SMS_CONFIGURATION } },
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: true, DeviceOnlyRememberedOnUserPrompt: true },
    });
    await signIn({ username, password: PASSWORD });
    await updateMFAPreference({ sms: 'PREFERRED' });
  });

  afterEach(() => service.stop());

  async function signInAgain() {
    await signOut();
    return signIn({ username, password: PASSWORD });
  }

  it('and asks nothing more of who comes from one', async () => {
    expect(await signInAgain()).toMatchObject({ nextStep: { signInStep: 'CONFIRM_SIGN_IN_WITH_SMS_CODE' } });
    await confirmSignIn({ challengeResponse: service.code() });
    await rememberDevice();
    expect(await fetchDevices()).toMatchObject([{ id: expect.stringMatching(/^us-east-1_/), name: 'Interop/1.0' }]);
    expect(await signInAgain()).toMatchObject({ isSignedIn: true });
    expect(await fetchMFAPreference()).toMatchObject({ preferred: 'SMS' });
  });

  it('until they are forgotten', async () => {
    await rememberDevice();
    expect(await signInAgain()).toMatchObject({ isSignedIn: true });
    await forgetDevice();
    expect(await fetchDevices()).toEqual([]);
    expect(await signInAgain()).toMatchObject({ nextStep: { signInStep: 'CONFIRM_SIGN_IN_WITH_SMS_CODE' } });
  });
});
