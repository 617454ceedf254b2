import type { MandateErrorCode } from '../../errors/error-codes.js';
import type { ErrorResponseBody, MandateHttpException } from './mandate-http.exception.js';

/** The message that a client could not be answered, as Nest's own filter tells it. */
export interface ExceptionCause {
  readonly pattern: unknown;
  readonly data: unknown;
}

/** The error that a client receives over WebSockets and microservices. */
export interface ErrorPayload extends Omit<ErrorResponseBody, 'code'> {
  /** Undefined for exceptions of Nest. */
  readonly code?: MandateErrorCode;
  readonly status: 'error';
  /** Over WebSockets: what the error is about. */
  readonly cause?: ExceptionCause | undefined;
}

/** A socket of socket.io, or a plain WebSocket, which has a `readyState` and an `emit` that reaches no client. */
interface Socket {
  readonly readyState?: number;
  send(text: string): unknown;
  emit(event: string, payload: unknown): unknown;
}

/** The compact form of a JSON Web Token, which begins with a JSON object. */
const JWT = /\beyJ[\w-]*\.[\w-]*\.[\w-]*/g;
/** Extractors read the first levels of a payload. */
const MAX_DEPTH = 4;

/** The payload of an exception. */
export function errorPayload(exception: MandateHttpException): ErrorPayload {
  return { status: 'error', ...exception.getResponse() };
}

/** Emits an `exception` event to a client. */
export function sendException(client: object, payload: ErrorPayload): void {
  const socket = client as Socket;
  if (isPlainWebSocket(client)) {
    socket.send(JSON.stringify({ event: 'exception', data: payload }));
  } else {
    socket.emit('exception', payload);
  }
}

/** Whether a client is a plain WebSocket and not a socket of socket.io. */
export function isPlainWebSocket(client: object): boolean {
  return typeof (client as Socket).readyState === 'number';
}

/** A copy of a payload whose tokens are blanked out: clients log errors. */
export function withoutTokens(data: unknown, depth = MAX_DEPTH): unknown {
  if (typeof data === 'string') {
    return data.replace(JWT, '[token]');
  }
  if (depth === 0) {
    return data;
  }
  if (Array.isArray(data)) {
    return data.map((item) => withoutTokens(item, depth - 1));
  }
  return isPlainObject(data)
    ? Object.fromEntries(Object.entries(data).map(([name, value]) => [name, withoutTokens(value, depth - 1)]))
    : data;
}

/** Binary data and instances of classes stay as they are. */
function isPlainObject(value: unknown): value is object {
  const prototype: unknown = typeof value === 'object' && value !== null ? Object.getPrototypeOf(value) : undefined;
  return prototype === Object.prototype || prototype === null;
}
