import { GetUserCommand } from '@aws-sdk/client-cognito-identity-provider';
import type { SignInInput } from 'aws-amplify/auth';

import type { Triggers } from '../../../lib/testing/index.js';
import { CHOICE_POOL, passwordToken } from '../../local/passkey-service.js';
import { amplify, type AmplifyService, ANN, EMAIL, PASSWORD, signedInAs, startAmplify } from './amplify-service.js';

const { confirmSignIn, fetchTokens, getCurrentUser, signIn, signOut } = amplify;
const { username } = ANN;
const REVOKED = 'Access Token has been revoked';

/** After the password, or in its place, the answer to a riddle; a second try is allowed. */
const riddle: Triggers = {
  defineAuthChallenge: (event) => {
    const { session } = event.request;
    const last = session.at(-1);
    if (last?.challengeName === 'SRP_A') {
      event.response.challengeName = 'PASSWORD_VERIFIER';
    } else if (last?.challengeName === 'CUSTOM_CHALLENGE' && last.challengeResult) {
      event.response.issueTokens = true;
    } else if (session.filter(({ challengeName }) => challengeName === 'CUSTOM_CHALLENGE').length >= 2) {
      event.response.failAuthentication = true;
    } else {
      event.response.challengeName = 'CUSTOM_CHALLENGE';
    }
    return event;
  },
  createAuthChallenge: (event) => {
    event.response.publicChallengeParameters = { question: 'What has keys but no locks?' };
    event.response.privateChallengeParameters = { answer: 'piano' };
    return event;
  },
  verifyAuthChallengeResponse: (event) => {
    event.response.answerCorrect = event.request.challengeAnswer === event.request.privateChallengeParameters['answer'];
    return event;
  },
};

describe('aws-amplify signs people in', () => {
  let service: AmplifyService;

  beforeEach(async () => {
    service = await startAmplify({
      ...CHOICE_POOL,
      triggers: riddle,
      users: [ANN, { username: 'new', password: PASSWORD, status: 'FORCE_CHANGE_PASSWORD' }],
      Schema: [{ Name: 'nickname', Required: false }],
    });
  });

  afterEach(() => service.stop());

  it.each<[string, SignInInput['options']]>([
    ['SRP', undefined],
    ['password', { authFlowType: 'USER_PASSWORD_AUTH' }],
    ['chosen SRP', { authFlowType: 'USER_AUTH', preferredChallenge: 'PASSWORD_SRP' }],
    ['chosen password', { authFlowType: 'USER_AUTH', preferredChallenge: 'PASSWORD' }],
  ])('by %s', async (_case, options) => {
    const input = { username, password: PASSWORD, ...(options && { options }) };
    expect(await signIn(input)).toEqual({ isSignedIn: true, nextStep: { signInStep: 'DONE' } });
    expect(await getCurrentUser()).toMatchObject({ username });
    expect(await signedInAs()).toMatchObject({ 'cognito:username': username, email: EMAIL });
    await signOut();
    await expect(signIn({ ...input, password: 'Wrong-Horse-9' })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
      message: 'Incorrect username or password.',
    });
  });

  it('by a code that is preferred', async () => {
    const options = { authFlowType: 'USER_AUTH', preferredChallenge: 'EMAIL_OTP' } as const;
    expect(await signIn({ username, options })).toMatchObject({
      nextStep: {
        signInStep: 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE',
        codeDeliveryDetails: { deliveryMedium: 'EMAIL', destination: 'a***@e***' },
      },
    });
    await expect(confirmSignIn({ challengeResponse: '00000000x' })).rejects.toMatchObject({
      name: 'CodeMismatchException',
    });
    expect(await confirmSignIn({ challengeResponse: service.code() })).toMatchObject({ isSignedIn: true });
  });

  it.each<[string, string, () => string]>([
    ['EMAIL_OTP', 'CONFIRM_SIGN_IN_WITH_EMAIL_CODE', () => service.code({ medium: 'EMAIL' })],
    ['SMS_OTP', 'CONFIRM_SIGN_IN_WITH_SMS_CODE', () => service.code({ medium: 'SMS' })],
    ['PASSWORD', 'CONFIRM_SIGN_IN_WITH_PASSWORD', () => PASSWORD],
    ['PASSWORD_SRP', 'CONFIRM_SIGN_IN_WITH_PASSWORD', () => PASSWORD],
  ])('by %s out of a choice', async (challengeResponse, signInStep, answer) => {
    const choice = await signIn({ username, options: { authFlowType: 'USER_AUTH' } });
    expect(choice.nextStep).toEqual({
      signInStep: 'CONTINUE_SIGN_IN_WITH_FIRST_FACTOR_SELECTION',
      availableChallenges: ['PASSWORD_SRP', 'PASSWORD', 'EMAIL_OTP', 'SMS_OTP'],
    });
    expect(await confirmSignIn({ challengeResponse })).toMatchObject({ nextStep: { signInStep } });
    expect(await confirmSignIn({ challengeResponse: answer() })).toMatchObject({ isSignedIn: true });
    expect(await signedInAs()).toMatchObject({ 'cognito:username': username });
  });

  it.each<['CUSTOM_WITH_SRP' | 'CUSTOM_WITHOUT_SRP', { password?: string }]>([
    ['CUSTOM_WITH_SRP', { password: PASSWORD }],
    ['CUSTOM_WITHOUT_SRP', {}],
  ])('by %s', async (authFlowType, password) => {
    const input = { username, ...password, options: { authFlowType } };
    expect(await signIn(input)).toMatchObject({
      nextStep: {
        signInStep: 'CONFIRM_SIGN_IN_WITH_CUSTOM_CHALLENGE',
        additionalInfo: { question: 'What has keys but no locks?' },
      },
    });
    expect(await confirmSignIn({ challengeResponse: 'organ' })).toMatchObject({ isSignedIn: false });
    expect(await confirmSignIn({ challengeResponse: 'piano' })).toMatchObject({ isSignedIn: true });
    await signOut();
    await signIn(input);
    await confirmSignIn({ challengeResponse: 'organ' });
    await expect(confirmSignIn({ challengeResponse: 'organ' })).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
  });

  it('with a new password in place of a temporary one', async () => {
    expect(await signIn({ username: 'new', password: PASSWORD })).toMatchObject({
      nextStep: { signInStep: 'CONFIRM_SIGN_IN_WITH_NEW_PASSWORD_REQUIRED', missingAttributes: [] },
    });
    const options = { userAttributes: { nickname: 'Newton' } };
    expect(await confirmSignIn({ challengeResponse: 'Other-Horse-9', options })).toMatchObject({ isSignedIn: true });
    expect(await signedInAs()).toMatchObject({ nickname: 'Newton' });
    await signOut();
    expect(await signIn({ username: 'new', password: 'Other-Horse-9' })).toMatchObject({ isSignedIn: true });
  });

  it('tells who is not there', async () => {
    await expect(signIn({ username: 'zoe', password: PASSWORD })).rejects.toMatchObject({
      name: 'UserNotFoundException',
      message: 'User does not exist.',
    });
  });

  it('and renews their tokens', async () => {
    await signIn({ username, password: PASSWORD });
    const before = (await fetchTokens()).accessToken;
    service.pass(10_000);
    const after = (await fetchTokens({ forceRefresh: true })).accessToken;
    expect(after?.payload['jti']).not.toBe(before?.payload['jti']);
    expect(after?.payload['origin_jti']).toBe(before?.payload['origin_jti']);
  });

  it.each<[string, { global: boolean }]>([
    ['here', { global: false }],
    ['everywhere', { global: true }],
  ])('and out %s: their tokens end', async (_case, options) => {
    await signIn({ username, password: PASSWORD });
    const AccessToken = (await fetchTokens()).accessToken?.jwt;
    const other = await passwordToken(service.sdk, service.cognito.pool().client().id, username, PASSWORD);
    await signOut(options);
    expect(await signedInAs()).toBeUndefined();
    await expect(service.sdk.send(new GetUserCommand({ AccessToken }))).rejects.toThrow(REVOKED);
    const elsewhere = service.sdk.send(new GetUserCommand({ AccessToken: other }));
    await (options.global ? expect(elsewhere).rejects.toThrow(REVOKED) : expect(elsewhere).resolves.toBeDefined());
  });
});
