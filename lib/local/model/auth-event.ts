import type {
  AuthEventType,
  ChallengeResponseType,
  EventResponseType,
  EventType,
  RiskDecisionType,
} from '@aws-sdk/client-cognito-identity-provider';

/** One entry of a user's history of sign-ins and changes of the password. */
export interface AuthEvent {
  readonly id: string;
  /** Grows from event to event of a user. */
  readonly number: number;
  readonly type: EventType;
  response: EventResponseType;
  readonly risk: RiskDecisionType;
  challenges: readonly Required<ChallengeResponseType>[];
  readonly context: NonNullable<AuthEventType['EventContextData']>;
  feedback?: { readonly value: 'Valid' | 'Invalid'; readonly provider: string; readonly at: number };
  /** Epoch milliseconds. */
  readonly createdAt: number;
}

/** The history of one user, newest first. */
export interface UserAuthEvents {
  readonly sub: string;
  readonly events: readonly AuthEvent[];
}
