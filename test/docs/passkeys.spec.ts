import type { CognitoService } from 'mandate';

import { SoftwareAuthenticator } from '../support/software-authenticator.js';
import { Services } from './support/services.js';
import { signIn } from './support/sign-in.js';

const credentials = { username: 'ann', password: 'Correct-Horse-9' };

/** The code of docs/how-to/passkeys.md. */
describe('docs/how-to/passkeys.md', () => {
  let services: Services;
  let cognito: CognitoService;

  beforeAll(async () => {
    services = await Services.start({
      // #region pool
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'EMAIL_OTP', 'WEB_AUTHN'] } },
      webAuthn: { RelyingPartyId: 'localhost', UserVerification: 'required' },
      // #endregion
      users: [{ ...credentials, attributes: { email: 'ann@example.com' } }],
    });
    ({ cognito } = services);
  });

  afterAll(() => services.stop());

  it('registers a passkey and signs in with it', async () => {
    const { accessToken } = await signIn(cognito, credentials);
    const authenticator = new SoftwareAuthenticator({ origin: 'http://localhost:3000' });
    const browser = {
      create: async (options: Parameters<SoftwareAuthenticator['create']>[0]) =>
        Promise.resolve(authenticator.create(options)),
      get: async (options: Parameters<SoftwareAuthenticator['get']>[0]) => Promise.resolve(authenticator.get(options)),
    };
    // #region register
    const options = await cognito.passkeys.startRegistration(accessToken);
    const credential = await browser.create(options); // navigator.credentials.create({ publicKey }), as JSON
    await cognito.passkeys.completeRegistration({ accessToken, credential });
    // #endregion

    const username = 'ann';
    // #region sign-in
    let outcome = await cognito.authenticate({ flow: 'USER_AUTH', username, preferredChallenge: 'WEB_AUTHN' });
    if (outcome.status === 'CHALLENGE' && outcome.challenge.name === 'WEB_AUTHN') {
      const { credentialRequestOptions } = outcome.challenge.parameters;
      const assertion = await browser.get(credentialRequestOptions); // navigator.credentials.get({ publicKey }), as JSON
      outcome = await cognito.respondToChallenge(outcome.challenge, { credential: assertion });
    }
    // #endregion
    expect(outcome.status).toBe('AUTHENTICATED');

    const listed: string[] = [];
    // #region manage
    for await (const { credentialId, name, createdAt } of cognito.passkeys.list(accessToken)) {
      listed.push(`${name}, added on ${new Date(createdAt).toISOString()}`);
      await cognito.passkeys.delete({ accessToken, credentialId });
    }
    // #endregion
    expect(listed).toHaveLength(1);
    await expect(
      cognito.authenticate({ flow: 'USER_AUTH', username, preferredChallenge: 'WEB_AUTHN' }),
    ).resolves.toMatchObject({ challenge: { name: 'SELECT_CHALLENGE', parameters: { choices: expect.any(Array) } } });
  });
});
