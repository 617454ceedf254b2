import type { HttpResponse } from '../../http/route.js';
import type { AppClient } from '../../model/app-client.js';
import type { IdentityProvider } from '../../model/identity-provider.js';
import type { Pool } from '../../model/pool.js';
import type { Environment } from '../environment.js';
import type { AuthorizationRequest } from '../oauth/authorization-request.js';
import { type Browser, completeAuthorization } from '../oauth/complete-authorization.js';
import type { Federation, OfferedProvider } from '../oauth/federation.js';
import { redirectTo } from '../oauth/redirect.js';
import type { ProviderClaims } from './attribute-mapping.js';
import { type FederatedAttempt, FederatedAttempts } from './federated-attempts.js';
import { federatedUser } from './federated-user.js';
import { FederationError, providerError } from './federation-error.js';
import { failedCallback } from './failed-callback.js';
import { providerByIdentifier } from './identity-providers.js';
import { endpointsOf } from './oidc-endpoints.js';
import { authenticationRequest, redeemCode } from './oidc-relying-party.js';
import { PlayedAnswers } from './played-answers.js';
import { stateCookie } from './state-cookie.js';

/** The path of the page that plays a provider, before the ids of pool and provider. */
export const PLAYED_PATH = '/__idp';

const LABELS: Readonly<Record<string, string>> = {
  LoginWithAmazon: 'Login with Amazon',
  SignInWithApple: 'Apple',
};

/** What a provider sent the browser back with. */
export interface ProviderResponse {
  /** The code, or the SAML response. */
  readonly code?: string | undefined;
  readonly error?: string | undefined;
  readonly errorDescription?: string | undefined;
}

/**
 * Sign-in through the identity providers of a pool. OIDC providers with real details are asked over the network; all
 * others are played by a page of the embedded server.
 */
export class IdentityFederation implements Federation {
  readonly attempts: FederatedAttempts;
  readonly answers: PlayedAnswers;

  constructor(private readonly environment: Environment) {
    this.attempts = new FederatedAttempts(environment.clock, environment.random);
    this.answers = new PlayedAnswers(environment.random);
  }

  providersOf(pool: Pool, { settings }: AppClient): readonly OfferedProvider[] {
    return (settings.SupportedIdentityProviders ?? [])
      .filter((name) => pool.identityProviders.has(name))
      .map((name) => ({ name, label: LABELS[name] ?? name }));
  }

  byIdentifier(pool: Pool, idpIdentifier: string): string | undefined {
    return providerByIdentifier(pool, idpIdentifier)?.name;
  }

  async start(request: AuthorizationRequest, providerName: string, origin: string): Promise<HttpResponse> {
    try {
      const provider = knownProvider(request.pool, providerName);
      const endpoints = provider.played ? undefined : await endpointsOf(provider);
      const attempt = this.attempts.open({ request, providerName, origin, endpoints });
      const location =
        endpoints === undefined
          ? `${PLAYED_PATH}/${request.pool.id}/${encodeURIComponent(providerName)}?state=${attempt.state}`
          : authenticationRequest(provider, attempt, endpoints);
      return redirectTo(location, [stateCookie(this.environment, attempt.state)]);
    } catch (error) {
      return failedCallback(request, error);
    }
  }

  /** Ends an attempt with the response of its provider: back to the app client, with a code or an error. */
  async finish(attempt: FederatedAttempt, response: ProviderResponse, browser: Browser): Promise<HttpResponse> {
    const { request, providerName, nonce } = attempt;
    const { pool, client } = request;
    const provider = pool.identityProviders.get(providerName);
    try {
      const claims = await this.claimsOf(knownProvider(pool, providerName), attempt, response);
      const signIn = { pool, client, provider: knownProvider(pool, providerName), claims };
      const { user, isNew } = await federatedUser(this.environment, signIn);
      const federated = { providerName, ...(isNew && { inventedNonce: nonce }) };
      return await completeAuthorization(this.environment, { request, user, signInMethods: [], federated, browser });
    } catch (error) {
      return failedCallback(request, error, provider?.type === 'SAML');
    }
  }

  private async claimsOf(
    provider: IdentityProvider,
    attempt: FederatedAttempt,
    { code, error, errorDescription }: ProviderResponse,
  ): Promise<ProviderClaims> {
    if (error !== undefined) {
      const text = [error, errorDescription].filter((part) => part !== undefined).join(' ');
      throw error === 'access_denied'
        ? new FederationError('access_denied', `${provider.name} Error - ${text}`)
        : providerError(provider.name, text);
    }
    if (code === undefined) {
      throw providerError(provider.name, 'the response has no code');
    }
    return attempt.endpoints === undefined
      ? this.answers.take(code, provider.name)
      : redeemCode(this.environment, provider, attempt, attempt.endpoints, code);
  }
}

/** A provider may be deleted while its page is open. */
function knownProvider(pool: Pool, name: string): IdentityProvider {
  const provider = pool.identityProviders.get(name);
  if (provider === undefined) {
    throw new FederationError('invalid_request', `Identity provider ${name} does not exist.`);
  }
  return provider;
}
