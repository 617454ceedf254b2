import { secretMatches } from '../clients/client-secret.js';
import type { ClientInPool } from '../pools/pool-lookup.js';
import { TokenError } from './token-error.js';

/** Credentials as the client sent them. */
interface Credentials {
  readonly clientId: string;
  /** Candidates: the secret as it is, and form-decoded (RFC 6749 section 2.3.1). */
  readonly secrets: readonly string[];
}

const BASIC = /^Basic +([\w+/=-]+)$/i;

/**
 * Authenticates a client by HTTP Basic (`client_secret_basic`) or by the form (`client_secret_post`). A client without a
 * secret sends its id in the form.
 *
 * @throws TokenError `invalid_request` if the client uses both ways, `invalid_client` if it is unknown or its secret is
 *   wrong, missing or unexpected.
 */
export function authenticateClient(
  authorization: string | undefined,
  form: URLSearchParams,
  clientOf: (clientId: string) => ClientInPool | undefined,
): ClientInPool {
  const credentials = authorization === undefined ? formCredentials(form) : basicCredentials(authorization, form);
  const found = clientOf(credentials.clientId);
  if (found === undefined || !isAuthentic(found, credentials)) {
    throw new TokenError('invalid_client');
  }
  return found;
}

function isAuthentic({ client }: ClientInPool, { secrets }: Credentials): boolean {
  return client.secrets.length === 0
    ? secrets.every((secret) => secret === '')
    : secrets.some((secret) => secretMatches(client, secret));
}

function formCredentials(form: URLSearchParams): Credentials {
  const clientId = form.get('client_id');
  if (clientId === null) {
    throw new TokenError('invalid_request');
  }
  return { clientId, secrets: form.getAll('client_secret') };
}

function basicCredentials(authorization: string, form: URLSearchParams): Credentials {
  const encoded = BASIC.exec(authorization)?.[1];
  if (encoded === undefined) {
    throw new TokenError('invalid_client');
  }
  const [id = '', ...rest] = Buffer.from(encoded, 'base64').toString('utf8').split(':');
  const clientId = formDecoded(id);
  if (form.has('client_secret') || (form.has('client_id') && form.get('client_id') !== clientId)) {
    throw new TokenError('invalid_request');
  }
  const secret = rest.join(':');
  return { clientId, secrets: [secret, formDecoded(secret)] };
}

function formDecoded(text: string): string {
  return new URLSearchParams(`v=${text}`).get('v') ?? '';
}
