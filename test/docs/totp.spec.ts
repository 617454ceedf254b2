import { authenticatorCode } from '../support/authenticator-app.js';
import { Services } from './support/services.js';
import { signIn } from './support/sign-in.js';

const password = 'Correct-Horse-9';

/** The code of docs/how-to/totp.md. */
describe('docs/how-to/totp.md', () => {
  let services: Services;
  // Each code of an authenticator app counts once.
  let now = Date.now();

  beforeAll(async () => {
    services = await Services.start(
      {
        mfa: { MfaConfiguration: 'OPTIONAL', SoftwareTokenMfaConfiguration: { Enabled: true } },
        users: ['ann', 'bob', 'cid'].map((username) => ({ username, password })),
      },
      { clock: () => now },
      { clock: () => now },
    );
  });

  afterAll(() => services.stop());

  const nextCode = (uri: string) => {
    now += 30_000;
    return authenticatorCode(uri, now);
  };

  /** A user with an authenticator app. */
  async function setUp(username: string) {
    const { cognito } = services;
    const { accessToken } = await signIn(cognito, { username, password });
    const { otpauthUri } = await cognito.mfa.associateSoftwareToken({ accessToken });
    await cognito.mfa.verifySoftwareToken({ accessToken, code: nextCode(otpauthUri) });
    await cognito.mfa.setPreference({ accessToken, softwareToken: { enabled: true, preferred: true } });
    return { accessToken, otpauthUri };
  }

  it('sets up an app, and asks for its code at the next sign-in', async () => {
    const { cognito } = services;
    const username = 'ann';
    const { accessToken } = await signIn(cognito, { username, password });
    let uri = '';
    const showQrCode = (otpauth: string) => (uri = otpauth);
    // #region associate
    const { otpauthUri, secretCode } = await cognito.mfa.associateSoftwareToken({
      accessToken,
      issuer: 'My app', // what the authenticator app shows; default: the user pool's id
      account: 'ann@example.com',
    });
    showQrCode(otpauthUri); // secretCode is for those who type it in
    // #endregion
    expect(uri).toContain(`secret=${secretCode}`);
    const code = nextCode(uri);
    // #region verify
    await cognito.mfa.verifySoftwareToken({ accessToken, code, deviceName: 'My phone' });
    await cognito.mfa.setPreference({ accessToken, softwareToken: { enabled: true, preferred: true } });
    // #endregion
    const typed = nextCode(uri);
    // #region sign-in
    let outcome = await cognito.authenticate({ username, password });
    if (outcome.status === 'CHALLENGE' && outcome.challenge.name === 'SOFTWARE_TOKEN_MFA') {
      // challenge.parameters.deviceName: the name that the user gave the app
      outcome = await cognito.respondToChallenge(outcome.challenge, { code: typed });
    }
    // #endregion
    expect(outcome.status).toBe('AUTHENTICATED');
    await expect(cognito.mfa.factors(accessToken)).resolves.toMatchObject({ mfa: ['SOFTWARE_TOKEN_MFA'] });
  });

  it('is turned off by the user', async () => {
    const { cognito } = services;
    const { accessToken } = await setUp('bob');
    // #region off
    await cognito.mfa.setPreference({ accessToken, softwareToken: { enabled: false } });
    // #endregion
    await expect(signIn(cognito, { username: 'bob', password })).resolves.toBeDefined();
  });

  it('is removed by an administrator after the loss of the phone', async () => {
    const { admin, cognito } = services;
    await setUp('cid');
    const username = 'cid';
    await expect(cognito.authenticate({ username, password })).resolves.toMatchObject({ status: 'CHALLENGE' });
    // #region lost
    await admin.mfa.deleteSoftwareToken(username); // the user signs in without it, and sets up another one
    await admin.logout(username); // whoever has the phone may be signed in there
    // #endregion
    await expect(signIn(cognito, { username, password })).resolves.toBeDefined();
  });
});
