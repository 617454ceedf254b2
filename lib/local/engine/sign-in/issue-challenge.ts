import type { ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider';

import type { AppClient } from '../../model/app-client.js';
import type { ChallengeSession } from '../../model/challenge-session.js';
import type { Environment } from '../environment.js';
import type { AuthAnswer, SignInAttempt } from './attempt.js';

/** A challenge to put to the client. */
export interface Challenge {
  readonly name: ChallengeNameType;
  readonly parameters: Record<string, string>;
  readonly available?: ChallengeNameType[];
}

/** Puts a challenge to the client and remembers the attempt in a new session. */
export function issueChallenge(
  environment: Pick<Environment, 'sessions'>,
  attempt: SignInAttempt,
  challenge: Challenge,
): AuthAnswer {
  return answerWithSession(environment, attempt.client, challenge, {
    poolId: attempt.pool.id,
    clientId: attempt.client.id,
    username: attempt.user.username,
    typedName: attempt.typedName,
    flow: attempt.flow,
    admin: attempt.admin,
    challenge: challenge.name,
    state: attempt.state,
  });
}

/** The same for a step that has no known user behind it, because the pool does not tell that there is none. */
export function answerWithSession(
  { sessions }: Pick<Environment, 'sessions'>,
  client: AppClient,
  challenge: Challenge,
  step: Omit<ChallengeSession, 'token' | 'expiresAt' | 'spent'>,
): AuthAnswer {
  const session = sessions.open(structuredClone(step), client.settings.AuthSessionValidity ?? 3);
  return {
    ChallengeName: challenge.name,
    Session: session.token,
    ChallengeParameters: challenge.parameters,
    ...(challenge.available !== undefined && { AvailableChallenges: challenge.available }),
  };
}
