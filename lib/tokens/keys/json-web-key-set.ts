/**
 * A JSON Web Key Set (RFC 7517, section 5), as Cognito publishes it.
 *
 * @publicApi
 */
export interface JsonWebKeySet {
  readonly keys: readonly unknown[];
}
