/**
 * The call that a handler answers, whatever its transport. Over GraphQL `request` and `response` are the HTTP request and
 * response of the operation.
 *
 * @publicApi
 */
export interface AuthApiCall {
  /** The request of Express or Fastify. Nothing in it has been verified. */
  readonly request: object;
  /** The response of Express or Fastify. Handlers set cookies with it and never send it. */
  readonly response: object;
  /** The verified access token of the caller; undefined for an anonymous one. */
  readonly accessToken?: string | undefined;
  /** The internal username of the caller, from the access token; undefined for an anonymous one. */
  readonly username?: string | undefined;
}
