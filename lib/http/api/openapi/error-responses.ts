import { STATUS_CODES } from 'node:http';

import type { ErrorDto, ProblemDto } from '../../../dto/responses/errors.dto.js';
import type { MandateErrorCode } from '../../../errors/error-codes.js';

/** What each status says; its codes say more. */
const MEANINGS: Readonly<Record<number, string>> = {
  400: 'The request is not valid',
  401: 'What identifies the user is missing, wrong or no longer valid',
  403: 'The call is not allowed',
  404: 'There is no such thing',
  409: 'The call does not fit the present state',
  415: 'The body is not JSON',
  429: 'Too many attempts',
  500: 'This service or its user pool is misconfigured',
  501: 'The user pool does not offer this',
  502: 'Cognito, or what it depends on, failed',
  503: 'Cognito, or what this service depends on, is not available',
};

const RETRY_AFTER = {
  'Retry-After': {
    description: 'Seconds after which to try again.',
    schema: { type: 'integer', minimum: 1, example: 60 },
  },
};

/** The member `errors` of the example for REQUEST_INVALID. */
const FIELD_ERRORS = [{ field: 'username', message: 'must be a string of 1 to 128 characters without spaces' }];

/**
 * The response for refusals of one status. The schema narrows `code` to those that the route has, so that a generated client
 * has them as a union.
 *
 * @param usesProblemDetails - whether the body is `ProblemDto`, else `ErrorDto`; their schemas are in the document.
 */
export function errorResponse(
  status: number,
  codes: readonly [MandateErrorCode, ...MandateErrorCode[]],
  usesProblemDetails: boolean,
): object {
  const [type, name, bodyOf] = usesProblemDetails
    ? (['application/problem+json', 'ProblemDto', problemOf] as const)
    : (['application/json', 'ErrorDto', errorOf] as const);
  const narrowed = {
    type: 'object',
    required: ['code'],
    properties: { code: { type: 'string', enum: codes } },
  };
  const meaning = MEANINGS[status] ?? 'The call failed';
  return {
    description: `${meaning}: ${codes.map((code) => `\`${code}\``).join(', ')}.`,
    ...((status === 429 || status === 503) && { headers: RETRY_AFTER }),
    content: {
      [type]: {
        schema: { allOf: [{ $ref: `#/components/schemas/${name}` }, narrowed] },
        example: bodyOf(status, codes[0], `${meaning}.`),
      },
    },
  };
}

function errorOf(statusCode: number, code: MandateErrorCode, message: string): ErrorDto {
  const errors = code === 'REQUEST_INVALID' ? { errors: FIELD_ERRORS } : {};
  return { statusCode, error: titleOf(statusCode), code, message, ...errors };
}

function problemOf(status: number, code: MandateErrorCode, detail: string): ProblemDto {
  const errors = code === 'REQUEST_INVALID' ? { errors: FIELD_ERRORS } : {};
  return { type: 'about:blank', title: titleOf(status), status, detail, code, ...errors };
}

function titleOf(status: number): string {
  return STATUS_CODES[status] ?? 'Error';
}
