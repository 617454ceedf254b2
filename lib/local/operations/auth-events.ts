import { assertFeedbackToken, giveFeedback } from '../engine/threat-protection/auth-event-feedback.js';
import { assertRecordsAuthEvents, authEventsOf, describeAuthEvent } from '../engine/threat-protection/auth-events.js';
import type { OperationTable } from './operation.js';
import { pageOf } from './pages.js';
import { poolAndUser } from './pool-and-user.js';

/** The history of sign-ins: list, and feedback by administrators and users. */
export const authEventOperations: OperationTable<
  'AdminListUserAuthEvents' | 'AdminUpdateAuthEventFeedback' | 'UpdateAuthEventFeedback'
> = {
  AdminListUserAuthEvents: {
    handle: (environment, { MaxResults, NextToken, ...named }) => {
      const { pool, user } = poolAndUser(environment, named);
      assertRecordsAuthEvents(pool);
      const { items, next } = pageOf(authEventsOf(pool, user.sub), MaxResults, NextToken, {
        keyOf: ({ number }) => -number,
      });
      return { AuthEvents: items.map(describeAuthEvent), NextToken: next };
    },
  },
  AdminUpdateAuthEventFeedback: {
    handle: (environment, { EventId, FeedbackValue: value, ...named }) => {
      const { pool, user } = poolAndUser(environment, named);
      assertRecordsAuthEvents(pool);
      giveFeedback(environment, pool, user, EventId, { value, provider: 'Admin' });
      return {};
    },
  },
  UpdateAuthEventFeedback: {
    handle: (environment, { EventId, FeedbackToken, FeedbackValue: value, ...named }) => {
      const { pool, user } = poolAndUser(environment, named);
      assertRecordsAuthEvents(pool);
      assertFeedbackToken(environment, EventId, FeedbackToken);
      giveFeedback(environment, pool, user, EventId, { value, provider: 'User' });
      return {};
    },
  },
};
