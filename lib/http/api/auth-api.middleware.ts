import { type ExceptionFilter, type NestMiddleware, type Type, UseFilters } from '@nestjs/common';

import { keepFromCaches } from '../session/response-cookies.js';
import { assertJsonBody } from './json-body.js';

/** What both platforms hand to middleware. */
interface IncomingRequest {
  readonly headers: Readonly<Record<string, unknown>>;
}

/**
 * Creates the middleware of the routes of one registration. It runs before guards, so that refusals of theirs are kept from
 * caches too; and on Fastify before the body is read, where a type that Fastify cannot read would be refused without a code.
 */
export function createAuthApiMiddleware(filter: Type<ExceptionFilter>): Type<NestMiddleware> {
  class AuthApiMiddleware implements NestMiddleware {
    /** @throws MandateError CONTENT_TYPE_UNSUPPORTED */
    use(request: IncomingRequest, response: object, next: () => void): void {
      keepFromCaches(response);
      assertJsonBody(request.headers);
      next();
    }
  }
  // Nest applies the instances of filters to middleware, not their classes.
  UseFilters(new filter())(AuthApiMiddleware);
  return AuthApiMiddleware;
}
