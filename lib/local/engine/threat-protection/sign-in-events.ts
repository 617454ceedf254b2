import type { ChallengeNameType, ChallengeResponseType } from '@aws-sdk/client-cognito-identity-provider';

import type { AppClient } from '../../model/app-client.js';
import type { AuthEvent } from '../../model/auth-event.js';
import type { ChallengeSession } from '../../model/challenge-session.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault, notAuthorized } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import type { CallOrigin } from '../sessions/session-tracking.js';
import type { Progress } from '../sign-in/step.js';
import { findUser } from '../users/find-user.js';
import { authEventsOf, recordAuthEvent, recordsAuthEvents, replaceAuthEvent } from './auth-events.js';
import { isBlockedAddress } from './blocked-addresses.js';
import { notifyOfBlock } from './risk-notification.js';

type ChallengeName = NonNullable<ChallengeResponseType['ChallengeName']>;

/** The factors that events distinguish. */
const FACTORS: Readonly<Partial<Record<ChallengeNameType, ChallengeName>>> = {
  PASSWORD: 'Password',
  PASSWORD_VERIFIER: 'Password',
  SMS_MFA: 'Mfa',
  SOFTWARE_TOKEN_MFA: 'Mfa',
  EMAIL_OTP: 'Mfa',
};

/** A step of a sign-in: its start, or the answer to a challenge. */
export interface SignInStep {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly origin: CallOrigin;
  /** The name that was sent. */
  readonly username: string | undefined;
  /** What the step proves. A start with a password proves PASSWORD. */
  readonly challenge?: ChallengeNameType | undefined;
  readonly session?: ChallengeSession | undefined;
}

/**
 * Takes a step of a sign-in and records it in the history of its user: one event for each sign-in, from its first factor
 * to its tokens. Sign-ins from a blocked address are refused.
 *
 * @throws CognitoFault NotAuthorizedException for a blocked address, and what the step throws.
 */
export async function recordSignIn(
  environment: Environment,
  step: SignInStep,
  take: () => Promise<Progress>,
): Promise<Progress> {
  if (!recordsAuthEvents(step.pool)) {
    return take();
  }
  await refuseBlocked(environment, step);
  let progress: Progress;
  try {
    progress = await take();
  } catch (error) {
    if (error instanceof CognitoFault) {
      record(environment, step, 'Fail');
    }
    throw error;
  }
  recordProgress(environment, step, progress);
  return progress;
}

function recordProgress(environment: Environment, step: SignInStep, progress: Progress): void {
  if ('completed' in progress) {
    record(environment, step, 'Pass');
    return;
  }
  const { Session } = progress.response;
  const event = Session === undefined ? undefined : record(environment, step, 'InProgress');
  if (event !== undefined && Session !== undefined) {
    environment.sessions.find(Session).state.authEventId = event.id;
  }
}

async function refuseBlocked(environment: Environment, step: SignInStep): Promise<void> {
  const { pool, client, origin } = step;
  if (!isBlockedAddress(pool, client.id, origin.sourceIp)) {
    return;
  }
  const user = userOf(step);
  if (user !== undefined) {
    const event = recordAuthEvent(environment, pool, user, { type: 'SignIn', response: 'Fail', risk: 'Block', origin });
    await notifyOfBlock(environment, pool, client, user, event);
  }
  throw notAuthorized('Unable to login because of security reasons.');
}

function record(environment: Environment, step: SignInStep, response: AuthEvent['response']): AuthEvent | undefined {
  const { pool, origin, session } = step;
  const user = userOf(step);
  if (user === undefined) {
    return undefined;
  }
  const known = authEventsOf(pool, user.sub).find(({ id }) => id === session?.state.authEventId);
  const challenges = [...(known?.challenges ?? []), ...proofOf(step, response)];
  if (known === undefined) {
    return recordAuthEvent(environment, pool, user, { type: 'SignIn', response, challenges, origin });
  }
  const event = { ...known, response, challenges };
  replaceAuthEvent(pool, user.sub, event);
  return event;
}

/** What the step proves, or fails to prove. */
function proofOf({ challenge }: SignInStep, response: AuthEvent['response']): AuthEvent['challenges'] {
  const factor = challenge && FACTORS[challenge];
  return factor === undefined
    ? []
    : [{ ChallengeName: factor, ChallengeResponse: response === 'Fail' ? 'Failure' : 'Success' }];
}

function userOf({ pool, session, username }: SignInStep): User | undefined {
  const name = session?.username ?? username;
  return name === undefined ? undefined : findUser(pool, name);
}
