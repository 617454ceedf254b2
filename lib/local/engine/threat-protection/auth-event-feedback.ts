import { timingSafeEqual } from 'node:crypto';

import type { FeedbackValueType } from '@aws-sdk/client-cognito-identity-provider';

import type { AuthEvent } from '../../model/auth-event.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { CognitoFault, notAuthorized } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import { authEventsOf, replaceAuthEvent } from './auth-events.js';

/** Who gave feedback. */
export type FeedbackProvider = 'Admin' | 'User';

/**
 * Records whether a sign-in was that of the user. Not verified against AWS: the text and the names of the providers.
 *
 * @throws CognitoFault ResourceNotFoundException for an event that is not in the user's history.
 */
export function giveFeedback(
  { clock }: Pick<Environment, 'clock'>,
  pool: Pool,
  { sub }: User,
  eventId: string,
  { value, provider }: { readonly value: FeedbackValueType; readonly provider: FeedbackProvider },
): void {
  const event = authEventsOf(pool, sub).find(({ id }) => id === eventId);
  if (event === undefined) {
    throw new CognitoFault('ResourceNotFoundException', `Auth event ${eventId} does not exist.`);
  }
  replaceAuthEvent(pool, sub, { ...event, feedback: { value, provider, at: clock() } });
}

/** The token with which a user gives feedback about an event: part of the notification. */
export function feedbackToken(
  { secretBlocks }: Pick<Environment, 'secretBlocks'>,
  { id }: Pick<AuthEvent, 'id'>,
): string {
  return secretBlocks.pseudonym(`feedback:${id}`).toString('base64url');
}

/** @throws CognitoFault NotAuthorizedException. Not verified against AWS: the text. */
export function assertFeedbackToken(
  environment: Pick<Environment, 'secretBlocks'>,
  eventId: string,
  token: string,
): void {
  const expected = Buffer.from(feedbackToken(environment, { id: eventId }));
  const given = Buffer.from(token);
  if (given.length !== expected.length || !timingSafeEqual(given, expected)) {
    throw notAuthorized('Invalid feedback token.');
  }
}
