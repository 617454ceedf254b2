import type { ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider';

import type { ChallengeSession } from '../../../model/challenge-session.js';
import { assertSecretHash } from '../../clients/client-secret.js';
import { CognitoFault, invalidParameter } from '../../cognito-fault.js';
import type { Environment } from '../../environment.js';
import { recordSignIn } from '../../threat-protection/sign-in-events.js';
import { findUser } from '../../users/find-user.js';
import type { ChallengeRequest } from '../attempt.js';
import { respond } from '../completion.js';
import { invalidSession, requiredParameter } from '../faults.js';
import { advance } from '../stages/advance.js';
import type { AuthResponse, ChallengeResponder, Progress } from '../step.js';
import { answerCustomChallenge } from './custom-challenge.js';
import { answerDevicePasswordVerifier, answerDeviceSrp } from './device-srp.js';
import { answerSmsMfa } from './mfa-code.js';
import { answerMfaSetup } from './mfa-setup.js';
import { answerNewPasswordRequired } from './new-password-required.js';
import { answerEmailOtp, answerSmsOtp } from './one-time-code.js';
import { answerPasswordSrp, answerPasswordVerifier } from './password-srp.js';
import { answerPassword } from './password.js';
import { answerSelectChallenge } from './select-challenge.js';
import { answerSelectMfaType } from './select-mfa-type.js';
import { answerSoftwareTokenMfa } from './software-token-mfa.js';
import { answerWebAuthn } from './web-authn.js';

const RESPONDERS: Readonly<Partial<Record<ChallengeNameType, ChallengeResponder>>> = {
  PASSWORD_VERIFIER: answerPasswordVerifier,
  NEW_PASSWORD_REQUIRED: answerNewPasswordRequired,
  SELECT_CHALLENGE: answerSelectChallenge,
  PASSWORD: answerPassword,
  PASSWORD_SRP: answerPasswordSrp,
  EMAIL_OTP: answerEmailOtp,
  SMS_OTP: answerSmsOtp,
  WEB_AUTHN: answerWebAuthn,
  SMS_MFA: answerSmsMfa,
  SOFTWARE_TOKEN_MFA: answerSoftwareTokenMfa,
  SELECT_MFA_TYPE: answerSelectMfaType,
  MFA_SETUP: answerMfaSetup,
  CUSTOM_CHALLENGE: answerCustomChallenge,
  DEVICE_SRP_AUTH: answerDeviceSrp,
  DEVICE_PASSWORD_VERIFIER: answerDevicePasswordVerifier,
};

/** Faults that leave the session valid for another answer. Clients repeat theirs after `Device does not exist.` */
const RETRYABLE: readonly string[] = [
  'CodeMismatchException',
  'ExpiredCodeException',
  'ResourceNotFoundException',
  'InvalidPasswordException',
  'PasswordHistoryPolicyViolationException',
];

/** Answers a challenge through the API. */
export async function answerChallenge(environment: Environment, request: ChallengeRequest): Promise<AuthResponse> {
  return respond(environment, await continueSignIn(environment, request));
}

/** Answers a challenge, whoever does. The session is spent unless only a code or a new password was wrong. */
export async function continueSignIn(environment: Environment, request: ChallengeRequest): Promise<Progress> {
  const responder = RESPONDERS[request.challenge];
  if (responder === undefined) {
    throw invalidParameter(`The embedded Cognito does not support the challenge ${request.challenge}.`);
  }
  const username = requiredParameter(request.responses, 'USERNAME');
  assertSecretHash(request.client, username, request.responses['SECRET_HASH']);
  const answer = async () => advance(environment, await responder(environment, request));
  const { session } = request;
  if (session === undefined) {
    return recordSignIn(environment, { ...request, username }, answer);
  }
  assertSameUser(request, session, username);
  return recordSignIn(environment, { ...request, username }, () => spend(session, answer));
}

/** A session belongs to one user, who may answer under any of their names. */
function assertSameUser({ pool }: ChallengeRequest, session: ChallengeSession, username: string): void {
  const matches =
    username === session.typedName ||
    username === session.username ||
    (session.username !== undefined && findUser(pool, username)?.username === session.username);
  if (!matches) {
    throw invalidSession();
  }
}

async function spend(session: ChallengeSession, answer: () => Promise<Progress>): Promise<Progress> {
  // Spent first, so that of two concurrent answers only one counts.
  session.spent = true;
  try {
    return await answer();
  } catch (error) {
    session.spent = !isRetryable(error);
    throw error;
  }
}

/** Whether the challenge can be answered again after a fault. */
export function isRetryable(error: unknown): boolean {
  return error instanceof CognitoFault && RETRYABLE.includes(error.exception);
}
