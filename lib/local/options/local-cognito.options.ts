import type { UserStatusType, WebAuthnConfigurationType } from '@aws-sdk/client-cognito-identity-provider';

import type { Clock } from '../../time/clock.js';
import type { LocalLogLine } from '../engine/log-line.js';
import type { SocialProvider } from '../engine/federation/provider-details.js';
import type { MfaConfigRequest } from '../engine/mfa/pool-mfa-config.js';
import type { PoolRequest } from '../engine/pools/create-pool.js';
import type { RandomSource } from '../engine/random.js';
import type { PoolKeysPem } from '../engine/tokens/signing-keys.js';
import type { AppClientSettings } from '../model/app-client.js';
import type { CustomSenderKey } from '../model/custom-sender-key.js';
import type { LocalMessage } from '../model/message.js';
import type { TriggerTarget } from '../model/trigger-event.js';
import type { Triggers } from '../model/triggers.js';
import type { LocalQuotas } from '../steering/request-quotas.js';
import type { LocalIdentityProviderOptions } from './local-identity-provider.options.js';

/**
 * An app client of the embedded Cognito, with the parameters of CreateUserPoolClient. `ExplicitAuthFlows` defaults to
 * all flows.
 *
 * @publicApi
 */
export interface LocalClientOptions extends AppClientSettings {
  /** The name to pass to `pool.client(name)`. */
  readonly name: string;
  /** 1 to 128 letters, digits, `+` or `_`. Default: 26 random lower-case letters and digits. */
  readonly id?: string;
  /**
   * `true` generates a secret. A string (24 to 64 letters, digits, `+` or `_`) is the secret itself. Default: a public
   * client without a secret.
   */
  readonly secret?: boolean | string;
}

/**
 * A user to create at start.
 *
 * @publicApi
 */
export interface LocalUserOptions {
  readonly username: string;
  /** The user's `sub`, a UUID. Default: a random one. */
  readonly sub?: string;
  /** Not checked against the password policy. Default: none, so that the user cannot sign in with a password. */
  readonly password?: string;
  /**
   * Attributes by name. An email address or phone number is verified unless `email_verified` or `phone_number_verified`
   * is `'false'`.
   */
  readonly attributes?: Readonly<Record<string, string>>;
  /** Names of the user's groups. Missing groups are created. Default: none. */
  readonly groups?: readonly string[];
  /** Default: `CONFIRMED`. `FORCE_CHANGE_PASSWORD` makes `password` a temporary password. */
  readonly status?: UserStatusType;
  /** Default: true. */
  readonly enabled?: boolean;
}

/**
 * A group to create at start.
 *
 * @publicApi
 */
export interface LocalGroupOptions {
  readonly name: string;
  readonly description?: string;
  readonly precedence?: number;
  readonly roleArn?: string;
}

/**
 * A user pool of the embedded Cognito: the parameters of CreateUserPool, and the pool's content. Defaults are
 * Cognito's own, except `AutoVerifiedAttributes`, which defaults to `['email']`.
 *
 * @publicApi
 */
export interface LocalPoolOptions extends Omit<PoolRequest, 'PoolName'> {
  /** The name to pass to `cognito.pool(name)`, and the pool's `PoolName`. */
  readonly name: string;
  /** Default: the Region of the options, `_`, and 9 random letters and digits. */
  readonly id?: string;
  /**
   * Passkeys: the `WebAuthnConfiguration` of SetUserPoolMfaConfig. Passkeys also require `WEB_AUTHN` in
   * `Policies.SignInPolicy.AllowedFirstAuthFactors`. For pages on localhost set `RelyingPartyId: 'localhost'`.
   */
  readonly webAuthn?: WebAuthnConfigurationType;
  /**
   * Prefix of the pool's domain: 1 to 63 lower-case letters, digits and hyphens. Managed login of this pool alone is
   * then also at `http://<prefix>.auth.localhost:<port>`. Default: none; the server's own origin serves every pool.
   */
  readonly domain?: string;
  /** The parameters of SetUserPoolMfaConfig. Default: no MFA. */
  readonly mfa?: MfaConfigRequest;
  /** Default: two clients, `public` without a secret and `secret` with a generated one. */
  readonly clients?: readonly LocalClientOptions[];
  /** Default: none. */
  readonly users?: readonly LocalUserOptions[];
  /** Groups, or their names. Default: none. */
  readonly groups?: readonly (string | LocalGroupOptions)[];
  /**
   * Identity providers, or names of social ones: `['Google']`. Clients without `SupportedIdentityProviders` support all of
   * them. Default: none.
   */
  readonly identityProviders?: readonly (SocialProvider | LocalIdentityProviderOptions)[];
  /**
   * Lambda triggers: functions, paths of modules (from the working directory), or ARNs. They come before `LambdaConfig`.
   * Default: the `triggers` of `LocalCognito.start`.
   */
  readonly triggers?: Triggers;
  /**
   * Private keys that sign the pool's tokens. Preset keys make the start faster and keep tokens valid after a restart.
   * Default: generated when first needed.
   */
  readonly keys?: PoolKeysPem;
}

/**
 * Options of `LocalCognito.start`. Every option has a default.
 *
 * @publicApi
 */
export interface LocalCognitoOptions {
  /** Default: 0, any free port. */
  readonly port?: number;
  /** The address to listen on. Default: `127.0.0.1`, so that other machines cannot connect. */
  readonly host?: string;
  /**
   * What the pools' tokens name as their issuer. A URL: an issuer is that URL, a slash and the pool's id. `aws`: the issuers
   * of AWS, `https://cognito-idp.<region>.amazonaws.com/<pool id>`, for libraries that accept no others; they must be told
   * where the keys are. Default: the server's own URL. With the host `0.0.0.0` or `::` that is the address of the first
   * network interface, which may change.
   */
  readonly issuer?: string;
  /** The Region of pools without an `id`. Default: `us-east-1`. */
  readonly region?: string;
  /**
   * Origins whose pages may call the server, such as `http://app.test:5173`. Pages of this machine, on `localhost`,
   * `*.localhost` and loopback addresses, always may. Default: no others.
   */
  readonly allowedOrigins?: readonly string[];
  /** Default: one pool named `default`. */
  readonly pools?: readonly LocalPoolOptions[];
  /** Users of the first pool, in addition to its own. */
  readonly users?: readonly LocalUserOptions[];
  /** Lambda triggers of every pool of the options without `triggers`. */
  readonly triggers?: Triggers;
  /**
   * Lambda functions by name: functions or paths of modules. They run for the ARNs in `LambdaConfig`, so also in pools that
   * Terraform, CDK or a client creates. Default: none.
   */
  readonly functions?: Readonly<Record<string, TriggerTarget>>;
  /**
   * URL of a Lambda endpoint (the Invoke API, as SAM, LocalStack and serverless-offline offer it), where the ARNs in
   * `LambdaConfig` and `triggers` are invoked. Default: none.
   */
  readonly lambda?: string;
  /**
   * Encrypts the code for CustomEmailSender and CustomSMSSender in the message format of the AWS Encryption SDK, as Cognito
   * does with the pool's KMS key. Handlers decrypt it with a raw AES keyring of the same key. Requires the package
   * `@aws-crypto/client-node`. Default: the code is plain text.
   */
  readonly customSenderKey?: CustomSenderKey;
  /** Returns epoch milliseconds. Codes, sessions, tokens and lockouts expire by it. Default: the system clock. */
  readonly clock?: Clock;
  /** Source of identifiers, codes and secrets. Default: the random bytes of `node:crypto`. */
  readonly random?: RandomSource;
  /**
   * A directory that keeps pools, users and keys across restarts; needs the package classic-level. Each change is on disk
   * before its response is sent. Default: everything is lost when the process ends.
   */
  readonly dataDirectory?: string;
  /**
   * Certificate and private key, PEM. The server then speaks HTTPS, and its endpoint, its issuers and its domain start
   * with `https:`, for clients that insist on that. They must trust the certificate. Default: plain HTTP.
   */
  readonly tls?: { readonly key: string; readonly cert: string };
  /** Called for every line that Cognito would write to CloudWatch Logs: the results of imports of users. */
  readonly onLog?: (line: LocalLogLine) => void;
  /**
   * Request rate quotas of AWS, over which calls fail with TooManyRequestsException: `true`, or requests a second by
   * category where they differ from the default of AWS. Default: none.
   */
  readonly quotas?: LocalQuotas;
  /**
   * A mail server to which e-mails are sent too: `smtp://127.0.0.1:1025`. Needs the package nodemailer. What fails is
   * reported once, and fails nothing else. Default: none.
   */
  readonly smtp?: string;
  /** The sender of these e-mails. Default: that of the pool's EmailConfiguration, else Cognito's own. */
  readonly smtpFrom?: string;
  /** Called for every email and SMS. `outbox` holds them too. */
  readonly onMessage?: (message: LocalMessage) => void;
  /**
   * Called with what is not as asked for: an option that contradicts what `dataDirectory` keeps, a full disk, a
   * mail server that takes no e-mail. Default: a warning of the process.
   */
  readonly onWarning?: (warning: string) => void;
}
