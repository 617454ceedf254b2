import { createPublicKey, generateKeyPairSync, type JsonWebKey, sign, verify } from 'node:crypto';

import { JwtVerifier } from 'aws-jwt-verify';

import { secretHash } from '../../lib/protocol/secret-hash.js';
import { type LocalService, startLocalService } from './local-service.js';
import { call, refusal, succeed } from './wire.js';

const PASSWORD = 'Correct-Horse-9';
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

interface Tokens {
  readonly AccessToken: string;
  readonly IdToken: string;
  readonly RefreshToken: string;
  readonly ExpiresIn: number;
}

const claimsOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[1] ?? '', 'base64url').toString()) as Record<string, unknown>;

const headerOf = (token: string) =>
  JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()) as Record<string, string>;

describe('tokens', () => {
  let service: LocalService;
  let endpoint: string;

  beforeAll(async () => {
    service = await startLocalService({
      pools: [
        {
          name: 'default',
          Schema: [{ Name: 'plan', AttributeDataType: 'Number' }],
          groups: [
            { name: 'staff', precedence: 5, roleArn: 'arn:aws:iam::123456789012:role/staff' },
            { name: 'Admins', precedence: 1, roleArn: 'arn:aws:iam::123456789012:role/admins' },
            'plain',
          ],
          users: [
            {
              username: 'ann',
              password: PASSWORD,
              attributes: {
                email: 'ann@example.com',
                phone_number: '+15550001234',
                phone_number_verified: 'false',
                updated_at: '1700000000',
                address: '1 Main Street',
                'custom:plan': '7',
              },
              groups: ['plain', 'staff', 'Admins'],
            },
            { username: 'bob', password: PASSWORD },
          ],
          clients: [
            { name: 'public' },
            { name: 'secret', secret: true },
            {
              name: 'short',
              AccessTokenValidity: 5,
              IdTokenValidity: 10,
              TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes' },
              RefreshTokenValidity: 1,
            },
            { name: 'rotating', RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 } },
            { name: 'permanent', EnableTokenRevocation: false },
            {
              name: 'permanent-rotating',
              EnableTokenRevocation: false,
              RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
            },
            { name: 'narrow', ReadAttributes: ['email'] },
          ],
        },
        { name: 'other', users: [{ username: 'ann', password: PASSWORD }] },
      ],
    });
    ({ endpoint } = service.cognito);
  });

  afterAll(() => service.stop());

  const clientOf = (name = 'public') => service.cognito.pool().client(name);

  async function signIn(username = 'ann', client = 'public', pool?: string): Promise<Tokens> {
    const { id, secret } = service.cognito.pool(pool).client(client);
    const body = await succeed(endpoint, 'InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: id,
      AuthParameters: {
        USERNAME: username,
        PASSWORD,
        ...(secret !== undefined && { SECRET_HASH: secretHash(username, id, secret) }),
      },
    });
    return body['AuthenticationResult'] as Tokens;
  }

  const getUser = (AccessToken: string) => call(endpoint, 'GetUser', { AccessToken });

  const refresh = (REFRESH_TOKEN: string, client = 'public', more: Record<string, string> = {}) =>
    call(endpoint, 'InitiateAuth', {
      AuthFlow: 'REFRESH_TOKEN_AUTH',
      ClientId: clientOf(client).id,
      AuthParameters: { REFRESH_TOKEN, ...more },
    });

  const renew = (RefreshToken: string, client: string, more: object = {}) =>
    call(endpoint, 'GetTokensFromRefreshToken', { RefreshToken, ClientId: clientOf(client).id, ...more });

  describe('of a sign-in', () => {
    it('have only kid and alg in the header, and a key each', async () => {
      const { AccessToken, IdToken } = await signIn();
      const [access, id] = [headerOf(AccessToken), headerOf(IdToken)];
      expect(Object.keys(access)).toEqual(['kid', 'alg']);
      expect(access['alg']).toBe('RS256');
      expect(access['kid']).not.toBe(id['kid']);
    });

    it('are signed by the keys that the pool publishes', async () => {
      const { AccessToken, IdToken } = await signIn();
      const { keys } = (await (await fetch(service.cognito.pool().jwksUri)).json()) as { keys: JsonWebKey[] };
      for (const token of [AccessToken, IdToken]) {
        const jwk = keys.find((key) => key['kid'] === headerOf(token)['kid']) ?? {};
        const [header, payload, signature = ''] = token.split('.');
        const key = createPublicKey({ format: 'jwk', key: jwk });
        expect(verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url'))).toBe(
          true,
        );
      }
    });

    it('pass the verifier of AWS', async () => {
      const { AccessToken, IdToken } = await signIn();
      const { issuer, jwksUri } = service.cognito.pool();
      const verifier = JwtVerifier.create({ issuer, jwksUri, audience: null });
      verifier.cacheJwks((await (await fetch(jwksUri)).json()) as Parameters<typeof verifier.cacheJwks>[0]);
      await expect(verifier.verify(AccessToken)).resolves.toMatchObject({ username: 'ann' });
      await expect(verifier.verify(IdToken)).resolves.toMatchObject({ 'cognito:username': 'ann' });
    });

    it('have the claims of an access token', async () => {
      const before = Math.floor(service.now() / 1000);
      const { AccessToken } = await signIn();
      const claims = claimsOf(AccessToken);
      expect(claims).toEqual({
        sub: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
        'cognito:groups': ['Admins', 'staff', 'plain'],
        iss: service.cognito.pool().issuer,
        client_id: clientOf().id,
        origin_jti: expect.any(String) as string,
        event_id: expect.any(String) as string,
        token_use: 'access',
        scope: 'aws.cognito.signin.user.admin',
        auth_time: claims['iat'],
        iat: claims['iat'],
        exp: Number(claims['iat']) + 3600,
        jti: expect.any(String) as string,
        username: 'ann',
        acr: 'urn:cognito:loa:1',
        amr: ['pwd'],
      });
      expect(claims['iat']).toBeGreaterThanOrEqual(before);
      expect(claims['iat']).toBeLessThanOrEqual(service.now() / 1000);
    });

    it('have the claims of an ID token', async () => {
      const { IdToken } = await signIn();
      expect(claimsOf(IdToken)).toMatchObject({
        aud: clientOf().id,
        token_use: 'id',
        'cognito:username': 'ann',
        'cognito:groups': ['Admins', 'staff', 'plain'],
        'cognito:roles': ['arn:aws:iam::123456789012:role/admins', 'arn:aws:iam::123456789012:role/staff'],
        'cognito:preferred_role': 'arn:aws:iam::123456789012:role/admins',
        email: 'ann@example.com',
        email_verified: true,
        phone_number_verified: false,
        updated_at: 1_700_000_000,
        address: { formatted: '1 Main Street' },
        'custom:plan': '7',
      });
    });

    it('contain no group claims for a user without groups', async () => {
      const { AccessToken, IdToken } = await signIn('bob');
      expect(claimsOf(AccessToken)).not.toHaveProperty('cognito:groups');
      expect(Object.keys(claimsOf(IdToken)).filter((name) => /groups|role/.test(name))).toEqual([]);
    });

    it('contain the attributes that the client may read', async () => {
      const claims = claimsOf((await signIn('ann', 'narrow')).IdToken);
      expect(claims).toMatchObject({ email: 'ann@example.com' });
      expect(claims).not.toHaveProperty('address');
    });

    it('expire as configured for the client', async () => {
      const { AccessToken, IdToken, ExpiresIn } = await signIn('ann', 'short');
      const [access, id] = [claimsOf(AccessToken), claimsOf(IdToken)];
      expect(ExpiresIn).toBe(300);
      expect(Number(access['exp']) - Number(access['iat'])).toBe(300);
      expect(Number(id['exp']) - Number(id['iat'])).toBe(600);
    });

    it('have a jti if refresh tokens rotate', async () => {
      const { AccessToken } = await signIn('ann', 'permanent-rotating');
      expect(claimsOf(AccessToken)).toMatchObject({ jti: expect.any(String), origin_jti: expect.any(String) });
    });

    it('have no jti if they cannot be revoked', async () => {
      const { AccessToken, IdToken } = await signIn('ann', 'permanent');
      for (const token of [AccessToken, IdToken]) {
        expect(claimsOf(token)).not.toHaveProperty('jti');
        expect(claimsOf(token)).not.toHaveProperty('origin_jti');
      }
    });
  });

  describe('for the API', () => {
    it('authorize their user', async () => {
      const { AccessToken } = await signIn();
      await expect(getUser(AccessToken)).resolves.toMatchObject({ status: 200, body: { Username: 'ann' } });
    });

    it('return the attributes that the client may read', async () => {
      const { AccessToken } = await signIn('ann', 'narrow');
      const { body } = await getUser(AccessToken);
      expect((body['UserAttributes'] as { Name: string }[]).map(({ Name }) => Name)).toEqual(['sub', 'email']);
    });

    it.each([
      ['a malformed token', () => 'nonsense', 'Invalid Access Token'],
      ['an ID token', ({ IdToken }: Tokens) => IdToken, 'Invalid Access Token'],
      ['a refresh token', ({ RefreshToken }: Tokens) => RefreshToken, 'Invalid Access Token'],
      [
        'changed claims',
        ({ AccessToken }: Tokens) => {
          const [header, , signature] = AccessToken.split('.');
          const claims = Buffer.from(JSON.stringify({ ...claimsOf(AccessToken), username: 'bob' })).toString(
            'base64url',
          );
          return `${header}.${claims}.${signature}`;
        },
        'Could not verify signature for Access Token',
      ],
      [
        'a signature of another key',
        ({ AccessToken }: Tokens) => {
          const [header, claims] = AccessToken.split('.');
          const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
          const signature = sign('sha256', Buffer.from(`${header}.${claims}`), privateKey).toString('base64url');
          return `${header}.${claims}.${signature}`;
        },
        'Could not verify signature for Access Token',
      ],
      [
        'another issuer',
        ({ AccessToken }: Tokens) => {
          const [header, , signature] = AccessToken.split('.');
          const claims = { ...claimsOf(AccessToken), iss: 'https://example.com/us-east-1_x' };
          return `${header}.${Buffer.from(JSON.stringify(claims)).toString('base64url')}.${signature}`;
        },
        'Invalid Access Token',
      ],
    ])('are rejected for %s', async (_what, change, message) => {
      await expect(getUser(change(await signIn()))).resolves.toMatchObject(refusal('NotAuthorizedException', message));
    });

    it('expire after an hour', async () => {
      const { AccessToken } = await signIn();
      service.pass(HOUR);
      await expect(getUser(AccessToken)).resolves.toMatchObject(
        refusal('NotAuthorizedException', 'Access Token has expired'),
      );
    });

    it('are revoked by a global sign-out, for every sign-in', async () => {
      const [first, second] = [await signIn('bob'), await signIn('bob')];
      await succeed(endpoint, 'GlobalSignOut', { AccessToken: first.AccessToken });
      for (const { AccessToken, RefreshToken } of [first, second]) {
        await expect(getUser(AccessToken)).resolves.toMatchObject(
          refusal('NotAuthorizedException', 'Access Token has been revoked'),
        );
        await expect(refresh(RefreshToken)).resolves.toMatchObject(
          refusal('NotAuthorizedException', 'Refresh Token has been revoked'),
        );
      }
      await expect(getUser((await signIn('bob')).AccessToken)).resolves.toMatchObject({ status: 200 });
    });

    it('are rejected once their user is deleted', async () => {
      const pool = service.cognito.pool();
      pool.createUser({ username: 'gone', password: PASSWORD });
      const { AccessToken, RefreshToken } = await signIn('gone');
      await succeed(endpoint, 'DeleteUser', { AccessToken });
      pool.createUser({ username: 'gone', password: PASSWORD });
      await expect(getUser(AccessToken)).resolves.toMatchObject(
        refusal('UserNotFoundException', 'User does not exist.'),
      );
      await expect(refresh(RefreshToken)).resolves.toMatchObject(
        refusal('NotAuthorizedException', 'The user has been deleted for the associated refresh token'),
      );
    });

    it('are revoked for good when their user is disabled', async () => {
      const pool = service.cognito.pool();
      pool.createUser({ username: 'off', password: PASSWORD });
      const { AccessToken, RefreshToken } = await signIn('off');
      const user = { UserPoolId: pool.id, Username: 'off' };
      await succeed(endpoint, 'AdminDisableUser', user);
      await expect(refresh(RefreshToken)).resolves.toMatchObject(
        refusal('NotAuthorizedException', 'User is disabled.'),
      );
      await succeed(endpoint, 'AdminEnableUser', user);
      await expect(getUser(AccessToken)).resolves.toMatchObject(
        refusal('NotAuthorizedException', 'Access Token has been revoked'),
      );
      await expect(refresh(RefreshToken)).resolves.toMatchObject(
        refusal('NotAuthorizedException', 'Refresh Token has been revoked'),
      );
    });
  });

  describe('refreshed by REFRESH_TOKEN_AUTH', () => {
    it('belong to the same sign-in, without another refresh token', async () => {
      const first = await signIn();
      service.pass(60_000);
      const { body } = await refresh(first.RefreshToken);
      const renewed = body['AuthenticationResult'] as Tokens;
      expect(renewed).not.toHaveProperty('RefreshToken');
      const [before, after] = [claimsOf(first.AccessToken), claimsOf(renewed.AccessToken)];
      expect(after).toMatchObject({
        auth_time: before['auth_time'],
        event_id: before['event_id'],
        origin_jti: before['origin_jti'],
      });
      expect(after['jti']).not.toBe(before['jti']);
      expect(Number(after['iat'])).toBeGreaterThan(Number(before['iat']));
    });

    it('contain what has changed since', async () => {
      const { RefreshToken } = await signIn('bob');
      const pool = service.cognito.pool();
      const user = { UserPoolId: pool.id, Username: 'bob' };
      await succeed(endpoint, 'AdminAddUserToGroup', { ...user, GroupName: 'plain' });
      await succeed(endpoint, 'AdminUpdateUserAttributes', {
        ...user,
        UserAttributes: [{ Name: 'nickname', Value: 'Bobby' }],
      });
      const { body } = await refresh(RefreshToken);
      const { AccessToken, IdToken } = body['AuthenticationResult'] as Tokens;
      expect(claimsOf(AccessToken)).toMatchObject({ 'cognito:groups': ['plain'] });
      expect(claimsOf(IdToken)).toMatchObject({ nickname: 'Bobby' });
      await succeed(endpoint, 'AdminRemoveUserFromGroup', { ...user, GroupName: 'plain' });
    });

    it('are rejected once the refresh token expires', async () => {
      const { RefreshToken } = await signIn('ann', 'short');
      service.pass(DAY - 1000);
      await expect(refresh(RefreshToken, 'short')).resolves.toMatchObject({ status: 200 });
      service.pass(1000);
      await expect(refresh(RefreshToken, 'short')).resolves.toMatchObject(
        refusal('NotAuthorizedException', 'Refresh Token has expired'),
      );
    });

    it.each(['nonsense', 'a.b.c.d.e'])('are not issued for %s', async (token) => {
      await expect(refresh(token)).resolves.toMatchObject(refusal('NotAuthorizedException', 'Invalid Refresh Token'));
    });

    it('are not issued to another client or pool', async () => {
      const invalid = refusal('NotAuthorizedException', 'Invalid Refresh Token');
      await expect(refresh((await signIn()).RefreshToken, 'short')).resolves.toMatchObject(invalid);
      const { RefreshToken } = await signIn('ann', 'public', 'other');
      await expect(refresh(RefreshToken)).resolves.toMatchObject(invalid);
    });

    it('require the secret hash of the internal username', async () => {
      const { id, secret = '' } = clientOf('secret');
      const { RefreshToken } = await signIn('ann', 'secret');
      await expect(refresh(RefreshToken, 'secret')).resolves.toMatchObject(
        refusal('NotAuthorizedException', `Client ${id} is configured with secret but SECRET_HASH was not received`),
      );
      await expect(
        refresh(RefreshToken, 'secret', { SECRET_HASH: secretHash('ann@example.com', id, secret) }),
      ).resolves.toMatchObject(refusal('NotAuthorizedException', `SecretHash does not match for the client: ${id}`));
      await expect(
        refresh(RefreshToken, 'secret', { SECRET_HASH: secretHash('ann', id, secret) }),
      ).resolves.toMatchObject({ status: 200 });
    });
  });

  describe('refreshed by GetTokensFromRefreshToken', () => {
    it('require the plain secret', async () => {
      const { RefreshToken } = await signIn('ann', 'secret');
      const { secret } = clientOf('secret');
      const { status, body } = await renew(RefreshToken, 'secret', { ClientSecret: secret });
      expect(status).toBe(200);
      expect(body['AuthenticationResult']).not.toHaveProperty('RefreshToken');
      await expect(renew(RefreshToken, 'secret')).resolves.toMatchObject(refusal('NotAuthorizedException'));
      await expect(renew(RefreshToken, 'secret', { ClientSecret: 'x'.repeat(30) })).resolves.toMatchObject(
        refusal('NotAuthorizedException'),
      );
    });

    it('rotate if the client is configured so, and the old token stays valid for the grace period', async () => {
      const { RefreshToken } = await signIn('ann', 'rotating');
      const first = ((await renew(RefreshToken, 'rotating')).body['AuthenticationResult'] as Tokens).RefreshToken;
      expect(first).not.toBe(RefreshToken);
      await expect(renew(RefreshToken, 'rotating')).resolves.toMatchObject({ status: 200 });
      service.pass(10_000);
      await expect(renew(RefreshToken, 'rotating')).resolves.toMatchObject(refusal('RefreshTokenReuseException'));
      await expect(renew(first, 'rotating')).resolves.toMatchObject({ status: 200 });
    });

    it('do not expire later by rotation', async () => {
      let { RefreshToken } = await signIn('ann', 'rotating');
      for (let day = 0; day < 30; day += 10) {
        RefreshToken = ((await renew(RefreshToken, 'rotating')).body['AuthenticationResult'] as Tokens).RefreshToken;
        service.pass(10 * DAY);
      }
      await expect(renew(RefreshToken, 'rotating')).resolves.toMatchObject(
        refusal('NotAuthorizedException', 'Refresh Token has expired'),
      );
    });

    it('are the only way if refresh tokens rotate', async () => {
      const { RefreshToken } = await signIn('ann', 'rotating');
      const { body } = await call(endpoint, 'UpdateUserPoolClient', {
        UserPoolId: service.cognito.pool().id,
        ClientId: clientOf('rotating').id,
        ExplicitAuthFlows: [],
        RefreshTokenRotation: { Feature: 'ENABLED' },
      });
      expect(body).toHaveProperty('UserPoolClient');
      await expect(refresh(RefreshToken, 'rotating')).resolves.toMatchObject(
        refusal('UnsupportedOperationException', 'This API does not support refresh token rotation'),
      );
    });
  });

  describe('revoked', () => {
    const revoke = (Token: string, client = 'public', more: object = {}) =>
      call(endpoint, 'RevokeToken', { Token, ClientId: clientOf(client).id, ...more });

    it('end their sign-in only', async () => {
      const [first, second] = [await signIn(), await signIn()];
      await expect(revoke(first.RefreshToken)).resolves.toMatchObject({ status: 200, body: {} });
      await expect(revoke(first.RefreshToken)).resolves.toMatchObject({ status: 200 });
      await expect(getUser(first.AccessToken)).resolves.toMatchObject(
        refusal('NotAuthorizedException', 'Access Token has been revoked'),
      );
      await expect(refresh(first.RefreshToken)).resolves.toMatchObject(
        refusal('NotAuthorizedException', 'Refresh Token has been revoked'),
      );
      await expect(getUser(second.AccessToken)).resolves.toMatchObject({ status: 200 });
    });

    it('may be unknown', async () => {
      await expect(revoke('unknown')).resolves.toMatchObject({ status: 200 });
    });

    it('must be refresh tokens', async () => {
      await expect(revoke((await signIn()).AccessToken)).resolves.toMatchObject(
        refusal('UnsupportedTokenTypeException'),
      );
    });

    it('must be revocable', async () => {
      const { RefreshToken } = await signIn('ann', 'permanent');
      await expect(revoke(RefreshToken, 'permanent')).resolves.toMatchObject(refusal('UnsupportedOperationException'));
    });

    it('require the plain secret of a known client', async () => {
      const { RefreshToken } = await signIn('ann', 'secret');
      const unauthorized = refusal('UnauthorizedException', 'Invalid client or secret');
      await expect(revoke(RefreshToken, 'secret')).resolves.toMatchObject(unauthorized);
      await expect(
        call(endpoint, 'RevokeToken', { Token: RefreshToken, ClientId: 'nosuchclient' }),
      ).resolves.toMatchObject(unauthorized);
      await expect(revoke(RefreshToken, 'secret', { ClientSecret: clientOf('secret').secret })).resolves.toMatchObject({
        status: 200,
      });
    });
  });
});
