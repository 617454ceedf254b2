import { sdkContext } from '../client/shapes/call-context.js';
import { MandateArgumentError } from '../errors/argument-error.js';
import { requireObject, requireText, requireTextIfGiven } from '../errors/require-argument.js';
import { readTokens, type AuthenticationAnswer, type TokenSet } from '../protocol/authentication-outcome.js';
import { UnexpectedAnswerError } from '../protocol/protocol-error.js';
import { readUnverifiedClaims } from '../protocol/unverified-claims.js';
import type { UserDependencies } from './user-dependencies.js';

/**
 * How tokens are renewed. `GetTokensFromRefreshToken` works whether the client rotates refresh tokens or not and needs no
 * username; `REFRESH_TOKEN_AUTH` is the older form of InitiateAuth, refused for clients that rotate.
 */
export type RenewalMethod = 'GetTokensFromRefreshToken' | 'REFRESH_TOKEN_AUTH';

/** What a renewal takes; a whole `TokenSet` will do. */
export interface RenewTokensRequest {
  /** Must be there when the call is made; optional as in a `TokenSet`. */
  readonly refreshToken?: string | undefined;
  /**
   * An access token of the same sign-in, expired or not: names the user and the device when `username` and `deviceKey`
   * are left out.
   */
  readonly accessToken?: string | undefined;
  /** The internal username, never an alias; only REFRESH_TOKEN_AUTH of a client with a secret needs it. */
  readonly username?: string | undefined;
  /** The remembered device of the sign-in; without it Cognito refuses the token where devices are tracked. */
  readonly deviceKey?: string | undefined;
  /** Default: as the service was set up, GetTokensFromRefreshToken unless told otherwise. */
  readonly method?: RenewalMethod | undefined;
  /** For the pre-token-generation trigger. */
  readonly clientMetadata?: Readonly<Record<string, string>> | undefined;
}

/** Tokens that can be renewed again. */
export interface RenewedTokens extends TokenSet {
  /** The new one where refresh tokens rotate, else the one that was given. */
  readonly refreshToken: string;
}

type CheckedRequest = RenewTokensRequest & Pick<RenewedTokens, 'refreshToken'>;

/**
 * Renewal of access and id token. Calls with the same refresh token that overlap share one request, because a rotating
 * refresh token can be spent only once. Two instances of an application cannot share; give the pool's client a grace
 * period (RetryGracePeriodSeconds) for that.
 */
export class TokenRenewalFlow {
  private readonly inFlight = new Map<string, Promise<RenewedTokens>>();

  constructor(
    private readonly dependencies: Pick<UserDependencies<object>, 'client' | 'appClient' | 'clock'>,
    private readonly defaultMethod: RenewalMethod = 'GetTokensFromRefreshToken',
  ) {}

  async renew(request: RenewTokensRequest): Promise<RenewedTokens> {
    requireObject('request', request);
    const { refreshToken } = request;
    requireText('refreshToken', refreshToken);
    requireTextIfGiven('accessToken', request.accessToken);
    const running = this.inFlight.get(refreshToken);
    if (running !== undefined) {
      return running;
    }
    const renewal = this.run({ ...request, refreshToken }).finally(() => this.inFlight.delete(refreshToken));
    this.inFlight.set(refreshToken, renewal);
    return renewal;
  }

  private async run(request: CheckedRequest): Promise<RenewedTokens> {
    const method = request.method ?? this.defaultMethod;
    const { AuthenticationResult: result } = await (method === 'REFRESH_TOKEN_AUTH'
      ? this.byInitiateAuth(request)
      : this.byRefreshToken(request));
    if (result === undefined) {
      throw new UnexpectedAnswerError('the renewal gave no tokens');
    }
    // Without rotation no refresh token comes back and the old one stays.
    return { refreshToken: request.refreshToken, ...readTokens(result, this.dependencies.clock()) };
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

/** The internal username: an alias would make a hash that Cognito refuses. */
function usernameOf({ username, accessToken }: RenewTokensRequest): string {
  const name = username ?? claimOf(accessToken, 'username');
  if (name === undefined) {
    throw new MandateArgumentError(
      'accessToken',
      'or the internal "username" must be given to renew by REFRESH_TOKEN_AUTH for a client with a secret',
    );
  }
  return name;
}

function deviceKeyOf({ deviceKey, accessToken }: RenewTokensRequest): string | undefined {
  return deviceKey ?? claimOf(accessToken, 'device_key');
}

function claimOf(token: string | undefined, claim: string): string | undefined {
  const value = token === undefined ? undefined : readUnverifiedClaims(token)?.[claim];
  return typeof value === 'string' ? value : undefined;
}
