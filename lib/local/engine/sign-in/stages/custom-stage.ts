import type { Stage } from '../attempt.js';
import { nextCustomStep } from '../custom/next-step.js';

/** CUSTOM_AUTH that began with SRP: after password and second factor DefineAuthChallenge goes on deciding. */
export const customStage: Stage = async (environment, attempt) =>
  attempt.flow !== 'CUSTOM_AUTH' || attempt.state.customDone ? undefined : nextCustomStep(environment, attempt);
