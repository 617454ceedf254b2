import { MandateArgumentError } from '../../../errors/argument-error.js';
import { CognitoFault } from '../../engine/cognito-fault.js';
import type { Steering } from '../../steering/steering.js';
import { originOf } from '../request-url.js';
import { type HttpRequest, type HttpResponse, jsonResponse, type Route } from '../route.js';
import { addFault, moveClock, removeFaults, reset, setQuotas, showClock, showFaults, showQuotas } from './controls.js';
import { eventStream } from './events.js';
import { clearOutbox, OUTBOX_PARAMETERS, showOutbox } from './outbox.js';
import {
  confirmUser,
  showClients,
  showGroups,
  showPools,
  showSignIns,
  showUser,
  showUsers,
  signUserOut,
} from './pools.js';
import { assertKnown, NotFoundError, type SteeringRequest } from './steering-request.js';

/** A route of `/__local`. */
interface Endpoint {
  /** What it answers as JSON. */
  readonly handle: (request: SteeringRequest) => object | Promise<object>;
  /** Names of the query. */
  readonly parameters?: readonly string[];
}

const NO_STORE = { 'Cache-Control': 'no-store' };
const NOT_FOUND: readonly string[] = ['ResourceNotFoundException', 'UserNotFoundException'];

/** The path of the events, the only route that answers no JSON. */
export const EVENTS = 'GET /__local/events';

/** The routes that answer JSON, by method and path. `<...>` is one part of the path. */
export const STEERING_ENDPOINTS: Readonly<Record<string, Endpoint>> = {
  'GET /__local/pools': { handle: showPools },
  'GET /__local/pools/<pool>/clients': { handle: showClients },
  'GET /__local/pools/<pool>/groups': { handle: showGroups },
  'GET /__local/pools/<pool>/users': { handle: showUsers, parameters: ['filter', 'limit', 'next'] },
  'GET /__local/pools/<pool>/users/<user>': { handle: showUser },
  'POST /__local/pools/<pool>/users/<user>/confirm': { handle: confirmUser },
  'POST /__local/pools/<pool>/users/<user>/sign-out': { handle: signUserOut },
  'GET /__local/pools/<pool>/sign-ins': { handle: showSignIns, parameters: ['user', 'limit'] },
  'GET /__local/outbox': { handle: showOutbox, parameters: OUTBOX_PARAMETERS },
  'DELETE /__local/outbox': { handle: clearOutbox },
  'GET /__local/clock': { handle: showClock },
  'POST /__local/clock': { handle: moveClock },
  'GET /__local/faults': { handle: showFaults },
  'POST /__local/faults': { handle: addFault },
  'DELETE /__local/faults': { handle: removeFaults, parameters: ['id'] },
  'GET /__local/quotas': { handle: showQuotas },
  'POST /__local/quotas': { handle: setQuotas },
  'POST /__local/reset': { handle: reset },
};

const PATTERNS = Object.entries(STEERING_ENDPOINTS).map(([name, endpoint]) => {
  const [method = '', path = ''] = name.split(' ');
  return { method, pattern: new RegExp(`^${path.replaceAll(/<\w+>/g, '([^/]+)')}$`), endpoint };
});

/** `/__local/...`: the state of this server as JSON, and what changes it. For tests, and for the page. */
export function steeringRoute(steering: Steering): Route {
  return async (request) => {
    if (!request.path.startsWith('/__local/')) {
      return undefined;
    }
    if (isForeign(steering, request)) {
      return refusal(403, 'Pages of other sites may not see or change this server.');
    }
    if (`${request.method} ${request.path}` === EVENTS) {
      return eventStream(steering.changes);
    }
    const found = PATTERNS.filter(({ pattern }) => pattern.test(request.path));
    const matching = found.find((each) => each.method === request.method);
    if (matching === undefined) {
      return found.length === 0 ? nothingHere() : notAllowed(found.map((each) => each.method));
    }
    return answer(matching.endpoint, { steering, http: request, parts: partsOf(matching.pattern, request.path) });
  };
}

async function answer({ handle, parameters = [] }: Endpoint, request: SteeringRequest): Promise<HttpResponse> {
  try {
    assertKnown(request.http.query.keys(), parameters);
    return jsonResponse(200, await handle(request), NO_STORE);
  } catch (error) {
    if (error instanceof NotFoundError || (error instanceof CognitoFault && NOT_FOUND.includes(error.exception))) {
      return refusal(404, error.message);
    }
    if (error instanceof MandateArgumentError || error instanceof CognitoFault) {
      return refusal(400, error.message);
    }
    throw error;
  }
}

/** Browsers say where a request comes from; other programs say nothing. */
function isForeign({ environment }: Steering, request: HttpRequest): boolean {
  const { origin, 'sec-fetch-site': site } = request.headers;
  const isFromHere = origin === undefined || origin === originOf(environment, request);
  return !isFromHere || (site !== undefined && site !== 'same-origin' && site !== 'none');
}

/** A part that is no valid encoding is what it is: nothing has such a name. */
function partsOf(pattern: RegExp, path: string): string[] {
  const [, ...parts] = pattern.exec(path) ?? [];
  return parts.map((part) => {
    try {
      return decodeURIComponent(part);
    } catch {
      return part;
    }
  });
}

function nothingHere(): HttpResponse {
  return refusal(404, `Nothing is here. There are: ${[...Object.keys(STEERING_ENDPOINTS), EVENTS].join(', ')}.`);
}

function notAllowed(methods: readonly string[]): HttpResponse {
  const allowed = methods.flatMap((method) => (method === 'GET' ? ['GET', 'HEAD'] : [method])).join(', ');
  return jsonResponse(405, { message: `The methods of this path are: ${allowed}.` }, { ...NO_STORE, Allow: allowed });
}

function refusal(status: number, message: string): HttpResponse {
  return jsonResponse(status, { message }, NO_STORE);
}
