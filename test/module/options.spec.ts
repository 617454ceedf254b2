import { Keyv } from 'keyv';

import { MandateConfigurationError } from '../../lib/errors/configuration-error.js';
import type { MandateModuleOptions } from '../../lib/module/options.js';
import { resolveOptions } from '../../lib/module/resolve-options.js';

const valid = { userPoolId: 'eu-west-1_AbCdEfGhI', clientId: '1h57kf5cpq17m0eml12example' };
const domain = 'auth.example.com';
const resolve = (change: object, environment: Record<string, string> = {}) =>
  resolveOptions({ ...valid, ...change }, environment);

function failure(change: object, environment?: Record<string, string>): MandateConfigurationError {
  try {
    resolve(change, environment);
  } catch (error) {
    expect(error).toBeInstanceOf(MandateConfigurationError);
    return error as MandateConfigurationError;
  }
  throw new Error('Expected the options to be refused.');
}

describe('options', () => {
  it('need a pool and a client, and fill in the rest', () => {
    expect(resolve({})).toMatchObject({ ...valid, region: 'eu-west-1', acceptedClientIds: [valid.clientId] });
  });

  it('have their defaults after resolving, once and all', () => {
    const { extractors, clock, ...defaults } = resolve({});
    expect(defaults).toEqual({
      ...valid,
      region: 'eu-west-1',
      acceptedClientIds: [valid.clientId],
      requestTimeout: 10_000,
      callTimeout: 30_000,
      retry: { maxAttempts: 3, baseDelay: 200, maxDelay: 5_000 },
      renewalMethod: 'GetTokensFromRefreshToken',
      jwksTimeout: 3_000,
      jwksMaxStale: 86_400_000,
      jwksPreload: false,
      tokenUse: 'access',
      clockToleranceSeconds: 0,
      guardCoverage: 'required',
      verifySetup: false,
      maxTokenLength: 16_384,
      tokenCacheSize: 10_000,
      endConnectionsAtExpiry: true,
    });
    expect([extractors.length, typeof clock()]).toEqual([2, 'number']);
  });

  it('are frozen, and undefined counts as left out', () => {
    const options = resolve({ clientSecret: undefined, region: undefined, tokenUse: undefined });
    expect(Object.isFrozen(options)).toBe(true);
    expect(Object.keys(options)).not.toContain('clientSecret');
    expect(options.region).toBe('eu-west-1');
  });

  it('keep null where null turns a check off', () => {
    expect(resolve({ acceptedClientIds: null, tokenUse: null, audiences: null })).toMatchObject({
      acceptedClientIds: null,
      tokenUse: null,
      audiences: null,
    });
  });

  it.each([
    ['us-gov-west-1_AbCdEfGhI', 'us-gov-west-1'],
    ['cn-north-1_AbCdEfGhI', 'cn-north-1'],
    ['eusc-de-east-1_AbCdEfGhI', 'eusc-de-east-1'],
  ])('take the region of %s from the pool id', (userPoolId, region) => {
    expect(resolve({ userPoolId }).region).toBe(region);
  });

  it('take a pool id of an emulator when the region is given', () => {
    expect(failure({ userPoolId: 'local_2q8KUXaq' })).toMatchObject({ option: 'region' });
    expect(resolve({ userPoolId: 'local_2q8KUXaq', region: 'us-east-1' }).region).toBe('us-east-1');
  });

  it.each<[string, object, string]>([
    [
      'userPoolId',
      { userPoolId: undefined },
      'is required and must be the id of a user pool, such as "eu-west-1_AbCdEfGhI"',
    ],
    ['userPoolId', { userPoolId: 'eu-west-1' }, 'must be the id of a user pool, such as "eu-west-1_AbCdEfGhI"'],
    ['userPoolId', { userPoolId: 42 }, 'must be the id of a user pool, such as "eu-west-1_AbCdEfGhI"'],
    [
      'clientId',
      { clientId: undefined },
      'is required and must be the id of an app client, such as "1h57kf5cpq17m0eml12EXAMPLE"',
    ],
    [
      'clientId',
      { clientId: '' },
      'is required and must be the id of an app client, such as "1h57kf5cpq17m0eml12EXAMPLE"',
    ],
    ['clientId', { clientId: 'a b' }, 'must be the id of an app client, such as "1h57kf5cpq17m0eml12EXAMPLE"'],
    ['clientid', { clientid: 'x' }, 'is unknown. The option is spelled "clientId"'],
    ['region', { region: 'Europe' }, 'must be an AWS region, such as "eu-west-1"'],
    ['endpoint', { endpoint: 'localhost:9229' }, 'must be a URL that begins with https:// or http://'],
    ['clientSecret', { clientSecret: '' }, 'must be a non-empty string, or a function that returns one'],
    ['tokenUse', { tokenUse: 'refresh' }, 'must be one of "access", "id", null'],
    ['acceptedClientIds', { acceptedClientIds: [] }, 'must be a non-empty list of app client ids, or null'],
    ['clockToleranceSeconds', { clockToleranceSeconds: -1 }, 'must be a whole number of seconds, 0 or more'],
    ['requestTimeout', { requestTimeout: '5s' }, 'must be a whole number of milliseconds, 1 or more'],
    ['retry.attempts', { retry: { attempts: 3 } }, 'is unknown. Known members: maxAttempts, baseDelay, maxDelay'],
    ['retry', { retry: 3 }, 'must be an object'],
    ['retry.maxAttempts', { retry: { maxAttempts: NaN } }, 'must be a whole number of attempts, 1 or more'],
    ['retry.baseDelay', { retry: { baseDelay: -1 } }, 'must be a whole number of milliseconds, 0 or more'],
    ['callTimeout', { callTimeout: 2 ** 31 }, 'must be a whole number of milliseconds, 1 or more'],
    ['tokenCacheSize', { tokenCacheSize: 0.5 }, 'must be a whole number of tokens, 0 or more'],
    ['attributes', { attributes: 'email' }, 'must be the result of defineAttributes()'],
    ['jwks', { jwks: { keys: [] } }, 'must be a JSON Web Key Set: an object with a non-empty list "keys"'],
    ['extractors', { extractors: ['header'] }, 'must be a non-empty list of token extractors'],
    ['revocation', { revocation: {} }, 'must be an object with one of the members "store", "askCognito" or "check"'],
    [
      'revocation',
      { revocation: 'memory' },
      'must be an object with one of the members "store", "askCognito" or "check"',
    ],
    [
      'revocation.store',
      { revocation: { store: {} } },
      'must be "memory", a Keyv or another object with get() and set()',
    ],
    [
      'revocation.store',
      { revocation: { store: () => 1 } },
      'must be "memory", a Keyv or another object with get() and set()',
    ],
    [
      'revocation.ttl',
      { revocation: { store: 'memory', ttl: 1 } },
      'is unknown. Known members: store, timeout, signInLifetimeSeconds, onUnavailable',
    ],
    [
      'revocation.signInLifetimeSeconds',
      { revocation: { store: 'memory', signInLifetimeSeconds: 0 } },
      'must be a whole number of seconds, 1 or more',
    ],
    [
      'revocation.timeout',
      { revocation: { store: 'memory', timeout: 0 } },
      'must be a whole number of milliseconds, 1 or more',
    ],
    [
      'revocation.askCognito',
      { revocation: { askCognito: true, store: 'memory' } },
      'is unknown. Known members: store, timeout, signInLifetimeSeconds, onUnavailable',
    ],
    [
      'revocation.askCognito.cacheSeconds',
      { revocation: { askCognito: { cacheSeconds: -1 } } },
      'must be a whole number of seconds, 0 or more',
    ],
    [
      'revocation.askCognito.onUncheckable',
      { revocation: { askCognito: { onUncheckable: 'pass' } } },
      'must be one of "reject", "accept"',
    ],
    [
      'revocation.onUnavailable',
      { revocation: { store: 'memory', onUnavailable: 'pass' } },
      'must be one of "reject", "accept"',
    ],
    ['revocation.check', { revocation: { check: {} } }, 'must be an object with isRevoked()'],
    [
      'credentials',
      { credentials: 'AKIA' },
      'must be a provider of AWS credentials, or an object with a non-empty "accessKeyId" and "secretAccessKey"',
    ],
    [
      'credentials',
      { credentials: { accessKeyId: 'AKIA' } },
      'must be a provider of AWS credentials, or an object with a non-empty "accessKeyId" and "secretAccessKey"',
    ],
    [
      'credentials',
      { credentials: { accessKeyId: 'AKIA', secretAccessKey: '' } },
      'must be a provider of AWS credentials, or an object with a non-empty "accessKeyId" and "secretAccessKey"',
    ],
    [
      'credentials',
      { credentials: { secretAccessKey: 'secret' } },
      'must be a provider of AWS credentials, or an object with a non-empty "accessKeyId" and "secretAccessKey"',
    ],
    ['oauth', { oauth: 'auth.example.com' }, 'must be an object'],
    [
      'oauth.domain',
      { oauth: {} },
      'is required and must be the domain of the user pool, such as "auth.example.com", or its URL with https (with http for this machine)',
    ],
    [
      'oauth.domain',
      { oauth: { domain: 'http://auth.example.com' } },
      'must be the domain of the user pool, such as "auth.example.com", or its URL with https (with http for this machine)',
    ],
    [
      'oauth.domain',
      { oauth: { domain: 'https://auth.example.com/login' } },
      'must be the domain of the user pool, such as "auth.example.com", or its URL with https (with http for this machine)',
    ],
    [
      'oauth.redirectUri',
      { oauth: { domain, redirectUri: '/auth/callback' } },
      'must be a URL without a fragment, with https, or with http for this machine, as at the app client',
    ],
    [
      'oauth.redirectUri',
      { oauth: { domain, redirectUri: 'http://app.example/cb' } },
      'must be a URL without a fragment, with https, or with http for this machine, as at the app client',
    ],
    [
      'oauth.logoutUri',
      { oauth: { domain, logoutUri: 'javascript:alert(1)' } },
      'must be a URL without a fragment, with https, or with http for this machine, as at the app client',
    ],
    ['oauth.logoutUri', { oauth: { domain, logoutUri: [] } }, 'must be a non-empty list of URLs without a fragment'],
    [
      'oauth.logoutUri',
      { oauth: { domain, logoutUri: ['https://a.example/', 'https://a.example/#b'] } },
      'must be a non-empty list of URLs without a fragment',
    ],
    [
      'oauth.scopes',
      { oauth: { domain, scopes: ['email'] } },
      'must be a list of scopes with "openid": without an id token no nonce could be checked',
    ],
    [
      'oauth.scopes',
      { oauth: { domain, scopes: 'openid' } },
      'must be a list of scopes with "openid": without an id token no nonce could be checked',
    ],
    [
      'oauth.resource',
      { oauth: { domain, resource: 'orders' } },
      'must be a URL without a fragment: with https, http://localhost, or a scheme of your own',
    ],
    [
      'oauth.clientAuthentication',
      { oauth: { domain, clientAuthentication: 'none' } },
      'must be one of "basic", "post"',
    ],
    ['oauth.fetch', { oauth: { domain, fetch: 'fetch' } }, 'must be a function'],
    ['oauth.timeout', { oauth: { domain, timeout: 0 } }, 'must be a whole number of milliseconds, 1 or more'],
    [
      'oauth.pkce',
      { oauth: { domain, pkce: false } },
      'is unknown. Known members: domain, redirectUri, logoutUri, scopes, resource, clientAuthentication, fetch, timeout',
    ],
    ['guardCoverage', { guardCoverage: 'none' }, 'must be one of "required", "unchecked"'],
    ['clock', { clock: 0 }, 'must be a function'],
    ['endConnectionsAtExpiry', { endConnectionsAtExpiry: null }, 'must be one of true, false'],
    ['realm', { realm: 'a"\n' }, 'must be printable ASCII text'],
    ['isGlobal', { isGlobal: true }, 'must be passed to forRootAsync() itself, not returned by the factory'],
  ])('%s: %j is refused in one sentence', (option, change, requirement) => {
    const error = failure(change);
    expect(error).toMatchObject({ name: 'MandateConfigurationError', code: 'CONFIGURATION_INVALID', option });
    expect(error.message).toBe(`Option "${option}" ${requirement}.`);
  });

  it.each([
    [{ store: 'memory' }],
    [{ store: { get: () => undefined, set: () => undefined }, timeout: 250 }],
    [{ store: new Keyv() }],
    [{ askCognito: true }],
    [{ askCognito: { cacheSeconds: 0, timeout: 500, onUncheckable: 'accept' } }],
    [{ check: { isRevoked: () => false }, onUnavailable: 'accept' }],
  ])('take %j for a way to find out about revocations', (revocation) => {
    expect(resolve({ revocation }).revocation).toBe(revocation);
  });

  it.each([
    [{ domain }],
    [{ domain: 'http://127.0.0.1:9229', redirectUri: 'http://localhost:3000/auth/callback' }],
    [
      {
        domain: 'https://auth.example.com',
        redirectUri: 'https://app.example/cb',
        logoutUri: ['https://app.example/', 'com.app://out'],
        scopes: ['openid', 'orders/read'],
        resource: 'https://orders.example',
        clientAuthentication: 'post',
        fetch,
        timeout: 1_000,
      },
    ],
  ])('take %j for a domain', (oauth) => {
    expect(resolve({ oauth }).oauth).toBe(oauth);
  });

  it('name an unknown option and the ones there are', () => {
    expect(failure({ poolId: 'x' }).message).toMatch(/^Option "poolId" is unknown\. Known options: userPoolId,/);
  });

  it('say so when a factory gives nothing', () => {
    expect(() => resolveOptions(undefined as unknown as MandateModuleOptions)).toThrow(
      'Option "userPoolId" is required, but the factory returned no options.',
    );
  });

  it('never show a secret', () => {
    expect(failure({ clientSecret: 'hush-hush', clientId: '' }).message).not.toContain('hush');
  });

  describe('COGNITO_JWKS', () => {
    const jwks = { keys: [{ kid: 'a', kty: 'RSA', n: 'AQAB', e: 'AQAB', alg: 'RS256', use: 'sig' }] };

    it('gives the signing keys', () => {
      expect(resolve({}, { COGNITO_JWKS: JSON.stringify(jwks) }).jwks).toEqual(jwks);
    });

    it('gives way to the option', () => {
      const own = { keys: [{ kid: 'b' }] };
      expect(resolve({ jwks: own }, { COGNITO_JWKS: JSON.stringify(jwks) }).jwks).toEqual(own);
    });

    it('gives way to an address of the keys', () => {
      const jwksUri = 'https://keys.example/jwks.json';
      expect(resolve({ jwksUri }, { COGNITO_JWKS: JSON.stringify(jwks) }).jwks).toBeUndefined();
    });

    it('is refused when it is no key set', () => {
      expect(failure({}, { COGNITO_JWKS: 'not json' })).toMatchObject({ option: 'jwks' });
      expect(failure({}, { COGNITO_JWKS: '{"keys":[]}' }).message).toContain('COGNITO_JWKS');
    });

    it('counts as left out when empty', () => {
      expect(resolve({}, { COGNITO_JWKS: '' }).jwks).toBeUndefined();
    });
  });
});
