import type { AuthenticationResultType } from '@aws-sdk/client-cognito-identity-provider';

import type { AttemptState } from '../../model/challenge-session.js';
import type { Device } from '../../model/device.js';
import { assertTargetReached } from '../assurance.js';
import { issueDeviceKey, tracksDevices } from '../devices/device-records.js';
import type { Environment } from '../environment.js';
import { trackSignIn } from '../sessions/session-tracking.js';
import { openSignIn } from '../tokens/refresh-tokens.js';
import { issueTokens } from '../tokens/token-issuer.js';
import type { TokenSource } from '../tokens/token-request.js';
import type { AuthAnswer, SignInAttempt } from './attempt.js';
import { afterAuthentication } from './authentication-triggers.js';

/** Ends a successful sign-in with tokens. A client that named no device is given the keys of a new one. */
export async function complete(environment: Environment, attempt: SignInAttempt): Promise<AuthAnswer> {
  const { pool, client, clientMetadata, origin, state, user } = attempt;
  assertTargetReached(state);
  const isNewDevice = tracksDevices(pool) && state.deviceKey === undefined;
  await afterAuthentication(environment, attempt, isNewDevice);
  const newDevice = isNewDevice ? issueDeviceKey(environment, pool, user, origin.sourceIp) : undefined;
  const deviceKey = newDevice?.key ?? (state.deviceDone && state.deviceKey);
  const { signIn, refreshToken } = openSignIn(environment, { pool, client, user, deviceKey });
  signIn.methods = state.methods ?? [];
  trackSignIn(environment, pool, user, signIn, origin);
  const tokens = await issueTokens(environment, {
    ...{ pool, client, user, signIn, clientMetadata },
    source: sourceOf(state),
  });
  return {
    AuthenticationResult: { ...tokens, RefreshToken: refreshToken, ...(newDevice && deviceMetadata(newDevice)) },
    ChallengeParameters: {},
  };
}

/** Which step the token trigger hears of. */
function sourceOf({ deviceDone, newPasswordSet }: AttemptState): TokenSource {
  if (deviceDone) {
    return 'AuthenticateDevice';
  }
  return newPasswordSet ? 'NewPasswordChallenge' : 'Authentication';
}

function deviceMetadata({ key, groupKey }: Device): Pick<AuthenticationResultType, 'NewDeviceMetadata'> {
  return { NewDeviceMetadata: { DeviceKey: key, DeviceGroupKey: groupKey } };
}
