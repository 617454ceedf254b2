import { SoftwareAuthenticator } from '../../support/software-authenticator.js';
import { CHOICE_POOL, registerPasskey } from '../../local/passkey-service.js';
import { amplify, type AmplifyService, ANN, EMAIL, PASSWORD, startAmplify } from './amplify-service.js';

const {
  confirmResetPassword,
  confirmUserAttribute,
  deleteUser,
  deleteUserAttributes,
  deleteWebAuthnCredential,
  fetchTokens,
  fetchUserAttributes,
  listWebAuthnCredentials,
  resetPassword,
  sendUserAttributeVerificationCode,
  signIn,
  signOut,
  updatePassword,
  updateUserAttributes,
} = amplify;
const { username } = ANN;
const NEW_PASSWORD = 'Other-Horse-9';

describe('aws-amplify lets people', () => {
  let service: AmplifyService;

  beforeEach(async () => {
    service = await startAmplify({ ...CHOICE_POOL, users: [ANN] });
    await signIn({ username, password: PASSWORD });
  });

  afterEach(() => service.stop());

  it('read, change and delete attributes', async () => {
    expect(await fetchUserAttributes()).toMatchObject({
      email: EMAIL,
      email_verified: 'true',
      sub: expect.any(String),
    });
    expect(await updateUserAttributes({ userAttributes: { name: 'Ann', nickname: 'A.' } })).toEqual({
      name: { isUpdated: true, nextStep: { updateAttributeStep: 'DONE' } },
      nickname: { isUpdated: true, nextStep: { updateAttributeStep: 'DONE' } },
    });
    await deleteUserAttributes({ userAttributeKeys: ['nickname'] });
    const attributes = await fetchUserAttributes();
    expect(attributes).toMatchObject({ name: 'Ann' });
    expect(attributes).not.toHaveProperty('nickname');
  });

  it('change their e-mail address and prove it', async () => {
    expect(await updateUserAttributes({ userAttributes: { email: 'ann@example.org' } })).toMatchObject({
      email: { isUpdated: false, nextStep: { updateAttributeStep: 'CONFIRM_ATTRIBUTE_WITH_CODE' } },
    });
    expect(await fetchUserAttributes()).toMatchObject({ email_verified: 'false' });
    expect(await sendUserAttributeVerificationCode({ userAttributeKey: 'email' })).toMatchObject({
      destination: 'a***@e***',
    });
    await confirmUserAttribute({
      userAttributeKey: 'email',
      confirmationCode: service.code({ to: 'ann@example.org' }),
    });
    expect(await fetchUserAttributes()).toMatchObject({ email: 'ann@example.org', email_verified: 'true' });
  });

  it('change their password', async () => {
    await updatePassword({ oldPassword: PASSWORD, newPassword: NEW_PASSWORD });
    await signOut();
    expect(await signIn({ username, password: NEW_PASSWORD })).toMatchObject({ isSignedIn: true });
  });

  it('forget their password', async () => {
    await signOut();
    expect(await resetPassword({ username })).toMatchObject({
      nextStep: { resetPasswordStep: 'CONFIRM_RESET_PASSWORD_WITH_CODE' },
    });
    await confirmResetPassword({ username, newPassword: NEW_PASSWORD, confirmationCode: service.code() });
    expect(await signIn({ username, password: NEW_PASSWORD })).toMatchObject({ isSignedIn: true });
  });

  it('see and delete their passkeys', async () => {
    const accessToken = (await fetchTokens()).accessToken?.jwt ?? '';
    await registerPasskey(service.sdk, accessToken, new SoftwareAuthenticator());
    const { credentials } = await listWebAuthnCredentials();
    expect(credentials).toMatchObject([
      { relyingPartyId: 'localhost', friendlyCredentialName: 'Passkey 1', createdAt: expect.any(Date) },
    ]);
    await deleteWebAuthnCredential({ credentialId: credentials[0]?.credentialId ?? '' });
    expect((await listWebAuthnCredentials()).credentials).toEqual([]);
  });

  it('leave', async () => {
    await deleteUser();
    await expect(signIn({ username, password: PASSWORD })).rejects.toMatchObject({ name: 'UserNotFoundException' });
  });
});
