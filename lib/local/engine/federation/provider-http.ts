import { isObject } from '../../../types/is-object.js';
import { FederationError, providerError } from './federation-error.js';

/** A provider that is slower counts as down. */
const TIMEOUT_MS = 5000;

/** A request to an endpoint of a provider. */
export interface ProviderCall {
  readonly provider: string;
  /** The endpoint in error texts: `token`, `jwks`, … */
  readonly endpoint: string;
  readonly url: string;
  readonly init?: RequestInit;
}

/**
 * Calls a provider.
 *
 * @returns the JSON object of its response.
 * @throws FederationError if the provider is down, refuses, or answers with anything else.
 */
export async function callProvider(call: ProviderCall): Promise<Readonly<Record<string, unknown>>> {
  const { provider, endpoint } = call;
  const { status, ok, text } = await send(call);
  const body = parse(text);
  if (!ok) {
    const details = [body?.['error'], body?.['error_description']].filter((part) => typeof part === 'string');
    throw providerError(provider, `${status} ${details.length > 0 ? details.join(' ') : `error getting ${endpoint}`}`);
  }
  if (body === undefined) {
    throw providerError(provider, `${status} the ${endpoint} response is not JSON`);
  }
  return body;
}

async function send({ provider, endpoint, url, init }: ProviderCall) {
  try {
    const response = await fetch(url, { ...init, redirect: 'error', signal: AbortSignal.timeout(TIMEOUT_MS) });
    return { status: response.status, ok: response.ok, text: await response.text() };
  } catch (cause) {
    const isTimeout = (cause as { readonly name?: unknown }).name === 'TimeoutError';
    const text = isTimeout
      ? `Timeout occurred in calling ${provider} ${endpoint} endpoint`
      : `Connection error in calling ${provider} ${endpoint} endpoint`;
    throw new FederationError('invalid_request', text, { cause });
  }
}

function parse(text: string): Readonly<Record<string, unknown>> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
