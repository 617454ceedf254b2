import type { CanActivate, ExecutionContext } from '@nestjs/common';

import { assertJsonBody } from './json-body.js';

/**
 * Refuses bodies that are not JSON, before they are validated. The middleware has refused them already, unless the platform
 * matches the path of a request in another way for middleware than for routes.
 */
export class JsonBodyGuard implements CanActivate {
  /** @throws MandateError CONTENT_TYPE_UNSUPPORTED */
  canActivate(context: ExecutionContext): true {
    const { headers } = context.switchToHttp().getRequest<{ readonly headers: Readonly<Record<string, unknown>> }>();
    assertJsonBody(headers);
    return true;
  }
}
