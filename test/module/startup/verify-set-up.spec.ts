import { Logger } from '@nestjs/common';
import { Test } from '@nestjs/testing';

import { LocalCognito } from '../../../lib/local/local-cognito.js';
import { MandateModule } from '../../../lib/module/mandate.module.js';
import type { MandateModuleOptions } from '../../../lib/module/options.js';
import { signingKeysPem } from '../../local/signing-keys.js';

const SECRET = 'aSecretOfTheTestsOfTheSetup';
const REDIRECT_URI = 'https://app.example/auth/callback';
const LOGOUT_URI = 'https://app.example/';
const clients = [
  { name: 'public' },
  { name: 'secret', secret: SECRET },
  {
    name: 'web',
    CallbackURLs: [REDIRECT_URI],
    LogoutURLs: [LOGOUT_URI],
    AllowedOAuthFlows: ['code' as const],
    AllowedOAuthScopes: ['openid', 'email'],
    AllowedOAuthFlowsUserPoolClient: true,
  },
];

describe('verifySetup', () => {
  let cognito: LocalCognito;
  const warnings: string[] = [];

  beforeAll(async () => {
    cognito = await LocalCognito.start({
      pools: [
        { name: 'users', keys: signingKeysPem(), clients },
        { name: 'others', keys: signingKeysPem() },
      ],
    });
    jest.spyOn(Logger.prototype, 'warn').mockImplementation((...[text]: unknown[]) => {
      warnings.push(String(text));
    });
    jest.spyOn(Logger.prototype, 'error').mockImplementation(() => undefined);
  });
  beforeEach(() => warnings.splice(0));
  afterAll(async () => {
    jest.restoreAllMocks();
    await cognito.stop();
  });

  const options = (client: string, change: Partial<MandateModuleOptions> = {}): MandateModuleOptions => ({
    ...cognito.pool('users').moduleOptions({ client }),
    verifySetup: true,
    ...change,
  });

  /** The message with which an application with these registrations refuses to start. */
  async function refusal(...registrations: (MandateModuleOptions & { name?: string })[]): Promise<string> {
    const imports = registrations.map((settings) => MandateModule.forRoot(settings));
    const module = await Test.createTestingModule({ imports }).compile();
    const error: unknown = await module.init().then(
      () => new Error('started'),
      (thrown: unknown) => thrown,
    );
    await module.close();
    return `${(error as Error).name}: ${(error as Error).message}`;
  }

  it.each(['public', 'secret'])('lets an application start whose options are right: %s client', async (client) => {
    expect(await refusal(options(client))).toBe('Error: started');
    expect(await refusal(options(client, { credentials: undefined }))).toBe('Error: started');
    expect(warnings).toEqual([]);
  });

  const unknownPool = { userPoolId: 'us-east-1_Nowhere00' };

  it.each<[string, string, Partial<MandateModuleOptions>, string]>([
    ['clientId', 'public', { clientId: '3n4b5urk1ft4fl3mg5e62d9ado' }, 'Option "clientId" names no app client'],
    ['a missing secret', 'secret', { clientSecret: undefined }, 'Option "clientSecret" is required'],
    [
      'a wrong secret',
      'secret',
      { clientSecret: 'anotherSecretThanTheClients' },
      'Option "clientSecret" is not a secret of',
    ],
    ['a superfluous secret', 'public', { clientSecret: SECRET }, 'Option "clientSecret"'],
    ['a secret that cannot be read', 'secret', { clientSecret: () => '' }, 'Option "clientSecret" is a function'],
  ])('stops the start, with and without credentials: %s', async (_, client, change, sentence) => {
    for (const more of [{}, { credentials: undefined }]) {
      const message = await refusal(options(client, { ...change, ...more }));
      expect(message).toContain('MandateConfigurationError: ');
      expect(message).toContain(sentence);
      expect(message).not.toContain('anotherSecret');
    }
  });

  it.each<[string, unknown, string]>([
    ['half of them', { accessKeyId: 'AKIDEXAMPLE' }, 'are incomplete'],
    ['an empty secret', { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: '' }, 'are incomplete'],
    ['an empty object', {}, 'are none'],
    ['nothing', undefined, 'are none'],
  ])('stops the start if the function "credentials" returns %s', async (_, value, sentence) => {
    const message = await refusal(options('public', { credentials: () => Promise.resolve(value as never) }));

    expect(message).toContain('MandateConfigurationError: Option "credentials"');
    expect(message).toContain(sentence);
  });

  it('finds a pool that does not exist by its key set, and one of another client by the credentials', async () => {
    const issuer = cognito.pool('users').issuer.replace(/[^/]+$/, unknownPool.userPoolId);
    const settings = options('public', { ...unknownPool, issuer, jwksUri: `${issuer}/.well-known/jwks.json` });
    expect(await refusal({ ...settings, credentials: undefined })).toContain('Option "jwksUri" leads to no key set');
    expect(await refusal({ ...settings, credentials: undefined, jwksUri: undefined })).toContain(
      'Option "issuer" leads',
    );
    expect(await refusal(settings)).toContain('Option "userPoolId" names no user pool');
    const { id: userPoolId, issuer: other, jwksUri } = cognito.pool('others');
    expect(await refusal(options('public', { userPoolId, issuer: other, jwksUri }))).toContain(
      'Option "clientId" names no app client that Cognito knows there. Check the options "clientId", "userPoolId"',
    );
  });

  it.each<[string, string, object, string | undefined]>([
    ['nothing', 'web', { redirectUri: REDIRECT_URI, logoutUri: LOGOUT_URI, scopes: ['openid', 'email'] }, undefined],
    ['nothing for machine tokens only', 'public', {}, undefined],
    [
      'a redirect URI that is not registered (trap 26)',
      'web',
      { redirectUri: `${REDIRECT_URI}/` },
      `Option "oauth.redirectUri" must be among CallbackURLs of the app client: ${REDIRECT_URI}.`,
    ],
    [
      'a logout URI that is not registered',
      'web',
      { redirectUri: REDIRECT_URI, logoutUri: [LOGOUT_URI, REDIRECT_URI] },
      `Option "oauth.logoutUri" must be among LogoutURLs of the app client: ${LOGOUT_URI}.`,
    ],
    [
      'a scope that the client lacks',
      'web',
      { redirectUri: REDIRECT_URI, scopes: ['openid', 'profile'] },
      'Option "oauth.scopes" must be among AllowedOAuthScopes of the app client: openid, email.',
    ],
    [
      'a client without the flow',
      'public',
      { redirectUri: REDIRECT_URI },
      'Option "oauth" requires an app client with "code" in AllowedOAuthFlows',
    ],
  ])('compares the option oauth with the app client, and finds %s', async (_what, client, oauth, sentence) => {
    const message = await refusal(options(client, { oauth: { domain: cognito.endpoint, ...oauth } }));
    expect(message).toContain(sentence ?? 'Error: started');
  });

  it('finds an issuer that belongs to another pool, and an emulator without one', async () => {
    const { issuer } = cognito.pool('others');
    expect(await refusal(options('public', { issuer }))).toContain('Option "issuer" is at odds with other options');
    expect(await refusal(options('public', { issuer: undefined }))).toContain('"issuer" is not set');
  });

  it('tells all faults of all registrations at once', async () => {
    const message = await refusal(
      options('secret', { clientSecret: undefined, jwksUri: `${cognito.pool('users').issuer}/nothing` }),
      { ...options('public', { clientId: '3n4b5urk1ft4fl3mg5e62d9ado' }), name: 'staff' },
    );
    expect(message).toContain('The set-up has 3 faults');
    expect(message).toContain('- Option "jwksUri" leads');
    expect(message).toContain('- Option "clientSecret" is required');
    expect(message).toContain('- Option "clientId" of the registration "staff" names no app client');
  });

  it('does not mind an app client that does not offer SRP', async () => {
    const { cognito: own, pool } = await poolWithoutSrp();
    expect(await refusal({ ...pool.moduleOptions(), credentials: undefined, verifySetup: true })).toBe(
      'Error: started',
    );
    expect(warnings).toEqual([]);
    await own.stop();
  });

  it('only logs what cannot be checked', async () => {
    const away = { endpoint: 'http://127.0.0.1:1', jwksUri: 'http://127.0.0.1:1/jwks.json', retry: { maxAttempts: 1 } };
    expect(await refusal(options('public', away))).toBe('Error: started');
    expect(warnings).toEqual(
      expect.arrayContaining([
        expect.stringContaining('The signing keys could not be fetched'),
        expect.stringContaining('SERVICE_UNAVAILABLE'),
      ]),
    );
  });

  it('is off unless asked for', async () => {
    expect(await refusal(options('secret', { clientSecret: undefined, verifySetup: undefined }))).toBe(
      'Error: started',
    );
  });
});

async function poolWithoutSrp() {
  const cognito = await LocalCognito.start({
    pools: [
      {
        name: 'users',
        keys: signingKeysPem(),
        clients: [{ name: 'web', ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH'] }],
      },
    ],
  });
  return { cognito, pool: cognito.pool('users') };
}
