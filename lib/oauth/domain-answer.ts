import { CognitoUnavailableError } from '../errors/cognito-service-error.js';
import { MandateError } from '../errors/mandate-error.js';
import { CognitoOAuthError, type OAuthRequest } from '../protocol/oauth/oauth-error.js';
import { readBearerError } from '../protocol/oauth/bearer-error.js';
import { isObject } from '../types/is-object.js';

/** The endpoints in messages. */
export const REQUEST_NAMES: Readonly<Record<OAuthRequest, string>> = {
  authorization: 'GET /oauth2/authorize',
  authorization_code: 'POST /oauth2/token',
  refresh_token: 'POST /oauth2/token',
  client_credentials: 'POST /oauth2/token',
  revocation: 'POST /oauth2/revoke',
  userInfo: 'GET /oauth2/userInfo',
};

/** Bytes. The tokens of a user with a hundred groups have less than a twentieth. */
const MAX_BODY_SIZE = 1_048_576;

/** An answer of the domain whose body has been read. */
export interface DomainAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/**
 * Reads the body of an answer, up to a limit: an endpoint may never stop sending.
 *
 * @throws CognitoUnavailableError if it is larger.
 */
export async function readAnswer(request: OAuthRequest, response: Response): Promise<DomainAnswer> {
  const { status, headers, body } = response;
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of (body ?? []) as AsyncIterable<Uint8Array>) {
    size += chunk.length;
    if (size > MAX_BODY_SIZE) {
      throw new CognitoUnavailableError(
        REQUEST_NAMES[request],
        `The response is larger than ${String(MAX_BODY_SIZE)} bytes. Check the option "oauth.domain".`,
      );
    }
    chunks.push(chunk);
  }
  return { status, headers, text: Buffer.concat(chunks).toString('utf8') };
}

/**
 * Requires the status 200. The library reads refusals too, but none that has a header `WWW-Authenticate`, as those of
 * userInfo have without the name of a scheme, and those of RFC 6749, section 5.2, for a wrong secret.
 *
 * @throws CognitoOAuthError for a refusal; MandateError with the code TOO_MANY_REQUESTS; CognitoUnavailableError.
 */
export function assertSuccess(request: OAuthRequest, { status, headers, text }: DomainAnswer): void {
  if (status === 200) {
    return;
  }
  const name = REQUEST_NAMES[request];
  if (status === 429) {
    throw new MandateError('TOO_MANY_REQUESTS', `${name}: Cognito limits the number of requests. Try again later.`);
  }
  const refusal = status >= 400 && status < 500 ? readRefusal(request, status, headers, text) : undefined;
  if (refusal !== undefined) {
    const requestId = headers.get('x-amz-cognito-request-id') ?? headers.get('x-amzn-requestid') ?? undefined;
    throw new CognitoOAuthError({ request, ...refusal, requestId });
  }
  const redirection = status >= 300 && status < 400 ? ' Redirections are not followed.' : '';
  const remedy = status < 500 ? ' Check the option "oauth.domain".' : '';
  throw new CognitoUnavailableError(
    name,
    `The domain answered with HTTP status ${String(status)}.${redirection}${remedy}`,
  );
}

interface Refusal {
  readonly error: string;
  readonly description?: string | undefined;
}

function readRefusal(request: OAuthRequest, status: number, headers: Headers, text: string): Refusal | undefined {
  if (request === 'userInfo') {
    return (
      readBearerError(headers.get('www-authenticate') ?? '') ??
      (status === 401 ? { error: 'invalid_token' } : undefined)
    );
  }
  const { error, error_description: description } = parseObject(text) ?? {};
  if (typeof error !== 'string' || error === '') {
    return undefined;
  }
  return { error, ...(typeof description === 'string' && { description }) };
}

function parseObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
