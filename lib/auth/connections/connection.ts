import { TokenRejectedError } from '../../tokens/token-errors.js';
import type { Transport } from '../request-context.js';
import { MandateHttpException } from '../responses/mandate-http.exception.js';
import { errorPayload, isPlainWebSocket, sendException } from '../responses/socket-response.js';

/** What connections have that outlive a call: a WebSocket, a socket of socket.io, a TCP connection. */
interface Connection {
  /** Of a WebSocket: 2 is closing, 3 closed. Of a TCP connection it is text. */
  readonly readyState?: unknown;
  readonly disconnected?: boolean;
  readonly destroyed?: boolean;
  once?(event: string, listener: () => void): unknown;
  close?(code: number, reason: string): unknown;
  disconnect?(): unknown;
  destroy?(): unknown;
}

/**
 * Close code for an endpoint that may not go on (RFC 6455, section 7.4.1). Java's WebSockets close with it, too, when the
 * session of their user ends.
 */
const POLICY_VIOLATION = 1008;
/** Forbidden, in the protocol of graphql-ws: clients connect anew, and may send another token then. */
const GRAPHQL_FORBIDDEN = 4403;
const REASON = 'TOKEN_EXPIRED';

/** Whether a connection has closed or is closing. */
export function isClosed(connection: object): boolean {
  const { readyState, disconnected, destroyed } = connection as Connection;
  return (typeof readyState === 'number' && readyState > 1) || disconnected === true || destroyed === true;
}

/** Calls back when a connection has closed. */
export function onceClosed(connection: object, listener: () => void): void {
  const target = connection as Connection;
  target.once?.(target.disconnect === undefined ? 'close' : 'disconnect', listener);
}

/** Tells the client why, and closes the connection. */
export function endConnection(connection: object, transport: Transport): void {
  const target = connection as Connection;
  if (transport === 'graphql') {
    if (target.close === undefined) {
      target.destroy?.();
    } else {
      target.close(GRAPHQL_FORBIDDEN, REASON);
    }
    return;
  }
  sendException(connection, errorPayload(new MandateHttpException(new TokenRejectedError(REASON))));
  if (isPlainWebSocket(connection)) {
    target.close?.(POLICY_VIOLATION, REASON);
  } else {
    target.disconnect?.();
  }
}
