import { autoSignIn, confirmSignUp, resendSignUpCode, signIn, signUp } from 'aws-amplify/auth';

import { CHOICE_POOL } from '../../local/passkey-service.js';
import { type AmplifyService, EMAIL, PASSWORD, signedInAs, startAmplify } from './amplify-service.js';

const username = 'ann';
const userAttributes = { email: EMAIL };

/**
 * It waits three minutes for a code, whether one came or not, and answers a second autoSignIn() within 300 ms never:
 * nobody here should wait for either.
 */
function hurryTimers(): void {
  const start = setTimeout;
  jest.spyOn(globalThis, 'setTimeout').mockImplementation((task: () => void, delay = 0) => {
    const timer = start(task, delay === 300 ? 0 : delay);
    return delay > 60_000 ? timer.unref() : timer;
  });
}

describe('aws-amplify signs people up', () => {
  let service: AmplifyService;

  beforeEach(async () => {
    hurryTimers();
    service = await startAmplify(CHOICE_POOL);
  });

  afterEach(() => service.stop());

  it('with a code by e-mail', async () => {
    expect(await signUp({ username, password: PASSWORD, options: { userAttributes } })).toEqual({
      isSignUpComplete: false,
      nextStep: {
        signUpStep: 'CONFIRM_SIGN_UP',
        codeDeliveryDetails: { attributeName: 'email', deliveryMedium: 'EMAIL', destination: 'a***@e***' },
      },
      userId: expect.any(String),
    });
    expect(await signIn({ username, password: PASSWORD })).toMatchObject({
      nextStep: { signInStep: 'CONFIRM_SIGN_UP' },
    });
    await resendSignUpCode({ username });
    await expect(confirmSignUp({ username, confirmationCode: '000000x' })).rejects.toMatchObject({
      name: 'CodeMismatchException',
    });
    expect(await confirmSignUp({ username, confirmationCode: service.code() })).toMatchObject({
      isSignUpComplete: true,
      nextStep: { signUpStep: 'DONE' },
    });
    expect(await signIn({ username, password: PASSWORD })).toMatchObject({ isSignedIn: true });
    await expect(signUp({ username, password: PASSWORD })).rejects.toMatchObject({ name: 'UsernameExistsException' });
  });

  it.each<[string, { password?: string; autoSignIn: true | { authFlowType: 'USER_AUTH' } }]>([
    ['with their password', { password: PASSWORD, autoSignIn: true }],
    ['by the session of the sign-up', { password: PASSWORD, autoSignIn: { authFlowType: 'USER_AUTH' } }],
    ['by the session of a sign-up without a password', { autoSignIn: { authFlowType: 'USER_AUTH' } }],
  ])('and in at once, %s', async (_case, { password, ...options }) => {
    await signUp({ username, ...(password && { password }), options: { userAttributes, ...options } } as Parameters<
      typeof signUp
    >[0]);
    expect(await confirmSignUp({ username, confirmationCode: service.code() })).toMatchObject({
      nextStep: { signUpStep: 'COMPLETE_AUTO_SIGN_IN' },
    });
    expect(await autoSignIn()).toMatchObject({ isSignedIn: true });
    expect(await signedInAs()).toMatchObject({ 'cognito:username': username, email: EMAIL, email_verified: true });
  });
});
