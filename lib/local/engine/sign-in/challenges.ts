import type { ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider';

import type { ChallengeSession } from '../../model/challenge-session.js';
import { assertSecretHash } from '../clients/client-secret.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { findUser } from '../users/find-user.js';
import type { AuthAnswer, ChallengeRequest, ChallengeResponder } from './attempt.js';
import { customChallenge } from './challenges/custom-challenge.js';
import { devicePasswordVerifier } from './challenges/device-password-verifier.js';
import { deviceSrp } from './challenges/device-srp.js';
import { smsMfa } from './challenges/mfa-code.js';
import { mfaSetup } from './challenges/mfa-setup.js';
import { emailOtp, smsOtp } from './challenges/first-factor-code.js';
import { newPassword } from './challenges/new-password.js';
import { passwordChallenge, passwordSrpChallenge } from './challenges/password.js';
import { passwordVerifier } from './challenges/password-verifier.js';
import { selectMfaType } from './challenges/select-mfa-type.js';
import { softwareTokenMfa } from './challenges/software-token-mfa.js';
import { selectChallenge } from './challenges/select-challenge.js';
import { webAuthn } from './challenges/web-authn.js';
import { parameter } from './parameters.js';
import { invalidSession } from './refusals.js';

const RESPONDERS: Readonly<Partial<Record<ChallengeNameType, ChallengeResponder>>> = {
  PASSWORD_VERIFIER: passwordVerifier,
  NEW_PASSWORD_REQUIRED: newPassword,
  SELECT_CHALLENGE: selectChallenge,
  PASSWORD: passwordChallenge,
  PASSWORD_SRP: passwordSrpChallenge,
  EMAIL_OTP: emailOtp,
  SMS_OTP: smsOtp,
  WEB_AUTHN: webAuthn,
  SMS_MFA: smsMfa,
  SOFTWARE_TOKEN_MFA: softwareTokenMfa,
  SELECT_MFA_TYPE: selectMfaType,
  MFA_SETUP: mfaSetup,
  CUSTOM_CHALLENGE: customChallenge,
  DEVICE_SRP_AUTH: deviceSrp,
  DEVICE_PASSWORD_VERIFIER: devicePasswordVerifier,
};

/** Refusals after which the same session may be answered again; clients do so after `Device does not exist.` */
const RETRYABLE: readonly string[] = [
  'CodeMismatchException',
  'ExpiredCodeException',
  'ResourceNotFoundException',
  'InvalidPasswordException',
  'PasswordHistoryPolicyViolationException',
];

/** Takes the answer to a challenge. A session is spent by it, unless only a code or a new password was wrong. */
export async function answerChallenge(environment: Environment, request: ChallengeRequest): Promise<AuthAnswer> {
  const responder = RESPONDERS[request.challenge];
  if (responder === undefined) {
    throw invalidParameter(`The embedded Cognito does not have the challenge ${request.challenge} yet.`);
  }
  const username = parameter(request.responses, 'USERNAME');
  assertSecretHash(request.client, username, request.responses['SECRET_HASH']);
  const { session } = request;
  if (session === undefined) {
    return responder(environment, request);
  }
  assertSameUser(request, session, username);
  return spend(session, () => responder(environment, request));
}

/** A session belongs to one user, under whichever of their names. */
function assertSameUser({ pool }: ChallengeRequest, session: ChallengeSession, username: string): void {
  const isTheirs =
    username === session.typedName ||
    username === session.username ||
    (session.username !== undefined && findUser(pool, username)?.username === session.username);
  if (!isTheirs) {
    throw invalidSession();
  }
}

async function spend(session: ChallengeSession, answer: () => Promise<AuthAnswer>): Promise<AuthAnswer> {
  // Spent at once, so that two answers at the same time cannot both count.
  session.spent = true;
  try {
    return await answer();
  } catch (error) {
    session.spent = !(error instanceof CognitoFault && RETRYABLE.includes(error.exception));
    throw error;
  }
}
