import { KafkaContext, MqttContext, NatsContext, RmqContext } from '@nestjs/microservices';

import { requestContextOf } from '../../lib/auth/request-context.js';
import { bearerToken } from '../../lib/auth/extractors/bearer-token.js';
import type { TokenExtractor } from '../../lib/auth/extractors/token-extractor.js';
import { hostOf } from './support.js';

// The contexts are Nest's own; what the brokers' clients put into them is shaped here as those clients shape it.

/** Metadata of @grpc/grpc-js: names in any case, a list of values each. */
class Metadata {
  readonly #values = new Map<string, string[]>();

  set(name: string, value: string): this {
    this.#values.set(name.toLowerCase(), [value]);
    return this;
  }

  get(name: string): string[] {
    return this.#values.get(name.toLowerCase()) ?? [];
  }

  /** The first value of each name. */
  getMap(): Readonly<Record<string, string>> {
    return Object.fromEntries([...this.#values].map(([name, [value = '']]) => [name, value]));
  }
}

/** Headers of the nats client: '' stands for one that is not there. */
class MsgHdrs {
  constructor(private readonly values: Readonly<Record<string, string>>) {}

  get(name: string): string {
    return this.values[name] ?? '';
  }

  keys(): string[] {
    return Object.keys(this.values);
  }
}

function tokenOf(context: object, data: unknown = {}): ReturnType<TokenExtractor> {
  const call = requestContextOf(hostOf('rpc', data, context));
  if (call === undefined) {
    throw new Error('The transport is not known.');
  }
  expect(call.carrier).toBe(context);
  return bearerToken()(call.source);
}

const nats = (headers: Readonly<Record<string, string>>) => new NatsContext(['orders', new MsgHdrs(headers)]);
const kafka = (headers: object) =>
  new KafkaContext([{ value: null, headers }, 0, 'orders', {}, () => Promise.resolve(), {}] as never);
const rabbit = (headers: object) => new RmqContext([{ fields: {}, properties: { headers } }, {}, 'orders']);
const mqtt = (packet: object) => new MqttContext(['orders', packet]);

const authorization = 'Bearer abc';

describe('the token of a message', () => {
  it.each<[string, object, unknown]>([
    ["gRPC's metadata", new Metadata().set('Authorization', authorization), {}],
    ["NATS's headers", nats({ authorization }), {}],
    ['a Kafka record, as bytes', kafka({ authorization: Buffer.from(authorization) }), {}],
    ['a Kafka record, as text', kafka({ authorization }), {}],
    ['a RabbitMQ message', rabbit({ authorization }), {}],
    ['the user properties of MQTT 5', mqtt({ cmd: 'publish', properties: { userProperties: { authorization } } }), {}],
    ['the payload, where the transport knows no headers', mqtt({ cmd: 'publish' }), { headers: { authorization } }],
  ])('is found in %s', (_, context, data) => {
    expect(tokenOf(context, data)).toBe('abc');
  });

  it.each<[string, object]>([
    ["gRPC's metadata", new Metadata()],
    ["NATS's headers", nats({})],
    ['NATS without headers', new NatsContext(['orders', undefined])],
    ['a Kafka record', kafka({})],
    ['a RabbitMQ message', rabbit({})],
    ['MQTT 5', mqtt({ cmd: 'publish', properties: {} })],
    ['MQTT 3', mqtt({ cmd: 'publish' })],
  ])('is nothing where %s have none, whatever the payload is', (_, context) => {
    for (const data of [undefined, null, 'text', 7, [], { headers: null }, { headers: 'Bearer x' }]) {
      expect(tokenOf(context, data)).toBeUndefined();
    }
  });

  it('is that of the metadata before that of the payload, which any sender may write', () => {
    expect(tokenOf(nats({ authorization }), { headers: { authorization: 'Bearer other' } })).toBe('abc');
  });

  it.each([kafka({ authorization: [authorization, 'Bearer def'] }), rabbit({ authorization: { a: 1 } })])(
    'is malformed where the header is no text',
    (context) => {
      expect(() => tokenOf(context)).toThrow(expect.objectContaining({ code: 'REQUEST_MALFORMED' }));
    },
  );

  it.each<[string, object, unknown]>([
    ["gRPC's metadata", new Metadata().set('X-Token', 'abc'), {}],
    ["NATS's headers", nats({ 'X-Token': 'abc' }), {}],
    ['a Kafka record', kafka({ 'X-Token': Buffer.from('abc') }), {}],
    ['a RabbitMQ message', rabbit({ 'X-Token': 'abc' }), {}],
    ['the user properties of MQTT 5', mqtt({ properties: { userProperties: { 'X-Token': 'abc' } } }), {}],
    ['the payload', mqtt({ cmd: 'publish' }), { headers: { 'X-Token': 'abc' } }],
  ])('may be in a header of another name in %s, however that is written', (_, context, data) => {
    const source = requestContextOf(hostOf('rpc', data, context))?.source;
    expect(source?.headers['x-token']).toBe('abc');
  });

  it('is found however the header is written', () => {
    expect(tokenOf(kafka({ Authorization: authorization }))).toBe('abc');
    expect(tokenOf(nats({ Authorization: authorization }))).toBe('abc');
    expect(tokenOf(mqtt({ cmd: 'publish' }), { headers: { AUTHORIZATION: authorization } })).toBe('abc');
  });

  it('takes no names from a prototype', () => {
    const data: unknown = JSON.parse('{ "headers": { "__proto__": { "authorization": "Bearer abc" } } }');
    expect(tokenOf(mqtt({ cmd: 'publish' }), data)).toBeUndefined();
    expect({}).not.toHaveProperty('authorization');
  });

  it.each([undefined, null, 'text'])('is not looked for where the transport gives no context but %p', (context) => {
    expect(requestContextOf(hostOf('rpc', { headers: { authorization } }, context))).toBeUndefined();
  });
});
