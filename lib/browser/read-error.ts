import type { FieldError } from '../errors/field-error.js';
import { AuthClientError } from './auth-client-error.js';

/** The members of an error in either format: the one of Nest, and problem+json (RFC 9457). */
interface ErrorBody {
  readonly code?: unknown;
  readonly message?: unknown;
  readonly detail?: unknown;
  readonly errors?: unknown;
}

/**
 * Reads an answer that is an error, whoever sent it. Text that is not JSON may be the page of a proxy and is left out.
 *
 * @param now - milliseconds since the epoch.
 */
export async function readError(response: Response, now: number): Promise<AuthClientError> {
  const { status, statusText, headers } = response;
  const { code, message, detail, errors } = await errorBody(response);
  const text = [message, detail].find((part) => typeof part === 'string');
  return new AuthClientError(
    status,
    typeof code === 'string' ? code : 'ANSWER_UNKNOWN',
    text ?? `The server answered ${`${status} ${statusText}`.trim()}.`,
    {
      errors: Array.isArray(errors) ? (errors as FieldError[]) : undefined,
      retryAfter: seconds(headers.get('retry-after'), now),
    },
  );
}

/** The code of an error, without touching the answer. */
export async function errorCode(response: Response): Promise<string | undefined> {
  const { code } = await errorBody(response.clone());
  return typeof code === 'string' ? code : undefined;
}

async function errorBody(response: Response): Promise<ErrorBody> {
  const body: unknown = await response.json().catch(() => undefined);
  return typeof body === 'object' && body !== null ? body : {};
}

/** Retry-After is a number of seconds or a date (RFC 9110, section 10.2.3). */
function seconds(value: string | null, now: number): number | undefined {
  const after = value === null ? NaN : Number.isNaN(Number(value)) ? (Date.parse(value) - now) / 1_000 : Number(value);
  return Number.isNaN(after) ? undefined : Math.max(0, Math.ceil(after));
}
