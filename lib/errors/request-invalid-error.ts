import { brandClass } from '../types/class-brand.js';
import { MandateError } from './mandate-error.js';

/**
 * A field of a request that is not valid.
 *
 * @publicApi
 */
export interface FieldError {
  /** The path of the field, such as `attributes.email`. Empty for the request as a whole. */
  readonly field: string;
  /** What the field must be, without the field and its value. */
  readonly message: string;
}

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
