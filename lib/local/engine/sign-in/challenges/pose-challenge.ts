import type { ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider';

import type { Environment } from '../../environment.js';
import type { SignInAttempt } from '../attempt.js';
import type { AuthResponse } from '../step.js';

/** A challenge to pose. */
export interface Challenge {
  readonly name: ChallengeNameType;
  readonly parameters: Record<string, string>;
  /** AvailableChallenges. */
  readonly available?: ChallengeNameType[];
  /** Username that an unknown user answers with. */
  readonly pretendedUsername?: string | undefined;
}

/** Poses a challenge: opens a session that holds the attempt until it is answered. */
export function poseChallenge(
  { sessions }: Pick<Environment, 'sessions'>,
  { pool, client, user, typedName, flow, state }: SignInAttempt,
  { name, parameters, available, pretendedUsername }: Challenge,
): AuthResponse {
  const username = user?.username ?? pretendedUsername;
  const session = sessions.open(client, {
    ...{ poolId: pool.id, typedName, flow, challenge: name, state: structuredClone(state) },
    ...(username !== undefined && { username }),
  });
  return {
    ChallengeName: name,
    Session: session.token,
    ChallengeParameters: parameters,
    ...(available !== undefined && { AvailableChallenges: available }),
  };
}
