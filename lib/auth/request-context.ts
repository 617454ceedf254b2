import type { ArgumentsHost } from '@nestjs/common';

import { messageHeaders } from './message-headers.js';

/** How a call reached the application. */
export type Transport = 'http' | 'graphql' | 'ws' | 'rpc';

/** Where a token may be found, the same for every transport. Nothing in it has been verified. */
export interface TokenSource {
  readonly transport: Transport;
  /** Headers of the HTTP request, of the handshake or of the message; names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** What the client sent along while it connected: socket.io's `auth`, graphql-ws's `connectionParams`. */
  readonly handshake: Readonly<Record<string, unknown>>;
  /** The HTTP request, the GraphQL context, the socket or the message context: whatever the framework gives. */
  readonly request: object;
  /** The payload of a message. */
  readonly data: unknown;
}

/** A call, seen alike over all transports. */
export interface RequestContext {
  readonly source: TokenSource;
  /** The object that lives exactly as long as the call; who makes the call is kept with it. */
  readonly carrier: object;
  /** The HTTP request to set `user` at, as passport does; also that of a GraphQL operation. */
  readonly httpRequest: object | undefined;
  /** The HTTP response whose headers can still be set. */
  readonly httpResponse: object | undefined;
}

type Fields = Readonly<Record<string, unknown>>;

/** Where `rememberHandshake` keeps the upgrade request of a socket. */
const HANDSHAKE = Symbol('mandate.handshake');
const NOTHING: Fields = Object.freeze({});

/**
 * Sees a call alike over all transports. This file alone knows them, and it needs none of their packages.
 *
 * @returns `undefined` for a transport that it does not know: who guards must deny it.
 */
export function requestContextOf(host: ArgumentsHost): RequestContext | undefined {
  switch (host.getType<string>()) {
    case 'http':
      return httpContext(host);
    case 'graphql':
      return graphqlContext(host);
    case 'ws':
      return wsContext(host);
    case 'rpc':
      return rpcContext(host);
    default:
      return undefined;
  }
}

/**
 * Keeps the upgrade request of a plain WebSocket (`WsAdapter`), which the socket itself does not show, so that the guard
 * finds its headers and cookies. Call it in the gateway's `handleConnection(client, request)`. socket.io needs no help.
 */
export function rememberHandshake(client: object, request: object): void {
  Object.assign(client, { [HANDSHAKE]: request });
}

/** An HTTP request without a Nest context, as passport hands it to a strategy. */
export function httpSource(request: object): TokenSource {
  return { transport: 'http', headers: headersOf(request), handshake: NOTHING, request, data: undefined };
}

function httpContext(host: ArgumentsHost): RequestContext {
  // As switchToHttp() does it, without the object and the closures that it makes: this runs at every request.
  const request = host.getArgByIndex<object>(0);
  return {
    source: httpSource(request),
    carrier: request,
    httpRequest: request,
    httpResponse: host.getArgByIndex<object>(1),
  };
}

/**
 * Arguments of a resolver: root, arguments, context, info. Those of references and types have no arguments, so that the
 * context comes one earlier. Over graphql-ws the context is that of the connection.
 */
function graphqlContext(host: ArgumentsHost): RequestContext {
  const context = fieldsOf(host.getArgByIndex<unknown>(isFieldInfo(host.getArgByIndex<unknown>(2)) ? 1 : 2));
  const request = fieldsOf(context['req'] ?? fieldsOf(context['reply'])['request'] ?? context);
  const upgrade = fieldsOf(fieldsOf(request['extra'] ?? context['extra'])['request']);
  const headers = request['headers'] === undefined ? headersOf(upgrade) : headersOf(request);
  const handshake = fieldsOf(request['connectionParams'] ?? context['connectionParams']);
  return {
    source: { transport: 'graphql', headers, handshake, request, data: undefined },
    carrier: context,
    httpRequest: request === context ? undefined : request,
    httpResponse: undefined,
  };
}

function isFieldInfo(value: unknown): boolean {
  return isObject(value) && Object.hasOwn(value, 'fieldNodes') && Object.hasOwn(value, 'schema');
}

function wsContext(host: ArgumentsHost): RequestContext {
  const client = host.switchToWs().getClient<object>();
  const data = host.switchToWs().getData<unknown>();
  const known = fieldsOf(client);
  const handshake = fieldsOf(known['handshake'] ?? (client as { [HANDSHAKE]?: unknown })[HANDSHAKE]);
  return {
    source: {
      transport: 'ws',
      headers: headersOf(handshake),
      handshake: fieldsOf(handshake['auth']),
      request: client,
      // No token is looked for in a payload that is no object, so that all such calls of a socket are the same user's.
      data: isObject(data) ? data : undefined,
    },
    // A socket has many calls at once, and each may bring a token of its own; only the payload belongs to one of them.
    carrier: isObject(data) ? data : client,
    httpRequest: undefined,
    httpResponse: undefined,
  };
}

function rpcContext(host: ArgumentsHost): RequestContext | undefined {
  const data = host.switchToRpc().getData<unknown>();
  const context = host.switchToRpc().getContext<unknown>();
  if (!isObject(context)) {
    // A transport of somebody's own that gives none: nothing would tell its calls apart.
    return undefined;
  }
  return {
    source: { transport: 'rpc', headers: messageHeaders(data, context), handshake: NOTHING, request: context, data },
    carrier: context,
    httpRequest: undefined,
    httpResponse: undefined,
  };
}

function headersOf(request: object): Fields {
  return fieldsOf((request as Fields)['headers']);
}

function fieldsOf(value: unknown): Fields {
  return isObject(value) ? (value as Fields) : NOTHING;
}

function isObject(value: unknown): value is object {
  return typeof value === 'object' && value !== null;
}
