import type { ChallengeNameType } from '@aws-sdk/client-cognito-identity-provider';

import type { AppClient } from '../../model/app-client.js';
import type { AttemptState, ChallengeSession, SignInFlow } from '../../model/challenge-session.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import type { CallOrigin } from '../sessions/session-tracking.js';
import { hidesUsers, userNotFound } from '../users/find-user.js';
import { invalidSession, missingParameter } from './faults.js';

/** AuthParameters or ChallengeResponses. */
export type Parameters = Readonly<Record<string, string>>;

/** InitiateAuth or AdminInitiateAuth. */
export interface StartRequest {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly flow: SignInFlow;
  /** AuthParameters. */
  readonly parameters: Parameters;
  readonly clientMetadata?: Record<string, string> | undefined;
  /** Session of ConfirmSignUp, to sign in right after it. */
  readonly session?: string | undefined;
  /** Whether the call is AdminInitiateAuth. */
  readonly admin: boolean;
  /** Set by the pages of managed login. */
  readonly managedLogin?: AttemptState['managedLogin'];
  readonly origin: CallOrigin;
}

/** RespondToAuthChallenge or AdminRespondToAuthChallenge. */
export interface ChallengeRequest {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly challenge: ChallengeNameType;
  /** ChallengeResponses. */
  readonly responses: Parameters;
  readonly clientMetadata?: Record<string, string> | undefined;
  /** A valid session; undefined if the call sent none. */
  readonly session?: ChallengeSession | undefined;
  /** Whether the answer comes from the pages of managed login. Default: from the API. */
  readonly managedLogin?: boolean;
  readonly origin: CallOrigin;
}

/** A sign-in in progress. */
export interface SignInAttempt {
  readonly pool: Pool;
  readonly client: AppClient;
  /**
   * Undefined for an unknown user while the client hides which users exist (PreventUserExistenceErrors). Such an attempt
   * is challenged like any other and always fails.
   */
  readonly user: User | undefined;
  readonly flow: SignInFlow;
  /** The USERNAME that started the attempt: a username or an alias. */
  readonly typedName: string;
  /** ClientMetadata of this call. */
  readonly clientMetadata?: Record<string, string> | undefined;
  readonly state: AttemptState;
  readonly origin: CallOrigin;
}

/** An attempt of an existing user. Only such an attempt can pass a factor. */
export interface KnownUserAttempt extends SignInAttempt {
  readonly user: User;
}

/** Whether the attempt belongs to an existing user. */
export function hasUser(attempt: SignInAttempt): attempt is KnownUserAttempt {
  return attempt.user !== undefined;
}

/**
 * Starts an attempt. ClientMetadata of the start is for PreAuthentication only, so the attempt does not carry it.
 *
 * @throws CognitoFault UserNotFoundException if the user is unknown and the client does not hide that.
 */
export function startAttempt(request: StartRequest, typedName: string, user: User | undefined): SignInAttempt {
  const { parameters, pool, client, flow, origin, managedLogin } = request;
  if (user === undefined && !hidesUsers(client)) {
    throw userNotFound();
  }
  const deviceKey = parameters['DEVICE_KEY'];
  const state = { ...(deviceKey !== undefined && { deviceKey }), ...(managedLogin && { managedLogin }) };
  return { pool, client, flow, origin, user, typedName, state };
}

/**
 * Resumes the attempt that the request's session holds. Its state is a copy: a wrong answer changes nothing.
 *
 * @throws CognitoFault InvalidParameterException if the call has no session, NotAuthorizedException if the session was
 *   opened for another challenge or, by the pages of managed login, for another kind of caller, or its user is unknown and the client does not hide that.
 */
export function resumeAttempt(request: ChallengeRequest): SignInAttempt {
  const { pool, client, clientMetadata, origin, session, managedLogin = false } = request;
  if (session === undefined) {
    throw missingParameter('Session');
  }
  const user = pool.users.byUsername(session.username ?? '');
  const isOther =
    session.challenge !== request.challenge || managedLogin !== (session.state.managedLogin !== undefined);
  if (isOther || (user === undefined && !hidesUsers(client))) {
    throw invalidSession();
  }
  const { flow, typedName, state } = session;
  return { pool, client, clientMetadata, origin, user, flow, typedName, state: structuredClone(state) };
}

/**
 * Resumes an attempt at a challenge that only an existing user can be given.
 *
 * @throws CognitoFault like `resumeAttempt`; NotAuthorizedException if the user no longer exists.
 */
export function resumeKnownUserAttempt(request: ChallengeRequest): KnownUserAttempt {
  const attempt = resumeAttempt(request);
  if (!hasUser(attempt)) {
    throw invalidSession();
  }
  return attempt;
}
