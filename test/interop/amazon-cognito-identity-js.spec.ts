import { type LocalService, startLocalService } from '../local/local-service.js';
import { type IdentityJs, poolOf, useIdentityJs } from './identity-js-steps.js';
import type { Pool } from './peers/amazon-cognito-identity-js.mjs';

const PASSWORD = 'Correct-Horse-9';
const OTHER_PASSWORD = 'Battery-Staple-7';

/** The library as a client of one pool. */
class Client {
  constructor(
    private readonly library: IdentityJs,
    private readonly pool: Pool,
  ) {}

  user(username: string) {
    return this.library.user(this.pool, username);
  }

  signUp(username: string, attributes: Record<string, string> = {}) {
    return this.library.signUp(this.pool, username, PASSWORD, attributes);
  }

  confirm(username: string, code: string, force = false) {
    return this.user(username).confirmRegistration(code, force);
  }

  /** Signs in with the library's own SRP. */
  async signIn(username: string, password: string) {
    const user = this.user(username);
    const { name, session } = await user.authenticateUser(password);
    if (session === undefined) {
      throw new Error(name);
    }
    return { user, session };
  }
}

describe('amazon-cognito-identity-js against the embedded Cognito', () => {
  const library = useIdentityJs();
  let service: LocalService;

  beforeAll(async () => {
    service = await startLocalService({
      pools: [
        { name: 'names', users: [{ username: 'nell', password: PASSWORD, attributes: { email: 'nell@example.com' } }] },
        { name: 'aliases', AliasAttributes: ['email', 'preferred_username'] },
        {
          name: 'emails',
          UsernameAttributes: ['email', 'phone_number'],
          AutoVerifiedAttributes: ['email', 'phone_number'],
        },
        {
          name: 'invited',
          Schema: [{ Name: 'name', Required: true }],
          users: [
            {
              username: 'ian',
              password: PASSWORD,
              status: 'FORCE_CHANGE_PASSWORD',
              attributes: { email: 'ian@example.com', name: 'Ian' },
            },
          ],
        },
      ],
    });
  });

  afterAll(() => service.stop());

  const client = (pool: string) => new Client(library, poolOf(service, pool));
  const codeFor = (to: string) => service.cognito.outbox.latest({ to })?.code ?? '';

  it('signs up, confirms, signs in, changes the password and signs out', async () => {
    const names = client('names');
    const { userConfirmed } = await names.signUp('ann', { email: 'ann@example.com' });
    expect(userConfirmed).toBe(false);
    await expect(names.signIn('ann', PASSWORD)).rejects.toMatchObject({ code: 'UserNotConfirmedException' });
    await expect(names.confirm('ann', '000000x')).rejects.toMatchObject({ code: 'CodeMismatchException' });
    await expect(names.confirm('ann', codeFor('ann@example.com'))).resolves.toBe('SUCCESS');

    const { user, session } = await names.signIn('ann', PASSWORD);
    expect(session.isValid).toBe(true);
    expect(session.idToken.payload).toMatchObject({ email: 'ann@example.com', email_verified: true });

    await expect(user.changePassword(PASSWORD, OTHER_PASSWORD)).resolves.toBe('SUCCESS');
    await expect(names.signIn('ann', PASSWORD)).rejects.toMatchObject({ code: 'NotAuthorizedException' });
    const again = await names.signIn('ann', OTHER_PASSWORD);

    await again.user.signOut();
    expect(await again.user.getSignInUserSession()).toBeNull();
  });

  it('resends a code, and the older one no longer fits', async () => {
    const names = client('names');
    await names.signUp('rob', { email: 'rob@example.com' });
    const first = codeFor('rob@example.com');
    await names.user('rob').resendConfirmationCode();
    const second = codeFor('rob@example.com');
    expect(service.cognito.outbox.all({ to: 'rob@example.com' }).map(({ kind }) => kind)).toEqual([
      'SignUp',
      'ResendCode',
    ]);
    expect(first).not.toBe(second);
    await expect(names.confirm('rob', first)).rejects.toMatchObject({ code: 'CodeMismatchException' });
    await expect(names.confirm('rob', second)).resolves.toBe('SUCCESS');
  });

  it('refreshes, and after a global sign-out no longer can', async () => {
    const { user, session } = await client('names').signIn('nell', PASSWORD);
    const renewed = await user.refreshSession(session.refreshToken);
    expect(renewed.accessToken.jwt).not.toBe(session.accessToken.jwt);
    expect(renewed.refreshToken).toBe(session.refreshToken);
    expect(renewed.accessToken.payload['origin_jti']).toBe(session.accessToken.payload['origin_jti']);

    await expect(user.globalSignOut()).resolves.toBe('SUCCESS');

    const stranger = client('names').user('nell');
    await stranger.setSignInUserSession(renewed);
    await expect(stranger.getUserData()).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Access Token has been revoked',
    });
  });

  it('reads, changes, verifies and deletes attributes', async () => {
    const { user } = await client('names').signIn('nell', PASSWORD);
    await user.updateAttributes({ email: 'nell@example.org' });
    const verified = () => user.getUserAttributes();
    await expect(verified()).resolves.toMatchObject({ email: 'nell@example.org', email_verified: 'false' });
    await user.verifyAttribute('email', codeFor('nell@example.org'));
    await expect(verified()).resolves.toMatchObject({ email: 'nell@example.org', email_verified: 'true' });
    await user.updateAttributes({ nickname: 'N' });
    await user.deleteAttributes(['nickname']);
    await expect(verified()).resolves.not.toHaveProperty('nickname');
  });

  it('sets a forgotten password', async () => {
    const names = client('names');
    await names.signUp('fay', { email: 'fay@example.com' });
    await names.confirm('fay', codeFor('fay@example.com'));
    const user = names.user('fay');
    await user.forgotPassword();
    await user.confirmPassword(codeFor('fay@example.com'), OTHER_PASSWORD);
    await expect(names.signIn('fay', OTHER_PASSWORD)).resolves.toBeDefined();
  });

  it('asks for a new password and for missing attributes', async () => {
    const invited = client('invited');
    const ian = invited.user('ian');
    const { name, parameters, requiredAttributes } = await ian.authenticateUser(PASSWORD);
    expect(name).toBe('newPasswordRequired');
    expect(parameters).toMatchObject({ email: 'ian@example.com', name: 'Ian' });
    expect(requiredAttributes).toEqual([]);
    const { session } = await ian.completeNewPasswordChallenge(OTHER_PASSWORD, { nickname: 'Iggy' });
    expect(session?.idToken.payload).toMatchObject({ nickname: 'Iggy', name: 'Ian' });
    await expect(invited.signIn('ian', OTHER_PASSWORD)).resolves.toBeDefined();
  });

  it('signs in with a verified alias, and the tokens bear the real username', async () => {
    const aliases = client('aliases');
    // As the service does: this alias may be set after the confirmation only.
    await expect(
      aliases.signUp('ada', { email: 'ada@example.com', preferred_username: 'countess' }),
    ).rejects.toMatchObject({ code: 'InvalidParameterException' });
    await aliases.signUp('ada', { email: 'ada@example.com' });
    await expect(aliases.signIn('ada@example.com', PASSWORD)).rejects.toMatchObject({ code: 'UserNotFoundException' });
    await aliases.confirm('ada', codeFor('ada@example.com'));
    const { session } = await aliases.signIn('ada@example.com', PASSWORD);
    expect(session.accessToken.payload['username']).toBe('ada');
  });

  it('refuses an alias that is taken, unless it is forced', async () => {
    const aliases = client('aliases');
    await aliases.signUp('eve', { email: 'shared@example.com' });
    await aliases.confirm('eve', codeFor('shared@example.com'));
    await aliases.signUp('fox', { email: 'shared@example.com' });
    const code = codeFor('shared@example.com');
    await expect(aliases.confirm('fox', code)).rejects.toMatchObject({
      code: 'AliasExistsException',
      message: 'An account with the email already exists.',
    });
    await expect(aliases.confirm('fox', code, true)).resolves.toBe('SUCCESS');
    const { session } = await aliases.signIn('shared@example.com', PASSWORD);
    expect(session.accessToken.payload['username']).toBe('fox');
  });

  it.each([
    ['an e-mail', 'zoe@example.com'],
    ['a phone number', '+15550001234'],
  ])('signs up and in with %s as username; the tokens bear the sub', async (_kind, username) => {
    const emails = client('emails');
    const { userSub } = await emails.signUp(username);
    await expect(emails.signUp(username)).rejects.toMatchObject({ code: 'UsernameExistsException' });
    await emails.confirm(username, codeFor(username));
    const { session } = await emails.signIn(username, PASSWORD);
    expect(session.accessToken.payload).toMatchObject({ sub: userSub, username: userSub });
    expect(session.idToken.payload['cognito:username']).toBe(userSub);
  });
});
