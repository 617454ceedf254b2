import type { Environment } from '../environment.js';
import type { AuthAnswer, SignInAttempt, Stage } from './attempt.js';
import { complete } from './complete.js';
import { customStage } from './stages/custom-stage.js';
import { deviceStage } from './stages/device-stage.js';
import { knownDeviceStage } from './stages/known-device-stage.js';
import { mfaStage } from './stages/mfa-stage.js';
import { newPasswordStage } from './stages/new-password-stage.js';

/** What stands between a proven first factor and the tokens, in Cognito's order. */
const STAGES: readonly Stage[] = [knownDeviceStage, newPasswordStage, mfaStage, customStage, deviceStage];

/** Takes an attempt to its next challenge, or to its tokens. Each stage notes in the attempt's state that it is done. */
export async function advance(environment: Environment, attempt: SignInAttempt): Promise<AuthAnswer> {
  for (const stage of STAGES) {
    const challenge = await stage(environment, attempt);
    if (challenge !== undefined) {
      return challenge;
    }
  }
  return complete(environment, attempt);
}
