import { accessDecorator } from '../access/access-metadata.js';

/** One scope or more, such as `photos/read`. */
type Names = readonly [string, ...string[]];

function Scopes(...scopes: Names): MethodDecorator & ClassDecorator {
  return accessDecorator('allScopes', scopes);
}

Scopes.any = (...scopes: Names): MethodDecorator & ClassDecorator => accessDecorator('anyScope', scopes);

const decorator: {
  /**
   * Asks for an access token with each of the scopes. Tokens of an API sign-in have only `aws.cognito.signin.user.admin`;
   * scopes of your own need managed login, client credentials or a pre-token trigger. A token that lacks one is refused
   * with 403 and the code `SCOPE_INSUFFICIENT` (RFC 6750, section 3.1: `insufficient_scope`).
   *
   * @throws MandateConfigurationError when the decorated class is loaded, if there is no scope or a blank one.
   */
  (...scopes: Names): MethodDecorator & ClassDecorator;
  /** Asks for an access token with at least one of the scopes; refuses and throws as `@Scopes` does. */
  readonly any: (...scopes: Names) => MethodDecorator & ClassDecorator;
} = Scopes;

export { decorator as Scopes };
