import { assertRefreshSecretHash } from '../../clients/client-secret.js';
import { CognitoFault } from '../../cognito-fault.js';
import { assertSameDevice } from '../../devices/device-records.js';
import { trackRefresh } from '../../sessions/session-tracking.js';
import { rotates, useRefreshToken } from '../../tokens/refresh-tokens.js';
import { issueTokens } from '../../tokens/token-issuer.js';
import { requiredParameter } from '../faults.js';
import type { Flow } from '../step.js';

/** REFRESH_TOKEN_AUTH: new access and ID tokens. The refresh token stays valid and is not returned. */
export const refreshTokenAuth: Flow = async (environment, { pool, client, origin, parameters }) => {
  if (rotates(client)) {
    throw new CognitoFault('UnsupportedOperationException', 'This API does not support refresh token rotation');
  }
  const refreshToken = requiredParameter(parameters, 'REFRESH_TOKEN');
  const { user, signIn } = useRefreshToken(environment, pool, client, refreshToken);
  assertRefreshSecretHash(client, user.username, parameters['SECRET_HASH']);
  assertSameDevice(pool, signIn, parameters['DEVICE_KEY']);
  trackRefresh(environment, signIn, origin);
  const tokens = await issueTokens(environment, { pool, client, user, signIn, source: 'RefreshTokens' });
  return { response: { AuthenticationResult: tokens, ChallengeParameters: {} } };
};
