import { Agent, request } from 'node:http';

import { LocalCognito } from '../../lib/local/local-cognito.js';
import { unfinishedRequest } from '../support/unfinished-request.js';
import { type LocalService, startLocalService } from './local-service.js';
import { call, refusal } from './wire.js';

describe('the wire protocol', () => {
  let service: LocalService;
  let endpoint: string;

  beforeAll(async () => {
    service = await startLocalService();
    ({ endpoint } = service.cognito);
  });

  afterAll(() => service.stop());

  it('answers a success as AWS JSON 1.1 with a request id', async () => {
    const { status, headers, body } = await call(endpoint, 'ListUserPools', { MaxResults: 10 });
    expect(status).toBe(200);
    expect(headers.get('content-type')).toBe('application/x-amz-json-1.1');
    expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
    expect(body).toMatchObject({ UserPools: [{ Name: 'default' }] });
  });

  it('writes dates as epoch seconds and omits absent members', async () => {
    const { body } = await call(endpoint, 'DescribeUserPool', { UserPoolId: service.cognito.pool().id });
    const pool = body['UserPool'] as Record<string, unknown>;
    expect(pool['CreationDate']).toBeCloseTo(Date.now() / 1000, -2);
    expect(Object.values(pool)).not.toContain(null);
    expect(pool).not.toHaveProperty('UsernameAttributes');
  });

  it('answers {} when an operation returns nothing', async () => {
    const { body } = await call(endpoint, 'CreateUserPool', { PoolName: 'short-lived' });
    const { Id } = body['UserPool'] as { Id: string };
    await expect(call(endpoint, 'DeleteUserPool', { UserPoolId: Id })).resolves.toMatchObject({
      status: 200,
      body: {},
    });
  });

  it('sends an error in the body and in the headers', async () => {
    const { status, headers, body } = await call(endpoint, 'DescribeUserPool', { UserPoolId: 'us-east-1_none' });
    const message = 'User pool us-east-1_none does not exist.';
    expect(status).toBe(400);
    expect(body).toEqual({ __type: 'ResourceNotFoundException', message });
    expect(headers.get('x-amzn-errortype')).toBe('ResourceNotFoundException:');
    expect(headers.get('x-amzn-errormessage')).toBe(message);
    expect(headers.get('x-amzn-requestid')).toMatch(/^[0-9a-f-]{36}$/);
  });

  it.each([
    ['invalid JSON', 'DescribeUserPool', '{"UserPoolId":'],
    ['a list', 'DescribeUserPool', '[]'],
    ['a string', 'DescribeUserPool', '"x"'],
    ['a number in place of a string', 'DescribeUserPool', '{"UserPoolId":7}'],
    [
      'a map with a number in it',
      'InitiateAuth',
      '{"AuthFlow":"USER_AUTH","ClientId":"x","AuthParameters":{"USERNAME":1}}',
    ],
    ['a list of nulls', 'AdminCreateUser', '{"UserPoolId":"a_b","Username":"x","UserAttributes":[null]}'],
    [
      'an attribute that is a number',
      'AdminCreateUser',
      '{"UserPoolId":"a_b","Username":"x","UserAttributes":[{"Name":"name","Value":7}]}',
    ],
    ['a list of numbers', 'ListUsers', '{"UserPoolId":"a_b","AttributesToGet":[7]}'],
  ])('answers SerializationException without a message to %s', async (_what, operation, body) => {
    await expect(call(endpoint, operation, body)).resolves.toMatchObject(refusal('SerializationException'));
  });

  it('rejects an operation that Cognito does not have', async () => {
    await expect(call(endpoint, 'MakeCoffee', {})).resolves.toMatchObject(refusal('UnknownOperationException'));
    await expect(call(endpoint, 'toString', {})).resolves.toMatchObject(refusal('UnknownOperationException'));
    const response = await fetch(endpoint, { method: 'POST', body: '{}' });
    await expect(response.json()).resolves.toEqual({ __type: 'UnknownOperationException' });
  });

  it('treats null members as absent, also in maps', async () => {
    const input = {
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      ClientId: service.cognito.pool().client().id,
      Session: null,
      AuthParameters: { REFRESH_TOKEN: 'none', DEVICE_KEY: null },
    };
    await expect(call(endpoint, 'InitiateAuth', input)).resolves.toMatchObject(
      refusal('NotAuthorizedException', 'Invalid Refresh Token'),
    );
  });

  it('accepts any signature or Authorization header', async () => {
    const headers = { Authorization: 'Bearer nonsense' };
    await expect(call(endpoint, 'ListUserPools', { MaxResults: 1 }, headers)).resolves.toMatchObject({ status: 200 });
  });

  it.each<[string, () => string | ReadableStream]>([
    ['announced', () => 'x'.repeat(5 * 1024 * 1024)],
    ['in chunks', () => new Blob(Array.from({ length: 5 }, () => 'x'.repeat(1024 * 1024))).stream()],
  ])('rejects a body that is too large, %s', async (_how, body) => {
    const response = await fetch(endpoint, {
      method: 'POST',
      body: body(),
      duplex: 'half',
      headers: { Origin: 'http://localhost:5173' },
    });
    expect(response.status).toBe(413);
    expect(response.headers.get('access-control-allow-origin')).toBe('*');
    await expect(response.json()).resolves.toEqual({
      __type: 'RequestTooLargeException',
      message: 'The request body is larger than 4194304 bytes.',
    });
    await expect(call(endpoint, 'ListUserPools', { MaxResults: 1 })).resolves.toMatchObject({ status: 200 });
  });

  it('allows pages of this machine', async () => {
    const preflight = await fetch(endpoint, {
      method: 'OPTIONS',
      headers: {
        Origin: 'http://localhost:5173',
        'Access-Control-Request-Method': 'POST',
        'Access-Control-Request-Headers': 'content-type,x-amz-target,x-amz-user-agent,cache-control',
      },
    });
    expect(preflight.status).toBe(200);
    expect(preflight.headers.get('access-control-allow-origin')).toBe('*');
    expect(preflight.headers.get('access-control-allow-headers')).toBe(
      'content-type,x-amz-target,x-amz-user-agent,cache-control',
    );
    const { headers } = await call(endpoint, 'DescribeUserPool', {}, { Origin: 'http://localhost:5173' });
    expect(headers.get('access-control-allow-origin')).toBe('*');
    expect(headers.get('access-control-expose-headers')).toContain('x-amzn-ErrorType');
  });

  it('keeps header values printable when a message is not', async () => {
    const { headers, body } = await call(endpoint, 'CreateUserPool', { PoolName: 'pöol\n' });
    expect(body['message']).toContain('pöol\n');
    expect(headers.get('x-amzn-errormessage')).toContain("'p?ol '");
  });

  it('keeps the headers short when a message or a request is long', async () => {
    const { headers, body } = await call(endpoint, 'CreateUserPool', { PoolName: 'p'.repeat(15_000) });
    expect(body['message']).toContain('p'.repeat(15_000));
    expect(headers.get('x-amzn-errormessage')).toMatch(/^1 validation error detected: .*p\.\.\.$/);
    expect(headers.get('x-amzn-errormessage')?.length).toBeLessThan(1100);
    const preflight = await fetch(endpoint, {
      method: 'OPTIONS',
      headers: { Origin: 'http://localhost:3000', 'Access-Control-Request-Headers': `x-${'a'.repeat(12_000)}` },
    });
    expect(preflight.headers.get('access-control-allow-headers')).toBe('*');
  });

  it('serves the key set and the discovery document of a pool', async () => {
    const { issuer, jwksUri } = service.cognito.pool();
    const keys = ((await (await fetch(jwksUri)).json()) as { keys: Record<string, string>[] }).keys;
    expect(keys).toHaveLength(2);
    for (const key of keys) {
      expect(key).toMatchObject({ alg: 'RS256', e: 'AQAB', kty: 'RSA', use: 'sig' });
      expect(key['kid']).toMatch(/^[A-Za-z0-9+/]{43}=$/);
    }
    expect(keys[0]?.['kid']).not.toBe(keys[1]?.['kid']);
    const discovery = (await (await fetch(`${issuer}/.well-known/openid-configuration`)).json()) as object;
    expect(discovery).toMatchObject({ issuer, jwks_uri: jwksUri, id_token_signing_alg_values_supported: ['RS256'] });
  });

  it('answers 404 for a pool that does not exist and for other paths', async () => {
    const unknown = await fetch(`${endpoint}/us-east-1_none/.well-known/jwks.json`);
    expect(unknown.status).toBe(404);
    await expect(unknown.json()).resolves.toEqual({ message: 'User pool us-east-1_none does not exist.' });
    const nowhere = await fetch(`${endpoint}/nowhere`);
    expect(nowhere.status).toBe(404);
  });

  it('stops at once although a connection is kept open', async () => {
    const cognito = await LocalCognito.start();
    const agent = new Agent({ keepAlive: true });
    await new Promise<void>((resolve, reject) => {
      request(cognito.endpoint, { agent }, (response) => {
        response.resume();
        response.on('end', resolve);
      })
        .on('error', reject)
        .end();
    });
    const unfinished = await unfinishedRequest(cognito.port);
    await cognito.stop();
    await unfinished.closed;
    agent.destroy();
    await expect(fetch(cognito.endpoint)).rejects.toThrow();
  });
});
