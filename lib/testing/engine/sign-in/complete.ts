import type { AuthenticationResultType } from '@aws-sdk/client-cognito-identity-provider';

import type { Device } from '../../model/device.js';
import { assertTargetReached } from '../assurance.js';
import { promiseDevice, tracksDevices } from '../devices/device-records.js';
import type { Environment } from '../environment.js';
import { trackSignIn } from '../sessions/session-tracking.js';
import { openSignIn } from '../tokens/refresh-tokens.js';
import { issueTokens } from '../tokens/token-issuer.js';
import type { AuthAnswer, SignInAttempt } from './attempt.js';

/** Ends a successful sign-in with tokens. A client that named no device is given the keys of a new one. */
export async function complete(environment: Environment, attempt: SignInAttempt): Promise<AuthAnswer> {
  const { pool, client, origin, state, user } = attempt;
  assertTargetReached(state);
  const newDevice =
    tracksDevices(pool) && state.deviceKey === undefined
      ? promiseDevice(environment, pool, user, origin.sourceIp)
      : undefined;
  const deviceKey = newDevice?.key ?? (state.deviceDone && state.deviceKey);
  const { signIn, refreshToken } = openSignIn(environment, { pool, client, user, deviceKey });
  signIn.methods = state.methods ?? [];
  trackSignIn(environment, pool, user, signIn, origin);
  const tokens = await issueTokens(environment, { pool, client, user, signIn });
  return {
    AuthenticationResult: { ...tokens, RefreshToken: refreshToken, ...(newDevice && deviceMetadata(newDevice)) },
    ChallengeParameters: {},
  };
}

function deviceMetadata({ key, groupKey }: Device): Pick<AuthenticationResultType, 'NewDeviceMetadata'> {
  return { NewDeviceMetadata: { DeviceKey: key, DeviceGroupKey: groupKey } };
}
