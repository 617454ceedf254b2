import type { LoginTransaction } from './login-transaction.js';

/**
 * The page that a sign-in starts with: `login` is the choice of sign-in methods (`/oauth2/authorize`), the others are
 * direct links. `passkeys` lets a user who is signed in at the domain add a passkey.
 *
 * @publicApi
 */
export type LoginPage = 'login' | 'signup' | 'forgotPassword' | 'passkeys';

/**
 * What Cognito asks the user although there may be a session at the domain (OpenID Connect Core 1.0, section 3.1.2.1).
 *
 * @publicApi
 */
export type LoginPrompt = 'none' | 'login' | 'select_account' | 'consent';

/**
 * Options of `startLogin`: the only parameters of an authorization request that a caller chooses.
 *
 * @publicApi
 */
export interface StartLoginOptions {
  /**
   * The name of an identity provider, whose page is shown at once: `COGNITO`, `Google`, `Facebook`, `LoginWithAmazon`,
   * `SignInWithApple` or the name of an OIDC or SAML provider. Default: Cognito's page with the choice.
   */
  readonly identityProvider?: string | undefined;
  /** The same by an identifier of the provider, such as a mail domain. Not with `identityProvider`. */
  readonly idpIdentifier?: string | undefined;
  /** The username to fill in. Forwarded to OIDC providers. */
  readonly loginHint?: string | undefined;
  /** `none`, which shows no page and must stand alone, or what to ask. Requires the newer managed login. Default: nothing. */
  readonly prompt?: LoginPrompt | readonly LoginPrompt[] | undefined;
  /** The language of the pages, such as `de` or `pt-BR`. Default: that of the browser. */
  readonly lang?: string | undefined;
  /** Instead of the option `oauth.scopes`. `openid` is required. */
  readonly scopes?: readonly string[] | undefined;
  /** Instead of the option `oauth.resource`. */
  readonly resource?: string | undefined;
  /** Default: `login`. */
  readonly page?: LoginPage | undefined;
}

/**
 * A sign-in that has been started.
 *
 * @publicApi
 */
export interface StartedLogin {
  /** Where to send the browser. */
  readonly url: string;
  /** What `completeLogin` needs when the browser comes back. Keep it for this browser only: in a sealed cookie or a store. */
  readonly transaction: LoginTransaction;
}

/**
 * Options of `logoutUrl`: where the browser goes after the logout.
 *
 * @publicApi
 */
export type LogoutUrlOptions =
  | {
      /** One of the option `oauth.logoutUri`. Default: the first. */
      readonly logoutUri?: string | undefined;
      readonly signInAgain?: undefined;
    }
  | {
      /**
       * A sign-in that `startLogin` has just started. The login page follows at once, and the browser comes back to
       * `oauth.redirectUri`, where `completeLogin` needs the transaction.
       */
      readonly signInAgain: StartedLogin;
      readonly logoutUri?: undefined;
    };
