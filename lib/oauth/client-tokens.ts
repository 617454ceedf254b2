import { createHash } from 'node:crypto';

import { MandateArgumentError } from '../errors/argument-error.js';
import { requireObject } from '../errors/require-argument.js';
import { isScope } from '../protocol/oauth/authorization-request.js';
import type { ClientToken, ClientTokenOptions } from './client-token.js';
import type { ClientTokenCache } from './client-token-cache.js';

/** What a token is asked for, in one order, so that equal requests are equal as text. */
export interface ClientTokenRequest {
  readonly via: 'domain' | 'api';
  readonly scopes: readonly string[] | undefined;
  readonly clientMetadata: Readonly<Record<string, string>> | undefined;
}

/** Asks Cognito for a token of the app client. */
export type RequestClientToken = (request: ClientTokenRequest) => Promise<ClientToken>;

/** Tokens of one app client. */
export class ClientTokens {
  /**
   * @param client - identifies pool and app client.
   * @param defaultWay - the default of `via`.
   */
  constructor(
    private readonly cache: ClientTokenCache,
    private readonly client: readonly string[],
    private readonly defaultWay: 'domain' | 'api',
    private readonly request: RequestClientToken,
  ) {}

  async get(options: ClientTokenOptions = {}): Promise<ClientToken> {
    const request = this.checked(options);
    const key = createHash('sha256')
      .update(JSON.stringify([this.client, request.via, request.scopes, Object.entries(request.clientMetadata ?? {})]))
      .digest('base64url');
    return this.cache.get(key, options.fresh === true, async () => this.request(request));
  }

  private checked(options: ClientTokenOptions): ClientTokenRequest {
    requireObject('options', options);
    const { via = this.defaultWay, scopes, clientMetadata } = options;
    if ((via as unknown) !== 'domain' && (via as unknown) !== 'api') {
      throw new MandateArgumentError('options.via', 'must be "domain" or "api"');
    }
    if (scopes !== undefined && !(Array.isArray(scopes) && scopes.length > 0 && scopes.every(isScope))) {
      throw new MandateArgumentError('options.scopes', 'must be a non-empty list of scopes, such as "orders/read"');
    }
    if (clientMetadata !== undefined) {
      requireObject('options.clientMetadata', clientMetadata);
      if (!Object.values(clientMetadata).every((value) => typeof value === 'string')) {
        throw new MandateArgumentError('options.clientMetadata', 'must have values that are strings');
      }
    }
    return {
      via,
      scopes: scopes && [...new Set(scopes)].sort(),
      clientMetadata: clientMetadata && sorted(clientMetadata),
    };
  }
}

function sorted(metadata: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(metadata).sort(([one], [other]) => (one < other ? -1 : 1)));
}
