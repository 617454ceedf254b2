import type { InitiateAuthCommandOutput } from '@aws-sdk/client-cognito-identity-provider';

import { secretHash } from '../../lib/protocol/secret-hash.js';
import { GROUP_PRIME_HEX } from '../../lib/protocol/srp/group.js';
import { type LocalService, startLocalService } from './local-service.js';
import { proveSrp, signInBySrp, startSrp } from './srp-client.js';
import { call, refusal } from './wire.js';

const PASSWORD = 'Correct-Horse-9';
const OTHER_PASSWORD = 'Battery-Staple-7';
const INCORRECT = refusal('NotAuthorizedException', 'Incorrect username or password.');
const MINUTE = 60_000;

describe('sign-in', () => {
  let service: LocalService;

  beforeAll(async () => {
    const states = ['UNCONFIRMED', 'RESET_REQUIRED', 'FORCE_CHANGE_PASSWORD'] as const;
    const users = [
      { username: 'ann', password: PASSWORD, attributes: { email: 'ann@example.com' } },
      ...states.map((status) => ({ username: status.toLowerCase(), password: PASSWORD, status })),
      { username: 'off', password: PASSWORD, enabled: false },
      { username: 'passwordless' },
      ...['lock1', 'lock2', 'lock3'].map((username) => ({ username, password: PASSWORD })),
    ];
    service = await startLocalService({
      pools: [
        {
          name: 'default',
          users,
          clients: [
            { name: 'public' },
            { name: 'secret', secret: true },
            { name: 'quiet', PreventUserExistenceErrors: 'ENABLED' },
            { name: 'unset', ExplicitAuthFlows: [] },
            { name: 'legacy', ExplicitAuthFlows: ['ADMIN_NO_SRP_AUTH'] },
            { name: 'custom', ExplicitAuthFlows: ['CUSTOM_AUTH_FLOW_ONLY'] },
            { name: 'narrow', ExplicitAuthFlows: ['ALLOW_USER_AUTH'] },
          ],
        },
        {
          name: 'aliases',
          AliasAttributes: ['email'],
          users: [{ username: 'ada', password: PASSWORD, attributes: { email: 'ada@example.com' } }],
        },
        {
          name: 'emails',
          UsernameAttributes: ['email'],
          users: [{ username: 'eve@example.com', password: PASSWORD }],
        },
        {
          name: 'invited',
          Schema: [
            { Name: 'name', Required: true },
            { Name: 'nickname', Required: true },
          ],
        },
      ],
    });
  });

  afterAll(() => service.stop());

  const clientOf = (client = 'public', pool?: string) => service.cognito.pool(pool).client(client);

  function srp(username: string, password = PASSWORD, client = 'public', pool = 'default') {
    const { userPoolId, clientId, clientSecret } = service.cognito.pool(pool).moduleOptions({ client });
    const secret = clientSecret === undefined ? {} : { clientSecret };
    return { sdk: service.sdk, userPoolId, clientId, ...secret, username, password };
  }

  const initiate = (AuthFlow: string, AuthParameters: Record<string, string>, client = 'public') =>
    call(service.cognito.endpoint, 'InitiateAuth', { AuthFlow, ClientId: clientOf(client).id, AuthParameters });

  const byPassword = (USERNAME: string, word = PASSWORD, client = 'public') =>
    initiate('USER_PASSWORD_AUTH', { USERNAME, PASSWORD: word }, client);

  describe.each(['public', 'secret'])('by SRP with the %s client', (client) => {
    it('issues tokens for the correct password', async () => {
      const { AuthenticationResult: tokens } = await signInBySrp(srp('ann', PASSWORD, client));
      expect(tokens).toMatchObject({ TokenType: 'Bearer', ExpiresIn: 3600 });
      expect(tokens?.RefreshToken?.split('.')).toHaveLength(5);
    });

    it('rejects a wrong password', async () => {
      await expect(signInBySrp(srp('ann', OTHER_PASSWORD, client))).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Incorrect username or password.',
      });
    });

    it('accepts an alias and continues with the username', async () => {
      const attempt = srp('ada@example.com', PASSWORD, client, 'aliases');
      const { challenge } = await startSrp(attempt);
      expect(challenge.ChallengeParameters).toMatchObject({ USERNAME: 'ada', USER_ID_FOR_SRP: 'ada' });
      await expect(signInBySrp(attempt)).resolves.toHaveProperty('AuthenticationResult');
    });

    it('accepts an e-mail address as username and continues with the sub', async () => {
      const attempt = srp('eve@example.com', PASSWORD, client, 'emails');
      const { challenge } = await startSrp(attempt);
      expect(challenge.ChallengeParameters?.['USER_ID_FOR_SRP']).toMatch(/^[0-9a-f-]{36}$/);
      await expect(signInBySrp(attempt)).resolves.toHaveProperty('AuthenticationResult');
    });
  });

  describe('an SRP exchange', () => {
    it('sends numbers as lower-case hexadecimal without leading zeros', async () => {
      const { challenge } = await startSrp(srp('ann'));
      expect(challenge.ChallengeName).toBe('PASSWORD_VERIFIER');
      expect(challenge.Session).toBeUndefined();
      const { SALT, SRP_B } = challenge.ChallengeParameters ?? {};
      expect(SALT).toMatch(/^[1-9a-f][0-9a-f]*$/);
      expect(SRP_B).toMatch(/^[1-9a-f][0-9a-f]*$/);
    });

    it.each([
      ['0', '0'],
      ['N', GROUP_PRIME_HEX],
      ['a non-hexadecimal string', 'xyz'],
    ])('rejects %s as SRP_A', async (_name, SRP_A) => {
      await expect(initiate('USER_SRP_AUTH', { USERNAME: 'ann', SRP_A })).resolves.toMatchObject(
        refusal('InvalidParameterException'),
      );
    });

    it('can be completed once', async () => {
      const attempt = srp('ann');
      const started = await startSrp(attempt);
      await expect(proveSrp(attempt, started)).resolves.toHaveProperty('AuthenticationResult');
      await expect(proveSrp(attempt, started)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    });

    it('expires after three minutes', async () => {
      const attempt = srp('ann');
      const started = await startSrp(attempt);
      service.pass(3 * MINUTE);
      await expect(proveSrp(attempt, started)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    });

    it('cannot be completed by another client', async () => {
      const started = await startSrp(srp('ann'));
      await expect(proveSrp(srp('ann', PASSWORD, 'secret'), started)).rejects.toMatchObject({
        message: 'Incorrect username or password.',
      });
    });

    it.each(['PASSWORD_CLAIM_SECRET_BLOCK', 'PASSWORD_CLAIM_SIGNATURE', 'TIMESTAMP', 'USERNAME'])(
      'requires %s in the answer',
      async (missing) => {
        const { challenge } = await startSrp(srp('ann'));
        const responses = {
          USERNAME: 'ann',
          PASSWORD_CLAIM_SECRET_BLOCK: challenge.ChallengeParameters?.['SECRET_BLOCK'],
          PASSWORD_CLAIM_SIGNATURE: 'c2ln',
          TIMESTAMP: 'Tue Nov 3 04:05:06 UTC 2026',
          [missing]: undefined,
        };
        const input = { ClientId: clientOf().id, ChallengeName: 'PASSWORD_VERIFIER', ChallengeResponses: responses };
        await expect(call(service.cognito.endpoint, 'RespondToAuthChallenge', input)).resolves.toMatchObject(
          refusal('InvalidParameterException', `Missing required parameter ${missing}`),
        );
      },
    );

    it.each([
      ['a forged block', { PASSWORD_CLAIM_SECRET_BLOCK: Buffer.alloc(200).toString('base64') }],
      ['a short block', { PASSWORD_CLAIM_SECRET_BLOCK: 'AAAA' }],
      ['a padded day', { TIMESTAMP: 'Tue Nov 03 04:05:06 UTC 2026' }],
      ['a short signature', { PASSWORD_CLAIM_SIGNATURE: 'c2ln' }],
    ])('rejects %s', async (_what, changes) => {
      const { challenge } = await startSrp(srp('ann'));
      const input = {
        ClientId: clientOf().id,
        ChallengeName: 'PASSWORD_VERIFIER',
        ChallengeResponses: {
          USERNAME: 'ann',
          PASSWORD_CLAIM_SECRET_BLOCK: challenge.ChallengeParameters?.['SECRET_BLOCK'],
          PASSWORD_CLAIM_SIGNATURE: Buffer.alloc(32).toString('base64'),
          TIMESTAMP: 'Tue Nov 3 04:05:06 UTC 2026',
          ...changes,
        },
      };
      await expect(call(service.cognito.endpoint, 'RespondToAuthChallenge', input)).resolves.toMatchObject(INCORRECT);
    });
  });

  describe('a user', () => {
    it.each([
      ['off', 'NotAuthorizedException', 'User is disabled.'],
      ['reset_required', 'PasswordResetRequiredException', 'Password reset required for the user'],
    ])('whose state is %s learns it only after the correct password', async (username, exception, message) => {
      await expect(byPassword(username)).resolves.toMatchObject(refusal(exception, message));
      await expect(byPassword(username, OTHER_PASSWORD)).resolves.toMatchObject(INCORRECT);
      await expect(signInBySrp(srp(username))).rejects.toMatchObject({ name: exception, message });
    });

    it('whose sign-up is unconfirmed learns it whatever the password is', async () => {
      const unconfirmed = ['UserNotConfirmedException', 'User is not confirmed.'] as const;
      await expect(byPassword('unconfirmed')).resolves.toMatchObject(refusal(...unconfirmed));
      await expect(byPassword('unconfirmed', OTHER_PASSWORD)).resolves.toMatchObject(refusal(...unconfirmed));
    });

    it('without a password is rejected with any', async () => {
      await expect(byPassword('passwordless')).resolves.toMatchObject(INCORRECT);
      await expect(signInBySrp(srp('passwordless'))).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    });
  });

  describe('too many wrong passwords', () => {
    const exceeded = refusal('NotAuthorizedException', 'Password attempts exceeded');

    async function fail(username: string, times: number): Promise<void> {
      for (let attempt = 0; attempt < times; attempt++) {
        await expect(byPassword(username, OTHER_PASSWORD)).resolves.toMatchObject(INCORRECT);
      }
    }

    it('lock the user for one second, then for two', async () => {
      await fail('lock1', 5);
      await expect(byPassword('lock1')).resolves.toMatchObject(exceeded);
      service.pass(1000);
      await fail('lock1', 1);
      service.pass(1000);
      await expect(byPassword('lock1')).resolves.toMatchObject(exceeded);
      service.pass(1000);
      await expect(byPassword('lock1')).resolves.toMatchObject({ status: 200 });
      await fail('lock1', 4);
    });

    it('are forgotten after fifteen minutes without one', async () => {
      await fail('lock2', 4);
      service.pass(15 * MINUTE);
      await fail('lock2', 4);
      await expect(byPassword('lock2')).resolves.toMatchObject({ status: 200 });
    });

    it('count for SRP as well', async () => {
      for (let attempt = 0; attempt < 5; attempt++) {
        await expect(signInBySrp(srp('lock3', OTHER_PASSWORD))).rejects.toThrow('Incorrect username or password.');
      }
      await expect(signInBySrp(srp('lock3'))).rejects.toThrow('Password attempts exceeded');
    });
  });

  describe('an unknown user', () => {
    it('is reported by default', async () => {
      const unknown = refusal('UserNotFoundException', 'User does not exist.');
      await expect(byPassword('nobody')).resolves.toMatchObject(unknown);
      await expect(initiate('USER_SRP_AUTH', { USERNAME: 'nobody', SRP_A: 'abc' })).resolves.toMatchObject(unknown);
    });

    it.each(['nobody', 'off'])('looks like a wrong password if the client hides users: %s', async (username) => {
      await expect(byPassword(username, PASSWORD, 'quiet')).resolves.toMatchObject(INCORRECT);
      await expect(signInBySrp(srp(username, PASSWORD, 'quiet'))).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Incorrect username or password.',
      });
    });

    it('gets the same made-up identity every time', async () => {
      const parameters = ({ ChallengeParameters }: InitiateAuthCommandOutput) => ChallengeParameters ?? {};
      const first = parameters((await startSrp(srp('nobody', PASSWORD, 'quiet'))).challenge);
      const second = parameters((await startSrp(srp('nobody', PASSWORD, 'quiet'))).challenge);
      const other = parameters((await startSrp(srp('somebody', PASSWORD, 'quiet'))).challenge);
      expect(first['USER_ID_FOR_SRP']).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-a[0-9a-f]{3}-[0-9a-f]{12}$/);
      expect(second['USER_ID_FOR_SRP']).toBe(first['USER_ID_FOR_SRP']);
      expect(second['SALT']).toBe(first['SALT']);
      expect(second['SRP_B']).not.toBe(first['SRP_B']);
      expect(other['SALT']).not.toBe(first['SALT']);
    });
  });

  describe('flows', () => {
    it.each([
      ['USER_PASSWORD_AUTH', 'unset', 'USER_PASSWORD_AUTH flow not enabled for this client'],
      ['USER_PASSWORD_AUTH', 'legacy', 'USER_PASSWORD_AUTH flow not enabled for this client'],
      ['USER_SRP_AUTH', 'narrow', 'USER_SRP_AUTH is not enabled for the client.'],
      ['CUSTOM_AUTH', 'narrow', 'CUSTOM_AUTH is not enabled for the client.'],
      ['USER_AUTH', 'unset', 'USER_AUTH flow not enabled for this client'],
      ['REFRESH_TOKEN_AUTH', 'narrow', 'Refresh Token flow not enabled for this client'],
      ['USER_SRP_AUTH', 'custom', 'Only custom auth (lambda driven) is enabled for this client.'],
      ['ADMIN_USER_PASSWORD_AUTH', 'public', 'Initiate Auth method not supported.'],
      ['ADMIN_NO_SRP_AUTH', 'public', 'Initiate Auth method not supported.'],
    ])('%s is rejected for the client %s', async (flow, client, message) => {
      await expect(initiate(flow, { USERNAME: 'ann' }, client)).resolves.toMatchObject(
        refusal('InvalidParameterException', message),
      );
    });

    it.each(['unset', 'legacy'])('SRP is enabled for the client %s', async (client) => {
      await expect(signInBySrp(srp('ann', PASSWORD, client))).resolves.toHaveProperty('AuthenticationResult');
    });

    it.each([
      ['USER_PASSWORD_AUTH', { PASSWORD }, 'USERNAME'],
      ['USER_PASSWORD_AUTH', { USERNAME: 'ann' }, 'PASSWORD'],
      ['USER_SRP_AUTH', { USERNAME: 'ann' }, 'SRP_A'],
      ['REFRESH_TOKEN_AUTH', {}, 'REFRESH_TOKEN'],
    ])('%s with %j requires %s', async (flow, parameters, missing) => {
      await expect(initiate(flow, parameters)).resolves.toMatchObject(
        refusal('InvalidParameterException', `Missing required parameter ${missing}`),
      );
    });

    it.each(['ADMIN_USER_PASSWORD_AUTH', 'ADMIN_NO_SRP_AUTH'])(
      'administrators can sign users in with %s',
      async (AuthFlow) => {
        const admin = (client: string) =>
          call(service.cognito.endpoint, 'AdminInitiateAuth', {
            UserPoolId: service.cognito.pool().id,
            ClientId: clientOf(client).id,
            AuthFlow,
            AuthParameters: { USERNAME: 'ann', PASSWORD },
          });
        await expect(admin('public')).resolves.toMatchObject({ status: 200, body: { ChallengeParameters: {} } });
        await expect(admin('unset')).resolves.toMatchObject(
          refusal('InvalidParameterException', 'Auth flow not enabled for this client'),
        );
      },
    );

    it('an administrator cannot use a client of another pool', async () => {
      const { id } = clientOf('public', 'emails');
      const input = {
        UserPoolId: service.cognito.pool().id,
        ClientId: id,
        AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
        AuthParameters: { USERNAME: 'ann', PASSWORD },
      };
      await expect(call(service.cognito.endpoint, 'AdminInitiateAuth', input)).resolves.toMatchObject(
        refusal('ResourceNotFoundException', `User pool client ${id} does not exist.`),
      );
    });
  });

  it('requires the secret hash of the username in the request', async () => {
    const { id, secret = '' } = clientOf('secret');
    await expect(byPassword('ann', PASSWORD, 'secret')).resolves.toMatchObject(
      refusal('NotAuthorizedException', `Client ${id} is configured with secret but SECRET_HASH was not received`),
    );
    const withHash = (name: string) =>
      initiate(
        'USER_PASSWORD_AUTH',
        { USERNAME: 'ann', PASSWORD, SECRET_HASH: secretHash(name, id, secret) },
        'secret',
      );
    await expect(withHash('bob')).resolves.toMatchObject(
      refusal('NotAuthorizedException', `Unable to verify secret hash for client ${id}`),
    );
    await expect(withHash('ann')).resolves.toMatchObject({ status: 200 });
  });

  describe('NEW_PASSWORD_REQUIRED', () => {
    let counter = 0;

    async function invited(): Promise<{ Username: string; challenge: Record<string, unknown>; session: string }> {
      const Username = `guest${++counter}`;
      service.cognito.pool('invited').createUser({
        username: Username,
        password: PASSWORD,
        status: 'FORCE_CHANGE_PASSWORD',
        attributes: { email: 'guest@example.com', name: 'Guest', nickname: 'G' },
      });
      const { body } = await call(service.cognito.endpoint, 'InitiateAuth', {
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: clientOf('public', 'invited').id,
        AuthParameters: { USERNAME: Username, PASSWORD },
      });
      return { Username, challenge: body, session: String(body['Session']) };
    }

    const respond = (USERNAME: string, Session: string | undefined, responses: Record<string, string>) =>
      call(service.cognito.endpoint, 'RespondToAuthChallenge', {
        ClientId: clientOf('public', 'invited').id,
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        Session,
        ChallengeResponses: { USERNAME, ...responses },
      });

    it('lists the attributes of the user', async () => {
      const { Username, challenge } = await invited();
      expect(challenge).toMatchObject({ ChallengeName: 'NEW_PASSWORD_REQUIRED' });
      const { USER_ID_FOR_SRP, userAttributes, requiredAttributes } = challenge['ChallengeParameters'] as Record<
        string,
        string
      >;
      expect(USER_ID_FOR_SRP).toBe(Username);
      expect(JSON.parse(userAttributes ?? '')).toEqual({
        email: 'guest@example.com',
        email_verified: 'true',
        name: 'Guest',
        nickname: 'G',
      });
      expect(JSON.parse(requiredAttributes ?? '')).toEqual([]);
    });

    it('accepts the new password and signs in', async () => {
      const { Username, session } = await invited();
      expect(session.length).toBeGreaterThan(900);
      const { status, body } = await respond(Username, session, { NEW_PASSWORD: OTHER_PASSWORD });
      expect(status).toBe(200);
      expect(body).toHaveProperty('AuthenticationResult.AccessToken');
    });

    it('accepts the temporary password as the new one', async () => {
      const { Username, session } = await invited();
      await expect(respond(Username, session, { NEW_PASSWORD: PASSWORD })).resolves.toMatchObject({ status: 200 });
    });

    it.each<[Record<string, string>, string, string]>([
      [{ 'userAttributes.name': 'Other' }, 'NotAuthorizedException', 'Cannot modify an already provided name'],
      [
        { 'userAttributes.email_verified': 'true' },
        'InvalidParameterException',
        'Cannot modify the non-mutable attribute email_verified',
      ],
    ])('rejects %j', async (attributes, exception, message) => {
      const { Username, session } = await invited();
      await expect(respond(Username, session, { NEW_PASSWORD: OTHER_PASSWORD, ...attributes })).resolves.toMatchObject(
        refusal(exception, message),
      );
    });

    it('accepts another password in the same session after a weak one', async () => {
      const { Username, session } = await invited();
      await expect(respond(Username, session, { NEW_PASSWORD: 'weakling' })).resolves.toMatchObject(
        refusal(
          'InvalidPasswordException',
          'Password did not conform with password policy: Password must have uppercase characters',
        ),
      );
      await expect(respond(Username, session, { NEW_PASSWORD: OTHER_PASSWORD })).resolves.toMatchObject({
        status: 200,
      });
    });

    it('accepts a session once', async () => {
      const { Username, session } = await invited();
      await respond(Username, session, { NEW_PASSWORD: OTHER_PASSWORD });
      await expect(respond(Username, session, { NEW_PASSWORD: OTHER_PASSWORD })).resolves.toMatchObject(
        refusal('NotAuthorizedException', 'Invalid session for the user, session can only be used once.'),
      );
    });

    it('rejects a session after three minutes', async () => {
      const { Username, session } = await invited();
      service.pass(3 * MINUTE);
      await expect(respond(Username, session, { NEW_PASSWORD: OTHER_PASSWORD })).resolves.toMatchObject(
        refusal('NotAuthorizedException', 'Invalid session for the user, session is expired.'),
      );
    });

    it('rejects any other session', async () => {
      const { Username, session } = await invited();
      const other = await invited();
      const invalid = refusal('NotAuthorizedException', 'Invalid session for the user.');
      const answer = { NEW_PASSWORD: OTHER_PASSWORD };
      await expect(respond(Username, 'x'.repeat(40), answer)).resolves.toMatchObject(invalid);
      await expect(respond(other.Username, session, answer)).resolves.toMatchObject(invalid);
      await expect(respond(Username, undefined, answer)).resolves.toMatchObject(
        refusal('InvalidParameterException', 'Missing required parameter Session'),
      );
    });

    it('expires with the temporary password after seven days', async () => {
      const { Username } = await invited();
      service.pass(7 * 24 * 60 * MINUTE);
      await expect(
        call(service.cognito.endpoint, 'InitiateAuth', {
          AuthFlow: 'USER_PASSWORD_AUTH',
          ClientId: clientOf('public', 'invited').id,
          AuthParameters: { USERNAME: Username, PASSWORD },
        }),
      ).resolves.toMatchObject(
        refusal('NotAuthorizedException', 'Temporary password has expired and must be reset by an administrator.'),
      );
    });
  });
});
