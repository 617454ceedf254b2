import { sdkContext } from '../client/shapes/call-context.js';
import { MandateArgumentError } from '../errors/argument-error.js';
import { requireObject, requireText, requireTextIfGiven } from '../errors/require-argument.js';
import { SingleFlight } from '../memory/single-flight.js';
import { readTokens, type AuthenticationAnswer, type TokenSet } from '../protocol/authentication-outcome.js';
import { UnexpectedAnswerError } from '../protocol/protocol-error.js';
import { claimOf, requireOwnClient } from '../tokens/own-client.js';
import type { UserDependencies } from './user-dependencies.js';

/**
 * The operation that renews tokens. `GetTokensFromRefreshToken` supports rotating refresh tokens and needs no username.
 * `REFRESH_TOKEN_AUTH` is the older form (InitiateAuth); Cognito rejects it for app clients that rotate refresh tokens.
 *
 * @publicApi
 */
export type RenewalMethod = 'GetTokensFromRefreshToken' | 'REFRESH_TOKEN_AUTH';

/**
 * A refresh token and what Cognito needs to renew it. A whole `TokenSet` is accepted.
 *
 * @publicApi
 */
export interface RenewTokensRequest {
  /** Required when the call is made; optional in the type, as in a `TokenSet`. */
  readonly refreshToken?: string | undefined;
  /**
   * An access token of the same sign-in, expired or not: the source of the user and the device if `username` and
   * `deviceKey` are omitted.
   */
  readonly accessToken?: string | undefined;
  /**
   * The internal username, not an alias. Only REFRESH_TOKEN_AUTH with a client secret needs it. Default: from
   * `accessToken`.
   */
  readonly username?: string | undefined;
  /**
   * The remembered device of the sign-in. Without it Cognito rejects the refresh token in pools that track devices.
   * Default: from `accessToken`.
   */
  readonly deviceKey?: string | undefined;
  /** Default: the method that the service is configured with, by default GetTokensFromRefreshToken. */
  readonly method?: RenewalMethod | undefined;
  /**
   * `authorization_code` for tokens of managed login: with the option `oauth` they are renewed at the token endpoint, unless
   * `method` names another way. It takes neither a device nor `clientMetadata`.
   */
  readonly grantType?: TokenSet['grantType'] | undefined;
  /** For the PreTokenGeneration trigger. */
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/**
 * Tokens that can be renewed again.
 *
 * @publicApi
 */
export interface RenewedTokens extends TokenSet {
  /** The new refresh token if the app client rotates them, otherwise the one that was passed. */
  readonly refreshToken: string;
}

/** The default of the option `renewalMethod`. */
export const DEFAULT_RENEWAL_METHOD: RenewalMethod = 'GetTokensFromRefreshToken';

/** Renews tokens of managed login at the token endpoint. */
export type RenewLogin = (refreshToken: string) => Promise<RenewedTokens>;

type CheckedRequest = RenewTokensRequest & Pick<RenewedTokens, 'refreshToken'>;

/**
 * Renewal of access and id token. Calls with the same refresh token that overlap share one request, because a rotating
 * refresh token can be used only once. Instances of an application cannot share a request; set a grace period
 * (RetryGracePeriodSeconds) in the app client for that.
 */
export class TokenRenewalFlow {
  private readonly renewals = new SingleFlight<string, RenewedTokens>();

  constructor(
    private readonly dependencies: Pick<UserDependencies<object>, 'client' | 'appClient' | 'clock'>,
    private readonly defaultMethod = DEFAULT_RENEWAL_METHOD,
    /** Undefined without the option `oauth`. */
    private readonly renewLogin?: RenewLogin,
  ) {}

  async renew(request: RenewTokensRequest): Promise<RenewedTokens> {
    requireObject('request', request);
    const { refreshToken } = request;
    requireText('refreshToken', refreshToken);
    requireTextIfGiven('accessToken', request.accessToken);
    requireOwnClient(request.accessToken, this.dependencies.appClient.clientId);
    return this.renewals.run(refreshToken, async () => this.run({ ...request, refreshToken }));
  }

  private async run(request: CheckedRequest): Promise<RenewedTokens> {
    const { refreshToken, grantType } = request;
    if (grantType !== undefined && request.method === undefined && this.renewLogin !== undefined) {
      return this.renewLogin(refreshToken);
    }
    const method = request.method ?? this.defaultMethod;
    const { AuthenticationResult: result } = await (method === 'REFRESH_TOKEN_AUTH'
      ? this.byInitiateAuth(request)
      : this.byRefreshToken(request));
    if (result === undefined) {
      throw new UnexpectedAnswerError('the renewal returned no tokens');
    }
    // Without rotation Cognito returns no refresh token, and the current one stays valid.
    const tokens = readTokens(result, this.dependencies.clock());
    return { refreshToken, ...tokens, ...(grantType !== undefined && { grantType }) };
  }

  private async byRefreshToken(request: CheckedRequest): Promise<AuthenticationAnswer> {
    const { client, appClient } = this.dependencies;
    return client.send('GetTokensFromRefreshToken', {
      ClientId: appClient.clientId,
      ClientSecret: await appClient.secret(),
      RefreshToken: request.refreshToken,
      DeviceKey: deviceKeyOf(request),
      ClientMetadata: request.clientMetadata,
    });
  }

  private async byInitiateAuth(request: CheckedRequest): Promise<AuthenticationAnswer> {
    const { client, appClient } = this.dependencies;
    const deviceKey = deviceKeyOf(request);
    const secretHash = appClient.hasSecret ? await appClient.secretHash(usernameOf(request)) : undefined;
    return client.send('InitiateAuth', {
      ClientId: appClient.clientId,
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      AuthParameters: {
        REFRESH_TOKEN: request.refreshToken,
        ...(secretHash !== undefined && { SECRET_HASH: secretHash }),
        ...(deviceKey !== undefined && { DEVICE_KEY: deviceKey }),
      },
      ...sdkContext(request),
    });
  }
}

/** The internal username: Cognito rejects a SECRET_HASH over an alias. */
function usernameOf({ username, accessToken }: RenewTokensRequest): string {
  const name = username ?? claimOf(accessToken, 'username');
  if (name === undefined) {
    throw new MandateArgumentError(
      'accessToken',
      'or the internal "username" is required for REFRESH_TOKEN_AUTH with a client secret',
    );
  }
  return name;
}

function deviceKeyOf({ deviceKey, accessToken }: RenewTokensRequest): string | undefined {
  return deviceKey ?? claimOf(accessToken, 'device_key');
}
