import type { Environment } from '../../environment.js';
import type { KnownUserAttempt } from '../attempt.js';
import { poseNextChallenge } from '../challenges/custom-challenge.js';
import { completeSignIn } from '../completion.js';
import type { AuthResponse, Stage, StepOutcome } from '../step.js';
import { deviceStage, knownDeviceStage } from './device-stages.js';
import { mfaStage } from './mfa-stage.js';
import { newPasswordStage } from './new-password-stage.js';

/** CUSTOM_AUTH that began with SRP: after the password and MFA, DefineAuthChallenge decides what follows. */
const customStage: Stage = (environment, attempt) =>
  attempt.flow === 'CUSTOM_AUTH' && !attempt.state.customDone ? poseNextChallenge(environment, attempt) : undefined;

/** The conditions between a first factor and the tokens, in Cognito's order. */
const STAGES: readonly Stage[] = [knownDeviceStage, newPasswordStage, mfaStage, customStage, deviceStage];

/** Responds to a step: an attempt that passed it advances through the stages. */
export async function conclude(environment: Environment, outcome: StepOutcome): Promise<AuthResponse> {
  return 'passed' in outcome ? advance(environment, outcome.passed) : outcome.response;
}

/** Advances an attempt to its next challenge or to its tokens. The attempt's state records which stages it has met. */
async function advance(environment: Environment, attempt: KnownUserAttempt): Promise<AuthResponse> {
  for (const stage of STAGES) {
    const challenge = await stage(environment, attempt);
    if (challenge !== undefined) {
      return challenge;
    }
  }
  return completeSignIn(environment, attempt);
}
