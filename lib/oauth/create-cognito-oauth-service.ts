import { AppClient } from '../client/app-client.js';
import type { CallObserver } from '../client/call-observer.js';
import type { CognitoClient } from '../client/cognito-client.js';
import { MandateConfigurationError } from '../errors/configuration-error.js';
import { MandateError } from '../errors/mandate-error.js';
import { requireObject, requireText, requireTextIfGiven } from '../errors/require-argument.js';
import { systemClock, type Clock } from '../time/clock.js';
import { requireOwnClient } from '../tokens/own-client.js';
import { trustedIssuers } from '../tokens/pool-verifier.js';
import type { Revoker } from '../tokens/revocation/end-sign-ins.js';
import { UserRevocations } from '../tokens/revocation/user-revocations.js';
import type { Verifier } from '../tokens/verifier.js';
import { VERIFIER_DEFAULTS } from '../tokens/verifier-defaults.js';
import { ClientTokenCache } from './client-token-cache.js';
import { requestClientToken } from './client-token-request.js';
import { ClientTokens } from './client-tokens.js';
import { CognitoOAuthService, type RevokeLoginOptions } from './cognito-oauth.service.js';
import { createDomainParts, type DomainParts } from './domain-parts.js';
import { LoginRenewals } from './login-renewal.js';
import { logoutUrl } from './logout-url.js';
import type { OAuthOptions } from './oauth-options.js';
import type { OAuthTenant } from './oauth-tenant.js';
import { requestUserInfo } from './user-info-request.js';

/** Options of the service for one pool. */
export interface CognitoOAuthServiceOptions {
  /** The option `oauth`; undefined if the module has none. */
  readonly oauth: OAuthOptions | undefined;
  readonly client: Pick<CognitoClient, 'send'>;
  readonly appClient: AppClient;
  readonly verifier: Pick<Verifier, 'accepts' | 'verify'>;
  /** The issuers that the tokens of the pool may have. */
  readonly issuers: readonly string[];
  /** Default: 0. */
  readonly clockToleranceSeconds?: number | undefined;
  /** Default: the system clock. */
  readonly clock?: Clock | undefined;
  /** Returns 256 random bits as base64url. Default: those of Node's `crypto`. */
  readonly random?: (() => string) | undefined;
  /** Returns a number from 0 to 1, 1 excluded. Default: `Math.random`. */
  readonly jitter?: (() => number) | undefined;
  /** Is told of each request to the domain that fails. It must not throw. */
  readonly observer?: Pick<CallObserver, 'failed'> | undefined;
  /** Records ended sign-ins, so that guards reject their tokens at once. Default: nothing is recorded. */
  readonly revoker?: Revoker;
  /** The option `tenants`. Default: there are none. */
  readonly tenants?: OAuthTenants | undefined;
}

/** The tenants of a registration. */
export interface OAuthTenants {
  /** Verifies the tokens of listed tenants. */
  readonly verifier: Pick<Verifier, 'accepts' | 'verify'>;
  /** Where the ended sign-ins of a tenant's pool are recorded. */
  readonly revokerOf: (userPoolId: string) => Revoker;
  /** @throws MandateConfigurationError if an option is missing or invalid. */
  readonly assertValid: (tenant: OAuthTenant) => void;
}

/** What the services of a registration share, so that a tenant's can be created for a single call. */
interface SharedParts {
  readonly renewals: LoginRenewals;
  readonly clientTokens: ClientTokenCache;
}

/** Creates the service for one pool. */
export function createCognitoOAuthService(options: CognitoOAuthServiceOptions): CognitoOAuthService {
  const { clock = systemClock, jitter = Math.random } = options;
  return createService(options, {
    renewals: new LoginRenewals(),
    clientTokens: new ClientTokenCache({ clock, jitter }),
  });
}

function createService(options: CognitoOAuthServiceOptions, shared: SharedParts): CognitoOAuthService {
  const { oauth, client, appClient, verifier, revoker, clock = systemClock } = options;
  const { clockToleranceSeconds = VERIFIER_DEFAULTS.clockToleranceSeconds } = options;
  const identity = [appClient.userPoolId, appClient.clientId];
  const parts = oauth && createDomainParts({ ...options, oauth, clockToleranceSeconds, clock });
  const required = (): DomainParts => parts ?? notConfigured();
  const revocations = new UserRevocations({ revoker, verifier });
  const way = oauth === undefined ? 'api' : 'domain';
  const clientTokens = new ClientTokens(shared.clientTokens, identity, way, async (request) =>
    requestClientToken({ client, appClient, requests: () => required().requests, clock }, request),
  );
  return new CognitoOAuthService({
    startLogin: async (login) => required().login.start(login),
    completeLogin: async (callback, transaction) => required().login.complete(callback, transaction),
    renewTokens: async (refreshToken) => shared.renewals.renew(identity, refreshToken, required().requests),
    revokeToken: async (refreshToken, revocation) => {
      const { requests } = required();
      const accessToken = checkedAccessToken(refreshToken, revocation, appClient.clientId);
      await revocations.endOne(accessToken, async () => requests.revoke(refreshToken));
    },
    getUserInfo: async (accessToken) => requestUserInfo(required().domain, accessToken, clock),
    logoutUrl: (logout) => logoutUrl(required().logout, logout),
    clientToken: async (token) => clientTokens.get(token),
    forTenant: (tenant) => createService(optionsOfTenant(options, tenant), shared),
  });
}

function notConfigured(): never {
  throw new MandateError(
    'OAUTH_NOT_CONFIGURED',
    'Managed login and the OAuth 2.0 endpoints require the option "oauth" of MandateModule, with the domain of the user pool.',
  );
}

function checkedAccessToken(
  refreshToken: string,
  options: RevokeLoginOptions = {},
  clientId: string,
): string | undefined {
  requireText('refreshToken', refreshToken);
  requireObject('options', options);
  const { accessToken } = options;
  requireTextIfGiven('accessToken', accessToken);
  requireOwnClient(accessToken, clientId);
  return accessToken;
}

/** The options of a tenant's service: the module's verifier of tenants decides about its tokens. */
function optionsOfTenant(options: CognitoOAuthServiceOptions, tenant: OAuthTenant): CognitoOAuthServiceOptions {
  requireObject('tenant', tenant);
  const { tenants } = options;
  if (tenants === undefined) {
    throw new MandateConfigurationError('tenants', 'is required to sign in the users of tenants');
  }
  tenants.assertValid(tenant);
  return {
    ...options,
    oauth: tenant.oauth,
    appClient: new AppClient(tenant),
    verifier: tenants.verifier,
    issuers: trustedIssuers(tenant).flat(),
    revoker: tenants.revokerOf(tenant.userPoolId),
  };
}
