/* eslint-disable @typescript-eslint/no-deprecated -- AWS deprecates the whole library; that is why it is a good stranger. */
import {
  AuthenticationDetails,
  CognitoUser,
  CognitoUserAttribute,
  CognitoUserPool,
  type CognitoUserSession,
} from 'amazon-cognito-identity-js';

import type { LocalPool } from '../../lib/testing/index.js';
import { type LocalService, startLocalService } from '../local/local-service.js';

const PASSWORD = 'Correct-Horse-9';
const OTHER_PASSWORD = 'Battery-Staple-7';

/** Node's callback style as a promise. */
function called<Result>(run: (done: (error?: Error | null, result?: Result) => void) => void): Promise<Result> {
  return new Promise((resolve, reject) => {
    run((error, result) => {
      if (error) {
        reject(error);
      } else {
        resolve(result as Result);
      }
    });
  });
}

/** The library's unmodified client over its default in-memory storage. */
class Client {
  private readonly pool: CognitoUserPool;

  constructor(service: LocalService, pool: LocalPool) {
    this.pool = new CognitoUserPool({
      UserPoolId: pool.id,
      ClientId: pool.client('public').id,
      endpoint: service.cognito.endpoint,
    });
  }

  user(username: string): CognitoUser {
    return new CognitoUser({ Username: username, Pool: this.pool });
  }

  signUp(username: string, attributes: Record<string, string> = {}) {
    const list = Object.entries(attributes).map(([Name, Value]) => new CognitoUserAttribute({ Name, Value }));
    return called<{ userSub: string; userConfirmed: boolean }>((done) => {
      this.pool.signUp(username, PASSWORD, list, [], done);
    });
  }

  confirm(username: string, code: string, force = false) {
    return called<string>((done) => {
      this.user(username).confirmRegistration(code, force, done);
    });
  }

  /** Signs in with the library's own SRP; `newPassword` answers NEW_PASSWORD_REQUIRED. */
  signIn(
    username: string,
    password: string,
    newPassword?: (user: CognitoUser, given: object, missing: string[]) => { password: string; attributes: object },
  ): Promise<{ user: CognitoUser; session: CognitoUserSession }> {
    const user = this.user(username);
    const details = new AuthenticationDetails({ Username: username, Password: password });
    return new Promise((resolve, reject) => {
      const callbacks = {
        onSuccess: (session: CognitoUserSession) => {
          resolve({ user, session });
        },
        onFailure: reject,
        newPasswordRequired: (given: object, missing: string[]) => {
          if (newPassword === undefined) {
            reject(new Error('NEW_PASSWORD_REQUIRED'));
            return;
          }
          const answer = newPassword(user, given, missing);
          user.completeNewPasswordChallenge(answer.password, answer.attributes, callbacks);
        },
      };
      user.authenticateUser(details, callbacks);
    });
  }
}

describe('amazon-cognito-identity-js against the embedded Cognito', () => {
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

  const client = (pool: string) => new Client(service, service.cognito.pool(pool));
  const codeFor = (to: string) => service.cognito.outbox.latest({ to })?.code ?? '';

  it('signs up, confirms, signs in, changes the password and signs out', async () => {
    const names = client('names');
    const { userConfirmed } = await names.signUp('ann', { email: 'ann@example.com' });
    expect(userConfirmed).toBe(false);
    await expect(names.signIn('ann', PASSWORD)).rejects.toMatchObject({ code: 'UserNotConfirmedException' });
    await expect(names.confirm('ann', '000000x')).rejects.toMatchObject({ code: 'CodeMismatchException' });
    await expect(names.confirm('ann', codeFor('ann@example.com'))).resolves.toBe('SUCCESS');

    const { user, session } = await names.signIn('ann', PASSWORD);
    expect(session.isValid()).toBe(true);
    expect(session.getIdToken().payload).toMatchObject({ email: 'ann@example.com', email_verified: true });

    await expect(
      called((done) => {
        user.changePassword(PASSWORD, OTHER_PASSWORD, done);
      }),
    ).resolves.toBe('SUCCESS');
    await expect(names.signIn('ann', PASSWORD)).rejects.toMatchObject({ code: 'NotAuthorizedException' });
    const again = await names.signIn('ann', OTHER_PASSWORD);

    await new Promise<void>((resolve) => {
      again.user.signOut(resolve);
    });
    expect(again.user.getSignInUserSession()).toBeNull();
  });

  it('resends a code, and the older one no longer fits', async () => {
    const names = client('names');
    await names.signUp('rob', { email: 'rob@example.com' });
    const first = codeFor('rob@example.com');
    await called((done) => {
      names.user('rob').resendConfirmationCode(done);
    });
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
    const renewed = await called<CognitoUserSession>((done) => {
      user.refreshSession(session.getRefreshToken(), done);
    });
    expect(renewed.getAccessToken().getJwtToken()).not.toBe(session.getAccessToken().getJwtToken());
    expect(renewed.getRefreshToken().getToken()).toBe(session.getRefreshToken().getToken());
    expect(renewed.getAccessToken().payload['origin_jti']).toBe(session.getAccessToken().payload['origin_jti']);

    await expect(
      new Promise((resolve, reject) => {
        user.globalSignOut({ onSuccess: resolve, onFailure: reject });
      }),
    ).resolves.toBe('SUCCESS');

    const stranger = client('names').user('nell');
    stranger.setSignInUserSession(renewed);
    await expect(
      called((done) => {
        stranger.getUserData(done);
      }),
    ).rejects.toMatchObject({
      code: 'NotAuthorizedException',
      message: 'Access Token has been revoked',
    });
  });

  it('reads, changes, verifies and deletes attributes', async () => {
    const { user } = await client('names').signIn('nell', PASSWORD);
    await called((done) => {
      user.updateAttributes([new CognitoUserAttribute({ Name: 'email', Value: 'nell@example.org' })], done);
    });
    const verified = async () => {
      const attributes = await called<CognitoUserAttribute[]>((done) => {
        user.getUserAttributes(done);
      });
      return Object.fromEntries(attributes.map(({ Name, Value }) => [Name, Value]));
    };
    await expect(verified()).resolves.toMatchObject({ email: 'nell@example.org', email_verified: 'false' });
    await new Promise((resolve, reject) => {
      user.verifyAttribute('email', codeFor('nell@example.org'), { onSuccess: resolve, onFailure: reject });
    });
    await expect(verified()).resolves.toMatchObject({ email: 'nell@example.org', email_verified: 'true' });
    await called((done) => {
      user.updateAttributes([new CognitoUserAttribute({ Name: 'nickname', Value: 'N' })], done);
    });
    await called((done) => {
      user.deleteAttributes(['nickname'], done);
    });
    await expect(verified()).resolves.not.toHaveProperty('nickname');
  });

  it('sets a forgotten password', async () => {
    const names = client('names');
    await names.signUp('fay', { email: 'fay@example.com' });
    await names.confirm('fay', codeFor('fay@example.com'));
    const user = names.user('fay');
    await new Promise((resolve, reject) => {
      user.forgotPassword({ onSuccess: reject, onFailure: reject, inputVerificationCode: resolve });
    });
    await new Promise((resolve, reject) => {
      user.confirmPassword(codeFor('fay@example.com'), OTHER_PASSWORD, { onSuccess: resolve, onFailure: reject });
    });
    await expect(names.signIn('fay', OTHER_PASSWORD)).resolves.toBeDefined();
  });

  it('asks for a new password and for missing attributes', async () => {
    const invited = client('invited');
    const { session } = await invited.signIn('ian', PASSWORD, (_user, given, missing) => {
      expect(given).toMatchObject({ email: 'ian@example.com', name: 'Ian' });
      expect(missing).toEqual([]);
      return { password: OTHER_PASSWORD, attributes: { nickname: 'Iggy' } };
    });
    expect(session.getIdToken().payload).toMatchObject({ nickname: 'Iggy', name: 'Ian' });
    await expect(invited.signIn('ian', OTHER_PASSWORD)).resolves.toBeDefined();
  });

  it('signs in with a verified alias, and the tokens bear the real username', async () => {
    const aliases = client('aliases');
    await aliases.signUp('ada', { email: 'ada@example.com', preferred_username: 'countess' });
    await expect(aliases.signIn('ada@example.com', PASSWORD)).rejects.toMatchObject({ code: 'UserNotFoundException' });
    await aliases.confirm('ada', codeFor('ada@example.com'));
    const { session } = await aliases.signIn('ada@example.com', PASSWORD);
    expect(session.getAccessToken().payload['username']).toBe('ada');
    await expect(aliases.signIn('countess', PASSWORD)).resolves.toBeDefined();
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
    expect(session.getAccessToken().payload['username']).toBe('fox');
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
    expect(session.getAccessToken().payload).toMatchObject({ sub: userSub, username: userSub });
    expect(session.getIdToken().payload['cognito:username']).toBe(userSub);
  });
});
