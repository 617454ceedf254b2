/** A raw response of the embedded Cognito. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Record<string, unknown>;
}

/** Calls an operation without an SDK. */
export async function call(
  endpoint: string,
  operation: string,
  input: unknown,
  headers: Record<string, string> = {},
): Promise<WireAnswer> {
  const response = await fetch(endpoint, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/x-amz-json-1.1',
      'X-Amz-Target': `AWSCognitoIdentityProviderService.${operation}`,
      ...headers,
    },
    body: typeof input === 'string' ? input : JSON.stringify(input),
  });
  return {
    status: response.status,
    headers: response.headers,
    body: (await response.json()) as Record<string, unknown>,
  };
}

/** Calls an operation that must succeed. */
export async function succeed(endpoint: string, operation: string, input: unknown): Promise<Record<string, unknown>> {
  const { status, body } = await call(endpoint, operation, input);
  if (status !== 200) {
    throw new Error(`${operation} was refused: ${JSON.stringify(body)}`);
  }
  return body;
}

/** The expected response of an error. */
export function refusal(exception: string, message?: string): object {
  return {
    status: 400,
    body: message === undefined ? { __type: exception } : { __type: exception, message },
  };
}
