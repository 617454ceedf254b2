import { createHmac } from 'node:crypto';
import { inspect } from 'node:util';

import { AppClient } from '../../lib/client/app-client.js';

const POOL = { userPoolId: 'eu-west-1_AbCdEf', clientId: '3n4b5urk1ft4fl3mg5e62d9ado' };

describe('AppClient', () => {
  it('has no secret and no hash without the option', async () => {
    const appClient = new AppClient(POOL);

    expect(appClient.hasSecret).toBe(false);
    await expect(appClient.secret()).resolves.toBeUndefined();
    await expect(appClient.secretHash('ann')).resolves.toBeUndefined();
  });

  it('hashes the username with the client id under the secret', async () => {
    const appClient = new AppClient({ ...POOL, clientSecret: 'secret-1' });
    const expected = createHmac('sha256', 'secret-1').update(`ann${POOL.clientId}`).digest('base64');

    await expect(appClient.secretHash('ann')).resolves.toBe(expected);
  });

  it('asks a function each time, so that a rotated secret is used at once', async () => {
    const secrets = ['secret-1', 'secret-2'];
    const appClient = new AppClient({ ...POOL, clientSecret: () => Promise.resolve(secrets.shift() ?? '') });

    await expect(appClient.secret()).resolves.toBe('secret-1');
    await expect(appClient.secret()).resolves.toBe('secret-2');
  });

  it.each([
    ['nothing', () => undefined],
    ['an empty string', () => ''],
    ['a number', () => 7],
  ])('refuses a function that gives %s', async (_, clientSecret) => {
    const appClient = new AppClient({ ...POOL, clientSecret: clientSecret as () => string });

    await expect(appClient.secretHash('ann')).rejects.toMatchObject({
      name: 'MandateConfigurationError',
      option: 'clientSecret',
    });
  });

  it('tells why a function failed', async () => {
    const cause = new Error('the vault is sealed');
    const appClient = new AppClient({ ...POOL, clientSecret: () => Promise.reject(cause) });

    await expect(appClient.secret()).rejects.toMatchObject({ name: 'MandateConfigurationError', cause });
  });

  it('does not wait for ever for a function', async () => {
    const appClient = new AppClient({ ...POOL, clientSecret: () => new Promise(() => undefined), callTimeout: 20 });

    await expect(appClient.secretHash('ann')).rejects.toMatchObject({
      name: 'CognitoUnavailableError',
      code: 'SERVICE_UNAVAILABLE',
      message: expect.stringContaining('option "clientSecret"') as string,
    });
  });

  it('shows its secret in no dump', () => {
    const appClient = new AppClient({ ...POOL, clientSecret: 'very-secret' });

    expect(inspect(appClient, { depth: 9, showHidden: true }) + JSON.stringify(appClient)).not.toContain('very-secret');
  });
});
