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
