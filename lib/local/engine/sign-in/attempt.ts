import type { ChallengeNameType, InitiateAuthResponse } from '@aws-sdk/client-cognito-identity-provider';

import type { AppClient } from '../../model/app-client.js';
import type { AttemptState, ChallengeSession, SignInFlow } from '../../model/challenge-session.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import type { Environment } from '../environment.js';

/** What InitiateAuth, RespondToAuthChallenge and their admin forms answer. */
export type AuthAnswer = InitiateAuthResponse;

/** Where a call came from. */
export interface CallOrigin {
  readonly sourceIp: string;
  readonly userAgent: string;
}

/** A call that starts a sign-in, whichever operation it came through. */
export interface StartRequest {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly flow: SignInFlow;
  /** AuthParameters. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly clientMetadata?: Record<string, string> | undefined;
  /** Session of ConfirmSignUp, for signing in right after it. */
  readonly session?: string | undefined;
  readonly admin: boolean;
  readonly origin: CallOrigin;
}

/** A call that answers a challenge. */
export interface ChallengeRequest {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly challenge: ChallengeNameType;
  /** ChallengeResponses. */
  readonly responses: Readonly<Record<string, string>>;
  readonly clientMetadata?: Record<string, string> | undefined;
  /** The session, found and not spent; undefined when the call has none. */
  readonly session?: ChallengeSession | undefined;
  readonly admin: boolean;
  readonly origin: CallOrigin;
}

/** A sign-in on its way: a known user between two steps. */
export interface SignInAttempt {
  readonly pool: Pool;
  readonly client: AppClient;
  readonly user: User;
  readonly flow: SignInFlow;
  readonly admin: boolean;
  /** The name that the client typed at the start. */
  readonly typedName: string;
  /** ClientMetadata of this call. */
  readonly clientMetadata?: Record<string, string> | undefined;
  readonly state: AttemptState;
  readonly origin: CallOrigin;
}

/** Starts a flow. */
export type FlowStarter = (environment: Environment, request: StartRequest) => Promise<AuthAnswer>;

/** Takes a challenge's answer. */
export type ChallengeResponder = (environment: Environment, request: ChallengeRequest) => Promise<AuthAnswer>;

/**
 * A stage between the first factor and the tokens: a challenge when it needs one, undefined when the attempt may go on.
 */
export type Stage = (environment: Environment, attempt: SignInAttempt) => Promise<AuthAnswer | undefined>;
