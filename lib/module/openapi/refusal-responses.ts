import type { MandateErrorCode } from '../../errors/error-codes.js';

/** What can be refused. */
export interface Refusals {
  /** Whether 401 is possible. */
  readonly unauthenticated: boolean;
  /** The codes of refusals with 403. */
  readonly forbidden: readonly MandateErrorCode[];
  /** Whether the bodies are problem details (RFC 9457). */
  readonly usesProblemDetails: boolean;
}

/** The responses of an operation to refused calls, by HTTP status. */
export function refusalResponses({
  unauthenticated,
  forbidden,
  usesProblemDetails,
}: Refusals): Readonly<Record<string, object>> {
  const content = usesProblemDetails ? problemContent : errorContent;
  const [code, ...others] = forbidden;
  return {
    ...(unauthenticated && {
      401: {
        description: 'The request has no valid token.',
        content: content(401, 'Unauthorized', 'TOKEN_MISSING', 'The request carries no token.'),
      },
    }),
    ...(code !== undefined && {
      403: {
        description: `The caller may not do this: ${[code, ...others].join(', ')}.`,
        content: content(403, 'Forbidden', code, 'The request is not allowed.'),
      },
    }),
  };
}

const TEXT = { type: 'string' } as const;

/** `ErrorResponseBody`, without the members that these statuses never have. */
function errorContent(statusCode: number, error: string, code: MandateErrorCode, message: string): object {
  const schema = {
    type: 'object',
    required: ['statusCode', 'error', 'code', 'message'],
    properties: { statusCode: { type: 'integer' }, error: TEXT, code: TEXT, message: TEXT },
  };
  return { 'application/json': { schema, example: { statusCode, error, code, message } } };
}

/** Problem details. */
function problemContent(status: number, title: string, code: MandateErrorCode, detail: string): object {
  const schema = {
    type: 'object',
    required: ['type', 'title', 'status', 'detail', 'code'],
    properties: { type: TEXT, title: TEXT, status: { type: 'integer' }, detail: TEXT, code: TEXT },
  };
  return {
    'application/problem+json': { schema, example: { type: 'about:blank', title, status, detail, code } },
  };
}
