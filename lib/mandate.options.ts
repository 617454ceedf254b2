import type { CognitoIdentityProviderClientConfig } from '@aws-sdk/client-cognito-identity-provider';

import type { Clock } from './time/clock.js';

/** A JSON Web Key Set (RFC 7517 section 5) as Cognito publishes it. */
export interface JsonWebKeySet {
  readonly keys: readonly Readonly<Record<string, unknown>>[];
}

/**
 * What `MandateModule.forRoot()` takes and what a factory of `forRootAsync()` returns. Only `userPoolId` and `clientId`
 * are needed. Options are checked once, when the application starts; a wrong one stops it with a sentence that names
 * the option.
 */
export interface MandateModuleOptions {
  /** The user pool's id, such as `eu-west-1_AbCdEfGhI`. */
  readonly userPoolId: string;

  /** The id of the app client that users sign in through. */
  readonly clientId: string;

  /**
   * The app client's secret, when it has one. A function is asked at each call, so that a secret can be rotated without
   * a restart; it may return a promise.
   */
  readonly clientSecret?: string | (() => string | Promise<string>) | undefined;

  /** The AWS region of the pool. Default: the part of `userPoolId` before the `_`. */
  readonly region?: string | undefined;

  /** Where the Cognito API is called: an embedded pool, a VPC or FIPS endpoint. Default: AWS's address for the region. */
  readonly endpoint?: string | undefined;

  /**
   * AWS credentials for `CognitoAdminService`. Default: the SDK's provider chain, asked at the first privileged call.
   * User flows never need any.
   */
  readonly credentials?: CognitoIdentityProviderClientConfig['credentials'] | undefined;

  /**
   * Retries of calls to Cognito, in one place. Throttled calls are retried with exponential back-off. A call whose
   * reply got lost is retried only when repeating it is harmless: never one that spends a single-use session, a code or
   * a rotating refresh token.
   */
  readonly retry?: MandateRetryOptions | undefined;

  /** How long one call to Cognito may take, in milliseconds. Default: 10,000. */
  readonly requestTimeout?: number | undefined;

  /**
   * The issuer (`iss`) that tokens must have, or several. Default: both forms that Cognito uses for the pool,
   * `https://cognito-idp.<region>.amazonaws.com/<pool>` and `https://issuer-cognito-idp.<region>.amazonaws.com/<pool>`.
   */
  readonly issuer?: string | readonly string[] | undefined;

  /** Where the signing keys are fetched. Default: `<issuer>/.well-known/jwks.json`. */
  readonly jwksUri?: string | undefined;

  /**
   * The signing keys themselves: no network is used for them, and rotated keys are not noticed. Default: the JSON in the
   * environment variable `COGNITO_JWKS` when it is set, else the keys are fetched.
   */
  readonly jwks?: JsonWebKeySet | undefined;

  /**
   * Which kind of token the guard lets in. Default: `access`. `null` lets both in: an id token then works as an API
   * credential, which OpenID Connect does not intend.
   */
  readonly tokenUse?: 'access' | 'id' | null | undefined;

  /**
   * The app clients whose tokens are let in. Default: `clientId` alone. `null` lets tokens of every client of the pool
   * in, clients of other applications included.
   */
  readonly acceptedClientIds?: readonly string[] | null | undefined;

  /** How far the clocks of this machine and Cognito may differ, in seconds. Default: 0. */
  readonly clockTolerance?: number | undefined;

  /** Tells the time. Default: the machine's clock. For tests. */
  readonly clock?: Clock | undefined;
}

/** See `MandateModuleOptions.retry`. */
export interface MandateRetryOptions {
  /** How often a call is tried in all. Default: 3. 1 turns retries off. */
  readonly maxAttempts?: number | undefined;
  /** The first pause, in milliseconds; doubled each time, with jitter. Default: 100. */
  readonly baseDelay?: number | undefined;
  /** The longest pause, in milliseconds. Default: 5,000. */
  readonly maxDelay?: number | undefined;
}
