import { CHOICE_POOL } from '../../local/passkey-service.js';
import { amplify, type AmplifyService, EMAIL, PASSWORD, signedInAs, startAmplify } from './amplify-service.js';

const { autoSignIn, confirmSignUp, resendSignUpCode, signIn, signUp } = amplify;
const username = 'ann';
const userAttributes = { email: EMAIL };

describe('aws-amplify signs people up', () => {
  let service: AmplifyService;

  beforeEach(async () => {
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
    await signUp({ username, ...(password && { password }), options: { userAttributes, ...options } });
    expect(await confirmSignUp({ username, confirmationCode: service.code() })).toMatchObject({
      nextStep: { signUpStep: 'COMPLETE_AUTO_SIGN_IN' },
    });
    expect(await autoSignIn()).toMatchObject({ isSignedIn: true });
    expect(await signedInAs()).toMatchObject({ 'cognito:username': username, email: EMAIL, email_verified: true });
  });
});
