/** Compiled, never run: the code of docs/auth-api.md. */
import { createAuthClient, type SessionEnd } from 'mandate/browser';

declare const ask: (text: string, refusal?: string) => Promise<string>;
declare const showQrCode: (uri: string) => void;
declare const showSignIn: (end: SessionEnd) => void;
declare const username: string;
declare const password: string;

export async function example(): Promise<unknown> {
  // #region client
  const auth = createAuthClient({ onSessionEnded: showSignIn });
  const { session } = await auth.signIn(
    { username, password },
    {
      onChallenge: async (challenge) => {
        switch (challenge.name) {
          case 'NEW_PASSWORD_REQUIRED':
            return challenge.answer({ password: await ask('New password', challenge.error?.message) });
          case 'MFA_SETUP':
            if (!challenge.error) showQrCode((await challenge.setUpTotp()).otpauthUri);
            return challenge.answer({ code: await ask('Code of the app', challenge.error?.message) });
          case 'SOFTWARE_TOKEN_MFA':
          case 'EMAIL_OTP':
            return challenge.answer({ code: await ask('Code', challenge.error?.message) });
          default:
            return undefined; // signIn rejects with CHALLENGE_UNANSWERED
        }
      },
    },
  );
  const orders = await auth.fetch('/orders'); // with the header against forged requests, or the access token
  await auth.passkeys.register(); // asks the browser for a passkey
  // #endregion
  return [session, orders];
}
