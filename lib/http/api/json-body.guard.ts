import type { CanActivate, ExecutionContext } from '@nestjs/common';

import { MandateError } from '../../errors/mandate-error.js';

/**
 * Refuses bodies that are not JSON: pages of other sites can send plain text and forms without asking.
 *
 * It is a guard because guards run before the body is validated.
 */
export class JsonBodyGuard implements CanActivate {
  /** @throws MandateError CONTENT_TYPE_UNSUPPORTED */
  canActivate(context: ExecutionContext): true {
    const { headers } = context.switchToHttp().getRequest<{ readonly headers: Readonly<Record<string, unknown>> }>();
    const { 'content-type': type, 'content-length': length, 'transfer-encoding': encoding } = headers;
    const hasBody = encoding !== undefined || (length !== undefined && length !== '0');
    if (hasBody && !(typeof type === 'string' && /^application\/([\w.+-]+\+)?json\s*(;|$)/i.test(type))) {
      throw new MandateError(
        'CONTENT_TYPE_UNSUPPORTED',
        'The body must be JSON, with the header "Content-Type: application/json".',
      );
    }
    return true;
  }
}
