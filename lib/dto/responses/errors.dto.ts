import type { MandateErrorCode } from '../../errors/error-codes.js';
import { IntegerMember, ObjectListMember, TextMember } from '../response-field.decorators.js';

/**
 * A field of a request that is not valid.
 *
 * @publicApi
 */
export class FieldErrorDto {
  @TextMember({ description: 'The path of the field, with dots.', example: 'attributes.email' })
  declare readonly field: string;

  @TextMember({ description: 'What the field must be. Never its value.', example: 'must be a string' })
  declare readonly message: string;
}

const CODE = {
  description: 'The code of the error, which is stable across versions.',
  example: 'CREDENTIALS_INVALID' satisfies MandateErrorCode,
} as const;

/**
 * Body of every error response of `CognitoExceptionFilter`: `ErrorResponseBody`.
 *
 * @publicApi
 */
export class ErrorDto {
  @IntegerMember({ description: 'The HTTP status.', example: 401 })
  declare readonly statusCode: number;

  @TextMember({ description: 'The reason phrase of the status.', example: 'Unauthorized' })
  declare readonly error: string;

  @TextMember(CODE)
  declare readonly code: MandateErrorCode;

  @TextMember({ description: 'What happened, for developers.', example: 'The username or password is incorrect.' })
  declare readonly message: string;

  @ObjectListMember(() => FieldErrorDto, {
    description: 'The fields that are not valid. Present for the code REQUEST_INVALID.',
    optional: true,
  })
  declare readonly errors?: readonly FieldErrorDto[];
}

/**
 * Body of every error response of `ProblemDetailsFilter`: problem details (RFC 9457, media type
 * `application/problem+json`).
 *
 * @publicApi
 */
export class ProblemDto {
  @TextMember({ description: 'The type of the problem, a URI reference.', example: 'about:blank' })
  declare readonly type: string;

  @TextMember({ description: 'The reason phrase of the status.', example: 'Unauthorized' })
  declare readonly title: string;

  @IntegerMember({ description: 'The HTTP status.', example: 401 })
  declare readonly status: number;

  @TextMember({ description: 'What happened, for developers.', example: 'The username or password is incorrect.' })
  declare readonly detail: string;

  @TextMember({ ...CODE, optional: true })
  declare readonly code?: MandateErrorCode;

  @ObjectListMember(() => FieldErrorDto, {
    description: 'The fields that are not valid. Present for the code REQUEST_INVALID.',
    optional: true,
  })
  declare readonly errors?: readonly FieldErrorDto[];
}
