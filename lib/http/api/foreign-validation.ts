import { BadRequestException, Catch, type ArgumentsHost, type ExceptionFilter, type Type } from '@nestjs/common';

import type { CognitoExceptionFilter } from '../../auth/cognito-exception.filter.js';
import { MandateHttpException } from '../../auth/responses/mandate-http.exception.js';
import { MandateError } from '../../errors/mandate-error.js';
import type { FieldError } from '../../errors/field-error.js';
import { RequestInvalidError } from '../../errors/request-invalid-error.js';
import { isObject } from '../../types/is-object.js';

/** What Nest's own `ValidationPipe` throws: a list of messages. */
abstract class ForeignValidation {
  static [Symbol.hasInstance](error: unknown): boolean {
    return messagesOf(error) !== undefined;
  }
}

/**
 * The filter, which also answers with REQUEST_INVALID what a global `ValidationPipe` of the application refuses: it runs
 * before the validation of the API, and its answers have no code.
 */
export function withForeignValidation(filter: Type<CognitoExceptionFilter>): Type<ExceptionFilter> {
  @Catch(MandateError, MandateHttpException, ForeignValidation, ...caughtBy(filter))
  class AuthApiExceptionFilter extends filter {
    override catch(error: MandateError, host: ArgumentsHost): unknown {
      const messages = messagesOf(error);
      return super.catch(messages === undefined ? error : new RequestInvalidError(messages.map(fieldError)), host);
    }
  }
  return AuthApiExceptionFilter;
}

/** Set by `@Catch()`. A literal, because Nest 11 and 12 export the name from different internal files. */
function caughtBy(filter: Type<unknown>): readonly Type<unknown>[] {
  return (Reflect.getMetadata('__filterCatchExceptions__', filter) ?? []) as readonly Type<unknown>[];
}

function messagesOf(error: unknown): readonly string[] | undefined {
  const response = error instanceof BadRequestException ? error.getResponse() : undefined;
  const messages = isObject(response) ? response['message'] : undefined;
  return Array.isArray(messages) && messages.every((message) => typeof message === 'string') ? messages : undefined;
}

/** Messages of class-validator begin with the path of the field, those about unknown fields with `property`. */
function fieldError(text: string): FieldError {
  const [, field, message] = /^(?:property )?([\w.[\]-]+):? (.+)$/s.exec(text) ?? [];
  return field === undefined || message === undefined ? { field: '', message: text } : { field, message };
}
