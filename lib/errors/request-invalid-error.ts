import { brandClass } from '../types/class-brand.js';
import type { FieldError } from './field-error.js';
import { MandateError } from './mandate-error.js';

/**
 * A request whose body, path or query is not valid. It holds the names of the fields and never their values.
 *
 * @publicApi
 */
export class RequestInvalidError extends MandateError {
  static {
    brandClass(this, 'RequestInvalidError');
  }

  override readonly name = 'RequestInvalidError';
  readonly errors: readonly FieldError[];

  constructor(errors: readonly FieldError[]) {
    super('REQUEST_INVALID', `The request is not valid: ${errors.map(sentence).join('; ')}.`);
    this.errors = errors;
  }
}

function sentence({ field, message }: FieldError): string {
  return `${field} ${message}`.trim();
}
