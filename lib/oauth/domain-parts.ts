import { randomBytes } from 'node:crypto';

import type { AppClient } from '../client/app-client.js';
import type { CallObserver } from '../client/call-observer.js';
import { MandateConfigurationError } from '../errors/configuration-error.js';
import { domainUrl } from '../protocol/oauth/domain.js';
import type { Clock } from '../time/clock.js';
import type { Verifier } from '../tokens/verifier.js';
import { DomainClient } from './domain-client.js';
import { LoginFlow, type LoginDependencies } from './login.flow.js';
import type { LogoutParts } from './logout-url.js';
import type { OAuthOptions } from './oauth-options.js';
import { TokenRequests } from './token-requests.js';
import { verifyLogin } from './verify-login.js';

/** What exists only with the option `oauth`. */
export interface DomainParts {
  readonly domain: DomainClient;
  readonly requests: TokenRequests;
  readonly login: LoginFlow;
  readonly logout: LogoutParts;
}

/** What the parts are created from. */
export interface DomainPartsOptions {
  readonly oauth: OAuthOptions;
  readonly appClient: AppClient;
  readonly verifier: Pick<Verifier, 'verify'>;
  readonly issuers: readonly string[];
  readonly clockToleranceSeconds: number;
  readonly clock: Clock;
  readonly observer?: Pick<CallObserver, 'failed'> | undefined;
  /** Returns 256 random bits as base64url. Default: those of Node's `crypto`. */
  readonly random?: (() => string) | undefined;
}

/** Creates the parts that speak to the domain. */
export function createDomainParts(options: DomainPartsOptions): DomainParts {
  const { oauth, appClient, issuers, clock, random = randomText } = options;
  const { clientId } = appClient;
  const url = domainUrl(oauth.domain);
  if (url === undefined) {
    throw new MandateConfigurationError('oauth.domain', 'must be the domain of the user pool');
  }
  const domain = new DomainClient({ ...options, ...oauth, domain: url });
  const requests = new TokenRequests(domain, clock);
  const verify: LoginDependencies['verify'] = async (tokens, transaction) =>
    verifyLogin({ verifier: options.verifier, issuers, clientId }, tokens, transaction);
  return {
    domain,
    requests,
    login: new LoginFlow({ oauth, clientId, domain, requests, verify, random, clock }),
    logout: { endpoint: domain.endpoints.logout, clientId, logoutUri: oauth.logoutUri },
  };
}

/** As RFC 7636, section 4.1, recommends for code verifiers. */
function randomText(): string {
  return randomBytes(32).toString('base64url');
}
