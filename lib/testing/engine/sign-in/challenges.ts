import type { ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider';

import type { ChallengeSession } from '../../model/challenge-session.js';
import { assertSecretHash } from '../clients/client-secret.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { findUser } from '../users/find-user.js';
import type { AuthAnswer, ChallengeRequest, ChallengeResponder } from './attempt.js';
import { newPassword } from './challenges/new-password.js';
import { passwordVerifier } from './challenges/password-verifier.js';
import { parameter } from './parameters.js';
import { invalidSession } from './refusals.js';

const RESPONDERS: Readonly<Partial<Record<ChallengeNameType, ChallengeResponder>>> = {
  PASSWORD_VERIFIER: passwordVerifier,
  NEW_PASSWORD_REQUIRED: newPassword,
};

/** Refusals after which the same session may be answered again. */
const RETRYABLE: readonly string[] = [
  'CodeMismatchException',
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
