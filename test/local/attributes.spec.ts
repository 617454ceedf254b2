import { type LocalService, startLocalService } from './local-service.js';
import { call, refusal, succeed } from './wire.js';

const PASSWORD = 'Correct-Horse-9';
const DAY = 24 * 3_600_000;

const list = (values: Record<string, string>) => Object.entries(values).map(([Name, Value]) => ({ Name, Value }));

describe('attributes', () => {
  let service: LocalService;
  let endpoint: string;
  let counter = 0;

  beforeAll(async () => {
    service = await startLocalService({
      pools: [
        {
          name: 'default',
          Schema: [
            { Name: 'name', Required: true },
            { Name: 'birthdate', Mutable: false },
            { Name: 'tier', AttributeDataType: 'String' },
            { Name: 'flag', AttributeDataType: 'Boolean' },
          ],
          clients: [{ name: 'public' }, { name: 'narrow', WriteAttributes: ['name', 'nickname'] }],
        },
        {
          name: 'careful',
          UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
          AliasAttributes: ['email'],
        },
        { name: 'emails', UsernameAttributes: ['email'] },
        { name: 'silent', AutoVerifiedAttributes: [] },
        { name: 'names', AliasAttributes: ['preferred_username'] },
      ],
    });
    ({ endpoint } = service.cognito);
  });

  afterAll(() => service.stop());

  interface Person {
    readonly username: string;
    readonly email: string;
    readonly AccessToken: string;
    readonly pool: string;
  }

  /** A new signed-in user for each test. */
  async function person(pool = 'default', client = 'public'): Promise<Person> {
    const email = `user${++counter}@example.com`;
    const username = pool === 'emails' ? email : `user${counter}`;
    const local = service.cognito.pool(pool);
    local.createUser({ username, password: PASSWORD, attributes: { email, name: 'U' } });
    const { AuthenticationResult } = await succeed(endpoint, 'InitiateAuth', {
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: local.client(client).id,
      AuthParameters: { USERNAME: username, PASSWORD },
    });
    return { username, email, pool, AccessToken: (AuthenticationResult as { AccessToken: string }).AccessToken };
  }

  const update = ({ AccessToken }: Person, values: Record<string, string>) =>
    call(endpoint, 'UpdateUserAttributes', { AccessToken, UserAttributes: list(values) });

  const adminUpdate = ({ username, pool }: Person, values: Record<string, string>) =>
    call(endpoint, 'AdminUpdateUserAttributes', {
      UserPoolId: service.cognito.pool(pool).id,
      Username: username,
      UserAttributes: list(values),
    });

  const remove = ({ AccessToken }: Person, ...UserAttributeNames: string[]) =>
    call(endpoint, 'DeleteUserAttributes', { AccessToken, UserAttributeNames });

  const verify = ({ AccessToken }: Person, AttributeName: string, Code: string) =>
    call(endpoint, 'VerifyUserAttribute', { AccessToken, AttributeName, Code });

  async function attributesOf({ AccessToken }: Person): Promise<Record<string, string>> {
    const { UserAttributes } = await succeed(endpoint, 'GetUser', { AccessToken });
    return Object.fromEntries(
      (UserAttributes as { Name: string; Value: string }[]).map(({ Name, Value }) => [Name, Value]),
    );
  }

  const codeFor = (to: string) => service.cognito.outbox.latest({ to })?.code ?? 'none';

  it('are changed and removed by the user', async () => {
    const ann = await person();
    await expect(update(ann, { nickname: 'Annie', 'custom:tier': 'gold' })).resolves.toMatchObject({
      status: 200,
      body: { CodeDeliveryDetailsList: [] },
    });
    await expect(attributesOf(ann)).resolves.toMatchObject({ nickname: 'Annie', 'custom:tier': 'gold' });
    await expect(remove(ann, 'nickname')).resolves.toMatchObject({ status: 200, body: {} });
    await update(ann, { 'custom:tier': '' });
    const left = await attributesOf(ann);
    expect(left).not.toHaveProperty('nickname');
    expect(left).not.toHaveProperty(['custom:tier']);
  });

  it('a new email address is unverified until its code is confirmed', async () => {
    const ann = await person();
    const next = `next.${ann.email}`;
    const { body } = await update(ann, { email: next });
    expect(body).toEqual({
      CodeDeliveryDetailsList: [{ AttributeName: 'email', DeliveryMedium: 'EMAIL', Destination: 'n***@e***' }],
    });
    await expect(attributesOf(ann)).resolves.toMatchObject({ email: next, email_verified: 'false' });
    await expect(verify(ann, 'email', 'wrong')).resolves.toMatchObject(
      refusal('CodeMismatchException', 'Invalid verification code provided, please try again.'),
    );
    await expect(verify(ann, 'email', codeFor(next))).resolves.toMatchObject({ status: 200, body: {} });
    await expect(attributesOf(ann)).resolves.toMatchObject({ email: next, email_verified: 'true' });
    await expect(verify(ann, 'email', codeFor(next))).resolves.toMatchObject(refusal('ExpiredCodeException'));
  });

  it.each([
    ['changed by the user', 'silent', (ann: Person) => update(ann, { email: `later.${ann.email}` })],
    ['changed by an administrator', 'silent', (ann: Person) => adminUpdate(ann, { email: `later.${ann.email}` })],
    ['deleted', 'default', (ann: Person) => remove(ann, 'email')],
    ['set to an empty text', 'default', (ann: Person) => update(ann, { email: '' })],
  ])('a code proves nothing about an address that was %s after it was sent', async (_, poolName, change) => {
    const ann = await person(poolName);
    await succeed(endpoint, 'GetUserAttributeVerificationCode', {
      AccessToken: ann.AccessToken,
      AttributeName: 'email',
    });
    const code = codeFor(ann.email);
    await expect(change(ann)).resolves.toMatchObject({ status: 200 });
    await expect(verify(ann, 'email', code)).resolves.toMatchObject(refusal('ExpiredCodeException'));
    const { email_verified: flag = 'false' } = await attributesOf(ann);
    expect(flag).toBe('false');
  });

  it('a deleted address leaves no new address that waits for its code', async () => {
    const ann = await person('careful');
    const next = `next.${ann.email}`;
    await update(ann, { email: next });
    await expect(remove(ann, 'email')).resolves.toMatchObject({ status: 200 });
    await expect(verify(ann, 'email', codeFor(next))).resolves.toMatchObject(refusal('ExpiredCodeException'));
    await expect(attributesOf(ann)).resolves.not.toHaveProperty('email');
  });

  it('setting the same email address again changes nothing', async () => {
    const ann = await person();
    await expect(update(ann, { email: ann.email })).resolves.toMatchObject({ body: { CodeDeliveryDetailsList: [] } });
    await expect(attributesOf(ann)).resolves.toMatchObject({ email_verified: 'true' });
  });

  it('a verified address stays until the new one is verified in pools with AttributesRequireVerificationBeforeUpdate', async () => {
    const ann = await person('careful');
    const next = `next.${ann.email}`;
    await update(ann, { email: next });
    await expect(attributesOf(ann)).resolves.toMatchObject({ email: ann.email, email_verified: 'true' });
    await verify(ann, 'email', codeFor(next));
    await expect(attributesOf(ann)).resolves.toMatchObject({ email: next, email_verified: 'true' });
  });

  it("another user's alias is rejected when it would become an alias", async () => {
    const [ann, bob] = [await person('careful'), await person('careful')];
    await update(bob, { email: ann.email });
    await expect(verify(bob, 'email', codeFor(ann.email))).resolves.toMatchObject(
      refusal('AliasExistsException', 'An account with the given email already exists.'),
    );
    await expect(attributesOf(bob)).resolves.toMatchObject({ email: bob.email });
  });

  it("another user's email username or preferred username is rejected at once", async () => {
    const [ann, bob] = [await person('emails'), await person('emails')];
    await expect(update(bob, { email: ann.email })).resolves.toMatchObject(
      refusal('AliasExistsException', 'An account with the given email already exists.'),
    );
    const [cat, dan] = [await person('names'), await person('names')];
    await expect(update(cat, { preferred_username: 'boss' })).resolves.toMatchObject({ status: 200 });
    await expect(update(dan, { preferred_username: 'boss' })).resolves.toMatchObject(
      refusal('AliasExistsException', 'An account with the given preferred_username already exists.'),
    );
  });

  it.each<[string, Record<string, string>, string, string]>([
    ['public', { sub: 'x' }, 'InvalidParameterException', 'Cannot modify the non-mutable attribute sub'],
    [
      'public',
      { birthdate: '2000-01-01' },
      'InvalidParameterException',
      'user.birthdate: Attribute cannot be updated. (changing an immutable attribute)',
    ],
    [
      'public',
      { 'custom:none': 'x' },
      'InvalidParameterException',
      'user.custom:none: Attribute does not exist in the schema.\n',
    ],
    [
      'public',
      { email_verified: 'true' },
      'NotAuthorizedException',
      'A client attempted to write unauthorized attribute',
    ],
    ['narrow', { locale: 'de' }, 'NotAuthorizedException', 'A client attempted to write unauthorized attribute'],
    ['public', { email: 'none' }, 'InvalidParameterException', 'Invalid email address format.'],
    ['public', { phone_number: '123' }, 'InvalidParameterException', 'Invalid phone number format.'],
    [
      'public',
      { name: '' },
      'InvalidParameterException',
      'Attributes did not conform to the schema: name: The attribute is required\n',
    ],
    [
      'public',
      { 'custom:flag': 'maybe' },
      'InvalidParameterException',
      expect.stringContaining('Attributes did not conform to the schema: custom:flag:') as string,
    ],
  ])('client %s: the change %j is rejected', async (client, values, exception, message) => {
    await expect(update(await person('default', client), values)).resolves.toMatchObject(refusal(exception, message));
  });

  it.each([
    ['name', 'Invalid user attributes: user.name: Attribute cannot be deleted.\n'],
    ['custom:none', 'Invalid user attributes: user.custom:none: Attribute does not exist in the schema.\n'],
  ])('%s cannot be deleted', async (name, message) => {
    await expect(remove(await person(), name)).resolves.toMatchObject(refusal('InvalidParameterException', message));
  });

  describe('verification codes', () => {
    const request = ({ AccessToken }: Person, AttributeName: string) =>
      call(endpoint, 'GetUserAttributeVerificationCode', { AccessToken, AttributeName });

    it('are sent at most five times an hour', async () => {
      const ann = await person();
      for (let attempt = 0; attempt < 5; attempt++) {
        await expect(request(ann, 'email')).resolves.toMatchObject({
          status: 200,
          body: { CodeDeliveryDetails: { AttributeName: 'email', Destination: 'u***@e***' } },
        });
      }
      expect(service.cognito.outbox.latest({ to: ann.email })).toMatchObject({ kind: 'VerifyUserAttribute' });
      await expect(request(ann, 'email')).resolves.toMatchObject(refusal('LimitExceededException'));
      await expect(verify(ann, 'email', codeFor(ann.email))).resolves.toMatchObject({ status: 200 });
    });

    it('expire after a day', async () => {
      const ann = await person();
      await request(ann, 'email');
      service.pass(DAY - 60_000);
      const again = await person();
      expect(again.username).not.toBe(ann.username);
      service.pass(60_000);
      const { AuthenticationResult } = await succeed(endpoint, 'InitiateAuth', {
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: service.cognito.pool().client().id,
        AuthParameters: { USERNAME: ann.username, PASSWORD },
      });
      const { AccessToken } = AuthenticationResult as { AccessToken: string };
      await expect(verify({ ...ann, AccessToken }, 'email', codeFor(ann.email))).resolves.toMatchObject(
        refusal('ExpiredCodeException', 'Invalid code provided, please request a code again.'),
      );
    });

    it('can be tried fifteen times an hour', async () => {
      const ann = await person();
      await request(ann, 'email');
      for (let attempt = 0; attempt < 15; attempt++) {
        await verify(ann, 'email', 'wrong');
      }
      await expect(verify(ann, 'email', codeFor(ann.email))).resolves.toMatchObject(refusal('LimitExceededException'));
    });

    it('require an address that the user has', async () => {
      const ann = await person();
      await expect(request(ann, 'phone_number')).resolves.toMatchObject(refusal('InvalidParameterException'));
      await expect(request(ann, 'nickname')).resolves.toMatchObject(refusal('InvalidParameterException'));
    });
  });

  describe('changed by an administrator', () => {
    const admin = (operation: string, { username, pool }: Person, more: object) =>
      call(endpoint, operation, { UserPoolId: service.cognito.pool(pool).id, Username: username, ...more });

    it('are changed, verified and removed', async () => {
      const ann = await person();
      await expect(
        admin('AdminUpdateUserAttributes', ann, {
          UserAttributes: list({ email: `new.${ann.email}`, email_verified: 'true', nickname: 'N' }),
        }),
      ).resolves.toMatchObject({ status: 200, body: {} });
      await expect(attributesOf(ann)).resolves.toMatchObject({ email: `new.${ann.email}`, email_verified: 'true' });
      expect(service.cognito.outbox.all({ to: `new.${ann.email}` })).toEqual([]);
      await admin('AdminDeleteUserAttributes', ann, { UserAttributeNames: ['email', 'nickname'] });
      expect(Object.keys(await attributesOf(ann))).toEqual(['sub', 'name']);
    });

    it('are unverified and receive a code by default', async () => {
      const ann = await person();
      await admin('AdminUpdateUserAttributes', ann, { UserAttributes: list({ email: `new.${ann.email}` }) });
      await expect(attributesOf(ann)).resolves.toMatchObject({ email_verified: 'false' });
      await expect(verify(ann, 'email', codeFor(`new.${ann.email}`))).resolves.toMatchObject({ status: 200 });
    });

    it("cannot take another user's alias", async () => {
      const [ann, bob] = [await person('careful'), await person('careful')];
      await expect(
        admin('AdminUpdateUserAttributes', bob, { UserAttributes: list({ email: ann.email, email_verified: 'true' }) }),
      ).resolves.toMatchObject(refusal('AliasExistsException', 'An account with the given email already exists.'));
    });
  });
});
