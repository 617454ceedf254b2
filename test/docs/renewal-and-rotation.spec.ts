import type { INestApplicationContext } from '@nestjs/common';
import { NestFactory } from '@nestjs/core';
import { Keyv } from 'keyv';
import { CognitoService, MandateModule, type TokenSet } from 'mandate';
import { LocalCognito } from 'mandate/testing';

import { signingKeysPem } from '../local/signing-keys.js';
import { UserSessions } from './files/user-sessions.js';
import { signIn } from './support/sign-in.js';

const ann = { username: 'ann', password: 'Correct-Horse-9' };
const MINUTE = 60_000;

describe('renewal and rotation', () => {
  let local: LocalCognito;
  const instances: INestApplicationContext[] = [];
  let now = Date.now();
  const clock = () => now;

  beforeAll(async () => {
    local = await LocalCognito.start({
      clock,
      pools: [
        {
          name: 'shop',
          keys: signingKeysPem(),
          clients: [
            { name: 'strict', RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 } },
            { name: 'lenient', RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 60 } },
          ],
          users: [ann],
        },
      ],
    });
  });

  afterAll(async () => {
    await Promise.all(instances.map((instance) => instance.close()));
    await local.stop();
  });

  /** Instances are processes, which share what they have in a store and nothing else. */
  async function startInstance(client: string): Promise<CognitoService> {
    const options = { ...local.pool().moduleOptions({ client }), clock };
    const instance = await NestFactory.createApplicationContext(MandateModule.forRoot(options), { logger: false });
    instances.push(instance);
    return instance.get<CognitoService>(CognitoService);
  }

  it('goes on with what another instance has stored', async () => {
    const store = new Keyv<TokenSet>();
    const [one, two] = [await startInstance('strict'), await startInstance('strict')];
    const [here, there] = [new UserSessions(one, store), new UserSessions(two, store)];
    await here.save('session-7', await signIn(one, ann));
    const [first, second] = [await here.open('session-7'), await there.open('session-7')];
    now += 60 * MINUTE;
    const users = await Promise.all([first.getUser(), second.getUser()]);
    expect(users.map(({ username }) => username)).toEqual(['ann', 'ann']);
    expect(first.tokens?.refreshToken).toBe(second.tokens?.refreshToken);
    expect(await store.get('session-7')).toEqual(first.tokens);

    await first.logout();
    expect(await store.get('session-7')).toBeUndefined();
    await expect(here.open('session-7')).rejects.toThrow('Sign in first.');
    await expect(first.getUser()).rejects.toMatchObject({ code: 'TOKEN_SESSION_ENDED' });
  });

  it('refuses a refresh token that was used, unless a grace period lets it work on', async () => {
    const strict = await startInstance('strict');
    const tokens = await signIn(strict, ann);
    await strict.renewTokens(tokens);
    await expect((await startInstance('strict')).renewTokens(tokens)).rejects.toMatchObject({
      code: 'REFRESH_TOKEN_REUSED',
    });
    const lenient = await startInstance('lenient');
    const others = await signIn(lenient, ann);
    await lenient.renewTokens(others);
    await expect((await startInstance('lenient')).renewTokens(others)).resolves.toMatchObject({
      accessToken: expect.any(String) as string,
    });
  });
});
