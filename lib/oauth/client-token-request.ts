import type { AppClient } from '../client/app-client.js';
import type { CognitoClient } from '../client/cognito-client.js';
import { MandateConfigurationError } from '../errors/configuration-error.js';
import { readTokens, type TokenSet } from '../protocol/authentication-outcome.js';
import { UnexpectedAnswerError } from '../protocol/protocol-error.js';
import type { Clock } from '../time/clock.js';
import type { ClientToken } from './client-token.js';
import type { ClientTokenRequest } from './client-tokens.js';
import type { TokenRequests } from './token-requests.js';

/** Dependencies of `requestClientToken`. */
export interface ClientTokenDependencies {
  readonly client: Pick<CognitoClient, 'send'>;
  readonly appClient: AppClient;
  /** Throws if the option `oauth` is not set. */
  readonly requests: () => TokenRequests;
  readonly clock: Clock;
}

/** Asks for a token of the app client: the token endpoint (RFC 6749, section 4.4), or the API (GetClientToken). */
export async function requestClientToken(
  dependencies: ClientTokenDependencies,
  request: ClientTokenRequest,
): Promise<ClientToken> {
  if (!dependencies.appClient.hasSecret) {
    throw new MandateConfigurationError('clientSecret', 'is required for tokens of the app client itself');
  }
  const tokens = request.via === 'api' ? byApi(dependencies, request) : byDomain(dependencies, request);
  const { accessToken, expiresAt, tokenType } = await tokens;
  return { accessToken, expiresAt, tokenType };
}

async function byDomain(
  { requests }: ClientTokenDependencies,
  { scopes, clientMetadata }: ClientTokenRequest,
): Promise<TokenSet> {
  return requests().clientCredentials(
    new URLSearchParams({
      ...(scopes && { scope: scopes.join(' ') }),
      ...(clientMetadata && { aws_client_metadata: JSON.stringify(clientMetadata) }),
    }),
  );
}

async function byApi(
  { client, appClient, clock }: ClientTokenDependencies,
  { scopes, clientMetadata }: ClientTokenRequest,
): Promise<TokenSet> {
  const { ClientAuthenticationResult: result } = await client.send('GetClientToken', {
    ClientId: appClient.clientId,
    Secret: await appClient.secret(),
    ...(scopes && { Scopes: [...scopes] }),
    ...(clientMetadata && { ClientMetadata: clientMetadata }),
  });
  if (result === undefined) {
    throw new UnexpectedAnswerError('GetClientToken returned no token');
  }
  return readTokens(result, clock());
}
