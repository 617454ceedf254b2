import { secretHash } from '../../lib/protocol/secret-hash.js';
import type { LocalPool } from '../../lib/testing/index.js';
import { type LocalService, startLocalService } from './local-service.js';
import { call, refusal, succeed } from './wire.js';

const PASSWORD = 'Correct-Horse-9';
const HOUR = 3_600_000;

describe('signing up', () => {
  let service: LocalService;

  beforeAll(async () => {
    service = await startLocalService({
      pools: [
        {
          name: 'plain',
          Schema: [
            { Name: 'email', Required: true },
            { Name: 'plan', AttributeDataType: 'String', StringAttributeConstraints: { MaxLength: '4' } },
            { Name: 'age', AttributeDataType: 'Number', NumberAttributeConstraints: { MinValue: '18' } },
            { Name: 'internal', AttributeDataType: 'String', DeveloperOnlyAttribute: true },
          ],
          clients: [
            { name: 'public' },
            { name: 'secret', secret: true },
            { name: 'quiet', PreventUserExistenceErrors: 'ENABLED' },
          ],
          users: [{ username: 'taken', password: PASSWORD, attributes: { email: 'taken@example.com' } }],
        },
        { name: 'closed', AdminCreateUserConfig: { AllowAdminCreateUserOnly: true } },
        { name: 'silent', AutoVerifiedAttributes: [] },
        { name: 'both', AutoVerifiedAttributes: ['email', 'phone_number'] },
        { name: 'emails', UsernameAttributes: ['email'] },
        { name: 'phones', UsernameAttributes: ['phone_number'] },
        { name: 'either', UsernameAttributes: ['email', 'phone_number'] },
        { name: 'aliases', AliasAttributes: ['email', 'phone_number'] },
        { name: 'folded', UsernameConfiguration: { CaseSensitive: false } },
      ],
    });
  });

  afterAll(() => service.stop());

  const pool = (name = 'plain'): LocalPool => service.cognito.pool(name);

  function signUp(poolName: string, input: object, client?: string) {
    return call(service.cognito.endpoint, 'SignUp', {
      ClientId: pool(poolName).client(client).id,
      Password: PASSWORD,
      ...input,
    });
  }

  const attributes = (values: Record<string, string>) => ({
    UserAttributes: Object.entries(values).map(([Name, Value]) => ({ Name, Value })),
  });

  it('creates an unconfirmed user and sends a code to the email address', async () => {
    const { status, body } = await signUp('plain', { Username: 'ann', ...attributes({ email: 'ann@example.com' }) });
    expect(status).toBe(200);
    expect(body).toMatchObject({
      UserConfirmed: false,
      UserSub: expect.stringMatching(/^[0-9a-f-]{36}$/) as string,
      CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'a***@e***' },
    });
    expect(service.cognito.outbox.latest({ to: 'ann@example.com' })).toMatchObject({
      kind: 'SignUp',
      medium: 'EMAIL',
      pool: 'plain',
      username: 'ann',
      code: expect.stringMatching(/^\d{6}$/) as string,
    });
  });

  it('takes a code only while the user has the address that received it', async () => {
    await signUp('plain', { Username: 'mover', ...attributes({ email: 'mover@example.com' }) });
    const { id: UserPoolId } = pool();
    const named = { UserPoolId, Username: 'mover' };
    await succeed(service.cognito.endpoint, 'AdminUpdateUserAttributes', {
      ...named,
      ...attributes({ phone_number: '+15550100', email: 'moved@example.com' }),
    });
    const identity = { ClientId: pool().client('public').id, Username: 'mover' };
    const confirm = (to: string) =>
      call(service.cognito.endpoint, 'ConfirmSignUp', {
        ...identity,
        ConfirmationCode: service.cognito.outbox.latest({ to })?.code,
      });
    const codeBefore = await confirm('mover@example.com');
    expect(codeBefore).toMatchObject(refusal('ExpiredCodeException'));
    await succeed(service.cognito.endpoint, 'ResendConfirmationCode', identity);
    await expect(confirm('moved@example.com')).resolves.toMatchObject({ status: 200 });
    await expect(succeed(service.cognito.endpoint, 'AdminGetUser', named)).resolves.toMatchObject({
      UserStatus: 'CONFIRMED',
      UserAttributes: expect.arrayContaining([{ Name: 'email_verified', Value: 'true' }]) as unknown,
    });
  });

  it('prefers SMS when the pool verifies both', async () => {
    const { body } = await signUp('both', {
      Username: 'bob',
      ...attributes({ email: 'bob@example.com', phone_number: '+15550009934' }),
    });
    expect(body['CodeDeliveryDetails']).toEqual({
      AttributeName: 'phone_number',
      DeliveryMedium: 'SMS',
      Destination: '+*******9934',
    });
  });

  it('returns no delivery details when the pool verifies nothing', async () => {
    const { body } = await signUp('silent', { Username: 'cat', ...attributes({ email: 'cat@example.com' }) });
    expect(body).not.toHaveProperty('CodeDeliveryDetails');
    await expect(
      call(service.cognito.endpoint, 'ResendConfirmationCode', {
        ClientId: pool('silent').client().id,
        Username: 'cat',
      }),
    ).resolves.toMatchObject(
      refusal('NotAuthorizedException', 'Cannot resend codes. Auto verification not turned on.'),
    );
  });

  const email = { email: 'new@example.com' };

  it.each<[string, object, string, string]>([
    ['plain', { Username: 'taken', ...attributes(email) }, 'UsernameExistsException', 'User already exists'],
    ['closed', { Username: 'x' }, 'NotAuthorizedException', 'SignUp is not permitted for this user pool'],
    [
      'plain',
      { Username: 'x' },
      'InvalidParameterException',
      'Attributes did not conform to the schema: email: The attribute is required\n',
    ],
    [
      'plain',
      { Username: 'x', ...attributes({ ...email, 'custom:none': '1' }) },
      'InvalidParameterException',
      'Attributes did not conform to the schema: custom:none: Attribute does not exist in the schema.\n',
    ],
    [
      'plain',
      { Username: 'x', ...attributes({ ...email, 'custom:plan': 'platinum' }) },
      'InvalidParameterException',
      expect.stringContaining('Attributes did not conform to the schema: custom:plan:') as string,
    ],
    [
      'plain',
      { Username: 'x', ...attributes({ ...email, 'custom:age': '17' }) },
      'InvalidParameterException',
      expect.stringContaining('Attributes did not conform to the schema: custom:age:') as string,
    ],
    [
      'plain',
      { Username: 'x', ...attributes({ ...email, 'custom:age': 'old' }) },
      'InvalidParameterException',
      expect.stringContaining('Attributes did not conform to the schema: custom:age:') as string,
    ],
    [
      'plain',
      { Username: 'x', ...attributes({ email: 'none' }) },
      'InvalidParameterException',
      'Invalid email address format.',
    ],
    [
      'plain',
      { Username: 'x', ...attributes({ ...email, phone_number: '0123' }) },
      'InvalidParameterException',
      'Invalid phone number format.',
    ],
    [
      'plain',
      { Username: 'x', ...attributes({ ...email, email_verified: 'true' }) },
      'NotAuthorizedException',
      'A client attempted to write unauthorized attribute',
    ],
    [
      'plain',
      { Username: 'x', ...attributes({ ...email, 'dev:custom:internal': '1' }) },
      'NotAuthorizedException',
      'A client attempted to write unauthorized attribute',
    ],
    ['emails', { Username: 'x' }, 'InvalidParameterException', 'Username should be an email.'],
    ['phones', { Username: 'x' }, 'InvalidParameterException', 'Username should be a phone number.'],
    ['either', { Username: 'x' }, 'InvalidParameterException', 'Username should be either an email or a phone number.'],
    [
      'aliases',
      { Username: 'x@example.com' },
      'InvalidParameterException',
      'Username cannot be of email format, since user pool is configured for email alias.',
    ],
  ])('rejects in pool %s: %j', async (poolName, input, exception, message) => {
    await expect(signUp(poolName, input)).resolves.toMatchObject(refusal(exception, message));
  });

  it.each([
    ['Aa1-aaa', 'Password not long enough'],
    ['aaaaaa1-', 'Password must have uppercase characters'],
    ['AAAAAA1-', 'Password must have lowercase characters'],
    ['AAAAaaa-', 'Password must have numeric characters'],
    ['AAAAaaa1', 'Password must have symbol characters'],
  ])('rejects the password %s', async (Password, reason) => {
    await expect(signUp('plain', { Username: 'x', Password, ...attributes(email) })).resolves.toMatchObject(
      refusal('InvalidPasswordException', `Password did not conform with policy: ${reason}`),
    );
  });

  it('counts a space inside a password as a symbol', async () => {
    const input = { Username: 'spacious', Password: 'Correct Horse 9', ...attributes({ email: 's@example.com' }) };
    await expect(signUp('plain', input)).resolves.toMatchObject({ status: 200 });
  });

  it("rejects another unconfirmed user's email in pools with email usernames", async () => {
    await signUp('emails', { Username: 'dup@example.com' });
    await expect(signUp('emails', { Username: 'dup@example.com' })).resolves.toMatchObject(
      refusal('UsernameExistsException', 'An account with the given email already exists.'),
    );
  });

  it('distinguishes usernames by case only in case-sensitive pools', async () => {
    await signUp('folded', { Username: 'Ann' });
    await expect(signUp('folded', { Username: 'ANN' })).resolves.toMatchObject(refusal('UsernameExistsException'));
    await signUp('silent', { Username: 'Ann' });
    await expect(signUp('silent', { Username: 'ANN' })).resolves.toMatchObject({ status: 200 });
  });

  describe('with a client that has a secret', () => {
    const secretPool = () => pool().client('secret');

    it('requires the hash of the username in the request', async () => {
      const { id, secret = '' } = secretPool();
      const input = { Username: 'sue', ...attributes({ email: 'sue@example.com' }) };
      await expect(signUp('plain', input, 'secret')).resolves.toMatchObject(
        refusal('NotAuthorizedException', `Client ${id} is configured with secret but SECRET_HASH was not received`),
      );
      await expect(
        signUp('plain', { ...input, SecretHash: secretHash('other', id, secret) }, 'secret'),
      ).resolves.toMatchObject(refusal('NotAuthorizedException', `Unable to verify secret hash for client ${id}`));
      await expect(
        signUp('plain', { ...input, SecretHash: secretHash('sue', id, secret) }, 'secret'),
      ).resolves.toMatchObject({ status: 200 });
    });
  });

  it('rejects an unknown client', async () => {
    const input = { ClientId: 'nosuchclient', Username: 'x', Password: PASSWORD };
    await expect(call(service.cognito.endpoint, 'SignUp', input)).resolves.toMatchObject(
      refusal('ResourceNotFoundException', 'User pool client nosuchclient does not exist.'),
    );
  });

  describe('confirming', () => {
    let counter = 0;

    async function unconfirmed(): Promise<{ Username: string; code: string }> {
      const Username = `user${++counter}`;
      const address = `${Username}@example.net`;
      const { status } = await signUp('plain', { Username, ...attributes({ email: address }) });
      expect(status).toBe(200);
      return { Username, code: service.cognito.outbox.latest({ to: address })?.code ?? '' };
    }

    const confirm = (Username: string, ConfirmationCode: string, client = 'public') =>
      call(service.cognito.endpoint, 'ConfirmSignUp', {
        ClientId: pool().client(client).id,
        Username,
        ConfirmationCode,
      });

    const resend = (Username: string, client = 'public') =>
      call(service.cognito.endpoint, 'ResendConfirmationCode', { ClientId: pool().client(client).id, Username });

    it('marks the address as verified', async () => {
      const { Username, code } = await unconfirmed();
      await expect(confirm(Username, code)).resolves.toMatchObject({ status: 200, body: {} });
      const { UserStatus, UserAttributes } = await succeed(service.cognito.endpoint, 'AdminGetUser', {
        UserPoolId: pool().id,
        Username,
      });
      expect(UserStatus).toBe('CONFIRMED');
      expect(UserAttributes).toContainEqual({ Name: 'email_verified', Value: 'true' });
    });

    it('rejects a wrong code, then too many attempts', async () => {
      const { Username, code } = await unconfirmed();
      const wrong = code === '000000' ? '111111' : '000000';
      for (let attempt = 0; attempt < 15; attempt++) {
        await expect(confirm(Username, wrong)).resolves.toMatchObject(
          refusal('CodeMismatchException', 'Invalid verification code provided, please try again.'),
        );
      }
      await expect(confirm(Username, code)).resolves.toMatchObject(
        refusal('LimitExceededException', 'Attempt limit exceeded, please try after some time.'),
      );
      service.pass(HOUR);
      await expect(confirm(Username, code)).resolves.toMatchObject({ status: 200 });
    });

    it('rejects a code from the day before and accepts a new one', async () => {
      const { Username, code } = await unconfirmed();
      service.pass(24 * HOUR);
      await expect(confirm(Username, code)).resolves.toMatchObject(
        refusal('ExpiredCodeException', 'Invalid code provided, please request a code again.'),
      );
      await expect(resend(Username)).resolves.toMatchObject({
        status: 200,
        body: { CodeDeliveryDetails: { Destination: 'u***@e***' } },
      });
      const { code: renewed = '' } = service.cognito.outbox.latest({ username: Username, kind: 'ResendCode' }) ?? {};
      await expect(confirm(Username, renewed)).resolves.toMatchObject({ status: 200 });
    });

    it('rejects a user who is already confirmed', async () => {
      await expect(confirm('taken', '123456')).resolves.toMatchObject(
        refusal('NotAuthorizedException', 'User cannot be confirmed. Current status is CONFIRMED'),
      );
      await expect(resend('taken')).resolves.toMatchObject(
        refusal('InvalidParameterException', 'User is already confirmed.'),
      );
    });

    it('sends five codes an hour', async () => {
      const { Username } = await unconfirmed();
      for (let attempt = 0; attempt < 5; attempt++) {
        await expect(resend(Username)).resolves.toMatchObject({ status: 200 });
      }
      await expect(resend(Username)).resolves.toMatchObject(refusal('LimitExceededException'));
    });

    it('reveals an unknown user, unless the client has PreventUserExistenceErrors', async () => {
      const unknown = refusal('UserNotFoundException', 'Username/client id combination not found.');
      await expect(confirm('nobody', '123456')).resolves.toMatchObject(unknown);
      await expect(resend('nobody')).resolves.toMatchObject(unknown);
      await expect(confirm('nobody', '123456', 'quiet')).resolves.toMatchObject(refusal('ExpiredCodeException'));
      await expect(resend('nobody', 'quiet')).resolves.toMatchObject({
        status: 200,
        body: { CodeDeliveryDetails: { AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'n***@u***' } },
      });
    });
  });

  describe('triggers', () => {
    it('can confirm and verify at once, and receive the confirmed user', async () => {
      const seen: string[] = [];
      const triggered = await startLocalService({
        triggers: {
          preSignUp: (event) => {
            seen.push(`${event.triggerSource} ${String(event.request.validationData?.['door'])}`);
            event.response.autoConfirmUser = true;
            event.response.autoVerifyEmail = true;
            return event;
          },
          postConfirmation: (event) => {
            seen.push(`${event.triggerSource} ${String(event.request.userAttributes['email_verified'])}`);
            return event;
          },
        },
      });
      const { body } = await call(triggered.cognito.endpoint, 'SignUp', {
        ClientId: triggered.cognito.pool().client().id,
        Username: 'tina',
        Password: PASSWORD,
        ...attributes({ email: 'tina@example.com' }),
        ValidationData: [{ Name: 'door', Value: 'blue' }],
      });
      expect(body).toMatchObject({ UserConfirmed: true });
      expect(body).not.toHaveProperty('CodeDeliveryDetails');
      expect(seen).toEqual(['PreSignUp_SignUp blue', 'PostConfirmation_ConfirmSignUp true']);
      await triggered.stop();
    });

    it('can reject a sign-up', async () => {
      const triggered = await startLocalService({
        triggers: {
          preSignUp: () => {
            throw new Error('not from here');
          },
        },
      });
      const { endpoint } = triggered.cognito;
      const input = { ClientId: triggered.cognito.pool().client().id, Username: 'tom', Password: PASSWORD };
      await expect(call(endpoint, 'SignUp', input)).resolves.toMatchObject(
        refusal('UserLambdaValidationException', 'PreSignUp failed with error not from here.'),
      );
      const { Users } = await succeed(endpoint, 'ListUsers', { UserPoolId: triggered.cognito.pool().id });
      expect(Users).toEqual([]);
      await triggered.stop();
    });
  });
});
