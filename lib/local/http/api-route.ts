import { CognitoFault } from '../engine/cognito-fault.js';
import type { Environment } from '../engine/environment.js';
import { shortText } from '../engine/short-text.js';
import { callOperation } from '../operations/call-operation.js';
import { AWS_JSON, formatOutput, parseInput } from './aws-json.js';
import type { HttpRequest, HttpResponse, Route } from './route.js';
import { signedRegion } from './signed-region.js';

const TARGET = /^AWSCognitoIdentityProviderService\.(\w+)$/;
const SERVER_FAULTS: readonly string[] = ['InternalErrorException', 'InternalServerException'];

/** `POST /`: the Cognito API in AWS JSON 1.1. Signatures (Authorization headers) are not verified. */
export function apiRoute(environment: Environment): Route {
  return async (request) => {
    if (request.method !== 'POST' || request.path !== '/') {
      return undefined;
    }
    try {
      const output = await call(environment, request);
      return apiResponse(environment, 200, formatOutput(output));
    } catch (error) {
      return errorResponse(environment, error);
    }
  };
}

/** The operation that a request calls. Undefined: it calls none. */
export function operationOf({ method, path, headers }: HttpRequest): string | undefined {
  const target = headers['x-amz-target'];
  return method === 'POST' && path === '/' && typeof target === 'string' ? TARGET.exec(target)?.[1] : undefined;
}

async function call(environment: Environment, request: HttpRequest): Promise<object> {
  const name = operationOf(request);
  if (name === undefined) {
    throw new CognitoFault('UnknownOperationException');
  }
  return callOperation(name, parseInput(request.body), {
    environment,
    sourceIp: request.remoteAddress,
    userAgent: request.headers['user-agent'] ?? '',
    region: signedRegion(request) ?? environment.region,
  });
}

function errorResponse(environment: Environment, error: unknown): HttpResponse {
  const fault = error instanceof CognitoFault ? error : internalFault(error);
  const { exception, message } = fault;
  return apiError(environment, SERVER_FAULTS.includes(exception) ? 500 : 400, exception, message);
}

/** An error of the API, with the exception in the body and in the headers. */
export function apiError(
  environment: Pick<Environment, 'random'>,
  status: number,
  exception: string,
  message: string,
): HttpResponse {
  const body = JSON.stringify({ __type: exception, ...(message === '' ? {} : { message }) });
  return apiResponse(environment, status, body, {
    'x-amzn-ErrorType': `${exception}:`,
    ...(message === '' ? {} : { 'x-amzn-ErrorMessage': headerText(message) }),
  });
}

function internalFault(cause: unknown): CognitoFault {
  const reason = cause instanceof Error ? `${cause.name}: ${cause.message}` : 'unknown';
  return new CognitoFault('InternalErrorException', `Internal error of the embedded Cognito: ${reason}`, { cause });
}

/** Header values are limited to visible ASCII. The body has the full message. */
function headerText(text: string): string {
  return shortText(text)
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/[^\x20-\x7e]/g, '?');
}

function apiResponse(
  environment: Pick<Environment, 'random'>,
  status: number,
  body: string,
  headers: Readonly<Record<string, string>> = {},
): HttpResponse {
  return {
    status,
    headers: { 'Content-Type': AWS_JSON, 'x-amzn-RequestId': environment.random.uuid(), ...headers },
    body,
  };
}
