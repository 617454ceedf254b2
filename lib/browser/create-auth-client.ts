import type { UserAttributes } from '../attributes/user-attributes.js';
import type { ConfirmationDto } from '../dto/responses/registration.dto.js';
import type { TokenSet } from '../protocol/authentication-outcome.js';
import { ApiCalls } from './api-calls.js';
import type { AuthClient, BodyAuthClient, CookieAuthClient } from './auth-client.js';
import type { BodyClientOptions, CookieClientOptions } from './auth-client.options.js';
import type { AuthDelivery } from './challenges.js';
import { browser } from './browser-globals.js';
import { createDevices, createMfa, createPasskeys, createSessions } from './create-families.js';
import { GuardedFetch } from './guarded-fetch.js';
import { SessionCalls } from './session-calls.js';
import { SessionWatch } from './session-watch.js';
import { SignInCalls } from './sign-in-calls.js';
import { TokenKeeper } from './token-keeper.js';
import { memoryStorage } from './token-storage.js';

/**
 * Creates a client of the auth API (`MandateAuthApiModule` of `mandate/http`).
 *
 * Create one for each API and page, and keep it as long as the page lives. On a server that renders the page it can be
 * created too, but has no session there.
 *
 * @typeParam Attributes - the user attributes under the application's names.
 * @publicApi
 */
export function createAuthClient<Attributes extends object = UserAttributes>(
  options: BodyClientOptions,
): BodyAuthClient<Attributes>;
/** @publicApi */
export function createAuthClient<Attributes extends object = UserAttributes>(
  options?: CookieClientOptions,
): CookieAuthClient<Attributes>;
export function createAuthClient(options: CookieClientOptions | BodyClientOptions = {}): object {
  const { calls, guarded, keeper, signIn, sessions, watch } = wire(options);
  return {
    mfa: createMfa(calls, signIn),
    devices: createDevices(calls),
    passkeys: createPasskeys(calls),
    sessions: createSessions(calls),

    register: async (body, o) => calls.call('register', { ...o, body }),
    confirmSignUp: async (body, o) => signIn.accept(await calls.call<ConfirmationDto>('confirm', { ...o, body })),
    resendConfirmationCode: async (body, o) => calls.call('resendCode', { ...o, body }),
    signIn: async (credentials, o) => signIn.signIn(credentials, o),
    continueSignIn: async (outcome, o) => signIn.walk(outcome, o),
    authenticate: async (credentials, o) => signIn.authenticate(credentials, o),
    respondToChallenge: async (challenge, answer, o) => signIn.respond(challenge, answer, o),
    logout: async ({ everywhere } = {}, o) => sessions.logout(everywhere, o),
    initiateForgotPassword: async (body, o) => calls.call('forgotPassword', { ...o, body }),
    confirmForgotPassword: async (body, o) => calls.call('confirmForgotPassword', { ...o, body }),
    getUser: async (o) => calls.call('me', o),
    updateProfile: async (body, o) => calls.call('updateMe', { ...o, body }),
    deleteUser: async (o) => sessions.deleteUser(o),
    sendVerification: async (body, o) => calls.call('sendVerification', { ...o, body }),
    validateVerification: async (body, o) => calls.call('validateVerification', { ...o, body }),
    changePassword: async (body, o) => calls.call('changePassword', { ...o, body }),
    fetch: async (input, init) => guarded.fetch(input, init),
    close: () => {
      watch.close();
    },

    session: async (o) => sessions.session(o),
    accessToken: async () => (await keeper?.accessToken()) ?? null,
    renewTokens: async () => {
      const tokens = await keeper?.load();
      return (tokens && (await keeper?.renew(tokens.accessToken))) ?? null;
    },
  } satisfies AuthClient<AuthDelivery> & Omit<CookieAuthClient & BodyAuthClient, keyof AuthClient<AuthDelivery>>;
}

interface Wired {
  readonly calls: ApiCalls;
  readonly guarded: GuardedFetch;
  readonly keeper: TokenKeeper | undefined;
  readonly signIn: SignInCalls;
  readonly sessions: SessionCalls;
  readonly watch: SessionWatch;
}

function wire(options: CookieClientOptions | BodyClientOptions): Wired {
  const {
    baseUrl = '/auth',
    paths = {},
    origins = [],
    timeout = 30_000,
    clock = Date.now,
    onSessionEnded = () => undefined,
    fetch = async (input: string | URL | Request, init?: RequestInit) => globalThis.fetch(input, init),
  } = options;
  const isBody = options.delivery === 'body';
  const own = isBody ? options.tokens : undefined;
  const storage = own ?? memoryStorage();
  const isShared = !isBody || own !== undefined;
  // Two APIs of one origin are two worlds.
  const name = `mandate ${baseUrl}`;
  const watch = new SessionWatch({
    name,
    shared: isShared,
    clock,
    onEnded: onSessionEnded,
    // A shared storage is empty already, or holds the tokens of a new sign-in.
    forget: () => void (isShared || storage.clear()),
  });
  const keeper = isBody
    ? new TokenKeeper({
        ...{ storage, watch, clock },
        renew: async ({ refreshToken, accessToken, grantType }) =>
          calls.call<TokenSet>('renew', { body: { refreshToken, accessToken, grantType } }),
        locks: isShared ? browser.navigator?.locks : undefined,
        lockName: `${name} renewal`,
      })
    : undefined;
  const guarded = new GuardedFetch({
    ...{ fetch, watch, keeper, baseUrl, origins },
    csrfHeader: (isBody ? undefined : options.csrfHeader) ?? 'x-mandate-csrf',
    askForSession: async () => sessions.session(),
  });
  const calls: ApiCalls = new ApiCalls({ baseUrl, paths, timeout, clock, guarded });
  const parts = { calls, watch, keeper };
  const sessions: SessionCalls = new SessionCalls(parts);
  return { ...parts, guarded, signIn: new SignInCalls(parts), sessions };
}
