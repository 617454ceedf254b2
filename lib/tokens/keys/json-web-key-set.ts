/** A JSON Web Key Set (RFC 7517 section 5) as Cognito publishes it. */
export interface JsonWebKeySet {
  readonly keys: readonly unknown[];
}
