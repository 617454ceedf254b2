import type * as Library from 'oauth4webapi';

import type { AppClient } from '../client/app-client.js';
import type { CallObserver } from '../client/call-observer.js';
import { CognitoUnavailableError } from '../errors/cognito-service-error.js';
import { MandateError } from '../errors/mandate-error.js';
import { domainEndpoints, type DomainEndpoints } from '../protocol/oauth/domain.js';
import type { OAuthRequest } from '../protocol/oauth/oauth-error.js';
import { systemClock, type Clock } from '../time/clock.js';
import { timeoutSignal } from '../time/timeout-signal.js';
import { untilAborted } from '../time/until-aborted.js';
import { assertSuccess, readAnswer, REQUEST_NAMES } from './domain-answer.js';
import type { OAuthOptions } from './oauth-options.js';

/** Dependencies of a `DomainClient`. */
export interface DomainClientOptions extends Pick<OAuthOptions, 'clientAuthentication' | 'fetch' | 'timeout'> {
  readonly domain: URL;
  readonly appClient: AppClient;
  /** The issuers that the tokens of the pool may have; the first is that of a server which names none. */
  readonly issuers: readonly string[];
  readonly clockToleranceSeconds: number;
  readonly clock: Clock;
  /** Is told of each request that fails: what is wrong in the set-up looks to callers like any other fault. */
  readonly observer?: Pick<CallObserver, 'failed'> | undefined;
}

/** What the library needs for one request to the domain. */
export interface LibraryCall {
  readonly library: typeof Library;
  readonly server: Library.AuthorizationServer;
  readonly client: Library.Client;
  /** How the app client authenticates. */
  readonly authentication: Library.ClientAuth;
  readonly options: Library.TokenEndpointRequestOptions & Library.UserInfoRequestOptions;
}

/** The default of the option `oauth.timeout`, in milliseconds. */
const DEFAULT_TIMEOUT = 10_000;

/**
 * Sends requests to the endpoints of the user pool's domain. The library writes them and reads their answers; it is
 * loaded at the first request. The metadata of the server are ours: Cognito publishes none at the domain, and those of the
 * issuer do not mention PKCE.
 */
export class DomainClient {
  readonly endpoints: DomainEndpoints;

  constructor(private readonly options: DomainClientOptions) {
    this.endpoints = domainEndpoints(options.domain);
  }

  /** The library, for steps without a request. */
  async library(): Promise<typeof Library> {
    return import('oauth4webapi');
  }

  /** The metadata of the server (RFC 8414), as the issuer of an answer if it is one of the pool's. */
  server(issuer?: unknown): Library.AuthorizationServer {
    const { issuers } = this.options;
    return {
      issuer: issuers.find((known) => known === issuer) ?? issuers[0] ?? this.options.domain.origin,
      token_endpoint: this.endpoints.token,
      userinfo_endpoint: this.endpoints.userInfo,
      revocation_endpoint: this.endpoints.revocation,
      id_token_signing_alg_values_supported: ['RS256'],
    };
  }

  /**
   * The app client, with the injected time, in which the library checks the claims of id tokens. The verifier of the pool
   * decides about them; the library, which counts whole seconds, must not be stricter.
   *
   * @param toleranceSeconds - how far the clocks may differ. Default: as the pool is configured.
   */
  client(library: typeof Library, toleranceSeconds = this.options.clockToleranceSeconds): Library.Client {
    const { appClient, clock } = this.options;
    return {
      client_id: appClient.clientId,
      [library.clockSkew]: Math.floor(clock() / 1_000) - Math.floor(systemClock() / 1_000),
      [library.clockTolerance]: toleranceSeconds + 1,
    };
  }

  /**
   * Sends a request and reads the answer, both within the timeout. Redirections are not followed, and the size of an
   * answer is limited.
   *
   * @returns a successful answer.
   * @throws CognitoOAuthError if the domain refuses the request.
   * @throws CognitoUnavailableError if it is unreachable, too slow, or its answer unreadable.
   */
  async send(request: OAuthRequest, write: (call: LibraryCall) => Promise<Response>): Promise<Response> {
    try {
      return await this.sendInTime(request, write);
    } catch (thrown) {
      if (thrown instanceof MandateError) {
        this.options.observer?.failed({ operation: REQUEST_NAMES[request], input: {} }, thrown);
      }
      throw thrown;
    }
  }

  private async sendInTime(request: OAuthRequest, write: (call: LibraryCall) => Promise<Response>): Promise<Response> {
    const { timeout: milliseconds = DEFAULT_TIMEOUT } = this.options;
    const call = await this.call();
    const timeout = timeoutSignal(milliseconds);
    const signed = { ...call, options: { ...call.options, signal: timeout.signal } };
    try {
      return await untilAborted(
        timeout.signal,
        exchange(request, async () => write(signed)),
      );
    } catch (thrown) {
      if (timeout.signal.aborted) {
        throw unavailable(request, `The domain did not answer within ${String(milliseconds)} ms.`);
      }
      throw thrown;
    } finally {
      timeout.cancel();
    }
  }

  private async call(): Promise<LibraryCall> {
    const library = await this.library();
    const { fetch: send } = this.options;
    return {
      library,
      server: this.server(),
      client: this.client(library),
      authentication: await this.authentication(library),
      options: {
        // http is left for this machine alone: see `domainUrl`.
        [insecureRequests(library)]: this.options.domain.protocol === 'http:',
        ...(send && { [library.customFetch]: async (url: string, init: object) => send(url, init) }),
      },
    };
  }

  private async authentication(library: typeof Library): Promise<Library.ClientAuth> {
    const secret = await this.options.appClient.secret();
    if (secret === undefined) {
      return library.None();
    }
    return this.options.clientAuthentication === 'post'
      ? library.ClientSecretPost(secret)
      : library.ClientSecretBasic(secret);
  }
}

/** The library's option for http, which it declares deprecated so that it stands out. */
function insecureRequests(library: object): symbol {
  return Reflect.get(library, 'allowInsecureRequests') as symbol;
}

async function exchange(request: OAuthRequest, send: () => Promise<Response>): Promise<Response> {
  try {
    const answer = await readAnswer(request, await send());
    assertSuccess(request, answer);
    return new Response(answer.text, { headers: answer.headers });
  } catch (thrown) {
    if (thrown instanceof MandateError) {
      throw thrown;
    }
    // Without the cause: that of a `fetch` of the application's own may lead to the request, which holds secrets.
    const code = networkCode(thrown);
    throw unavailable(request, `The domain is unreachable${code === undefined ? '' : ` (${code})`}.`);
  }
}

function unavailable(request: OAuthRequest, reason: string): CognitoUnavailableError {
  return new CognitoUnavailableError(REQUEST_NAMES[request], `${reason} Check the option "oauth.domain".`);
}

/** The code of a network error, such as `ECONNREFUSED`: `fetch` has it in the cause. */
function networkCode(thrown: unknown): string | undefined {
  const codes = [thrown, (thrown as Error | undefined)?.cause].map(
    (error) => (error as { code?: unknown } | undefined)?.code,
  );
  return codes.find((code) => typeof code === 'string' && /^[A-Z][A-Z0-9_]+$/.test(code)) as string | undefined;
}
