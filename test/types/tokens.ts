/** Compiled, never run: what the compiler must accept and refuse about tokens. */
import type { CognitoService } from '../../lib/user/cognito.service.js';
import type { TokenSet } from '../../lib/protocol/authentication-outcome.js';

declare const cognito: CognitoService;
declare const tokens: TokenSet;

/** A whole set of tokens will do, though a set need not have a refresh token: that is looked at when the call is made. */
export async function wholeSets(): Promise<void> {
  await cognito.renewTokens(tokens);
  await cognito.revokeToken(tokens.refreshToken);
  await cognito.revokeToken(tokens.refreshToken, tokens);
  await cognito.checkToken(tokens);
  cognito.withTokens(tokens);
}

/** What was renewed can be renewed again. */
export async function renewed(): Promise<string> {
  const { refreshToken } = await cognito.renewTokens(tokens);
  return refreshToken;
}

export async function wrongSets(): Promise<void> {
  // @ts-expect-error an outcome holds tokens but is none
  await cognito.renewTokens(await cognito.authenticate({ username: 'ann', password: 'x' }));
  // @ts-expect-error the refresh token is named alone
  await cognito.revokeToken(tokens);
  // @ts-expect-error a refresh token is a string
  await cognito.renewTokens({ refreshToken: 7 });
}
