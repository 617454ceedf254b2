import type { AuthEventType, EventRiskType } from '@aws-sdk/client-cognito-identity-provider';

import type { AuthEvent } from '../../model/auth-event.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { deviceType } from '../sessions/device-type.js';
import type { CallOrigin } from '../sessions/session-tracking.js';

/** The history of a user has no more events than these. The oldest are forgotten. */
const MAX_EVENTS = 100;

/** Where nothing is known: the service looks addresses up, this server does not. */
const UNKNOWN = 'unknown';

/** An event to record. */
export type NewAuthEvent = Pick<AuthEvent, 'type' | 'response'> &
  Partial<Pick<AuthEvent, 'risk' | 'challenges'>> & { readonly origin: CallOrigin };

/** Whether a pool keeps the history of its users: its threat protection is on, to audit or to enforce. */
export function recordsAuthEvents({ settings }: Pool): boolean {
  const mode = settings.UserPoolAddOns?.AdvancedSecurityMode ?? 'OFF';
  return mode !== 'OFF';
}

/** @throws CognitoFault UserPoolAddOnNotEnabledException. Not verified against AWS: the text. */
export function assertRecordsAuthEvents(pool: Pool): void {
  if (!recordsAuthEvents(pool)) {
    throw new CognitoFault('UserPoolAddOnNotEnabledException', 'User pool add-ons are not enabled.');
  }
}

/** Adds an event to the history of a user. */
export function recordAuthEvent(
  { clock, random }: Pick<Environment, 'clock' | 'random'>,
  pool: Pool,
  { sub }: Pick<User, 'sub'>,
  { type, response, risk = 'NoRisk', challenges = [], origin }: NewAuthEvent,
): AuthEvent {
  const earlier = authEventsOf(pool, sub);
  const event: AuthEvent = {
    ...{ id: random.uuid(), number: (earlier[0]?.number ?? 0) + 1, type, response, risk, challenges },
    context: {
      IpAddress: origin.sourceIp,
      DeviceName: deviceType(origin.userAgent),
      City: UNKNOWN,
      Country: UNKNOWN,
    },
    createdAt: clock(),
  };
  store(pool, sub, [event, ...earlier]);
  return event;
}

/** Replaces an event that is in the history. One that is no longer there stays forgotten. */
export function replaceAuthEvent(pool: Pool, sub: string, event: AuthEvent): void {
  store(
    pool,
    sub,
    authEventsOf(pool, sub).map((other) => (other.id === event.id ? event : other)),
  );
}

/** The history of a user, newest first. */
export function authEventsOf(pool: Pool, sub: string): readonly AuthEvent[] {
  return pool.authEvents.get(sub)?.events ?? [];
}

/** An entry of AdminListUserAuthEvents. */
export function describeAuthEvent(event: AuthEvent): AuthEventType {
  const { feedback } = event;
  return {
    EventId: event.id,
    EventType: event.type,
    CreationDate: new Date(event.createdAt),
    EventResponse: event.response,
    EventRisk: describeRisk(event),
    ChallengeResponses: [...event.challenges],
    EventContextData: event.context,
    ...(feedback && {
      EventFeedback: {
        FeedbackValue: feedback.value,
        Provider: feedback.provider,
        FeedbackDate: new Date(feedback.at),
      },
    }),
  };
}

function describeRisk({ risk }: AuthEvent): EventRiskType {
  return {
    RiskDecision: risk,
    ...(risk !== 'NoRisk' && { RiskLevel: 'High' as const }),
    CompromisedCredentialsDetected: false,
  };
}

function store(pool: Pool, sub: string, events: readonly AuthEvent[]): void {
  pool.authEvents.set(sub, { sub, events: events.slice(0, MAX_EVENTS) });
}
