import type { AuthApiDelivery, AuthApiRoute } from '../auth-api-routes.js';

/** What a document depends on apart from the route table. Some of it is known only once the application exists. */
export interface DocumentFacts {
  readonly delivery: AuthApiDelivery;
  /** Whether errors are problem details (RFC 9457). */
  readonly problemDetails: boolean;
  readonly revealUsers: boolean;
  readonly autoSignIn: boolean;
  /** Whether the calls of a route are limited. */
  readonly isThrottled: (route: AuthApiRoute) => boolean;
  /** The header of requests that change something; undefined where none is needed. */
  readonly csrfHeader: string | undefined;
}
