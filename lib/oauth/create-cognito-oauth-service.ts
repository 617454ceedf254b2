import type { AppClient } from '../client/app-client.js';
import type { CognitoClient } from '../client/cognito-client.js';
import { MandateError } from '../errors/mandate-error.js';
import type { Clock } from '../time/clock.js';
import type { Revoker } from '../tokens/revocation/end-sign-ins.js';
import type { Verifier } from '../tokens/verifier.js';
import { CognitoOAuthService } from './cognito-oauth.service.js';
import type { OAuthOptions } from './oauth-options.js';

/** Options of the service for one pool. */
export interface CognitoOAuthServiceOptions {
  /** The option `oauth`; undefined if the module has none. */
  readonly oauth: OAuthOptions | undefined;
  readonly client: Pick<CognitoClient, 'send'>;
  readonly appClient: AppClient;
  readonly verifier: Pick<Verifier, 'accepts' | 'verify'>;
  /** The issuers that the tokens of the pool may have. */
  readonly issuers: readonly string[];
  /** Default: the system clock. */
  readonly clock?: Clock | undefined;
  /** Records ended sign-ins, so that guards reject their tokens at once. Default: nothing is recorded. */
  readonly revoker?: Revoker;
}

/** Creates the service for one pool. */
export function createCognitoOAuthService(options: CognitoOAuthServiceOptions): CognitoOAuthService {
  const unfinished = (): never => {
    throw new MandateError(
      'OAUTH_NOT_CONFIGURED',
      `The option "oauth" is ${options.oauth === undefined ? 'missing' : 'set'}.`,
    );
  };
  return new CognitoOAuthService({
    startLogin: unfinished,
    completeLogin: unfinished,
    renewTokens: unfinished,
    revokeToken: unfinished,
    getUserInfo: unfinished,
    logoutUrl: unfinished,
    clientToken: unfinished,
  });
}
