import type { CognitoService } from 'mandate';

import { Services } from './support/services.js';
import { signIn } from './support/sign-in.js';

const SMS = { SmsConfiguration: { SnsCallerArn: 'arn:aws:iam::123456789012:role/sms' } };

/** The code of docs/how-to/one-time-codes.md. */
describe('docs/how-to/one-time-codes.md', () => {
  const running: Services[] = [];
  const start = async (...options: Parameters<typeof Services.start>) => {
    const services = await Services.start(...options);
    running.push(services);
    return services;
  };

  afterAll(() => Promise.all(running.map((services) => services.stop())));

  it('sends a code instead of a password', async () => {
    const services = await start({
      // #region pool
      UsernameAttributes: ['email'],
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'SMS_OTP'] } },
      clients: [{ name: 'web', secret: true, PreventUserExistenceErrors: 'ENABLED' }],
      // #endregion
      users: [{ username: 'ann@example.com', attributes: { email: 'ann@example.com' } }],
    });
    const { cognito } = services;
    const username = 'ann@example.com';
    const ask = (text: string) => Promise.resolve(text.includes('a***@e***') ? services.code(username) : '');
    // #region first-factor
    let outcome = await cognito.authenticate({ flow: 'USER_AUTH', username, preferredChallenge: 'EMAIL_OTP' });
    if (outcome.status === 'CHALLENGE' && outcome.challenge.name === 'EMAIL_OTP') {
      const { destination = 'your address' } = outcome.challenge.parameters; // a***@e***
      outcome = await cognito.respondToChallenge(outcome.challenge, { code: await ask(`Sent to ${destination}`) });
    }
    // #endregion
    expect(outcome.status).toBe('AUTHENTICATED');
  });

  it('signs up without a password, and in with the code of the sign-up', async () => {
    const services = await start({
      UsernameAttributes: ['email'],
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP'] } },
    });
    const { cognito } = services;
    const username = 'bob@example.com';
    // #region sign-up
    const { session } = await cognito.register({ username, attributes: { email: username } });
    const code = services.code(username); // typed in by the user
    const confirmed = await cognito.confirmSignUp({ username, code, session });
    const outcome = await cognito.authenticate({ flow: 'USER_AUTH', username, session: confirmed.session });
    // #endregion
    expect(outcome.status).toBe('AUTHENTICATED');
    expect(services.local.outbox.all()).toHaveLength(1);
  });

  it('asks for a code after the password', async () => {
    const password = 'Correct-Horse-9';
    const services = await start({
      mfa: { MfaConfiguration: 'OPTIONAL', SmsMfaConfiguration: SMS, EmailMfaConfiguration: {} },
      users: [{ username: 'cid', password, attributes: { email: 'cid@example.com', phone_number: '+15555550134' } }],
    });
    const { cognito } = services;
    const username = 'cid';
    const { accessToken } = await signIn(cognito, { username, password });
    await turnOn(cognito, accessToken);
    const outcome = await cognito.authenticate({ username, password });
    if (outcome.status !== 'CHALLENGE' || outcome.challenge.name !== 'SMS_MFA') throw new Error('Expected SMS_MFA.');
    const code = services.code('+15555550134');
    await expect(cognito.respondToChallenge(outcome.challenge, { code })).resolves.toMatchObject({
      status: 'AUTHENTICATED',
    });
  });

  async function turnOn(cognito: CognitoService, accessToken: string) {
    // #region second-factor
    await cognito.mfa.setPreference({
      accessToken,
      sms: { enabled: true, preferred: true }, // the next sign-in asks for SMS_MFA
      email: { enabled: true }, // and this one is the user's other choice
    });
    // #endregion
  }
});
