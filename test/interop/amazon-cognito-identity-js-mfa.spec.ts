import { totpCode, totpStep } from '../../lib/protocol/totp.js';
import { createUser } from '../local/create-user.js';
import { type LocalService, startLocalService } from '../local/local-service.js';
import { type LibraryUser, poolOf, useIdentityJs } from './identity-js-steps.js';

const PASSWORD = 'Correct-Horse-9';
const PHONE = '+15555550134';
const HALF_MINUTE = 30_000;
const SMS = { SmsMfaConfiguration: { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } } };
const TOTP = { SoftwareTokenMfaConfiguration: { Enabled: true } };

describe('second factors of amazon-cognito-identity-js against the embedded Cognito', () => {
  const library = useIdentityJs();
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

  const libraryUser = (pool: string, username: string) => library.user(poolOf(service, pool), username);

  async function newUser(pool: string, attributes = {}): Promise<{ username: string; user: LibraryUser }> {
    const username = await createUser(service, pool, PASSWORD, attributes);
    return { username, user: libraryUser(pool, username) };
  }

  /** Sets an authenticator up; in the middle of a sign-in that ends it. */
  async function setUpTotp(user: LibraryUser): Promise<string> {
    const secret = await user.associateSoftwareToken();
    await user.verifySoftwareToken(currentCode(secret), 'phone');
    service.pass(HALF_MINUTE);
    return secret;
  }

  it('sets an authenticator up and signs in with it', async () => {
    const { username, user } = await newUser('optional');
    await user.authenticateUser(PASSWORD);
    const secret = await setUpTotp(user);
    await user.setUserMfaPreference({ totp: true });

    const again = libraryUser('optional', username);
    const asked = await again.authenticateUser(PASSWORD);
    expect(asked).toMatchObject({ name: 'totpRequired', parameters: { FRIENDLY_DEVICE_NAME: 'phone' } });
    const wrong = totpCode(secret, totpStep(service.now()) + 10);
    await expect(again.sendMFACode(wrong, 'SOFTWARE_TOKEN_MFA')).rejects.toMatchObject({
      code: 'CodeMismatchException',
    });
    const done = await again.sendMFACode(currentCode(secret), 'SOFTWARE_TOKEN_MFA');
    expect(done.session?.isValid).toBe(true);
  });

  it('sets an authenticator up in the middle of a sign-in', async () => {
    const { username, user } = await newUser('required');
    const asked = await user.authenticateUser(PASSWORD);
    expect(asked).toMatchObject({ name: 'mfaSetup', parameters: { MFAS_CAN_SETUP: '["SOFTWARE_TOKEN_MFA"]' } });
    const secret = await setUpTotp(user);
    expect((await user.getSignInUserSession())?.isValid).toBe(true);

    const again = libraryUser('required', username);
    expect(await again.authenticateUser(PASSWORD)).toMatchObject({ name: 'totpRequired' });
    const done = await again.sendMFACode(currentCode(secret), 'SOFTWARE_TOKEN_MFA');
    expect(done.session?.isValid).toBe(true);
  });

  it('signs in with a code by SMS', async () => {
    const { username, user } = await newUser('optional', { phone_number: PHONE });
    await user.authenticateUser(PASSWORD);
    await user.setUserMfaPreference({ sms: true });

    const again = libraryUser('optional', username);
    const asked = await again.authenticateUser(PASSWORD);
    expect(asked).toMatchObject({
      name: 'mfaRequired',
      parameters: { CODE_DELIVERY_DELIVERY_MEDIUM: 'SMS', CODE_DELIVERY_DESTINATION: '+*******0134' },
    });
    const done = await again.sendMFACode(codeFor(username));
    expect(done.session?.idToken.payload).toMatchObject({ phone_number_verified: true });
  });

  it('turns SMS on and off in the old way', async () => {
    const { username, user } = await newUser('optional', { phone_number: PHONE });
    await user.authenticateUser(PASSWORD);
    await user.enableMFA();
    expect(await libraryUser('optional', username).authenticateUser(PASSWORD)).toMatchObject({ name: 'mfaRequired' });
    await user.disableMFA();
    expect(await libraryUser('optional', username).authenticateUser(PASSWORD)).toMatchObject({ name: 'signedIn' });
  });

  it('chooses between SMS and an authenticator', async () => {
    const { username, user } = await newUser('optional', { phone_number: PHONE });
    await user.authenticateUser(PASSWORD);
    const secret = await setUpTotp(user);
    await user.setUserMfaPreference({ sms: true, totp: true });

    const again = libraryUser('optional', username);
    const choice = await again.authenticateUser(PASSWORD);
    expect(choice.name).toBe('selectMFAType');
    expect(JSON.parse(choice.parameters?.['MFAS_CAN_CHOOSE'] ?? '')).toEqual(['SMS_MFA', 'SOFTWARE_TOKEN_MFA']);
    const asked = await again.sendMFASelectionAnswer('SOFTWARE_TOKEN_MFA');
    expect(asked.name).toBe('totpRequired');
    const done = await again.sendMFACode(currentCode(secret), 'SOFTWARE_TOKEN_MFA');
    expect(done.session?.isValid).toBe(true);

    const third = libraryUser('optional', username);
    await third.authenticateUser(PASSWORD);
    const sms = await third.sendMFASelectionAnswer('SMS_MFA');
    expect(sms.name).toBe('mfaRequired');
    await expect(third.sendMFACode(codeFor(username))).resolves.toMatchObject({ name: 'signedIn' });
  });

  it('answers custom challenges, after a wrong answer too', async () => {
    const { user } = await newUser('custom');
    await user.setAuthenticationFlowType('CUSTOM_AUTH');
    const asked = await user.initiateAuth();
    expect(asked).toMatchObject({ name: 'customChallenge', parameters: { question: 'Tea or coffee?' } });
    const again = await user.sendCustomChallengeAnswer('coffee');
    expect(again.name).toBe('customChallenge');
    const done = await user.sendCustomChallengeAnswer('tea');
    expect(done.session?.isValid).toBe(true);
  });

  it('answers custom challenges after the password', async () => {
    const { user } = await newUser('custom');
    await user.setAuthenticationFlowType('CUSTOM_AUTH');
    expect(await user.authenticateUser(PASSWORD)).toMatchObject({ name: 'customChallenge' });
    const done = await user.sendCustomChallengeAnswer('tea');
    expect(done.session?.isValid).toBe(true);
  });

  it('verifies a changed address', async () => {
    const { username, user } = await newUser('optional', { email: 'old@example.com', email_verified: 'true' });
    await user.authenticateUser(PASSWORD);
    await user.updateAttributes({ email: 'new@example.com' });
    service.cognito.outbox.clear();
    await user.getAttributeVerificationCode('email');
    expect(service.cognito.outbox.latest({ username })).toMatchObject({ to: 'new@example.com' });
    await expect(user.verifyAttribute('email', 'wrong1')).rejects.toMatchObject({ code: 'CodeMismatchException' });
    await expect(user.verifyAttribute('email', codeFor(username))).resolves.toBe('SUCCESS');
  });
});
