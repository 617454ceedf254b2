import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ANN, SteeredService } from './steered-service.js';

describe('reset', () => {
  let service: SteeredService;
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mandate-reset-'));
  });

  afterAll(() => rm(directory, { recursive: true }));

  afterEach(() => service.cognito.stop());

  const userOf = (username: string) =>
    service.call('AdminGetUser', { UserPoolId: service.cognito.pool().id, Username: username });

  it('puts users, pools, messages, faults, the clock and quotas back', async () => {
    service = await SteeredService.start();
    const { cognito } = service;
    const { body: before } = await userOf('ann');
    await service.signUp('bob');
    await service.succeed('AdminDeleteUser', { UserPoolId: cognito.pool().id, Username: 'ann' });
    await service.succeed('CreateUserPool', { PoolName: 'more' });
    await service.succeed('UpdateUserPool', { UserPoolId: cognito.pool().id, PoolName: 'renamed' });
    cognito.faults.add({ operation: '*', status: 500 });
    cognito.quotas.set({ UserRead: 1 });
    cognito.clock.advance(1_000_000);

    await cognito.reset();

    expect(cognito.pools.map(({ name }) => name)).toEqual(['default']);
    expect(cognito.outbox.all()).toEqual([]);
    expect(cognito.faults.list()).toEqual([]);
    expect(cognito.quotas.enabled).toBe(false);
    expect(Math.abs(cognito.clock.now() - Date.now())).toBeLessThan(1000);
    await expect(userOf('bob')).resolves.toMatchObject({ body: { __type: 'UserNotFoundException' } });
    const { body: after } = await userOf('ann');
    expect(after['UserAttributes']).toEqual(before['UserAttributes']);
    await expect(service.signIn()).resolves.toMatchObject({ status: 200 });
  });

  it('keeps the ids, secrets and keys that an application is configured with', async () => {
    service = await SteeredService.start({
      pools: [{ name: 'one', UsernameAttributes: ['email'] }, { name: 'two' }],
      users: [{ ...ANN, username: 'ann@example.com' }],
    });
    const { cognito } = service;
    const described = () => cognito.pools.map((pool) => [pool.moduleOptions(), pool.client('secret')]);
    const keysOf = async () => (await fetch(cognito.pool('two').jwksUri)).json();
    const [pool, options, keys] = [cognito.pool(), described(), await keysOf()];
    const { body: before } = await userOf('ann@example.com');
    await cognito.reset();
    expect(described()).toEqual(options);
    await expect(keysOf()).resolves.toEqual(keys);
    expect((await userOf('ann@example.com')).body['Username']).toBe(before['Username']);
    // What the test holds of the pool is the pool of now.
    pool.createUser({ username: 'late@example.com' });
    await expect(userOf('late@example.com')).resolves.toMatchObject({ status: 200 });
  });

  it('ends every sign-in, finished or not', async () => {
    service = await SteeredService.start();
    const { AccessToken, RefreshToken } = await service.tokens();
    const { body } = await service.call('InitiateAuth', {
      ...{ ClientId: service.clientId, AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: 'ann' } },
    });
    await service.cognito.reset();
    await expect(service.call('GetUser', { AccessToken })).resolves.toMatchObject({ status: 400 });
    await expect(
      service.call('InitiateAuth', {
        ClientId: service.clientId,
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        AuthParameters: { REFRESH_TOKEN: RefreshToken },
      }),
    ).resolves.toMatchObject({ body: { __type: 'NotAuthorizedException' } });
    await expect(
      service.call('RespondToAuthChallenge', {
        ...{ ClientId: service.clientId, ChallengeName: 'SELECT_CHALLENGE', Session: body['Session'] },
        ChallengeResponses: { USERNAME: 'ann', ANSWER: 'PASSWORD' },
      }),
    ).resolves.toMatchObject({ body: { __type: 'NotAuthorizedException' } });
  });

  it('runs the triggers of the options afterwards', async () => {
    const preSignUp = jest.fn((event: object) => event);
    service = await SteeredService.start({ triggers: { preSignUp: preSignUp as never } });
    await service.cognito.reset();
    await service.signUp('bob');
    expect(preSignUp).toHaveBeenCalledTimes(1);
  });

  it('deletes what a data directory kept, and keeps what comes then', async () => {
    const options = { pools: [{ name: 'kept', users: [ANN] }], dataDirectory: directory };
    service = await SteeredService.start(options);
    const { id } = service.cognito.pool();
    await service.signUp('bob');
    await service.cognito.stop();

    service = await SteeredService.start(options);
    await expect(userOf('bob')).resolves.toMatchObject({ status: 200 });
    await service.cognito.reset();
    expect(service.cognito.pool().id).toBe(id);
    await expect(userOf('bob')).resolves.toMatchObject({ status: 400 });
    await service.signUp('cid');
    await service.cognito.stop();

    service = await SteeredService.start(options);
    await expect(userOf('bob')).resolves.toMatchObject({ status: 400 });
    await expect(userOf('cid')).resolves.toMatchObject({ status: 200 });
    await expect(userOf('ann')).resolves.toMatchObject({ status: 200 });
  });
});
