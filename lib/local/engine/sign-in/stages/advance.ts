import type { Environment } from '../../environment.js';
import { poseNextChallenge } from '../challenges/custom-challenge.js';
import type { Progress, Stage, StepOutcome } from '../step.js';
import { deviceStage, knownDeviceStage } from './device-stages.js';
import { mfaStage } from './mfa-stage.js';
import { newPasswordStage } from './new-password-stage.js';

/** CUSTOM_AUTH that began with SRP: after the password and MFA, DefineAuthChallenge decides what follows. */
const customStage: Stage = (environment, attempt) =>
  attempt.flow === 'CUSTOM_AUTH' && !attempt.state.customDone ? poseNextChallenge(environment, attempt) : undefined;

/** The conditions between a first factor and the tokens, in Cognito's order. */
const STAGES: readonly Stage[] = [knownDeviceStage, newPasswordStage, mfaStage, customStage, deviceStage];

/**
 * Takes a sign-in from one step to the next: an attempt that passed the step advances through the stages. Its state
 * records which of them it has met.
 */
export async function advance(environment: Environment, outcome: StepOutcome): Promise<Progress> {
  if ('response' in outcome) {
    return outcome;
  }
  for (const stage of STAGES) {
    const response = await stage(environment, outcome.passed);
    if (response !== undefined) {
      return { response };
    }
  }
  return { completed: outcome.passed };
}
