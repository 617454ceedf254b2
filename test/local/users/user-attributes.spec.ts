import { type LocalService, startLocalService } from '../local-service.js';
import { refusal } from '../wire.js';
import { byName, invalid, listed, PASSWORD, PoolCalls } from './support.js';

const EMAIL_MISMATCH = 'User email should be empty or same as username, since username attribute is email.';
const PHONE_MISMATCH =
  'User phone_number should be empty or same as username, since username attribute is phone_number.';
const PREFERRED = 'Preferred username cannot be provided for unconfirmed account';

let service: LocalService;

beforeAll(async () => {
  service = await startLocalService({
    pools: [
      {
        name: 'plain',
        Schema: [
          { Name: 'level', AttributeDataType: 'Number', NumberAttributeConstraints: { MinValue: '1', MaxValue: '9' } },
          { Name: 'plan', AttributeDataType: 'String', StringAttributeConstraints: { MinLength: '2', MaxLength: '4' } },
          { Name: 'active', AttributeDataType: 'Boolean' },
          { Name: 'since', AttributeDataType: 'DateTime' },
          { Name: 'origin', AttributeDataType: 'String', Mutable: false },
        ],
        users: [{ username: 'ann', password: PASSWORD, attributes: { email: 'ann@example.com' } }],
      },
      { name: 'emails', UsernameAttributes: ['email'] },
      { name: 'phones', UsernameAttributes: ['phone_number'] },
      { name: 'either', UsernameAttributes: ['email', 'phone_number'] },
      { name: 'folded', UsernameAttributes: ['email'], UsernameConfiguration: { CaseSensitive: false } },
      { name: 'aliases', AliasAttributes: ['email', 'preferred_username'] },
    ],
  });
});

afterAll(() => service.stop());

const pool = (name: string) => new PoolCalls(service, name);

describe('SignUp / AdminCreateUser with `sub` among the attributes', () => {
  const SUB = { sub: '11111111-2222-4333-8444-555555555555' };
  const refused = invalid('Cannot modify the non-mutable attribute sub');

  it('is refused at SignUp', async () => {
    expect(await pool('plain').signUp('s1', SUB)).toMatchObject(refused);
  });

  it('is refused at AdminCreateUser, and creates nobody', async () => {
    expect(await pool('plain').create('s2', SUB)).toMatchObject(refused);
    expect(await pool('plain').admin('AdminGetUser', { Username: 's2' })).toMatchObject(
      refusal('UserNotFoundException', 'User does not exist.'),
    );
  });

  it('is refused at both updates', async () => {
    const input = { UserAttributes: listed(SUB) };
    expect(await pool('plain').admin('AdminUpdateUserAttributes', { Username: 'ann', ...input })).toMatchObject(
      refused,
    );
    expect(await pool('plain').self('ann', 'UpdateUserAttributes', input)).toMatchObject(refused);
  });
});

describe('UsernameAttributes pool, attribute of that kind differs from the username', () => {
  it.each([
    ['emails', 'a@example.com', { email: 'b@example.com' }, EMAIL_MISMATCH],
    ['emails', 'a@example.com', { email: 'A@example.com' }, EMAIL_MISMATCH],
    ['phones', '+15550000001', { phone_number: '+15550000002' }, PHONE_MISMATCH],
    ['either', 'a@example.com', { email: 'b@example.com' }, EMAIL_MISMATCH],
    ['either', '+15550000001', { phone_number: '+15550000002' }, PHONE_MISMATCH],
    ['folded', 'a@example.com', { email: 'b@example.com' }, EMAIL_MISMATCH],
  ])('%s: %s with %j is refused', async (name, username, attributes, message) => {
    expect(await pool(name).signUp(username, attributes)).toMatchObject(invalid(message));
    expect(await pool(name).create(username, attributes)).toMatchObject(invalid(message));
  });

  it.each([
    ['emails', 'same@example.com', { email: 'same@example.com' }, { email: 'same@example.com' }],
    ['emails', 'empty@example.com', { email: '' }, { email: 'empty@example.com' }],
    ['emails', 'none@example.com', {}, { email: 'none@example.com' }],
    ['phones', '+15550000003', {}, { phone_number: '+15550000003' }],
    [
      'either',
      'both@example.com',
      { phone_number: '+15550000004' },
      { email: 'both@example.com', phone_number: '+15550000004' },
    ],
    ['folded', 'case@example.com', { email: 'Case@Example.com' }, { email: 'Case@Example.com' }],
  ])('%s: %s with %j is accepted', async (name, username, attributes, expected) => {
    expect(await pool(name).signUp(username, attributes)).toMatchObject({ status: 200 });
    expect(await pool(name).attributes(username)).toMatchObject(expected);
  });
});

describe('preferred_username at SignUp', () => {
  it('is refused where it is an alias', async () => {
    expect(await pool('aliases').signUp('p1', { preferred_username: 'pretty' })).toMatchObject(invalid(PREFERRED));
  });

  it('is accepted where it is none, and when an administrator creates the user', async () => {
    expect(await pool('plain').signUp('p2', { preferred_username: 'pretty' })).toMatchObject({ status: 200 });
    expect(await pool('aliases').create('p3', { preferred_username: 'pretty' })).toMatchObject({ status: 200 });
  });
});

describe('usernames that look like aliases', () => {
  it('are refused', async () => {
    const refused = invalid('Username cannot be of email format, since user pool is configured for email alias.');
    expect(await pool('aliases').signUp('a@example.com')).toMatchObject(refused);
    expect(await pool('aliases').create('a@example.com')).toMatchObject(refused);
  });
});

describe('values of attributes', () => {
  const schema = (text: string) => invalid(`Attributes did not conform to the schema: ${text}\n`);

  it.each([
    [{ birthdate: '1990-1-1' }, schema('birthdate: String must be no shorter than 10 characters')],
    [{ birthdate: '1990-01-001' }, schema('birthdate: String must be no longer than 10 characters')],
    [{ 'custom:plan': 'x' }, schema('custom:plan: String must be no shorter than 2 characters')],
    [{ 'custom:plan': 'xxxxx' }, schema('custom:plan: String must be no longer than 4 characters')],
    [{ 'custom:gone': 'x' }, schema('custom:gone: Attribute does not exist in the schema.')],
    [{ email: 'nobody' }, invalid('Invalid email address format.')],
    [{ phone_number: '5550001' }, invalid('Invalid phone number format.')],
    [{ phone_number: '' }, invalid('Invalid phone number format.')],
  ])('%j is refused', async (attributes, refused) => {
    expect(await pool('plain').signUp('value', attributes)).toMatchObject(refused);
  });

  it.each([
    '2026-11-27',
    '2026-11-27T20:38Z',
    '2026-11-27T20:38:57.123+01:00',
    '2024-02-29T00:00:00',
    '1795811937',
    '0',
  ])('%s is a DateTime', async (since) => {
    const UserAttributes = listed({ 'custom:since': since });
    await expect(
      pool('plain').admin('AdminUpdateUserAttributes', { Username: 'ann', UserAttributes }),
    ).resolves.toMatchObject({ status: 200 });
  });

  it.each(['yesterday', '2026-13-01', '2026-02-30', '2026-11-27T25:00:00Z', '27.11.2026', ' 2026-11-27', '1e3', '-'])(
    '%j is no DateTime',
    async (since) => {
      const refused = schema('custom:since: Attribute value is not a date and time');
      const UserAttributes = listed({ 'custom:since': since });
      expect(await pool('plain').signUp('value', { 'custom:since': since })).toMatchObject(refused);
      expect(await pool('plain').create('value', { 'custom:since': since })).toMatchObject(refused);
      expect(await pool('plain').admin('AdminUpdateUserAttributes', { Username: 'ann', UserAttributes })).toMatchObject(
        refused,
      );
      expect(await pool('plain').self('ann', 'UpdateUserAttributes', { UserAttributes })).toMatchObject(refused);
    },
  );

  it('are checked when NEW_PASSWORD_REQUIRED sets them', async () => {
    const answer = async (attribute: string, value: string) => {
      const { Session } = (await pool('plain').signIn('fresh')).body;
      const ChallengeResponses = {
        ...{ USERNAME: 'fresh', NEW_PASSWORD: 'Battery-Staple-7' },
        [`userAttributes.${attribute}`]: value,
      };
      return pool('plain').client('RespondToAuthChallenge', {
        ...{ ChallengeName: 'NEW_PASSWORD_REQUIRED', Session, ChallengeResponses },
      });
    };
    await pool('plain').create('fresh', { 'custom:origin': 'shop' }, { TemporaryPassword: PASSWORD });
    expect(await answer('custom:gone', 'x')).toMatchObject(
      schema('custom:gone: Attribute does not exist in the schema.'),
    );
    expect(await answer('custom:level', '10')).toMatchObject(
      schema('custom:level: Attribute value is not a number in the allowed range'),
    );
    expect(await answer('email', 'nobody')).toMatchObject(invalid('Invalid email address format.'));
    expect(await answer('identities', '[]')).toMatchObject(
      invalid('Cannot modify the non-mutable attribute identities'),
    );
    expect(await answer('custom:origin', 'web')).toMatchObject(
      invalid('user.custom:origin: Attribute cannot be updated. (changing an immutable attribute)'),
    );
    expect(await answer('custom:level', '5')).toMatchObject({ status: 200 });
    expect(await pool('plain').attributes('fresh')).toMatchObject({ 'custom:level': '5', 'custom:origin': 'shop' });
  });

  it('that do not exist, a hundred thousand, are answered by a message that ends', async () => {
    const many = Object.fromEntries(Array.from({ length: 100_000 }, (_, number) => [`custom:${number}`, 'x']));
    for (const answer of [await pool('plain').signUp('many', many), await pool('plain').create('many', many)]) {
      expect(answer.body['__type']).toBe('InvalidParameterException');
      expect(String(answer.body['message']).length).toBeLessThan(33_000);
      expect(answer.body['message']).toMatch(/^Attributes did not conform to the schema: custom:0: .*…\n$/s);
    }
  });

  it.each([{ 'custom:level': '0' }, { 'custom:level': '10' }, { 'custom:level': 'x' }, { 'custom:active': 'yes' }])(
    '%j is refused',
    async (attributes) => {
      expect(await pool('plain').signUp('value', attributes)).toMatchObject(refusal('InvalidParameterException'));
    },
  );

  it('may be of an immutable attribute at the creation, not later', async () => {
    expect(await pool('plain').signUp('fixed', { 'custom:origin': 'web' })).toMatchObject({ status: 200 });
    expect(
      await pool('plain').admin('AdminUpdateUserAttributes', {
        Username: 'fixed',
        UserAttributes: listed({ 'custom:origin': 'app' }),
      }),
    ).toMatchObject(invalid('user.custom:origin: Attribute cannot be updated. (changing an immutable attribute)'));
  });
});

describe('AdminCreateUser, AdminUpdateUserAttributes with email_verified "True"', () => {
  it('accept it, keep it as it was written, and count it as true', async () => {
    const aliases = pool('aliases');
    const email = 'true@example.com';
    const { body } = await aliases.create('t1', { email, email_verified: 'True' });
    expect(byName((body['User'] as { Attributes: unknown }).Attributes)).toMatchObject({ email_verified: 'True' });
    expect(await aliases.admin('AdminGetUser', { Username: email })).toMatchObject({ body: { Username: 't1' } });
    expect(await aliases.create('t2', { email, email_verified: 'TRUE' })).toMatchObject(
      refusal('UsernameExistsException', 'An account with the given email already exists.'),
    );
    await aliases.admin('AdminUpdateUserAttributes', {
      Username: 't1',
      UserAttributes: listed({ email_verified: 'False' }),
    });
    expect(await aliases.attributes('t1')).toMatchObject({ email_verified: 'False' });
    expect(await aliases.admin('AdminGetUser', { Username: email })).toMatchObject({ status: 400 });
  });

  it('is a boolean in the ID token', async () => {
    await pool('plain').admin('AdminUpdateUserAttributes', {
      Username: 'ann',
      UserAttributes: listed({ email_verified: 'True' }),
    });
    const { body } = await pool('plain').signIn('ann');
    const { IdToken } = body['AuthenticationResult'] as { readonly IdToken: string };
    const claims = JSON.parse(Buffer.from(IdToken.split('.')[1] ?? '', 'base64url').toString()) as object;
    expect(claims).toMatchObject({ email_verified: true });
  });

  it.each([
    ['email', 'Email is required to verify/un-verify an email'],
    ['phone_number', 'Phone Number is required to verify/un-verify a phone number'],
  ])('needs the address: %s', async (name, message) => {
    await pool('plain').create(`flag-${name}`);
    const UserAttributes = listed({ [`${name}_verified`]: 'true' });
    expect(
      await pool('plain').admin('AdminUpdateUserAttributes', { Username: `flag-${name}`, UserAttributes }),
    ).toMatchObject(invalid(message));
  });
});

describe('GetUserAttributeVerificationCode', () => {
  it.each([
    ['nickname', 'Invalid attribute name. Only phone_number and email can be verified.'],
    ['phone_number', 'User does not have a valid registered phone number'],
  ])('%s', async (AttributeName, message) => {
    expect(await pool('plain').self('ann', 'GetUserAttributeVerificationCode', { AttributeName })).toMatchObject(
      invalid(message),
    );
  });

  it('email that the user does not have', async () => {
    await pool('plain').admin('AdminDeleteUserAttributes', { Username: 'ann', UserAttributeNames: ['email'] });
    expect(await pool('plain').attributes('ann')).not.toHaveProperty('email_verified');
    expect(
      await pool('plain').self('ann', 'GetUserAttributeVerificationCode', { AttributeName: 'email' }),
    ).toMatchObject(invalid('User does not have a valid registered email address'));
  });
});
