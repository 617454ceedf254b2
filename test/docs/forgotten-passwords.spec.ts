import { MandateError } from 'mandate';

import { Services } from './support/services.js';
import { signIn } from './support/sign-in.js';

const password = 'Correct-Horse-9';

/** The code of docs/how-to/forgotten-passwords.md. */
describe('docs/how-to/forgotten-passwords.md', () => {
  let services: Services;

  beforeAll(async () => {
    services = await Services.start({
      clients: [{ name: 'web', secret: true, PreventUserExistenceErrors: 'ENABLED' }],
      users: ['ann', 'bob', 'cid'].map((username) => ({
        ...{ username, password },
        attributes: { email: `${username}@example.com` },
      })),
    });
  });

  afterAll(() => services.stop());

  it('sets a new password with a code', async () => {
    const { cognito } = services;
    const username = 'ann';
    const newPassword = 'Another-Horse-9';
    // #region recovery
    await cognito.initiateForgotPassword({ username }); // sends a code
    // in another request, when the user has typed it in:
    const typed = services.code('ann@example.com');
    await cognito.confirmForgotPassword({ username, code: typed, password: newPassword });
    // #endregion
    await expect(cognito.authenticate({ username, password: newPassword })).resolves.toMatchObject({
      status: 'AUTHENTICATED',
    });
    await expect(cognito.authenticate({ username, password })).rejects.toMatchObject({ code: 'CREDENTIALS_INVALID' });
  });

  it('accepts the code again after a password that the policy refuses, and ends no sign-in', async () => {
    const { cognito } = services;
    const tokens = await signIn(cognito, { username: 'cid', password });
    await cognito.initiateForgotPassword({ username: 'cid' });
    const request = { username: 'cid', code: services.code('cid@example.com') };
    await expect(cognito.confirmForgotPassword({ ...request, password: 'weak-horse' })).rejects.toMatchObject({
      code: 'PASSWORD_INVALID',
    });
    await cognito.confirmForgotPassword({ ...request, password: 'Another-Horse-9' });
    await expect(cognito.renewTokens(tokens)).resolves.toBeDefined();
  });

  it('makes a user choose a new one', async () => {
    const { cognito, admin } = services;
    const shown: string[] = [];
    const showForm = (name: string) => shown.push(name);
    // #region reset
    await admin.resetPassword({ username: 'bob' }); // sends a code, too; the old password is worth nothing
    try {
      await cognito.authenticate({ username: 'bob', password });
    } catch (error) {
      if (!(error instanceof MandateError) || error.code !== 'PASSWORD_RESET_REQUIRED') throw error;
      showForm('confirm-forgot-password');
    }
    // #endregion
    expect(shown).toEqual(['confirm-forgot-password']);
    const code = services.code('bob@example.com');
    await cognito.confirmForgotPassword({ username: 'bob', code, password: 'Another-Horse-9' });
    await expect(cognito.authenticate({ username: 'bob', password: 'Another-Horse-9' })).resolves.toMatchObject({
      status: 'AUTHENTICATED',
    });
  });
});
