/* eslint-disable @typescript-eslint/no-deprecated -- AWS deprecates the whole library; that is why it is a good stranger. */
import { AuthenticationDetails, CognitoUserAttribute, type CognitoUser } from 'amazon-cognito-identity-js';

import { totpCode, totpStep } from '../../lib/protocol/totp.js';
import { createUser } from '../local/create-user.js';
import { type LocalService, startLocalService } from '../local/local-service.js';
import { libraryUser, signIn, step, succeeded } from './identity-js-steps.js';

const PASSWORD = 'Correct-Horse-9';
const PHONE = '+15555550134';
const HALF_MINUTE = 30_000;
const SMS = { SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } } };
const TOTP = { SoftwareTokenMfaConfiguration: { Enabled: true } };

describe('second factors of amazon-cognito-identity-js against the embedded Cognito', () => {
  let service: LocalService;

  beforeAll(async () => {
    service = await startLocalService({
      pools: [
        { name: 'optional', mfa: { MfaConfiguration: 'OPTIONAL', ...SMS, ...TOTP } },
        { name: 'required', mfa: { MfaConfiguration: 'ON', ...TOTP } },
        {
          name: 'custom',
          triggers: {
            defineAuthChallenge: (event) => {
              const last = event.request.session.at(-1);
              if (last?.challengeName === 'SRP_A') {
                event.response.challengeName = 'PASSWORD_VERIFIER';
              } else if (last?.challengeName === 'CUSTOM_CHALLENGE' && last.challengeResult) {
                event.response.issueTokens = true;
              } else {
                event.response.challengeName = 'CUSTOM_CHALLENGE';
              }
              return event;
            },
            createAuthChallenge: (event) => {
              event.response.publicChallengeParameters = { question: 'Tea or coffee?' };
              event.response.privateChallengeParameters = { answer: 'tea' };
              return event;
            },
            verifyAuthChallengeResponse: (event) => {
              event.response.answerCorrect =
                event.request.challengeAnswer === event.request.privateChallengeParameters['answer'];
              return event;
            },
          },
        },
      ],
    });
  });

  afterAll(() => service.stop());

  // At the beginning of a step, so that none ends in the middle of a test.
  beforeEach(() => {
    service.pass(HALF_MINUTE - (service.now() % HALF_MINUTE));
  });

  const currentCode = (secret: string) => totpCode(secret, totpStep(service.now()));
  const codeFor = (username: string) => service.cognito.outbox.latest({ username })?.code ?? '';

  async function newUser(pool: string, attributes = {}): Promise<{ username: string; user: CognitoUser }> {
    const username = await createUser(service, pool, PASSWORD, attributes);
    return { username, user: libraryUser(service, pool, username) };
  }

  /** Sets an authenticator up; in the middle of a sign-in that ends it. */
  async function setUpTotp(user: CognitoUser): Promise<string> {
    const secret = await new Promise<string>((resolve, reject) => {
      user.associateSoftwareToken({ associateSecretCode: resolve, onFailure: reject });
    });
    await succeeded((callbacks) => {
      user.verifySoftwareToken(currentCode(secret), 'phone', callbacks);
    });
    service.pass(HALF_MINUTE);
    return secret;
  }

  function prefer(user: CognitoUser, factors: { sms?: boolean; totp?: boolean }): Promise<unknown> {
    const settings = (Enabled: boolean | undefined) =>
      Enabled === undefined ? null : { Enabled, PreferredMfa: false };
    return new Promise((resolve, reject) => {
      user.setUserMfaPreference(settings(factors.sms), settings(factors.totp), (error, result) => {
        if (error) {
          reject(error);
        } else {
          resolve(result);
        }
      });
    });
  }

  it('sets an authenticator up and signs in with it', async () => {
    const { username, user } = await newUser('optional');
    await signIn(user, PASSWORD);
    const secret = await setUpTotp(user);
    await prefer(user, { totp: true });

    const again = libraryUser(service, 'optional', username);
    const asked = await signIn(again, PASSWORD);
    expect(asked).toMatchObject({ name: 'totpRequired', parameters: { FRIENDLY_DEVICE_NAME: 'phone' } });
    const wrong = totpCode(secret, totpStep(service.now()) + 10);
    await expect(
      step((callbacks) => {
        again.sendMFACode(wrong, callbacks, 'SOFTWARE_TOKEN_MFA');
      }),
    ).rejects.toMatchObject({ code: 'CodeMismatchException' });
    const done = await step((callbacks) => {
      again.sendMFACode(currentCode(secret), callbacks, 'SOFTWARE_TOKEN_MFA');
    });
    expect(done.session?.isValid()).toBe(true);
  });

  it('sets an authenticator up in the middle of a sign-in', async () => {
    const { username, user } = await newUser('required');
    const asked = await signIn(user, PASSWORD);
    expect(asked).toMatchObject({ name: 'mfaSetup', parameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' } });
    const secret = await setUpTotp(user);
    expect(user.getSignInUserSession()?.isValid()).toBe(true);

    const again = libraryUser(service, 'required', username);
    expect(await signIn(again, PASSWORD)).toMatchObject({ name: 'totpRequired' });
    const done = await step((callbacks) => {
      again.sendMFACode(currentCode(secret), callbacks, 'SOFTWARE_TOKEN_MFA');
    });
    expect(done.session?.isValid()).toBe(true);
  });

  it('signs in with a code by SMS', async () => {
    const { username, user } = await newUser('optional', { phone_number: PHONE });
    await signIn(user, PASSWORD);
    await prefer(user, { sms: true });

    const again = libraryUser(service, 'optional', username);
    const asked = await signIn(again, PASSWORD);
    expect(asked).toMatchObject({
      name: 'mfaRequired',
      parameters: { CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS', CODE_DELIVERY_DESTINATION: '+*******0134' },
    });
    const done = await step((callbacks) => {
      again.sendMFACode(codeFor(username), callbacks);
    });
    expect(done.session?.getIdToken().payload).toMatchObject({ phone_number_verified: true });
  });

  it('turns SMS on and off in the old way', async () => {
    const { username, user } = await newUser('optional', { phone_number: PHONE });
    await signIn(user, PASSWORD);
    await new Promise((resolve) => {
      user.enableMFA(resolve);
    });
    expect(await signIn(libraryUser(service, 'optional', username), PASSWORD)).toMatchObject({ name: 'mfaRequired' });
    await new Promise((resolve) => {
      user.disableMFA(resolve);
    });
    expect(await signIn(libraryUser(service, 'optional', username), PASSWORD)).toMatchObject({ name: 'signedIn' });
  });

  it('chooses between SMS and an authenticator', async () => {
    const { username, user } = await newUser('optional', { phone_number: PHONE });
    await signIn(user, PASSWORD);
    const secret = await setUpTotp(user);
    await prefer(user, { sms: true, totp: true });

    const again = libraryUser(service, 'optional', username);
    const choice = await signIn(again, PASSWORD);
    expect(choice.name).toBe('selectMFAType');
    expect(JSON.parse(choice.parameters?.['MFAS_CAN_CHOOSE'] ?? '')).toEqual(['SMS_MFA', 'SOFTWARE_TOKEN_MFA']);
    const asked = await step((callbacks) => {
      again.sendMFASelectionAnswer('SOFTWARE_TOKEN_MFA', callbacks);
    });
    expect(asked.name).toBe('totpRequired');
    const done = await step((callbacks) => {
      again.sendMFACode(currentCode(secret), callbacks, 'SOFTWARE_TOKEN_MFA');
    });
    expect(done.session?.isValid()).toBe(true);

    const third = libraryUser(service, 'optional', username);
    await signIn(third, PASSWORD);
    const sms = await step((callbacks) => {
      third.sendMFASelectionAnswer('SMS_MFA', callbacks);
    });
    expect(sms.name).toBe('mfaRequired');
    await expect(
      step((callbacks) => {
        third.sendMFACode(codeFor(username), callbacks);
      }),
    ).resolves.toMatchObject({ name: 'signedIn' });
  });

  it('answers custom challenges, after a wrong answer too', async () => {
    const { username, user } = await newUser('custom');
    user.setAuthenticationFlowType('CUSTOM_AUTH');
    const details = new AuthenticationDetails({ Username: username });
    const asked = await step((callbacks) => {
      user.initiateAuth(details, callbacks);
    });
    expect(asked).toMatchObject({ name: 'customChallenge', parameters: { question: 'Tea or coffee?' } });
    const again = await step((callbacks) => {
      user.sendCustomChallengeAnswer('coffee', callbacks);
    });
    expect(again.name).toBe('customChallenge');
    const done = await step((callbacks) => {
      user.sendCustomChallengeAnswer('tea', callbacks);
    });
    expect(done.session?.isValid()).toBe(true);
  });

  it('answers custom challenges after the password', async () => {
    const { user } = await newUser('custom');
    user.setAuthenticationFlowType('CUSTOM_AUTH');
    expect(await signIn(user, PASSWORD)).toMatchObject({ name: 'customChallenge' });
    const done = await step((callbacks) => {
      user.sendCustomChallengeAnswer('tea', callbacks);
    });
    expect(done.session?.isValid()).toBe(true);
  });

  it('verifies a changed address', async () => {
    const { username, user } = await newUser('optional', { email: 'old@example.com', email_verified: 'true' });
    await signIn(user, PASSWORD);
    await new Promise<void>((resolve, reject) => {
      user.updateAttributes([new CognitoUserAttribute({ Name: 'email', Value: 'new@example.com' })], (error) => {
        if (error) {
          reject(error);
        } else {
          resolve();
        }
      });
    });
    service.cognito.outbox.clear();
    await new Promise<unknown>((resolve, reject) => {
      user.getAttributeVerificationCode('email', {
        onSuccess: resolve,
        onFailure: reject,
        inputVerificationCode: resolve,
      });
    });
    expect(service.cognito.outbox.latest({ username })).toMatchObject({ to: 'new@example.com' });
    await expect(
      succeeded((callbacks) => {
        user.verifyAttribute('email', 'wrong1', callbacks);
      }),
    ).rejects.toMatchObject({ code: 'CodeMismatchException' });
    await expect(
      succeeded((callbacks) => {
        user.verifyAttribute('email', codeFor(username), callbacks);
      }),
    ).resolves.toBe('SUCCESS');
  });
});
