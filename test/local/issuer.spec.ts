import { GetUserCommand, InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';

import { LocalCognito } from '../../lib/local/local-cognito.js';
import type { LocalCognitoOptions } from '../../lib/testing/index.js';
import { type LocalService, startLocalService } from './local-service.js';
import { listPools, rawRequest } from './raw-request.js';
import { succeed } from './wire.js';

const ANN = { username: 'ann', password: 'Correct-Horse-9' };
const POOL = { name: 'people', id: 'eu-west-1_People001', users: [ANN] };

describe('the issuer', () => {
  let service: LocalService;

  const start = async (options: LocalCognitoOptions) => {
    service = await startLocalService(options);
    return service;
  };

  afterEach(() => service.stop());

  /** A token of Ann, which the server itself accepts too. */
  async function issuerOfToken(): Promise<unknown> {
    const { AuthenticationResult } = await service.sdk.send(
      new InitiateAuthCommand({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: service.cognito.pool().client().id,
        AuthParameters: { USERNAME: ANN.username, PASSWORD: ANN.password },
      }),
    );
    const { AccessToken = '' } = AuthenticationResult ?? {};
    expect(await service.sdk.send(new GetUserCommand({ AccessToken }))).toMatchObject({ Username: 'ann' });
    return (JSON.parse(Buffer.from(AccessToken.split('.')[1] ?? '', 'base64url').toString()) as { iss: unknown }).iss;
  }

  async function discovered(host: string): Promise<Record<string, unknown>> {
    const path = '/eu-west-1_People001/.well-known/openid-configuration';
    const { body } = await rawRequest(service.cognito.port, { path, headers: { host } });
    return JSON.parse(body) as Record<string, unknown>;
  }

  it.each([
    ['https://login.test', 'https://login.test/eu-west-1_People001'],
    ['http://cognito:9229/', 'http://cognito:9229/eu-west-1_People001'],
    ['https://proxy.test/cognito', 'https://proxy.test/cognito/eu-west-1_People001'],
    ['aws', 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_People001'],
  ])(
    '%s is %s in tokens, options and the discovery document; all else is where the server is',
    async (issuer, expected) => {
      const { cognito } = await start({ issuer, pools: [POOL] });
      const { endpoint } = cognito;
      const jwksUri = `${endpoint}/eu-west-1_People001/.well-known/jwks.json`;
      expect(await issuerOfToken()).toBe(expected);
      expect(cognito.pool()).toMatchObject({ issuer: expected, jwksUri });
      expect(cognito.pool().moduleOptions()).toMatchObject({ issuer: expected, jwksUri, endpoint });
      expect(await discovered(new URL(endpoint).host)).toMatchObject({
        issuer: expected,
        jwks_uri: jwksUri,
        authorization_endpoint: `${endpoint}/oauth2/authorize`,
        token_endpoint: `${endpoint}/oauth2/token`,
        end_session_endpoint: `${endpoint}/logout`,
        revocation_endpoint: `${endpoint}/oauth2/revoke`,
        userinfo_endpoint: `${endpoint}/oauth2/userInfo`,
      });
    },
  );

  it('of AWS has another name where the pool says so', async () => {
    const updated = { ...POOL, IssuerConfiguration: { Type: 'UPDATED' as const } };
    await start({ issuer: 'aws', pools: [updated] });
    expect(await issuerOfToken()).toBe('https://issuer-cognito-idp.eu-west-1.amazonaws.com/eu-west-1_People001');
  });

  it('at the host of a reader is where that reader finds everything', async () => {
    await start({ issuer: 'https://login.test', pools: [POOL] });
    expect(await discovered('login.test')).toMatchObject({
      jwks_uri: 'https://login.test/eu-west-1_People001/.well-known/jwks.json',
      token_endpoint: 'https://login.test/oauth2/token',
    });
    expect(await discovered(`localhost:${service.cognito.port}`)).toMatchObject({
      token_endpoint: `http://localhost:${service.cognito.port}/oauth2/token`,
    });
  });

  it('does not change with the name that a request uses', async () => {
    const { cognito } = await start({ pools: [POOL] });
    expect(await discovered(`localhost:${cognito.port}`)).toMatchObject({ issuer: cognito.pool().issuer });
    expect(cognito.pool().issuer).toBe(`${cognito.endpoint}/eu-west-1_People001`);
    expect((await listPools(cognito.port)).status).toBe(200);
  });

  it('is that of every pool, also of one that a client creates', async () => {
    const { cognito } = await start({ issuer: 'aws', region: 'ap-southeast-2' });
    const { UserPool } = await succeed(cognito.endpoint, 'CreateUserPool', { PoolName: 'later' });
    const { Id, Arn } = UserPool as { Id: string; Arn: string };
    expect(Id).toMatch(/^ap-southeast-2_[0-9A-Za-z]{9}$/);
    expect(Arn).toMatch(/^arn:aws:cognito-idp:ap-southeast-2:/);
    expect(cognito.pool('later')).toMatchObject({
      issuer: `https://cognito-idp.ap-southeast-2.amazonaws.com/${Id}`,
      jwksUri: `${cognito.endpoint}/${Id}/.well-known/jwks.json`,
    });
    expect(cognito.pool('default').moduleOptions().region).toBe('ap-southeast-2');
  });
});

it.each([
  [{ issuer: 'login.test' }, '"issuer" must be "aws" or a URL'],
  [{ issuer: 'https://' }, '"issuer" must be "aws" or a URL'],
  [{ issuer: 'https://login.test/?pool=1' }, '"issuer" must be "aws" or a URL'],
  [{ issuer: 'https://ann:secret@login.test' }, '"issuer" must be "aws" or a URL'],
  [{ issuer: 'AWS' }, '"issuer" must be "aws" or a URL'],
  [{ issuer: '' }, '"issuer" must be "aws" or a URL'],
  [{ issuer: 7 }, '"issuer" must be "aws" or a URL'],
  [{ region: 'Europe' }, '"region" must look like "us-east-1"'],
  [{ region: 1 }, '"region" must look like "us-east-1"'],
  [{ host: '' }, '"host" must be an address of this machine'],
  [{ host: 127 }, '"host" must be an address of this machine'],
  [{ port: '9229' }, '"port" must be a number from 0 to 65535'],
  [{ port: 70_000 }, '"port" must be a number from 0 to 65535'],
])('LocalCognito refuses %j', async (options, message) => {
  await expect(LocalCognito.start(options as LocalCognitoOptions)).rejects.toThrow(message);
});
