import type { ExecutionContext } from '@nestjs/common';
import { ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { ExecutionContextHost } from '@nestjs/core/helpers/execution-context-host.js';

import { type AuthApiCall, AuthCall } from '../../../lib/http/index.js';

class Controller {
  handle(@AuthCall() call: AuthApiCall): AuthApiCall {
    return call;
  }
}

function injected(type: string, ...args: unknown[]): unknown {
  const parameters = Reflect.getMetadata(ROUTE_ARGS_METADATA, Controller, 'handle') as Record<
    string,
    { factory: (data: undefined, context: ExecutionContext) => unknown }
  >;
  const context = new ExecutionContextHost(args, Controller);
  context.setType(type);
  return Object.values(parameters)[0]?.factory(undefined, context);
}

describe('@AuthCall()', () => {
  const response = { set: () => undefined };
  const request = { headers: {}, method: 'POST' };
  const anonymous = { accessToken: undefined, username: undefined };

  it('injects the request and the response over HTTP', () => {
    expect(injected('http', request, response)).toEqual({ request, response, ...anonymous });
  });

  it.each([
    ['of Apollo on Express', { req: { ...request, res: response } }],
    ['with the response in it', { req: request, res: response }],
    ['of Mercurius', { reply: Object.assign(response, { request }) }],
  ])('injects them over GraphQL, from a context %s', (_, context) => {
    const call = injected('graphql', undefined, {}, context, {}) as AuthApiCall;
    expect(call).toMatchObject(anonymous);
    expect(call.response).toBe(response);
    expect(call.request).toMatchObject({ method: 'POST' });
  });

  it.each([
    ['graphql', [undefined, {}, { req: { extra: { request: { headers: {} } } } }, {}]],
    ['ws', [{ handshake: { headers: {} } }, {}]],
  ])('says where it cannot be used: %s over a socket', (type, args) => {
    expect(() => injected(type, ...args)).toThrow(/AuthCall.*needs an HTTP request with its response/);
  });
});
