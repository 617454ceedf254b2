import { isObject } from '../types/is-object.js';

/** Headers by name in lower case. Values are those of the transport, with bytes decoded as UTF-8. */
export type MessageHeaders = Readonly<Record<string, unknown>>;

type Fields = Readonly<Record<string, unknown>>;

/**
 * Metadata of a message: gRPC's Metadata, headers of NATS, Kafka and RabbitMQ, user properties of MQTT 5. TCP, Redis and
 * MQTT 3 have none, so the payload's member `headers` is read too; it never replaces a header of the transport.
 */
export function messageHeaders(data: unknown, context: unknown): MessageHeaders {
  const headers = Object.create(null) as Record<string, unknown>;
  const places = [
    context,
    call(context, 'getHeaders'),
    call(context, 'getMessage'),
    call(context, 'getPacket'),
    { headers: fieldsOf(data)['headers'] },
  ];
  for (const [name, value] of places.flatMap(entriesOf)) {
    // Brokers keep the case of names, and clients may send "Authorization".
    headers[name.toLowerCase()] ??= Buffer.isBuffer(value) ? value.toString('utf8') : value;
  }
  return headers;
}

function entriesOf(place: unknown): [name: string, value: unknown][] {
  const fields = fieldsOf(place);
  const properties = fieldsOf(fields['properties']);
  const plain = fieldsOf(fields['headers'] ?? properties['headers'] ?? properties['userProperties']);
  return [...grpcEntries(place), ...natsEntries(place), ...Object.entries(plain)];
}

/** Metadata of @grpc/grpc-js; `getMap` returns the first value of each name. */
function grpcEntries(place: unknown): [string, unknown][] {
  return Object.entries(fieldsOf(call(place, 'getMap')));
}

/** Headers of the nats client; `get` returns the first value of a name. */
function natsEntries(place: unknown): [string, unknown][] {
  const names = call(place, 'keys');
  const known = Array.isArray(names) ? names.filter((name) => typeof name === 'string') : [];
  return known.map((name) => [name, call(place, 'get', name)]);
}

function call(target: unknown, method: string, ...args: unknown[]): unknown {
  const candidate = fieldsOf(target)[method];
  return typeof candidate === 'function' ? (Reflect.apply(candidate, target, args) as unknown) : undefined;
}

function fieldsOf(value: unknown): Fields {
  return isObject(value) ? value : {};
}
