import type { InitiateAuthResponse } from '@aws-sdk/client-cognito-identity-provider';

import type { Environment } from '../environment.js';
import type { ChallengeRequest, KnownUserAttempt, StartRequest } from './attempt.js';

/** Response of InitiateAuth, RespondToAuthChallenge and their Admin counterparts. */
export type AuthResponse = InitiateAuthResponse;

/** Outcome of a flow or of an answered challenge: the response to send, or an attempt that enters the stages. */
export type StepOutcome = { readonly response: AuthResponse } | { readonly passed: KnownUserAttempt };

/** How far a sign-in has come: a response that poses a challenge, or an attempt that has met every condition. */
export type Progress = { readonly response: AuthResponse } | { readonly completed: KnownUserAttempt };

/** Starts a sign-in. */
export type Flow = (environment: Environment, request: StartRequest) => StepOutcome | Promise<StepOutcome>;

/** Checks the answer to a challenge. */
export type ChallengeResponder = (
  environment: Environment,
  request: ChallengeRequest,
) => StepOutcome | Promise<StepOutcome>;

/** A condition between the first factor and the tokens. Poses a challenge, or returns undefined once it is met. */
export type Stage = (
  environment: Environment,
  attempt: KnownUserAttempt,
) => AuthResponse | undefined | Promise<AuthResponse | undefined>;
