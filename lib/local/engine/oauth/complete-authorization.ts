import type { HttpResponse } from '../../http/route.js';
import type { AuthorizationGrant } from '../../model/authorization-code.js';
import type { BrowserSession } from '../../model/browser-session.js';
import type { AuthMethod } from '../../model/sign-in.js';
import type { User } from '../../model/user.js';
import type { Environment } from '../environment.js';
import type { CallOrigin } from '../sessions/session-tracking.js';
import type { AuthorizationRequest } from './authorization-request.js';
import { lifetimeOf } from './browser-sessions.js';
import { withQuery } from './callback-url.js';
import { setCookie } from './cookies.js';
import { redeemGrant } from './redeem-grant.js';
import { redirectTo } from './redirect.js';

/** The cookie of a browser's sessions. */
export const SESSION_COOKIE = 'cognito';

/** The browser that a response goes to. */
export interface Browser extends CallOrigin {
  /** Value of its cookie `cognito`. */
  readonly sessionId?: string | undefined;
}

/** A user who has just signed in on the pages of managed login. */
export interface CompletedSignIn {
  readonly request: AuthorizationRequest;
  readonly user: User;
  /** How the user proved their identity. Empty after a sign-in through an identity provider. */
  readonly signInMethods: readonly AuthMethod[];
  /** The identity provider that vouched for the user. */
  readonly federated?: {
    readonly providerName: string;
    /** Cognito puts a nonce of its own into the ID token of a federated user's first sign-in. */
    readonly inventedNonce?: string | undefined;
  };
  readonly browser: Browser;
}

/** Ends a sign-in: opens a session of the browser, and sends the browser back to the app client with a code or tokens. */
export async function completeAuthorization(
  environment: Environment,
  { request, user, signInMethods, federated, browser }: CompletedSignIn,
): Promise<HttpResponse> {
  const session: BrowserSession = {
    poolId: request.pool.id,
    sub: user.sub,
    authenticatedAt: environment.clock(),
    methods: signInMethods,
    ...(federated && { provider: federated.providerName }),
  };
  const value = environment.browserSessions.open(session, browser.sessionId);
  const cookie = setCookie(environment, {
    name: SESSION_COOKIE,
    value,
    maxAge: lifetimeOf(request.client) / 1000,
  });
  const nonce = request.nonce ?? federated?.inventedNonce;
  const authorized = { ...request, ...(nonce !== undefined && { nonce }) };
  return redirectTo(await callbackOf(environment, authorized, session, browser), [cookie]);
}

/**
 * The redirect URI with what the app client asked for: a code in the query (RFC 6749 section 4.1.2), or tokens in the
 * fragment (section 4.2.2).
 */
export async function callbackOf(
  environment: Environment,
  request: AuthorizationRequest,
  session: BrowserSession,
  caller: CallOrigin,
): Promise<string> {
  const { redirectUri, state } = request;
  const echoed = state === undefined ? {} : { state };
  if (request.responseType === 'token') {
    const { id_token, access_token, expires_in, token_type } = await redeemGrant(environment, {
      ...{ pool: request.pool, client: request.client, caller },
      grant: grantOf(request, session),
      withRefreshToken: false,
    });
    const tokens = { ...(id_token !== undefined && { id_token }), access_token, expires_in: String(expires_in) };
    return `${redirectUri}#${new URLSearchParams({ ...tokens, token_type, ...echoed }).toString()}`;
  }
  const code = environment.authorizationCodes.issue(grantOf(request, session));
  return withQuery(redirectUri, { code, ...echoed });
}

function grantOf(request: AuthorizationRequest, session: BrowserSession): Omit<AuthorizationGrant, 'expiresAt'> {
  const { pool, client, redirectUri, scopes, nonce, codeChallenge, resource } = request;
  return {
    ...{ poolId: pool.id, clientId: client.id, redirectUri, scopes, session },
    ...(nonce !== undefined && { nonce }),
    ...(codeChallenge !== undefined && { codeChallenge }),
    ...(resource !== undefined && { resource }),
  };
}
