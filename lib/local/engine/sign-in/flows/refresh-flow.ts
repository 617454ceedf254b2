import { assertRefreshSecretHash } from '../../clients/client-secret.js';
import { CognitoFault } from '../../cognito-fault.js';
import { assertSameDevice } from '../../devices/device-records.js';
import { trackRenewal } from '../../sessions/session-tracking.js';
import { rotates, useRefreshToken } from '../../tokens/refresh-tokens.js';
import { issueTokens } from '../../tokens/token-issuer.js';
import type { FlowStarter } from '../attempt.js';
import { parameter } from '../parameters.js';

/** REFRESH_TOKEN_AUTH: new access and id tokens; the refresh token stays the client's. */
export const refreshFlow: FlowStarter = async (environment, { pool, client, origin, parameters }) => {
  if (rotates(client)) {
    throw new CognitoFault('UnsupportedOperationException', 'This API does not support refresh token rotation');
  }
  const text = parameter(parameters, 'REFRESH_TOKEN');
  const { user, signIn } = useRefreshToken(environment, pool, client, text);
  assertRefreshSecretHash(client, user.username, parameters['SECRET_HASH']);
  assertSameDevice(pool, signIn, parameters['DEVICE_KEY']);
  trackRenewal(environment, signIn, origin);
  return {
    AuthenticationResult: await issueTokens(environment, { pool, client, user, signIn, source: 'RefreshTokens' }),
    ChallengeParameters: {},
  };
};
