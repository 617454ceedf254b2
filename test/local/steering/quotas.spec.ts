import * as Sdk from '@aws-sdk/client-cognito-identity-provider';

import {
  REQUEST_RATE_QUOTAS,
  quotaOfOperation,
  type RequestRateQuota,
} from '../../../lib/protocol/request-rate-quotas.js';
import { LocalCognito, type LocalQuotas } from '../../../lib/testing/index.js';
import { ANN, SteeredService } from './steered-service.js';

const OVER = { status: 400, body: { __type: 'TooManyRequestsException', message: 'Rate exceeded' } };
const FINE = { status: 200 };

/** Operations whose category AWS does not publish. */
const WITHOUT_CATEGORY = [
  ...['AddUserPoolClientSecret', 'DeleteUserPoolClientSecret', 'ListUserPoolClientSecrets'],
  ...['AdminListUserSessions', 'AdminRevokeUserSession', 'ListUserSessions', 'RevokeUserSession'],
];

describe('the table of request rate quotas', () => {
  const quotas: Readonly<Record<string, RequestRateQuota>> = REQUEST_RATE_QUOTAS;
  const operations = Object.keys(Sdk)
    .filter((name) => name.endsWith('Command') && name !== '$Command')
    .map((name) => name.slice(0, -'Command'.length));
  const named = Object.values(quotas).flatMap((quota) => [...quota.operations, ...(quota.challengeResponses ?? [])]);

  it('names only operations of the SDK, or ones that it had, each once', () => {
    expect(new Set(named).size).toBe(named.length);
    expect(named.filter((name) => !operations.includes(name))).toEqual([]);
  });

  it('has all operations but those of newer features', () => {
    const without = operations.filter((name) => quotaOfOperation(name) === undefined);
    expect(without).toEqual(expect.arrayContaining(WITHOUT_CATEGORY));
    const newer =
      /WebAuthn|Secret|Session|Branding|Terms|Replica|LogDelivery|ProvisionedLimit|AuthFactors|SoftwareToken$|ClientToken/;
    expect(without.filter((name) => !newer.test(name))).toEqual([]);
  });

  it('has the rates of AWS', () => {
    expect(Object.fromEntries(Object.entries(quotas).map(([name, quota]) => [name, quota.requestsPerSecond]))).toEqual({
      ...{ UserAuthentication: 120, UserCreation: 50, UserFederation: 25, UserAccountRecovery: 30, UserRead: 120 },
      ...{ UserUpdate: 25, UserToken: 120, UserResourceRead: 50, UserResourceUpdate: 25, UserList: 30 },
      ...{ UserPoolRead: 15, UserPoolUpdate: 15, UserPoolResourceRead: 20, UserPoolResourceUpdate: 15 },
      ...{ UserPoolClientRead: 15, UserPoolClientUpdate: 15, ClientAuthentication: 150 },
    });
  });
});

describe('request quotas', () => {
  let service: SteeredService;
  let time: number;

  const start = async (quotas: LocalQuotas) => {
    time = Date.now();
    service = await SteeredService.start({ quotas, clock: () => time, pools: [{ name: 'default', users: [ANN] }] });
  };
  const describePool = () => service.call('DescribeUserPool', { UserPoolId: service.cognito.pool().id });
  const listPools = () => service.call('ListUserPools', { MaxResults: 1 });
  const many = async (count: number, request: () => Promise<unknown>) => {
    for (let made = 0; made < count; made++) {
      await request();
    }
  };

  afterEach(() => service.cognito.stop());

  it('are off unless they are asked for', async () => {
    await start(false);
    await many(40, listPools);
    await expect(listPools()).resolves.toMatchObject(FINE);
    expect(service.cognito.quotas.enabled).toBe(false);
  });

  it('limit the operations of a category together, by the clock', async () => {
    await start(true);
    await many(15, describePool);
    await expect(listPools()).resolves.toMatchObject(OVER);
    await expect(describePool()).resolves.toMatchObject(OVER);
    await expect(service.call('ListUsers', { UserPoolId: service.cognito.pool().id })).resolves.toMatchObject(FINE);
    time += 200; // 3 of 15 requests
    await many(3, describePool);
    await expect(listPools()).resolves.toMatchObject(OVER);
    time += 60_000; // no more than a second's requests gather
    await many(14, describePool);
    await expect(listPools()).resolves.toMatchObject(FINE);
    await expect(listPools()).resolves.toMatchObject(OVER);
  });

  it('come before every other check, and the error headers are those of AWS', async () => {
    await start({ UserPoolRead: 1 });
    await listPools();
    const { headers, ...answer } = await service.call('DescribeUserPool', { UserPoolId: 7 });
    expect(answer).toEqual(OVER);
    expect(headers.get('x-amzn-errortype')).toBe('TooManyRequestsException:');
  });

  it('are those of AWS for categories that the option does not name', async () => {
    await start({ UserAuthentication: 2 });
    expect(service.cognito.quotas.limits()).toMatchObject({ UserAuthentication: 2, UserCreation: 50 });
    await many(2, () => service.signIn());
    await expect(service.signIn()).resolves.toMatchObject(OVER);
    await many(15, describePool);
    await expect(describePool()).resolves.toMatchObject(OVER);
  });

  it('count answers to challenges apart, three times as many', async () => {
    await start({ UserAuthentication: 1 });
    const answer = () =>
      service.call('RespondToAuthChallenge', {
        ...{ ClientId: service.clientId, ChallengeName: 'SMS_MFA', Session: 'x'.repeat(40), ChallengeResponses: {} },
      });
    await service.signIn();
    await expect(service.signIn()).resolves.toMatchObject(OVER);
    await many(3, async () => {
      expect(await answer()).not.toMatchObject(OVER);
    });
    await expect(answer()).resolves.toMatchObject(OVER);
  });

  it('count grants of the token endpoint and sign-ins on the pages', async () => {
    await start({ UserAuthentication: 1, ClientAuthentication: 1 });
    const grant = async (grantType: string) => {
      const body = new URLSearchParams({ grant_type: grantType });
      return (await fetch(`${service.endpoint}/oauth2/token`, { method: 'POST', body })).status;
    };
    expect([await grant('client_credentials'), await grant('client_credentials')]).toEqual([400, 429]);
    expect([await grant('refresh_token'), await grant('refresh_token')]).toEqual([400, 429]);
    expect([await grant('authorization_code'), await grant('authorization_code')]).toEqual([400, 400]);
    const login = await fetch(`${service.endpoint}/login`, { method: 'POST', body: new URLSearchParams() });
    expect(login.status).toBe(429);
    expect((await fetch(`${service.endpoint}/login`)).status).not.toBe(429);
  });

  it('are changed while the server runs, and put back by a reset', async () => {
    await start(false);
    const { quotas } = service.cognito;
    quotas.set({ UserPoolRead: 1 });
    await listPools();
    await expect(listPools()).resolves.toMatchObject(OVER);
    quotas.setLimit('UserPoolRead', 2);
    time += 1000;
    await many(2, listPools);
    await expect(listPools()).resolves.toMatchObject(OVER);
    await service.cognito.reset();
    expect(quotas.enabled).toBe(false);
    await expect(listPools()).resolves.toMatchObject(FINE);
  });

  it.each([
    [{ UserAuthentification: 5 }, /^"quotas.UserAuthentification" is an unknown category. Known categories: UserAuth/],
    [{ UserRead: 0 }, '"quotas.UserRead" must be a positive integer, requests a second.'],
    [{ UserRead: '5' }, '"quotas.UserRead" must be a positive integer, requests a second.'],
    ['all', '"quotas" must be a boolean, or an object with requests a second by category.'],
    [[], '"quotas" must be a boolean, or an object with requests a second by category.'],
  ])('%j are refused', async (quotas, message) => {
    await expect(LocalCognito.start({ quotas: quotas as LocalQuotas })).rejects.toThrow(message);
  });
});
