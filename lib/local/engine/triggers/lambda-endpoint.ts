import { isObject } from '../../../types/is-object.js';
import { timeoutSignal } from '../../../time/timeout-signal.js';
import { type LambdaFunction, LIMIT_MS } from './lambda-function.js';
import { FunctionError, InvocationError, timedOut } from './trigger-faults.js';

/** The version of the Invoke API. */
const API = '2015-03-31';
const ATTEMPTS = 3;
const TOO_MANY_REQUESTS = 429;
const SERVER_ERROR = 500;

/** A function named by an ARN. */
export interface FunctionReference {
  readonly name: string;
  readonly region: string;
  /** A version or alias. */
  readonly qualifier?: string | undefined;
}

/** A function at an endpoint that speaks the Invoke API of AWS Lambda, as SAM, LocalStack and serverless-offline do. */
export class RemoteFunction implements LambdaFunction {
  constructor(
    private readonly endpoint: string,
    private readonly reference: FunctionReference,
  ) {}

  /** Tries three times while the platform fails. An error of the function itself is final, and so is a time-out. */
  async invoke(event: object): Promise<unknown> {
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await this.attempt(event);
      } catch (error) {
        const isFinal = !(error instanceof InvocationError && error.isTransient);
        if (isFinal || attempt === ATTEMPTS) {
          throw error;
        }
      }
    }
  }

  private async attempt(event: object): Promise<unknown> {
    const { response, text } = await this.post(event);
    if (!response.ok) {
      const isTransient = response.status === TOO_MANY_REQUESTS || response.status >= SERVER_ERROR;
      throw new InvocationError(exceptionOf(response, text), isTransient);
    }
    const payload = parsed(text);
    const isError = response.headers.has('x-amz-function-error');
    if (isError || isErrorPayload(payload)) {
      throw new FunctionError(isErrorPayload(payload) ? payload.errorMessage : text);
    }
    return payload;
  }

  private async post(event: object): Promise<{ readonly response: Response; readonly text: string }> {
    const { signal, cancel } = timeoutSignal(LIMIT_MS);
    try {
      const response = await fetch(this.url(), {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          'X-Amz-Invocation-Type': 'RequestResponse',
          Authorization: authorization(this.reference.region),
        },
        body: JSON.stringify(event),
        signal,
      });
      return { response, text: await response.text() };
    } catch (cause) {
      throw signal.aborted ? timedOut() : new InvocationError(unreachable(this.endpoint, cause), true, { cause });
    } finally {
      cancel();
    }
  }

  private url(): string {
    const { name, qualifier } = this.reference;
    const query = qualifier === undefined ? '' : `?Qualifier=${encodeURIComponent(qualifier)}`;
    return `${this.endpoint.replace(/\/+$/, '')}/${API}/functions/${encodeURIComponent(name)}/invocations${query}`;
  }
}

/** Emulators read the region of a request here. None of them checks signatures, and neither do we. */
function authorization(region: string): string {
  const scope = `local/20150331/${region}/lambda/aws4_request`;
  return `AWS4-HMAC-SHA256 Credential=${scope}, SignedHeaders=host, Signature=local`;
}

/** The name of the exception, such as `ResourceNotFoundException`. */
function exceptionOf(response: Response, text: string): string {
  const body = parsed(text);
  const named =
    response.headers.get('x-amzn-errortype') ?? (isObject(body) ? (body['__type'] ?? body['Type']) : undefined);
  return typeof named === 'string' ? named.replace(/:.*$/, '').replace(/^.*#/, '') : `HTTP status ${response.status}`;
}

function unreachable(endpoint: string, cause: unknown): string {
  const { code } = ((cause as Error).cause ?? {}) as { readonly code?: string };
  return `The Lambda endpoint ${endpoint} cannot be reached${code === undefined ? '' : ` (${code})`}`;
}

/** The payload of a function that threw. Some emulators send no header with it. */
function isErrorPayload(payload: unknown): payload is { readonly errorMessage: string } {
  return isObject(payload) && typeof payload['errorMessage'] === 'string' && !('response' in payload);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
