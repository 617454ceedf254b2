/** Compiled, never run: what the compiler must accept and refuse about the browser client. */
import { AuthClientError, createAuthClient, type PosedChallenge, type TokenStorage } from 'mandate/browser';

interface Own {
  readonly email: string;
  readonly plan?: 'free' | 'paid';
}

declare const storage: TokenStorage;
declare const unused: (value: unknown) => void;
const cookie = createAuthClient<Own>();
const body = createAuthClient<Own>({ delivery: 'body', tokens: storage });

// @ts-expect-error there is no token to ask for
export type NoToken = (typeof cookie)['accessToken'];
// @ts-expect-error there is no session of a cookie to ask for
export type NoSession = (typeof body)['session'];

export async function deliveries(): Promise<unknown> {
  const session = await cookie.session();
  // @ts-expect-error nobody may be signed in
  const { sub } = session;
  // @ts-expect-error tokens are kept where scripts do not reach
  createAuthClient({ tokens: storage });
  // @ts-expect-error another device's secret is in a cookie
  await cookie.signIn({ username: 'ann', device: { key: 'k', groupKey: 'g', password: 'p' } });
  await body.signIn({ username: 'ann', device: { key: 'k', groupKey: 'g', password: 'p' } });
  const [one, other] = [await cookie.signIn({ username: 'ann' }), await body.signIn({ username: 'ann' })];
  // @ts-expect-error no token reaches the page
  return [sub, one.session.sub, one.isNewDevice, other.tokens.accessToken, other.newDevice?.key, one.tokens];
}

export async function attributes(): Promise<string> {
  await cookie.register({ username: 'ann', password: 'x', attributes: { email: 'ann@example.com', plan: 'free' } });
  // @ts-expect-error no such plan
  await cookie.updateProfile({ attributes: { plan: 'gold' } });
  const { attributes: own } = await cookie.getUser();
  return own.email;
}

export async function challenges(): Promise<void> {
  await cookie.signIn(
    { username: 'ann', password: 'x' },
    {
      onChallenge: async (challenge) => {
        switch (challenge.name) {
          case 'NEW_PASSWORD_REQUIRED':
            // @ts-expect-error a password is wanted
            challenge.answer({ code: '123456' });
            return challenge.answer({ password: 'y', attributes: { email: 'ann@example.com' } });
          case 'MFA_SETUP':
            return challenge.answer({ code: (await challenge.setUpTotp()).secretCode });
          case 'SELECT_MFA_TYPE':
            return challenge.answer({ mfaType: challenge.parameters.choices[0] ?? 'SMS_MFA' });
          case 'SOFTWARE_TOKEN_MFA':
            // @ts-expect-error nothing is set up here
            unused(challenge.setUpTotp);
            return challenge.answer({ code: challenge.error?.code ?? '' });
          // @ts-expect-error the browser answers it
          case 'WEB_AUTHN':
            return undefined;
          default:
            return undefined;
        }
      },
    },
  );
  const outcome = await body.authenticate({ username: 'ann', password: 'x' });
  if (outcome.status === 'CHALLENGE' && outcome.challenge.name === 'SMS_MFA') {
    await body.respondToChallenge(outcome.challenge, { code: '1' });
    // @ts-expect-error a code is wanted
    await body.respondToChallenge(outcome.challenge, { password: '1' });
  }
  // @ts-expect-error the session of the challenge must come back
  await body.respondToChallenge({ name: 'SMS_MFA', parameters: {} }, { code: '1' });
  await cookie.respondToChallenge({ name: 'SMS_MFA', parameters: {} }, { code: '1' });
}

export function errors(error: unknown): string | undefined {
  if (!(error instanceof AuthClientError)) {
    return undefined;
  }
  switch (error.code) {
    case 'CREDENTIALS_INVALID':
    case 'NETWORK_FAILED':
      return `${error.message} ${String(error.retryAfter)}`;
    case 'MY_OWN_CODE':
      return error.errors?.[0]?.field;
    default:
      return undefined;
  }
}

/** Only a challenge that this package adds makes this fail to compile. */
export function exhaustive(challenge: PosedChallenge<Own>): string {
  switch (challenge.name) {
    case 'CUSTOM_CHALLENGE':
    case 'EMAIL_OTP':
    case 'MFA_SETUP':
    case 'NEW_PASSWORD_REQUIRED':
    case 'PASSWORD':
    case 'PASSWORD_SRP':
    case 'SELECT_CHALLENGE':
    case 'SELECT_MFA_TYPE':
    case 'SMS_MFA':
    case 'SMS_OTP':
    case 'SOFTWARE_TOKEN_MFA':
      return challenge.name;
  }
}
