import type { ArgumentsHost } from '@nestjs/common';

import { isObject } from '../types/is-object.js';
import { graphqlCallOf } from './graphql-call.js';
import { messageHeaders } from './message-headers.js';

/**
 * How a call reached the application.
 *
 * @publicApi
 */
export type Transport = 'http' | 'graphql' | 'ws' | 'rpc';

/**
 * Where extractors find a token, in the same form for every transport. Nothing in it has been verified.
 *
 * @publicApi
 */
export interface TokenSource {
  readonly transport: Transport;
  /** Headers of the HTTP request, of the handshake or of the message; names in lower case. */
  readonly headers: Readonly<Record<string, unknown>>;
  /** What the client sent when it connected: socket.io's `auth`, graphql-ws's `connectionParams`. */
  readonly handshake: Readonly<Record<string, unknown>>;
  /** The framework's object: an HTTP request, a GraphQL context, a socket or a message context. */
  readonly request: object;
  /** The payload of a message, if it is an object. */
  readonly data: unknown;
  /** The framework's HTTP response, where the call has one of its own: an HTTP request, GraphQL over HTTP. */
  readonly response?: object | undefined;
}

/**
 * A call, in the same form for every transport.
 *
 * @publicApi
 */
export interface RequestContext {
  readonly source: TokenSource;
  /** The object that lives exactly as long as the call; the guard records the caller with it. */
  readonly carrier: object;
  /** The HTTP request, also of a GraphQL operation; the guard sets its `user`, as passport does. */
  readonly httpRequest: object | undefined;
  /** The HTTP response, while its headers can still be set. */
  readonly httpResponse: object | undefined;
  /** Of a GraphQL field: an object that all fields of one execution share, and nothing else. */
  readonly execution?: object | undefined;
  /** The connection that stays open after the call: a socket, or the one that graphql-ws uses. */
  readonly connection?: object | undefined;
}

/** A request of Express, or of Fastify, whose own object is around Node's. */
interface RequestLines {
  readonly rawHeaders?: readonly string[];
  readonly raw?: RequestLines;
}

interface SocketLines {
  readonly request?: RequestLines;
  readonly extra?: { readonly request?: RequestLines };
  readonly [HANDSHAKE]?: RequestLines;
}

type Fields = Readonly<Record<string, unknown>>;

/** Where `rememberHandshake` keeps the upgrade request of a socket. */
const HANDSHAKE = Symbol.for('mandate.handshake');
const NOTHING: Fields = Object.freeze({});

/**
 * Converts a call into the form that all transports share. Only this file knows them, and it imports none of
 * their packages.
 *
 * @returns `undefined` for an unknown transport, which guards must deny.
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
 * Keeps the upgrade request of a plain WebSocket (`WsAdapter`) with the socket, which has no reference to it, so that
 * the guard finds its headers and cookies. Not needed for socket.io.
 *
 * @example
 * handleConnection(client: WebSocket, request: IncomingMessage) {
 *   rememberHandshake(client, request);
 * }
 *
 * @publicApi
 */
export function rememberHandshake(client: object, request: object): void {
  // Hidden: whoever prints the socket must not print the token in the headers.
  Object.defineProperty(client, HANDSHAKE, { value: request, writable: true, configurable: true });
}

/** An HTTP request without a Nest context, as passport passes it to a strategy. */
export function httpSource(request: object, response?: object): TokenSource {
  return { transport: 'http', headers: headersOf(request), handshake: NOTHING, request, data: undefined, response };
}

/**
 * The header lines that a call, or the connection that carries it, came with: names and values in turn. Node.js keeps
 * repeated headers only there.
 */
export function headerLinesOf(request: object): readonly string[] | undefined {
  const { rawHeaders, raw } = request as RequestLines;
  return rawHeaders ?? raw?.rawHeaders ?? handshakeLinesOf(request);
}

/** The upgrade request of socket.io, of a plain WebSocket or of graphql-ws. */
function handshakeLinesOf(socket: object): readonly string[] | undefined {
  const { request, extra, [HANDSHAKE]: upgrade } = socket as SocketLines;
  return (request ?? upgrade ?? extra?.request)?.rawHeaders;
}

function httpContext(host: ArgumentsHost): RequestContext {
  // As switchToHttp(), without its object and closures: this runs for every request.
  const request = host.getArgByIndex<object>(0);
  const response = host.getArgByIndex<object>(1);
  return {
    source: httpSource(request, response),
    carrier: request,
    httpRequest: request,
    httpResponse: response,
  };
}

/** Over graphql-ws the request is the connection, which has no headers of its own. */
function graphqlContext(host: ArgumentsHost): RequestContext {
  const call = graphqlCallOf(host);
  const context = fieldsOf(call.context);
  const request = fieldsOf(context['req'] ?? fieldsOf(context['reply'])['request'] ?? context);
  const extra = fieldsOf(request['extra'] ?? context['extra']);
  const upgrade = fieldsOf(extra['request']);
  const isConnection = request['headers'] === undefined;
  const handshake = fieldsOf(request['connectionParams'] ?? context['connectionParams']);
  return {
    source: {
      transport: 'graphql',
      headers: headersOf(isConnection ? upgrade : request),
      handshake,
      request,
      data: undefined,
      response: isConnection ? undefined : objectOf(context['res'] ?? context['reply'] ?? request['res']),
    },
    carrier: call.carrier ?? context,
    // A connection lives longer than the caller of one of its operations.
    httpRequest: isConnection || request === context ? undefined : request,
    httpResponse: undefined,
    execution: call.execution,
    connection: objectOf(extra['socket']) ?? upgradedConnection(request),
  };
}

/** The TCP connection of an upgrade request, which nobody else uses. Others may serve more requests. */
function upgradedConnection(request: Fields): object | undefined {
  return headersOf(request)['upgrade'] === undefined ? undefined : objectOf(request['socket']);
}

function wsContext(host: ArgumentsHost): RequestContext {
  const client = host.switchToWs().getClient<object>();
  const payload = objectOf(host.switchToWs().getData<unknown>());
  const handshake = fieldsOf(fieldsOf(client)['handshake'] ?? (client as { [HANDSHAKE]?: unknown })[HANDSHAKE]);
  return {
    source: {
      transport: 'ws',
      headers: headersOf(handshake),
      handshake: fieldsOf(handshake['auth']),
      request: client,
      data: payload,
    },
    // A socket has many calls at once, and each may carry its own token; only a payload that is an object or an array
    // belongs to one of them. Extractors do not see others, so that all calls of the socket itself have one caller.
    carrier: payload ?? client,
    httpRequest: undefined,
    httpResponse: undefined,
    connection: client,
  };
}

function rpcContext(host: ArgumentsHost): RequestContext | undefined {
  const data = host.switchToRpc().getData<unknown>();
  const context = host.switchToRpc().getContext<unknown>();
  if (!isObject(context)) {
    // A custom transport without a context: nothing would distinguish its calls.
    return undefined;
  }
  return {
    source: { transport: 'rpc', headers: messageHeaders(data, context), handshake: NOTHING, request: context, data },
    carrier: context,
    httpRequest: undefined,
    httpResponse: undefined,
  };
}

function objectOf(value: unknown): object | undefined {
  return typeof value === 'object' && value !== null ? value : undefined;
}

function headersOf(request: object): Fields {
  return fieldsOf((request as Fields)['headers']);
}

function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : NOTHING;
}
