import type { HttpResponse } from '../../http/route.js';
import type { AppClient } from '../../model/app-client.js';
import type { Pool } from '../../model/pool.js';
import type { AuthorizationRequest } from './authorization-request.js';

/** An identity provider that the login page offers. */
export interface OfferedProvider {
  readonly name: string;
  /** Text of its button, such as `Google`. */
  readonly label: string;
}

/** Sign-in through identity providers, as far as the endpoints and the login page need it. */
export interface Federation {
  /** The providers that a client supports. */
  providersOf(pool: Pool, client: AppClient): readonly OfferedProvider[];
  /** The name of the provider with an identifier (`idp_identifier`). */
  byIdentifier(pool: Pool, idpIdentifier: string): string | undefined;
  /**
   * Sends the browser to a provider. The provider is one of `providersOf`.
   *
   * @param origin - of the domain in the browser's address bar, to which it must return: cookies are bound to it.
   */
  start(request: AuthorizationRequest, providerName: string, origin: string): Promise<HttpResponse> | HttpResponse;
}
