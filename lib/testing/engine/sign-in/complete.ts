import type { Environment } from '../environment.js';
import { openSignIn } from '../tokens/refresh-tokens.js';
import { issueTokens } from '../tokens/token-issuer.js';
import type { AuthAnswer, SignInAttempt } from './attempt.js';

/** Ends a successful sign-in with tokens. */
export async function complete(environment: Environment, attempt: SignInAttempt): Promise<AuthAnswer> {
  const { pool, client, user } = attempt;
  const { signIn, refreshToken } = openSignIn(environment, { pool, client, user });
  const tokens = await issueTokens(environment, { pool, client, user, signIn });
  return {
    AuthenticationResult: { ...tokens, RefreshToken: refreshToken },
    ChallengeParameters: {},
  };
}
