import type { AttemptState } from '../../model/challenge-session.js';
import { assertTargetReached } from '../assurance.js';
import { issueDeviceKey, tracksDevices } from '../devices/device-records.js';
import type { Environment } from '../environment.js';
import { trackSignIn } from '../sessions/session-tracking.js';
import { openSignIn } from '../tokens/refresh-tokens.js';
import { issueTokens } from '../tokens/token-issuer.js';
import type { TokenSource } from '../tokens/token-request.js';
import type { KnownUserAttempt } from './attempt.js';
import type { AuthResponse, Progress } from './step.js';
import { afterAuthentication } from './triggers.js';

/** The API's response to a step of a sign-in: a challenge, or the tokens. */
export async function respond(environment: Environment, progress: Progress): Promise<AuthResponse> {
  return 'completed' in progress ? completeSignIn(environment, progress.completed) : progress.response;
}

/** Completes a sign-in: issues its tokens, and the keys of a new device to a client that sent no DEVICE_KEY. */
async function completeSignIn(environment: Environment, attempt: KnownUserAttempt): Promise<AuthResponse> {
  const { pool, client, clientMetadata, origin, state, user } = attempt;
  assertTargetReached(state);
  const isNewDevice = tracksDevices(pool) && state.deviceKey === undefined;
  await afterAuthentication(environment, attempt, isNewDevice);
  const newDevice = isNewDevice ? issueDeviceKey(environment, pool, user, origin.sourceIp) : undefined;
  const deviceKey = newDevice?.key ?? (state.deviceDone && state.deviceKey);
  const { signIn, refreshToken } = openSignIn(environment, { pool, client, user, deviceKey });
  signIn.methods = state.methods ?? [];
  trackSignIn(environment, pool, user, signIn, origin);
  const request = { pool, client, user, signIn, clientMetadata, source: sourceOf(state) };
  return {
    AuthenticationResult: {
      ...(await issueTokens(environment, request)),
      RefreshToken: refreshToken,
      ...(newDevice && { NewDeviceMetadata: { DeviceKey: newDevice.key, DeviceGroupKey: newDevice.groupKey } }),
    },
    ChallengeParameters: {},
  };
}

/** The reason for the tokens, for the pre-token-generation trigger. */
function sourceOf({ deviceDone, newPasswordSet }: AttemptState): TokenSource {
  if (deviceDone) {
    return 'AuthenticateDevice';
  }
  return newPasswordSet ? 'NewPasswordChallenge' : 'Authentication';
}
