import { paginateListUsers } from '@aws-sdk/client-cognito-identity-provider';

import { type LocalService, startLocalService } from './local-service.js';
import { call, refusal, succeed } from './wire.js';

const PASSWORD = 'Correct-Horse-9';

const list = (values: Record<string, string>) => Object.entries(values).map(([Name, Value]) => ({ Name, Value }));

describe('users that an administrator creates', () => {
  let service: LocalService;
  let endpoint: string;

  beforeAll(async () => {
    service = await startLocalService({
      pools: [
        {
          name: 'default',
          Schema: [
            { Name: 'name', Required: true },
            { Name: 'code', AttributeDataType: 'String', DeveloperOnlyAttribute: true },
          ],
          AutoVerifiedAttributes: ['email', 'phone_number'],
        },
        { name: 'emails', UsernameAttributes: ['email'] },
        { name: 'aliases', AliasAttributes: ['email', 'preferred_username'] },
        {
          name: 'worded',
          AdminCreateUserConfig: {
            InviteMessageTemplate: { EmailSubject: 'Hello', EmailMessage: 'You are {username}, say {####}.' },
          },
        },
        { name: 'list' },
      ],
    });
    ({ endpoint } = service.cognito);
  });

  afterAll(() => service.stop());

  const poolId = (name?: string) => service.cognito.pool(name).id;

  const admin = (operation: string, Username: string, more: object = {}, pool?: string) =>
    call(endpoint, operation, { UserPoolId: poolId(pool), Username, ...more });

  const create = (username: string, values: Record<string, string> = {}, more: object = {}, pool?: string) =>
    admin('AdminCreateUser', username, { UserAttributes: list(values), ...more }, pool);

  const signIn = (USERNAME: string, word: string, pool?: string) =>
    call(endpoint, 'InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: service.cognito.pool(pool).client('public').id,
      AuthParameters: { USERNAME, PASSWORD: word },
    });

  describe('created', () => {
    it('must change the temporary password and provide missing required attributes', async () => {
      const { body } = await create(
        'ann',
        { email: 'ann@example.com', email_verified: 'true' },
        { TemporaryPassword: PASSWORD },
      );
      expect(body['User']).toEqual({
        Username: 'ann',
        Attributes: expect.arrayContaining(list({ email: 'ann@example.com', email_verified: 'true' })) as unknown[],
        UserCreateDate: expect.any(Number) as number,
        UserLastModifiedDate: expect.any(Number) as number,
        Enabled: true,
        UserStatus: 'FORCE_CHANGE_PASSWORD',
      });
      const { body: challenge } = await signIn('ann', PASSWORD);
      expect(challenge).toMatchObject({
        ChallengeName: 'NEW_PASSWORD_REQUIRED',
        ChallengeParameters: { requiredAttributes: '["userAttributes.name"]' },
      });
      const answer = (more: Record<string, string>, Session: unknown = challenge['Session']) =>
        call(endpoint, 'RespondToAuthChallenge', {
          ClientId: service.cognito.pool().client('public').id,
          ChallengeName: 'NEW_PASSWORD_REQUIRED',
          Session,
          ChallengeResponses: { USERNAME: 'ann', NEW_PASSWORD: 'Battery-Staple-7', ...more },
        });
      await expect(answer({})).resolves.toMatchObject(
        refusal('InvalidParameterException', 'Invalid attributes given, name is missing'),
      );
      const { body: again } = await signIn('ann', PASSWORD);
      await expect(answer({ 'userAttributes.name': 'Ann' }, again['Session'])).resolves.toHaveProperty(
        'body.AuthenticationResult',
      );
    });

    it('receive the temporary password by SMS, or through the requested mediums', async () => {
      const addresses = { email: 'bob@example.com', phone_number: '+15550001111' };
      await create('bob', addresses);
      expect(service.cognito.outbox.all({ username: 'bob' })).toMatchObject([
        { medium: 'SMS', kind: 'AdminCreateUser' },
      ]);
      await create('cat', addresses, { DesiredDeliveryMediums: ['EMAIL', 'SMS'], ForceAliasCreation: true });
      expect(service.cognito.outbox.all({ username: 'cat' }).map(({ medium }) => medium)).toEqual(['EMAIL', 'SMS']);
      await create('dan', addresses, { MessageAction: 'SUPPRESS' });
      expect(service.cognito.outbox.all({ username: 'dan' })).toEqual([]);
    });

    it('can use the generated password that was sent', async () => {
      await create('eve', { email: 'eve@example.com' }, { DesiredDeliveryMediums: ['EMAIL'] });
      const { code = '', subject, text } = service.cognito.outbox.latest({ username: 'eve' }) ?? {};
      expect(subject).toBe('Your temporary password');
      expect(text).toBe(`Your username is eve and temporary password is ${code}.`);
      await expect(signIn('eve', code)).resolves.toMatchObject({ body: { ChallengeName: 'NEW_PASSWORD_REQUIRED' } });
    });

    it("are invited with the pool's message template", async () => {
      await create(
        'fay',
        { email: 'fay@example.com' },
        { DesiredDeliveryMediums: ['EMAIL'], TemporaryPassword: PASSWORD },
        'worded',
      );
      expect(service.cognito.outbox.latest({ username: 'fay' })).toMatchObject({
        subject: 'Hello',
        text: `You are fay, say ${PASSWORD}.`,
      });
    });

    it('are invited again until they set a password', async () => {
      await create('gus', { email: 'gus@example.com' }, { DesiredDeliveryMediums: ['EMAIL'] });
      const first = service.cognito.outbox.latest({ username: 'gus' })?.code ?? '';
      const more = { MessageAction: 'RESEND', DesiredDeliveryMediums: ['EMAIL'] };
      await expect(create('gus', {}, more)).resolves.toMatchObject({
        status: 200,
        body: { User: { Username: 'gus' } },
      });
      const second = service.cognito.outbox.latest({ username: 'gus' })?.code ?? '';
      expect(second).not.toBe(first);
      await expect(signIn('gus', first)).resolves.toMatchObject(refusal('NotAuthorizedException'));
      await expect(signIn('gus', second)).resolves.toMatchObject({ status: 200 });
      await admin('AdminSetUserPassword', 'gus', { Password: PASSWORD, Permanent: true });
      await expect(create('gus', {}, more)).resolves.toMatchObject(refusal('UnsupportedUserStateException'));
      await expect(create('nobody', {}, more)).resolves.toMatchObject(
        refusal('UserNotFoundException', 'User does not exist.'),
      );
    });

    it('may have attributes that clients cannot write', async () => {
      await expect(create('hal', { 'dev:custom:code': '42' })).resolves.toMatchObject({ status: 200 });
    });

    it('are found by email and have the sub as username in pools with email usernames', async () => {
      const { body } = await create('ida@example.com', {}, {}, 'emails');
      const { Username, Attributes } = body['User'] as { Username: string; Attributes: object[] };
      expect(Attributes).toEqual(expect.arrayContaining(list({ sub: Username, email: 'ida@example.com' })));
      await expect(admin('AdminGetUser', 'ida@example.com', {}, 'emails')).resolves.toMatchObject({
        body: { Username },
      });
    });

    it.each<[string, string, Record<string, string>, object, string, string]>([
      ['default', 'taken', {}, {}, 'UsernameExistsException', 'User account already exists'],
      [
        'emails',
        'taken@example.com',
        {},
        {},
        'UsernameExistsException',
        'An account with the given email already exists.',
      ],
      [
        'aliases',
        'another',
        { email: 'taken@example.com', email_verified: 'true' },
        {},
        'UsernameExistsException',
        'An account with the given email already exists.',
      ],
      [
        'default',
        'weak',
        {},
        { TemporaryPassword: 'alllower-1' },
        'InvalidPasswordException',
        'Password did not conform with password policy: Password must have uppercase characters',
      ],
      [
        'default',
        'odd',
        { 'custom:none': '1' },
        {},
        'InvalidParameterException',
        'Attributes did not conform to the schema: custom:none: Attribute does not exist in the schema.\n',
      ],
    ])('are rejected in pool %s: %s %j %j', async (pool, username, values, more, exception, message) => {
      const existing = pool === 'emails' ? 'taken@example.com' : 'taken';
      await create(existing, { email: 'taken@example.com', email_verified: 'true' }, {}, pool);
      await expect(create(username, values, more, pool)).resolves.toMatchObject(refusal(exception, message));
    });

    it('take over an alias with ForceAliasCreation', async () => {
      const values = { email: 'wanted@example.com', email_verified: 'true' };
      await create('old', values, {}, 'aliases');
      await expect(create('new', values, { ForceAliasCreation: true }, 'aliases')).resolves.toMatchObject({
        status: 200,
      });
      await expect(admin('AdminGetUser', 'wanted@example.com', {}, 'aliases')).resolves.toMatchObject({
        body: { Username: 'new' },
      });
    });
  });

  it.each([
    'AdminGetUser',
    'AdminDeleteUser',
    'AdminEnableUser',
    'AdminDisableUser',
    'AdminConfirmSignUp',
    'AdminUserGlobalSignOut',
  ])('%s rejects an unknown user and an unknown pool', async (operation) => {
    await expect(admin(operation, 'nobody')).resolves.toMatchObject(
      refusal('UserNotFoundException', 'User does not exist.'),
    );
    await expect(
      call(endpoint, operation, { UserPoolId: 'us-east-1_none', Username: 'nobody' }),
    ).resolves.toMatchObject(refusal('ResourceNotFoundException', 'User pool us-east-1_none does not exist.'));
  });

  it('are returned by username or by sub', async () => {
    const { sub } = service.cognito.pool().createUser({ username: 'ivy', attributes: { name: 'Ivy' } });
    const { body } = await admin('AdminGetUser', sub);
    expect(body).toEqual({
      Username: 'ivy',
      UserAttributes: list({ sub, name: 'Ivy' }),
      UserCreateDate: expect.any(Number) as number,
      UserLastModifiedDate: expect.any(Number) as number,
      Enabled: true,
      UserStatus: 'CONFIRMED',
    });
  });

  it('are confirmed without verifying the address', async () => {
    service.cognito.pool().createUser({
      username: 'jim',
      status: 'UNCONFIRMED',
      attributes: { email: 'jim@example.com', email_verified: 'false' },
    });
    await expect(admin('AdminConfirmSignUp', 'jim')).resolves.toMatchObject({ status: 200, body: {} });
    const { body } = await admin('AdminGetUser', 'jim');
    expect(body).toMatchObject({ UserStatus: 'CONFIRMED' });
    expect(body['UserAttributes']).toEqual(expect.arrayContaining(list({ email_verified: 'false' })));
    await expect(admin('AdminConfirmSignUp', 'jim')).resolves.toMatchObject(
      refusal('NotAuthorizedException', 'User cannot be confirmed. Current status is CONFIRMED'),
    );
  });

  it('are disabled, enabled, signed out and deleted', async () => {
    service.cognito.pool().createUser({ username: 'kim', password: PASSWORD });
    await succeed(endpoint, 'AdminDisableUser', { UserPoolId: poolId(), Username: 'kim' });
    await expect(signIn('kim', PASSWORD)).resolves.toMatchObject(
      refusal('NotAuthorizedException', 'User is disabled.'),
    );
    await succeed(endpoint, 'AdminEnableUser', { UserPoolId: poolId(), Username: 'kim' });
    const { body } = await signIn('kim', PASSWORD);
    const { AccessToken } = body['AuthenticationResult'] as { AccessToken: string };
    await succeed(endpoint, 'AdminUserGlobalSignOut', { UserPoolId: poolId(), Username: 'kim' });
    await expect(call(endpoint, 'GetUser', { AccessToken })).resolves.toMatchObject(
      refusal('NotAuthorizedException', 'Access Token has been revoked'),
    );
    await succeed(endpoint, 'AdminDeleteUser', { UserPoolId: poolId(), Username: 'kim' });
    await expect(signIn('kim', PASSWORD)).resolves.toMatchObject(refusal('UserNotFoundException'));
  });

  describe('in a list', () => {
    beforeAll(() => {
      const pool = service.cognito.pool('list');
      for (let index = 0; index < 125; index++) {
        pool.createUser({
          username: `user-${String(index).padStart(3, '0')}`,
          attributes: { email: `user${index}@${index % 2 === 0 ? 'even' : 'odd'}.example.com`, name: `N "${index}"` },
          enabled: index !== 7,
          status: index < 3 ? 'UNCONFIRMED' : 'CONFIRMED',
        });
      }
    });

    const users = (more: object) => call(endpoint, 'ListUsers', { UserPoolId: poolId('list'), ...more });

    const names = async (more: object) =>
      ((await users(more)).body['Users'] as { Username: string }[]).map(({ Username }) => Username);

    it("are returned in pages that the SDK's paginator follows", async () => {
      const seen: string[] = [];
      let pages = 0;
      for await (const page of paginateListUsers(
        { client: service.sdk, pageSize: 50 },
        { UserPoolId: poolId('list') },
      )) {
        pages++;
        seen.push(...(page.Users ?? []).map(({ Username = '' }) => Username));
      }
      expect(pages).toBe(3);
      expect(new Set(seen).size).toBe(125);
    });

    it('are returned sixty per page by default', async () => {
      await expect(names({})).resolves.toHaveLength(60);
      await expect(names({ Limit: 0 })).resolves.toHaveLength(60);
    });

    it('reject a pagination token with other parameters', async () => {
      const { body } = await users({ Limit: 1 });
      const { PaginationToken } = body;
      await expect(names({ Limit: 1, PaginationToken })).resolves.toEqual(['user-001']);
      const invalid = refusal('InvalidParameterException', 'Invalid pagination token');
      await expect(users({ PaginationToken, Filter: 'username = "x"' })).resolves.toMatchObject(invalid);
      await expect(users({ PaginationToken: 'nonsense' })).resolves.toMatchObject(invalid);
    });

    it.each<[string, string[]]>([
      ['username = "user-005"', ['user-005']],
      ['username ^= "user-12"', ['user-120', 'user-121', 'user-122', 'user-123', 'user-124']],
      ['"email"="user3@odd.example.com"', ['user-003']],
      ['email ^= "user11@"', ['user-011']],
      ['name = "N \\"42\\""', ['user-042']],
      ['status = "Disabled"', ['user-007']],
      ['cognito:user_status = "unconfirmed"', ['user-000', 'user-001', 'user-002']],
      ['"cognito:user_status" ^= "UNC"', ['user-000', 'user-001', 'user-002']],
      ['phone_number = "+1"', []],
      ['username = "USER-005"', []],
    ])('match the filter %s', async (Filter, expected) => {
      await expect(names({ Filter })).resolves.toEqual(expected);
    });

    it('all match a blank filter', async () => {
      await expect(names({ Filter: ' ' })).resolves.toHaveLength(60);
    });

    it.each([
      ['email', 'Error while parsing filter.'],
      ['email = user', 'Error while parsing filter.'],
      ['email = "a" and name = "b"', 'Error while parsing filter.'],
      ['email != "a"', 'Error while parsing filter.'],
      ['custom:x = "a"', 'Invalid search attribute: custom:x'],
      ['locale = "a"', 'Invalid search attribute: locale'],
    ])('reject the filter %s', async (Filter, message) => {
      await expect(users({ Filter })).resolves.toMatchObject(refusal('InvalidParameterException', message));
    });

    it('contain only the requested attributes', async () => {
      const { body } = await users({ Limit: 1, AttributesToGet: ['email'] });
      expect(body['Users']).toMatchObject([{ Attributes: list({ email: 'user0@even.example.com' }) }]);
      expect((body['Users'] as { Attributes: unknown[] }[])[0]?.Attributes).toHaveLength(1);
      const none = await users({ Limit: 1, AttributesToGet: [] });
      expect((none.body['Users'] as { Attributes: unknown[] }[])[0]?.Attributes).toHaveLength(0);
    });
  });
});
