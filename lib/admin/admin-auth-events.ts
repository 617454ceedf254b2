import { PagedList, type PageSize } from '../client/paged-list.js';
import { type AuthEvent, readAuthEvent } from '../client/shapes/auth-event.js';
import { MandateArgumentError } from '../errors/argument-error.js';
import { requireObject, requireText } from '../errors/require-argument.js';
import type { AdminDependencies } from './admin-dependencies.js';
import { poolAndUsername } from './pool-and-username.js';

/**
 * What is known of an event of a user's history.
 *
 * @publicApi
 */
export interface AuthEventFeedback {
  /** The username, the `sub`, or an alias. */
  readonly username: string;
  /** The `id` of a listed event. */
  readonly eventId: string;
  /** Whether it was the user. */
  readonly valid: boolean;
}

/**
 * The history of any user, in pools with threat protection: `CognitoAdminService.authEvents`.
 *
 * @publicApi
 */
export class AdminAuthEvents {
  constructor(private readonly dependencies: Pick<AdminDependencies<object>, 'client' | 'appClient'>) {}

  /**
   * The sign-ups, sign-ins and changes of passwords of a user, newest first, all or page by page (AdminListUserAuthEvents).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND or ADD_ON_NOT_ENABLED, with a page.
   */
  list(username: string, options?: PageSize): PagedList<AuthEvent> {
    const { client, appClient } = this.dependencies;
    return new PagedList(async (limit, cursor) => {
      const page = { ...poolAndUsername(appClient, username), MaxResults: limit, NextToken: cursor };
      const { AuthEvents = [], NextToken } = await client.send('AdminListUserAuthEvents', page);
      return { items: AuthEvents.map(readAuthEvent), cursor: NextToken };
    }, options);
  }

  /**
   * Tells threat protection whether an event was the user's, so that it judges later ones better
   * (AdminUpdateAuthEventFeedback).
   *
   * @throws CognitoServiceError with the code USER_NOT_FOUND, ADD_ON_NOT_ENABLED or RESOURCE_NOT_FOUND (there is
   *   no such event).
   */
  async setFeedback(request: AuthEventFeedback): Promise<void> {
    requireObject('request', request);
    const { username, eventId, valid } = request;
    const { client, appClient } = this.dependencies;
    const user = poolAndUsername(appClient, username);
    requireText('eventId', eventId);
    if (typeof valid !== 'boolean') {
      throw new MandateArgumentError('valid', 'must be true or false');
    }
    const FeedbackValue = valid ? 'Valid' : 'Invalid';
    await client.send('AdminUpdateAuthEventFeedback', { ...user, EventId: eventId, FeedbackValue });
  }
}
