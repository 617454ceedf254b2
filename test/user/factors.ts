import type { TokenSet } from '../../lib/protocol/authentication-outcome.js';
import type { RememberedDevice } from '../../lib/protocol/challenge.js';
import { totpCode, totpStep } from '../../lib/protocol/totp.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import type { SoftwareAuthenticator } from '../support/software-authenticator.js';
import { PASSWORD, type Person, tokensOf, type World } from './world.js';

/** Signs in a user who needs only the password. */
export async function signIn(cognito: CognitoService, { login }: Person, password = PASSWORD): Promise<TokenSet> {
  return tokensOf(await cognito.authenticate({ username: login, password }));
}

/** The code that an authenticator app shows. Each is valid once: advance the clock by 30 seconds for the next. */
export function authenticatorCode(world: World, secret: string): string {
  return totpCode(secret, totpStep(world.clock()));
}

/** Sets up and enables an authenticator app for a signed-in user; returns its secret. */
export async function withSoftwareToken(
  world: World,
  cognito: CognitoService,
  { accessToken }: TokenSet,
  deviceName?: string,
): Promise<string> {
  const { secretCode } = await cognito.mfa.associateSoftwareToken({ accessToken });
  await cognito.mfa.verifySoftwareToken({ accessToken, code: authenticatorCode(world, secretCode), deviceName });
  await cognito.mfa.setPreference({ accessToken, softwareToken: { enabled: true } });
  return secretCode;
}

/** Registers a passkey for a signed-in user. */
export async function registerPasskey(
  { passkeys }: CognitoService,
  { accessToken }: TokenSet,
  authenticator: SoftwareAuthenticator,
): Promise<void> {
  const credential = authenticator.create(await passkeys.startRegistration(accessToken));
  await passkeys.completeRegistration({ accessToken, credential });
}

/** Signs in on a new device and confirms the device. */
export async function rememberDevice(cognito: CognitoService, { login }: Person): Promise<RememberedDevice> {
  const outcome = await cognito.authenticate({ username: login, password: PASSWORD });
  const { accessToken } = tokensOf(outcome);
  if (outcome.status !== 'AUTHENTICATED' || outcome.newDevice === undefined) {
    throw new Error('Expected the keys of a new device.');
  }
  const { device } = await cognito.devices.confirm({ accessToken, newDevice: outcome.newDevice, name: 'laptop' });
  return device;
}
