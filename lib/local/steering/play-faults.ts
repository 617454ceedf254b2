import { setTimeout } from 'node:timers/promises';

import type { Environment } from '../engine/environment.js';
import { apiError, operationOf } from '../http/api-route.js';
import { type HttpRequest, type HttpResponse, jsonResponse, type Route } from '../http/route.js';
import type { LocalFault } from './fault-options.js';
import { faultTargetOf } from './fault-target.js';
import type { Faults } from './faults.js';
import { quotaOfRequest } from './quota-of-request.js';

const RATE_EXCEEDED = { exception: 'TooManyRequestsException', message: 'Rate exceeded' };

/** What a status is called when the fault does not say it. */
const TYPES: Readonly<Record<number, string>> = {
  400: 'InvalidParameterException',
  401: 'UnauthorizedException',
  403: 'ForbiddenException',
  404: 'ResourceNotFoundException',
  429: RATE_EXCEEDED.exception,
  500: 'InternalErrorException',
  503: 'ServiceUnavailableException',
};

/** The statuses of exceptions that are no error of the client. */
const STATUSES: Readonly<Record<string, number>> = {
  InternalErrorException: 500,
  InternalServerException: 500,
  InternalFailure: 500,
  ServiceUnavailableException: 503,
};

/** Wraps a route with the faults that wait for its requests. */
export function withFaults(environment: Environment, faults: Faults, route: Route): Route {
  return async (request) => {
    const target = request.method === 'OPTIONS' ? undefined : faultTargetOf(request);
    const fault = target === undefined ? undefined : faults.take(target);
    if (fault === undefined) {
      return route(request);
    }
    const handled = fault.after ? await route(request) : undefined;
    if (fault.delay !== undefined) {
      // The server keeps the process alive, not the delay.
      await setTimeout(fault.delay, undefined, { ref: false });
    }
    return answerOf(environment, fault, request) ?? handled ?? route(request);
  };
}

/** Wraps a route with the request rate quotas. */
export function withQuotas(environment: Environment, route: Route): Route {
  return (request) => {
    const counted = quotaOfRequest(request);
    return counted === undefined || environment.quotas.take(counted) ? route(request) : tooMany(environment, request);
  };
}

/** What a fault answers. Undefined: it only delays. */
function answerOf(environment: Environment, fault: LocalFault, request: HttpRequest): HttpResponse | undefined {
  if (fault.reset) {
    return { status: 0, reset: true };
  }
  if (fault.throttle) {
    return tooMany(environment, request);
  }
  if (fault.status === undefined && fault.type === undefined) {
    return undefined;
  }
  const { message = 'A fault that was added to the embedded Cognito.' } = fault;
  if (operationOf(request) === undefined) {
    const status = fault.status ?? 400;
    return oauthError(status, fault.type ?? (status < 500 ? 'invalid_request' : 'server_error'), message);
  }
  const status = fault.status ?? STATUSES[fault.type ?? ''] ?? 400;
  const type = fault.type ?? TYPES[status] ?? TYPES[status < 500 ? 400 : 500] ?? '';
  return apiError(environment, status, type, message);
}

function tooMany(environment: Environment, request: HttpRequest): HttpResponse {
  const { exception, message } = RATE_EXCEEDED;
  return operationOf(request) === undefined
    ? oauthError(429, exception, message)
    : apiError(environment, 400, exception, message);
}

function oauthError(status: number, error: string, description: string): HttpResponse {
  return jsonResponse(status, { error, error_description: description }, { 'Cache-Control': 'no-store' });
}
