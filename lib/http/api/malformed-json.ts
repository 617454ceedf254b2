import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';

import { RequestInvalidError } from '../../errors/request-invalid-error.js';
import { keepFromCaches } from '../session/response-cookies.js';

/** Nest's HTTP adapter. Its type knows no handler of errors that needs `next`. */
interface MiddlewareServer {
  getType(): string;
  use(handler: never): unknown;
}

/** What body-parser calls JSON that it cannot read. */
const PARSE_FAILED = 'entity.parse.failed';

/**
 * Answers a body that is not well-formed JSON, for the paths under a prefix. Express reads bodies before any middleware of a
 * module, and what it says quotes the body: a password, for example. Fastify quotes nothing.
 */
export function refuseMalformedJson(adapter: MiddlewareServer, prefix: string, filter: ExceptionFilter): void {
  if (adapter.getType() !== 'express') {
    return;
  }
  const paths = pathsUnder(prefix);
  // Four parameters make it a handler of errors.
  const handle = (error: unknown, request: object, response: object, next: (error: unknown) => void): void => {
    const { type } = (error ?? {}) as { readonly type?: unknown };
    const { path } = request as { readonly path?: unknown };
    if (type !== PARSE_FAILED || typeof path !== 'string' || !paths.test(path)) {
      next(error);
      return;
    }
    keepFromCaches(response);
    filter.catch(
      new RequestInvalidError([{ field: '', message: 'the body must be well-formed JSON' }]),
      hostOf(response),
    );
  };
  adapter.use(handle as never);
}

/** Global prefixes and versions of the application come first. */
function pathsUnder(prefix: string): RegExp {
  const pattern = prefix
    .split('/')
    .map((segment) => segment.replace(/[.~]/g, '\\$&').replace(/:\w+/g, '[^/]+'))
    .join('/');
  return new RegExp(`(^|/)${pattern}(/|$)`, 'i');
}

function hostOf(response: object): ArgumentsHost {
  return { getType: () => 'http', switchToHttp: () => ({ getResponse: () => response }) } as unknown as ArgumentsHost;
}
