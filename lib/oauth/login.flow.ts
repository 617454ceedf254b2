import { MandateArgumentError } from '../errors/argument-error.js';
import { MandateConfigurationError } from '../errors/configuration-error.js';
import { MandateError } from '../errors/mandate-error.js';
import { requireObject, requireText } from '../errors/require-argument.js';
import { requireAuthorized } from '../protocol/oauth/authorization-response.js';
import { authorizationUrl } from '../protocol/oauth/authorization-request.js';
import type { DomainEndpoints } from '../protocol/oauth/domain.js';
import type { TokenSet } from '../protocol/authentication-outcome.js';
import type { Clock } from '../time/clock.js';
import { isFresh } from '../time/is-fresh.js';
import { checkLoginOptions } from './check-login-options.js';
import type { DomainClient } from './domain-client.js';
import type { LoginTransaction } from './login-transaction.js';
import type { OAuthOptions } from './oauth-options.js';
import type { LoginPage, StartedLogin, StartLoginOptions } from './start-login-options.js';
import type { TokenRequests } from './token-requests.js';

/** Dependencies of `LoginFlow`. */
export interface LoginDependencies {
  readonly oauth: Pick<OAuthOptions, 'redirectUri' | 'scopes' | 'resource'>;
  readonly clientId: string;
  readonly domain: DomainClient;
  readonly requests: TokenRequests;
  /** Verifies the tokens of a sign-in. */
  readonly verify: (tokens: TokenSet, transaction: LoginTransaction) => Promise<void>;
  /** Returns 256 random bits as 43 characters of base64url. */
  readonly random: () => string;
  readonly clock: Clock;
}

/** The endpoint that a sign-in starts at. */
const PAGES = {
  login: 'authorization',
  signup: 'signup',
  forgotPassword: 'forgotPassword',
  passkeys: 'passkeys',
} as const satisfies Readonly<Record<LoginPage, keyof DomainEndpoints>>;

const DEFAULT_SCOPES: readonly string[] = ['openid'];

/** How long a sign-in may take, in milliseconds. A person may have to look for a second factor. */
const LOGIN_LIFETIME = 600_000;

const TRANSACTION_TEXTS = ['state', 'nonce', 'codeVerifier', 'redirectUri'] as const;

/** Sign-in at managed login: authorization code with PKCE, `state` and `nonce`. */
export class LoginFlow {
  constructor(private readonly dependencies: LoginDependencies) {}

  async start(options: StartLoginOptions = {}): Promise<StartedLogin> {
    const { oauth, clientId, domain, random, clock } = this.dependencies;
    const { page = 'login', ...parameters } = checkLoginOptions(options);
    const { redirectUri } = oauth;
    if (redirectUri === undefined) {
      throw new MandateConfigurationError('oauth.redirectUri', 'is required to sign users in');
    }
    const { scopes = oauth.scopes ?? DEFAULT_SCOPES, resource = oauth.resource } = parameters;
    const [state, nonce, codeVerifier] = [random(), random(), random()];
    const library = await domain.library();
    const codeChallenge = await library.calculatePKCECodeChallenge(codeVerifier);
    const bound = { state, nonce, redirectUri, ...(resource !== undefined && { resource }) };
    return {
      url: authorizationUrl(domain.endpoints[PAGES[page]], {
        ...parameters,
        ...bound,
        clientId,
        scopes,
        codeChallenge,
      }),
      transaction: { ...bound, codeVerifier, startedAt: clock() },
    };
  }

  async complete(callback: URLSearchParams, given: LoginTransaction | undefined): Promise<TokenSet> {
    if (!((callback as unknown) instanceof URLSearchParams)) {
      throw new MandateArgumentError('callback', 'must be a URLSearchParams, made from the query of the request');
    }
    const transaction = requireAuthorized(callback, given === undefined ? undefined : checkedTransaction(given));
    if (!isFresh(transaction.startedAt, LOGIN_LIFETIME, this.dependencies.clock())) {
      throw new MandateError(
        'OAUTH_TRANSACTION_EXPIRED',
        'The sign-in was not completed within ten minutes. Start it again.',
      );
    }
    const tokens = await this.dependencies.requests.redeemCode(callback, transaction);
    await this.dependencies.verify(tokens, transaction);
    return { ...tokens, grantType: 'authorization_code' };
  }
}

/** A transaction has been to a browser and back. */
function checkedTransaction(transaction: LoginTransaction): LoginTransaction {
  requireObject('transaction', transaction);
  for (const name of TRANSACTION_TEXTS) {
    requireText(`transaction.${name}`, transaction[name]);
  }
  if (transaction.resource !== undefined) {
    requireText('transaction.resource', transaction.resource);
  }
  if (!Number.isFinite(transaction.startedAt)) {
    throw new MandateArgumentError('transaction.startedAt', 'must be a number of milliseconds since the epoch');
  }
  return transaction;
}
