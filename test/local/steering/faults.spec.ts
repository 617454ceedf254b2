import { CognitoIdentityProviderClient, ListUserPoolsCommand } from '@aws-sdk/client-cognito-identity-provider';

import type { LocalFaultOptions } from '../../../lib/testing/index.js';
import { ANN, PASSWORD, SteeredService } from './steered-service.js';

const CLIENT = {
  ...{ name: 'web', CallbackURLs: ['https://app.example/callback'], AllowedOAuthFlowsUserPoolClient: true },
  ...{ AllowedOAuthFlows: ['code' as const], AllowedOAuthScopes: ['openid'] },
};

describe('faults', () => {
  let service: SteeredService;

  beforeAll(async () => {
    service = await SteeredService.start({ pools: [{ name: 'default', clients: [CLIENT], users: [ANN] }] });
  });

  afterAll(() => service.cognito.stop());

  afterEach(() => {
    service.cognito.faults.clear();
  });

  const add = (fault: LocalFaultOptions) => service.cognito.faults.add(fault);
  const describePool = () => service.call('DescribeUserPool', { UserPoolId: service.cognito.pool().id });
  const token = () => fetch(`${service.endpoint}/oauth2/token`, { method: 'POST', body: new URLSearchParams() });

  it.each([
    [{ status: 500 }, 500, 'InternalErrorException'],
    [{ status: 502 }, 502, 'InternalErrorException'],
    [{ status: 503 }, 503, 'ServiceUnavailableException'],
    [{ status: 400 }, 400, 'InvalidParameterException'],
    [{ status: 403 }, 403, 'ForbiddenException'],
    [{ status: 429 }, 429, 'TooManyRequestsException'],
    [{ type: 'NotAuthorizedException' }, 400, 'NotAuthorizedException'],
    [{ type: 'InternalErrorException' }, 500, 'InternalErrorException'],
    [{ status: 400, type: 'ThrottlingException' }, 400, 'ThrottlingException'],
    [{ throttle: true }, 400, 'TooManyRequestsException'],
  ])('%j answers %i with %s', async (fault, status, exception) => {
    add({ operation: 'DescribeUserPool', ...fault });
    const answer = await describePool();
    expect(answer).toMatchObject({ status, body: { __type: exception } });
    expect(answer.headers.get('x-amzn-errortype')).toBe(`${exception}:`);
  });

  it('has the message of AWS for throttling, and one of your own', async () => {
    add({ operation: '*', throttle: true, times: 1 });
    add({ operation: '*', status: 400, type: 'UserNotFoundException', message: 'Nobody.', times: 1 });
    await expect(describePool()).resolves.toMatchObject({ body: { message: 'Rate exceeded' } });
    await expect(describePool()).resolves.toMatchObject({
      body: { __type: 'UserNotFoundException', message: 'Nobody.' },
    });
    await expect(describePool()).resolves.toMatchObject({ status: 200 });
  });

  it('meets the named operation, as often as asked', async () => {
    const fault = add({ operation: 'InitiateAuth', status: 500, times: 2 });
    await expect(describePool()).resolves.toMatchObject({ status: 200 });
    expect(service.cognito.faults.list()).toEqual([{ ...fault, remaining: 2 }]);
    await expect(service.signIn()).resolves.toMatchObject({ status: 500 });
    expect(service.cognito.faults.list()).toMatchObject([{ remaining: 1 }]);
    await expect(service.signIn()).resolves.toMatchObject({ status: 500 });
    expect(service.cognito.faults.list()).toEqual([]);
    await expect(service.signIn()).resolves.toMatchObject({ status: 200 });
  });

  it('are played in the order in which they were added, and removed by id', async () => {
    const first = add({ operation: 'DescribeUserPool', status: 500 });
    add({ operation: 'DescribeUserPool', status: 503 });
    await expect(describePool()).resolves.toMatchObject({ status: 500 });
    expect(service.cognito.faults.remove(first.id)).toBe(true);
    expect(service.cognito.faults.remove(first.id)).toBe(false);
    await expect(describePool()).resolves.toMatchObject({ status: 503 });
  });

  it('close the connection, before and after the operation', async () => {
    add({ operation: 'SignUp', reset: true, times: 1 });
    add({ operation: 'SignUp', reset: true, after: true, times: 1 });
    await expect(service.signUp('early')).rejects.toThrow('fetch failed');
    await expect(service.signUp('late')).rejects.toThrow('fetch failed');
    const exists = (username: string) =>
      service.call('AdminGetUser', { UserPoolId: service.cognito.pool().id, Username: username });
    await expect(exists('early')).resolves.toMatchObject({ body: { __type: 'UserNotFoundException' } });
    await expect(exists('late')).resolves.toMatchObject({ status: 200 });
  });

  it('lose the answer of an operation that has happened', async () => {
    add({ operation: 'SignUp', status: 500, after: true, times: 1 });
    await expect(service.signUp('kept')).rejects.toThrow('InternalErrorException');
    await expect(service.signUp('kept')).rejects.toThrow('UsernameExistsException');
  });

  it.each([false, true])('delay, after the operation: %p', async (after) => {
    add({ operation: 'SignUp', delay: 60, after, times: 1 });
    const start = performance.now();
    await service.signUp(`slow-${String(after)}`);
    expect(performance.now() - start).toBeGreaterThanOrEqual(55);
    add({ operation: 'DescribeUserPool', delay: 20, status: 503 });
    await expect(describePool()).resolves.toMatchObject({ status: 503 });
  });

  it.each([
    [{ status: 500 }, 500, 'server_error'],
    [{ status: 400 }, 400, 'invalid_request'],
    [{ type: 'invalid_grant', message: 'Gone.' }, 400, 'invalid_grant'],
    [{ throttle: true }, 429, 'TooManyRequestsException'],
  ])('at the token endpoint %j answers %i', async (fault, status, error) => {
    add({ operation: '/oauth2/token', ...fault });
    const answer = await token();
    expect(answer.status).toBe(status);
    await expect(answer.json()).resolves.toMatchObject({ error });
    await expect(describePool()).resolves.toMatchObject({ status: 200 });
  });

  it('meet the keys of every pool, and pages', async () => {
    add({ operation: '/.well-known/jwks.json', status: 503, times: 1 });
    const keys = () => fetch(service.cognito.pool().jwksUri);
    expect((await keys()).status).toBe(503);
    expect((await keys()).status).toBe(200);
    add({ operation: '/login', status: 502, times: 1 });
    expect((await fetch(`${service.endpoint}/login`)).status).toBe(502);
    add({ operation: '*', reset: true, times: 2 });
    await expect(keys()).rejects.toThrow('fetch failed');
    await expect(token()).rejects.toThrow('fetch failed');
  });

  it('are retried by the SDK', async () => {
    const sdk = new CognitoIdentityProviderClient({
      endpoint: service.endpoint,
      region: 'us-east-1',
      credentials: { accessKeyId: 'local', secretAccessKey: 'local' },
    });
    add({ operation: 'ListUserPools', throttle: true, times: 1 });
    add({ operation: 'ListUserPools', reset: true, times: 1 });
    await expect(sdk.send(new ListUserPoolsCommand({ MaxResults: 1 }))).resolves.toMatchObject({
      UserPools: [{ Name: 'default' }],
      $metadata: { attempts: 3 },
    });
    sdk.destroy();
  });

  it('leave the headers of CORS, so that a page sees them', async () => {
    add({ operation: 'InitiateAuth', status: 500 });
    const answer = await fetch(service.endpoint, {
      method: 'POST',
      headers: { 'x-amz-target': 'AWSCognitoIdentityProviderService.InitiateAuth', origin: service.endpoint },
      body: JSON.stringify({ PASSWORD }),
    });
    expect([answer.status, answer.headers.get('access-control-allow-origin')]).toEqual([500, '*']);
  });

  it.each([
    [{ operation: 'InitiateAuht', status: 500 }, /^"operation" must be an operation of the API/],
    [{ operation: '/oauth2/tokens', status: 500 }, /^"operation" must be an operation of the API/],
    [{ operation: 'toString', status: 500 }, /^"operation" must be an operation of the API/],
    [{ status: 500 }, /^"operation" must be/],
    [{ operation: '*' }, /^"fault" must have one of status/],
    [{ operation: '*', reset: false }, /^"fault" must have one of status/],
    [{ operation: '*', status: 500, reset: true }, /^"fault" must have one of status/],
    [{ operation: '*', throttle: true, type: 'NotAuthorizedException' }, /^"fault" must have one of status/],
    [{ operation: '*', status: 200 }, /^"status" must be an integer from 400 to 599/],
    [{ operation: '*', status: '500' }, /^"status" must be an integer/],
    [{ operation: '*', type: 'NotAuthorised' }, /^"type" must be an exception of Amazon Cognito/],
    [{ operation: '/oauth2/token', type: 'not valid' }, /^"type" must be an error code of OAuth/],
    [{ operation: '*', delay: -1 }, /^"delay" must be an integer from 0 to 600000/],
    [{ operation: '*', reset: 'yes' }, /^"reset" must be a boolean/],
    [{ operation: '*', reset: true, times: 0 }, /^"times" must be an integer of at least 1/],
    [{ operation: '*', reset: true, message: 'x' }, /^"message" needs a status or a type/],
    [{ operation: '*', status: 500, message: 7 }, /^"message" must be a string/],
    [{ operation: '*', statsu: 500 }, /^"statsu" is an unknown option/],
    ['InitiateAuth', /^"fault" must be an object/],
  ])('%j is refused', (fault, message) => {
    expect(() => service.cognito.faults.add(fault as LocalFaultOptions)).toThrow(message);
    expect(service.cognito.faults.list()).toEqual([]);
  });
});
