import { AppClient, type AppClientOptions } from '../../../lib/client/app-client.js';
import { MandateError } from '../../../lib/errors/mandate-error.js';
import {
  createCognitoOAuthService,
  type CognitoOAuthServiceOptions,
} from '../../../lib/oauth/create-cognito-oauth-service.js';
import type { CognitoOAuthService } from '../../../lib/oauth/cognito-oauth.service.js';
import type { OAuthOptions } from '../../../lib/oauth/oauth-options.js';
import { createPoolVerifier, type PoolVerifierOptions } from '../../../lib/tokens/pool-verifier.js';
import { CLIENT_ID, ISSUER, jwks, POOL_ID, TestClock } from '../../tokens/support/test-issuer.js';
import { LOGOUT_URI, REDIRECT_URI, SECRET } from './cognito-domain.js';

export interface OAuthTestOptions {
  /** Undefined: as an application without the option `oauth`. */
  readonly domain?: string | undefined;
  readonly oauth?: Partial<OAuthOptions>;
  /** `null`: a public client. Default: the domain's secret. */
  readonly clientSecret?: NonNullable<AppClientOptions['clientSecret']> | null;
  readonly verifier?: Partial<PoolVerifierOptions>;
  readonly service?: Partial<CognitoOAuthServiceOptions>;
}

export interface OAuthUnderTest {
  readonly service: CognitoOAuthService;
  readonly clock: TestClock;
}

/** A service that speaks to a domain, in the time of the test tokens. */
export function oauthUnderTest({ domain, oauth, clientSecret, verifier, service }: OAuthTestOptions): OAuthUnderTest {
  const clock = new TestClock();
  const secret = clientSecret === null ? undefined : (clientSecret ?? SECRET);
  return {
    clock,
    service: createCognitoOAuthService({
      oauth: domain === undefined ? undefined : { domain, redirectUri: REDIRECT_URI, logoutUri: LOGOUT_URI, ...oauth },
      client: { send: () => Promise.reject(new Error('not in this test')) },
      appClient: new AppClient({ userPoolId: POOL_ID, clientId: CLIENT_ID, clientSecret: secret }),
      verifier: createPoolVerifier({
        userPoolId: POOL_ID,
        acceptedClientIds: [CLIENT_ID],
        jwks: jwks(),
        clock: clock.read,
        ...verifier,
      }),
      issuers: [ISSUER, ISSUER.replace('https://cognito-idp', 'https://issuer-cognito-idp')],
      clock: clock.read,
      jitter: () => 0,
      ...service,
    }),
  };
}

/** The error that a promise rejects with. */
export async function errorOf(promise: Promise<unknown>): Promise<MandateError> {
  const outcome: unknown = await promise.catch((error: unknown) => error);
  if (!(outcome instanceof MandateError)) {
    throw new Error(`Expected a MandateError, not ${String(outcome)}`);
  }
  return outcome;
}
