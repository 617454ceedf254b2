import {
  ConfirmSignUpCommand,
  type ConfirmSignUpCommandInput,
  SignUpCommand,
  type SignUpCommandInput,
} from '@aws-sdk/client-cognito-identity-provider';

import { ChoiceSignIn, claimsOf } from './choice-service.js';
import { type LocalService, startLocalService } from './local-service.js';
import { CHOICE_POOL } from './passkey-service.js';

const PASSWORD = 'Correct-Horse-9';
const EMAIL = { Name: 'email', Value: 'ann@example.com' };
const INVALID_SESSION = { name: 'NotAuthorizedException', message: 'Invalid session for the user.' };

describe('signing in right after signing up', () => {
  let service: LocalService;

  beforeEach(async () => {
    service = await startLocalService({
      pools: [
        {
          name: 'choice',
          ...CHOICE_POOL,
          clients: [{ name: 'public' }, { name: 'other' }, { name: 'old', ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'] }],
        },
        { name: 'passwords' },
        { name: 'confirming', ...CHOICE_POOL, triggers: { preSignUp: confirmAtOnce } },
      ],
    });
  });

  afterEach(() => service.stop());

  function clientId(client?: string, pool = 'choice'): string {
    return service.cognito.pool(pool).client(client).id;
  }

  function signUp(input: Partial<SignUpCommandInput> = {}) {
    return service.sdk.send(
      new SignUpCommand({ ClientId: clientId(), Username: 'ann', UserAttributes: [EMAIL], ...input }),
    );
  }

  function confirm(input: Partial<ConfirmSignUpCommandInput>) {
    const ConfirmationCode = service.cognito.outbox.latest({ kind: 'SignUp' })?.code;
    return service.sdk.send(
      new ConfirmSignUpCommand({ ClientId: clientId(), Username: 'ann', ConfirmationCode, ...input }),
    );
  }

  function signIn(Session: string | undefined, { pool = 'choice', client = 'public', username = 'ann' } = {}) {
    return new ChoiceSignIn(service.sdk, service.cognito.pool(pool).client(client), username).start({}, Session);
  }

  it.each([
    ['without a password', {}],
    ['with a password', { Password: PASSWORD }],
  ])('works %s', async (_case, input) => {
    const { Session: first, UserConfirmed } = await signUp(input);
    expect(UserConfirmed).toBe(false);
    const { Session: second } = await confirm({ Session: first });
    const { AuthenticationResult } = await signIn(second);
    expect(claimsOf(AuthenticationResult?.IdToken)).toMatchObject({
      email: EMAIL.Value,
      email_verified: true,
      amr: ['otp'],
    });
  });

  it('works without the session of the sign-up, because the code is proof', async () => {
    await signUp();
    const { Session } = await confirm({});
    expect((await signIn(Session)).AuthenticationResult).toBeDefined();
  });

  it('works with a phone number', async () => {
    const phone = { Name: 'phone_number', Value: '+15555550100' };
    await service.stop();
    service = await startLocalService({
      pools: [{ name: 'choice', ...CHOICE_POOL, AutoVerifiedAttributes: ['phone_number'] }],
    });
    const { Session } = await signUp({ UserAttributes: [phone] });
    const confirmed = await confirm({ Session });
    const { AuthenticationResult } = await signIn(confirmed.Session);
    expect(claimsOf(AuthenticationResult?.AccessToken)).toMatchObject({ username: 'ann', amr: ['sms'] });
  });

  it('offers the choice if the pool allows no one-time code', async () => {
    const place = { ClientId: clientId('public', 'passwords') };
    const { Session } = await signUp({ ...place, Password: PASSWORD });
    const confirmed = await confirm({ ...place, Session });
    expect(await signIn(confirmed.Session, { pool: 'passwords' })).toMatchObject({
      ChallengeName: 'SELECT_CHALLENGE',
      AvailableChallenges: ['PASSWORD_SRP', 'PASSWORD'],
    });
  });

  it('keeps the session when the code is wrong', async () => {
    const { Session } = await signUp();
    await expect(confirm({ Session, ConfirmationCode: '000000x' })).rejects.toMatchObject({
      name: 'CodeMismatchException',
    });
    expect((await confirm({ Session })).Session).toBeDefined();
  });

  it('accepts each session once', async () => {
    const { Session: first } = await signUp();
    const { Session: second } = await confirm({ Session: first });
    await expect(signIn(first)).rejects.toThrow('session can only be used once');
    await signIn(second);
    await expect(signIn(second)).rejects.toThrow('session can only be used once');
  });

  it('rejects a session that is too old', async () => {
    const { Session } = await signUp();
    const confirmed = await confirm({ Session });
    service.pass(3 * 60_000);
    await expect(signIn(confirmed.Session)).rejects.toThrow('session is expired');
  });

  it.each<[string, () => Promise<unknown>]>([
    ['of a sign-up that is not confirmed', async () => signIn((await signUp()).Session)],
    [
      'of another user',
      async () => {
        const { Session } = await signUp({ Username: 'bob' });
        await signUp();
        return confirm({ Session });
      },
    ],
    [
      'that signs in another user',
      async () => {
        await signUp({ Username: 'bob' });
        const confirmed = await confirm({ Session: (await signUp()).Session });
        return signIn(confirmed.Session, { username: 'bob' });
      },
    ],
    ['of another client', async () => confirm({ Session: (await signUp()).Session, ClientId: clientId('other') })],
    [
      'of a challenge',
      async () => {
        await signUp({ Password: PASSWORD });
        const { Session } = await new ChoiceSignIn(service.sdk, service.cognito.pool().client(), 'ann').start();
        return confirm({ Session });
      },
    ],
    [
      'that is none',
      async () => {
        await signUp();
        return signIn('x'.repeat(40));
      },
    ],
  ])('rejects a session %s', async (_case, call) => {
    await expect(call()).rejects.toMatchObject(INVALID_SESSION);
  });

  it('returns no session to a client without USER_AUTH', async () => {
    const place = { ClientId: clientId('old') };
    const { Session, CodeDeliveryDetails } = await signUp({ ...place, Password: PASSWORD });
    expect(CodeDeliveryDetails).toBeDefined();
    expect(Session).toBeUndefined();
    expect((await confirm(place)).Session).toBeUndefined();
  });

  it('returns no session for a user who is confirmed at once, because nothing was proven', async () => {
    const { Session, UserConfirmed } = await signUp({ ClientId: clientId('public', 'confirming') });
    expect(UserConfirmed).toBe(true);
    expect(Session).toBeUndefined();
  });

  it('requires a password in a pool that allows nothing else', async () => {
    await expect(signUp({ ClientId: clientId('public', 'passwords') })).rejects.toMatchObject({
      name: 'InvalidParameterException',
      message: 'Password is required',
    });
  });
});

function confirmAtOnce<Event extends { response: { autoConfirmUser: boolean } }>(event: Event): Event {
  event.response.autoConfirmUser = true;
  return event;
}
