import { ValidationPipe, type ValidationError } from '@nestjs/common';

import { MandateError } from '../../errors/mandate-error.js';

/** A member of a request that is not valid. */
export interface FieldError {
  readonly field: string;
  readonly message: string;
}

/** A request that is not valid. It never holds what was sent. */
export class RequestInvalidError extends MandateError {
  override readonly name = 'RequestInvalidError';

  constructor(readonly errors: readonly FieldError[]) {
    super('REQUEST_INVALID', `${errors.map(({ message }) => message).join('; ')}.`);
  }
}

/** Nest's `ValidationPipe` that accepts no unknown members. */
export class MandateValidationPipe extends ValidationPipe {
  constructor() {
    super({
      whitelist: true,
      forbidNonWhitelisted: true,
      transform: true,
      exceptionFactory: (errors) => new RequestInvalidError(errors.flatMap((error) => fieldErrors(error, ''))),
    });
  }
}

function fieldErrors({ property, constraints = {}, children = [] }: ValidationError, path: string): FieldError[] {
  const field = path === '' ? property : `${path}.${property}`;
  return [
    ...Object.values(constraints).map((message) => ({ field, message })),
    ...children.flatMap((child) => fieldErrors(child, field)),
  ];
}
