import type { AuthApiDelivery } from '../../../../lib/http/index.js';
import type { ApiWorld } from './api-world.js';

/** A case of the table: it runs once for each combination. */
export interface ApiCase {
  readonly name: string;
  /** Default: both deliveries. */
  readonly only?: AuthApiDelivery;
  readonly run: (world: ApiWorld) => Promise<void>;
}

/** What a test compares of an answer. */
export function answerOf({ status, body }: { readonly status: number; readonly body: unknown }): object {
  return { status, body };
}

/** The same of a refusal: its message is for people. */
export function refusalOf({ status, body }: { readonly status: number; readonly body: unknown }): object {
  const { code } = (body ?? {}) as { readonly code?: unknown };
  return { status, code };
}

const TEXT = expect.any(String) as string;
const TIME = expect.any(Number) as number;

/** The answer to a completed sign-in. */
export function authenticated({ isCookie }: ApiWorld, { isNewDevice = false } = {}): object {
  const tokens = { accessToken: TEXT, idToken: TEXT, refreshToken: TEXT, expiresAt: TIME, tokenType: 'Bearer' };
  const session = { sub: TEXT, claims: { sub: TEXT }, createdAt: TIME, expiresAt: TIME };
  const body = isCookie
    ? { status: 'AUTHENTICATED', session, isNewDevice }
    : { status: 'AUTHENTICATED', tokens, ...(isNewDevice && { newDevice: { key: TEXT, groupKey: TEXT } }) };
  return { status: 200, body };
}

/** The answer that poses a challenge. */
export function challenged({ isCookie }: ApiWorld, name: string, parameters: object = {}): object {
  const secrets = isCookie ? {} : { username: TEXT, session: TEXT };
  return { status: 200, body: { status: 'CHALLENGE', challenge: { name, parameters, ...secrets } } };
}

/** The answer without a body. */
export const NO_CONTENT = { status: 204, body: {} };
