import type { Provider } from '@nestjs/common';

import type { AppClient } from '../client/app-client.js';
import type { CognitoClient } from '../client/cognito-client.js';
import type { CognitoOAuthService } from '../oauth/cognito-oauth.service.js';
import { createCognitoOAuthService, type OAuthTenants } from '../oauth/create-cognito-oauth-service.js';
import type { OAuthTenant } from '../oauth/oauth-tenant.js';
import { trustedIssuers } from '../tokens/pool-verifier.js';
import type { Revocation } from '../tokens/revocation/create-revocation.js';
import type { TenantSet } from '../tokens/tenants/tenants.js';
import type { TokenVerifier } from '../tokens/token-verifier.js';
import {
  APP_CLIENT,
  getCognitoClientToken,
  getCognitoOAuthToken,
  getTokenVerifierToken,
  RESOLVED_OPTIONS,
  REVOCATION,
  SET_UP_LOG,
  TENANTS,
} from './injection-tokens.js';
import { type ResolvedMandateOptions, resolveOptions } from './resolve-options.js';
import type { SetUpLog } from './startup/set-up-log.js';

/** The provider of a pool's `CognitoOAuthService`. It exists without the option `oauth` too; its methods then throw. */
export function oauthProvider(pool: string | undefined): Provider {
  return {
    provide: getCognitoOAuthToken(pool),
    inject: [
      getCognitoClientToken(pool),
      APP_CLIENT,
      RESOLVED_OPTIONS,
      REVOCATION,
      getTokenVerifierToken(pool),
      TENANTS,
      SET_UP_LOG,
    ],
    useFactory: (
      client: CognitoClient,
      appClient: AppClient,
      options: ResolvedMandateOptions,
      revocation: Revocation,
      verifier: TokenVerifier,
      tenants: TenantSet | undefined,
      observer: SetUpLog,
    ): CognitoOAuthService =>
      createCognitoOAuthService({
        oauth: options.oauth,
        client,
        appClient,
        clock: options.clock,
        clockToleranceSeconds: options.clockToleranceSeconds,
        verifier,
        issuers: trustedIssuers(options).flat(),
        revoker: revocation.signInRevoker,
        observer,
        tenants: tenants && tenantsOf(tenants, revocation),
      }),
  };
}

function tenantsOf({ verifier }: TenantSet, revocation: Revocation): OAuthTenants {
  return {
    verifier,
    revokerOf: (userPoolId) => revocation.forPool(userPoolId).signInRevoker,
    assertValid: ({ userPoolId, clientId, clientSecret, region, issuer, replicaRegions, oauth }: OAuthTenant) => {
      // The environment variable holds the key set of the module's own pool.
      resolveOptions({ userPoolId, clientId, clientSecret, region, issuer, replicaRegions, oauth }, {});
    },
  };
}
