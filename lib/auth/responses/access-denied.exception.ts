import { brandClass } from '../../types/class-brand.js';
import { MandateHttpException } from './mandate-http.exception.js';

/**
 * Thrown by `CognitoAuthGuard` for a call that it denies. It carries the HTTP status, the JSON body and the headers of the
 * response, and the `MandateError` as its `cause`.
 *
 * @publicApi
 */
export class AccessDeniedException extends MandateHttpException {
  static {
    brandClass(this, 'AccessDeniedException');
  }

  override readonly name = 'AccessDeniedException';
}
