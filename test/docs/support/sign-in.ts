import type { AuthenticationOutcome, TokenSet } from 'mandate';

interface Credentials {
  readonly username: string;
  readonly password: string;
}

/** Signs in a user who has to answer no challenge. */
export async function signIn(
  cognito: { authenticate(credentials: Credentials): Promise<AuthenticationOutcome> },
  credentials: Credentials,
): Promise<TokenSet> {
  const outcome = await cognito.authenticate(credentials);
  if (outcome.status !== 'AUTHENTICATED') {
    throw new Error(`Expected tokens, not the challenge ${outcome.challenge.name}.`);
  }
  return outcome.tokens;
}
