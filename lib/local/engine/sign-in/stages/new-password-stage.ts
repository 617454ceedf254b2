import { notAuthorized } from '../../cognito-fault.js';
import { temporaryPasswordExpired } from '../../users/password.js';
import { poseNewPasswordRequired } from '../challenges/new-password-required.js';
import type { Stage } from '../step.js';

/** A temporary password must be replaced. */
export const newPasswordStage: Stage = (environment, attempt) => {
  const { pool, state, user } = attempt;
  if (user.status !== 'FORCE_CHANGE_PASSWORD' || state.newPasswordSet) {
    return undefined;
  }
  if (temporaryPasswordExpired(environment, pool, user)) {
    throw notAuthorized('Temporary password has expired and must be reset by an administrator.');
  }
  return poseNewPasswordRequired(environment, attempt);
};
