import type { AuthenticationOutcome, Challenge, CognitoService } from 'mandate';

import { authenticatorCode } from '../support/authenticator-app.js';
import { Services } from './support/services.js';

const password = 'Correct-Horse-9';
const SMS = { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } };

/** The code of docs/how-to/challenges.md. */
describe('docs/how-to/challenges.md', () => {
  let services: Services;
  let cognito: CognitoService;
  let otpauthUri = '';
  const asked: string[] = [];

  beforeAll(async () => {
    services = await Services.start({
      mfa: {
        MfaConfiguration: 'OPTIONAL',
        SoftwareTokenMfaConfiguration: { Enabled: true },
        SmsMfaConfiguration: SMS,
        EmailMfaConfiguration: {},
      },
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
      users: [
        {
          username: 'ann',
          password: 'Temporary-9',
          status: 'FORCE_CHANGE_PASSWORD',
          attributes: { email: 'ann@example.com', phone_number: '+15555550134' },
        },
        { username: 'bob', password, attributes: { email: 'bob@example.com' } },
      ],
    });
    ({ cognito } = services);
  });

  afterAll(() => services.stop());

  /** What a user types in. */
  const ask = async (question: string): Promise<string> => {
    asked.push(question);
    if (question === 'New password') return Promise.resolve(password);
    if (question === 'Code of the app') return Promise.resolve(authenticatorCode(otpauthUri, Date.now()));
    return Promise.resolve(services.local.outbox.all().at(-1)?.code ?? '');
  };
  const choose = async <Choice extends string>(choices: readonly Choice[]): Promise<Choice> => {
    asked.push(choices.join(' or '));
    const [first] = choices.filter((choice) => choice !== 'SOFTWARE_TOKEN_MFA' && !choice.startsWith('PASSWORD'));
    return Promise.resolve(first ?? choices[0] ?? ('' as Choice));
  };
  const showQrCode = (uri: string) => (otpauthUri = uri);

  // #region answer
  /** Answers one challenge: asks the user, and sends the answer to Cognito. */
  async function answer(challenge: Challenge): Promise<AuthenticationOutcome> {
    switch (challenge.name) {
      case 'NEW_PASSWORD_REQUIRED': // parameters.requiredAttributes: to be given as `attributes`
        return cognito.respondToChallenge(challenge, { password: await ask('New password') });
      case 'SELECT_CHALLENGE': {
        const factor = await choose(challenge.parameters.choices);
        return factor === 'PASSWORD' || factor === 'PASSWORD_SRP'
          ? cognito.respondToChallenge(challenge, { factor, password: await ask('Password') })
          : cognito.respondToChallenge(challenge, { factor });
      }
      case 'SELECT_MFA_TYPE':
        return cognito.respondToChallenge(challenge, { mfaType: await choose(challenge.parameters.choices) });
      case 'EMAIL_OTP':
      case 'SMS_OTP':
      case 'SMS_MFA': // parameters.destination: where the code was sent, masked
        return cognito.respondToChallenge(challenge, { code: await ask('Code') });
      case 'SOFTWARE_TOKEN_MFA':
        return cognito.respondToChallenge(challenge, { code: await ask('Code of the app') });
      case 'MFA_SETUP': {
        const setup = await cognito.mfa.associateSoftwareToken({ challenge, issuer: 'My app' });
        showQrCode(setup.otpauthUri);
        return cognito.respondToChallenge(setup.challenge ?? challenge, { code: await ask('Code of the app') });
      }
      default:
        throw new Error(`This application does not support the challenge ${challenge.name}.`);
    }
  }

  async function signIn(username: string, typed: string) {
    let outcome = await cognito.authenticate({ username, password: typed });
    while (outcome.status === 'CHALLENGE') {
      outcome = await answer(outcome.challenge);
    }
    return outcome.tokens;
  }
  // #endregion

  it('answers a chain of challenges', async () => {
    const { accessToken } = await signIn('ann', 'Temporary-9');
    await cognito.mfa.setPreference({ accessToken, sms: { enabled: true }, email: { enabled: true } });
    const { otpauthUri: uri } = await cognito.mfa.associateSoftwareToken({ accessToken });
    await cognito.mfa.verifySoftwareToken({ accessToken, code: authenticatorCode(uri, Date.now() - 30_000) });
    await cognito.mfa.setPreference({ accessToken, softwareToken: { enabled: true } });
    await signIn('ann', password);
    expect(asked).toEqual(['New password', expect.stringMatching(/ or /), 'Code']);
  });

  it('lets the user choose how to sign in', async () => {
    asked.length = 0;
    const outcome = await cognito.authenticate({ flow: 'USER_AUTH', username: 'bob' });
    if (outcome.status !== 'CHALLENGE') throw new Error('Expected a challenge.');
    const next = await answer(outcome.challenge);
    if (next.status !== 'CHALLENGE') throw new Error('Expected a challenge.');
    await expect(answer(next.challenge)).resolves.toMatchObject({ status: 'AUTHENTICATED' });
    expect(asked).toEqual([expect.stringContaining('EMAIL_OTP'), 'Code']);
  });

  it('says that a wrong code can be corrected, until the session is over', async () => {
    const outcome = await cognito.authenticate({ flow: 'USER_AUTH', username: 'bob', preferredChallenge: 'EMAIL_OTP' });
    if (outcome.status !== 'CHALLENGE' || outcome.challenge.name !== 'EMAIL_OTP') throw new Error('Expected a code.');
    const { challenge } = outcome;
    await expect(cognito.respondToChallenge(challenge, { code: '00000000' })).rejects.toMatchObject({
      code: 'CODE_MISMATCH',
    });
    const right = { code: services.code('bob@example.com') };
    await expect(cognito.respondToChallenge(challenge, right)).resolves.toMatchObject({ status: 'AUTHENTICATED' });
    await expect(cognito.respondToChallenge(challenge, right)).rejects.toMatchObject({
      code: expect.stringMatching(/^(SESSION_|CODE_)/) as string,
    });
  });
});
