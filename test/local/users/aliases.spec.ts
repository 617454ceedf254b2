import { type LocalService, startLocalService } from '../local-service.js';
import { refusal } from '../wire.js';
import { listed, PASSWORD, PoolCalls } from './support.js';

const THE = (name: string) => refusal('AliasExistsException', `An account with the ${name} already exists.`);
const GIVEN = (name: string) => refusal('AliasExistsException', `An account with the given ${name} already exists.`);
const OWNED = { email: 'owned@example.com', phone_number: '+15550000001', preferred_username: 'owner' };

let service: LocalService;

beforeEach(async () => {
  service = await startLocalService({
    pools: [
      {
        name: 'aliases',
        AliasAttributes: ['email', 'phone_number', 'preferred_username'],
        users: [
          { username: 'owner-1', password: PASSWORD, attributes: OWNED },
          { username: 'ann', password: PASSWORD, attributes: { email: 'ann@example.com' } },
        ],
      },
      {
        name: 'emails',
        UsernameAttributes: ['email'],
        users: [
          { username: 'owned@example.com', password: PASSWORD },
          { username: 'ann@example.com', password: PASSWORD },
        ],
      },
      { name: 'either', UsernameAttributes: ['email', 'phone_number'] },
    ],
  });
});

afterEach(() => service.stop());

const pool = (name = 'aliases') => new PoolCalls(service, name);
const { email } = OWNED;

/** Signs up a second user with the owned address. */
async function second(): Promise<object> {
  expect(await pool().signUp('second', { email })).toMatchObject({ status: 200 });
  return { Username: 'second', ConfirmationCode: pool().codeTo(email) };
}

describe('an alias of another user', () => {
  it('surfaces at ConfirmSignUp, not at SignUp', async () => {
    expect(await pool().client('ConfirmSignUp', await second())).toMatchObject(THE('email'));
    expect(await pool().admin('AdminGetUser', { Username: 'second' })).toMatchObject({
      body: { UserStatus: 'UNCONFIRMED' },
    });
  });

  it('moves with ForceAliasCreation at ConfirmSignUp', async () => {
    const input = { ...(await second()), ForceAliasCreation: true };
    expect(await pool().client('ConfirmSignUp', input)).toMatchObject({ status: 200 });
    expect(await pool().attributes('owner-1')).toMatchObject({ email, email_verified: 'false' });
    expect(await pool().admin('AdminGetUser', { Username: email })).toMatchObject({ body: { Username: 'second' } });
  });

  it('is refused by AdminCreateUser, or moves', async () => {
    const verified = { email, email_verified: 'true' };
    expect(await pool().create('made', verified)).toMatchObject(
      refusal('UsernameExistsException', 'An account with the given email already exists.'),
    );
    expect(await pool().create('made', verified, { ForceAliasCreation: true })).toMatchObject({ status: 200 });
    expect(await pool().attributes('owner-1')).toMatchObject({ email_verified: 'false' });
  });

  it('may be the unverified address of a new user', async () => {
    expect(await pool().create('made', { email })).toMatchObject({ status: 200 });
    expect(await pool().admin('AdminGetUser', { Username: email })).toMatchObject({ body: { Username: 'owner-1' } });
  });

  it('is refused by AdminUpdateUserAttributes', async () => {
    for (const [name, attributes] of [
      ['email', { email, email_verified: 'true' }],
      ['phone_number', { phone_number: OWNED.phone_number, phone_number_verified: 'TRUE' }],
      ['preferred_username', { preferred_username: OWNED.preferred_username }],
    ] as const) {
      const input = { Username: 'ann', UserAttributes: listed(attributes) };
      expect(await pool().admin('AdminUpdateUserAttributes', input)).toMatchObject(GIVEN(name));
    }
  });

  it('surfaces at VerifyUserAttribute', async () => {
    expect(await pool().self('ann', 'UpdateUserAttributes', { UserAttributes: listed({ email }) })).toMatchObject({
      body: { CodeDeliveryDetailsList: [{ AttributeName: 'email' }] },
    });
    const input = { AttributeName: 'email', Code: pool().codeTo(email) };
    expect(await pool().self('ann', 'VerifyUserAttribute', input)).toMatchObject(GIVEN('email'));
  });
});

describe('a name that is a username to one user and a preferred username to another', () => {
  it('is refused as preferred username', async () => {
    const UserAttributes = listed({ preferred_username: 'owner-1' });
    const input = { Username: 'ann', UserAttributes };
    expect(await pool().admin('AdminUpdateUserAttributes', input)).toMatchObject(GIVEN('preferred_username'));
    expect(await pool().self('ann', 'UpdateUserAttributes', { UserAttributes })).toMatchObject(
      GIVEN('preferred_username'),
    );
    expect(await pool().create('made', { preferred_username: 'owner-1' })).toMatchObject(
      refusal('UsernameExistsException', 'An account with the given preferred_username already exists.'),
    );
  });

  it('is refused as username', async () => {
    expect(await pool().signUp('owner')).toMatchObject(refusal('UsernameExistsException', 'User already exists'));
    expect(await pool().create('owner')).toMatchObject(
      refusal('UsernameExistsException', 'User account already exists'),
    );
  });

  it('may be both to the same user', async () => {
    const UserAttributes = listed({ preferred_username: 'ann' });
    expect(await pool().admin('AdminUpdateUserAttributes', { Username: 'ann', UserAttributes })).toMatchObject({
      status: 200,
    });
  });
});

describe('an attribute by which the user signs in', () => {
  it('cannot be deleted, nor emptied', async () => {
    const named = { Username: 'ann@example.com' };
    const refused = refusal(
      'InvalidParameterException',
      'Invalid user attributes: user.email: Attribute cannot be deleted.\n',
    );
    const UserAttributes = listed({ email: '' });
    const deleted = { UserAttributeNames: ['email'] };
    expect(await pool('emails').admin('AdminDeleteUserAttributes', { ...named, ...deleted })).toMatchObject(refused);
    expect(await pool('emails').self(named.Username, 'DeleteUserAttributes', deleted)).toMatchObject(refused);
    expect(await pool('emails').admin('AdminUpdateUserAttributes', { ...named, UserAttributes })).toMatchObject(
      refused,
    );
    expect(await pool('emails').self(named.Username, 'UpdateUserAttributes', { UserAttributes })).toMatchObject(
      refused,
    );
    expect(await pool('emails').signIn(named.Username)).toMatchObject({ status: 200 });
  });

  it('can be deleted where another one is left', async () => {
    const Username = '+15550000009';
    const input = { Username, UserAttributeNames: ['email'] };
    await pool('either').create(Username, { email: 'spare@example.com' });
    expect(await pool('either').admin('AdminDeleteUserAttributes', input)).toMatchObject({ status: 200 });
  });
});

describe('identities', () => {
  it('cannot be deleted', async () => {
    const input = { Username: 'ann', UserAttributeNames: ['identities'] };
    expect(await pool().admin('AdminDeleteUserAttributes', input)).toMatchObject(refusal('InvalidParameterException'));
  });
});

describe('a username attribute of another user', () => {
  it('is refused by NEW_PASSWORD_REQUIRED', async () => {
    await pool('either').create('taken@example.com');
    await pool('either').create('+15550000008', {}, { TemporaryPassword: PASSWORD });
    const { Session, ChallengeParameters } = (await pool('either').signIn('+15550000008')).body;
    const { USER_ID_FOR_SRP: USERNAME } = ChallengeParameters as { readonly USER_ID_FOR_SRP: string };
    const ChallengeResponses = {
      ...{ USERNAME, NEW_PASSWORD: 'Battery-Staple-7', 'userAttributes.email': 'taken@example.com' },
    };
    expect(
      await pool('either').client('RespondToAuthChallenge', {
        ...{ ChallengeName: 'NEW_PASSWORD_REQUIRED', Session, ChallengeResponses },
      }),
    ).toMatchObject(GIVEN('email'));
  });

  it('is refused at SignUp and AdminCreateUser, before any verification', async () => {
    const exists = refusal('UsernameExistsException', 'An account with the given email already exists.');
    expect(await pool('emails').signUp(email)).toMatchObject(exists);
    expect(await pool('emails').create(email)).toMatchObject(exists);
  });

  it('is refused by both updates', async () => {
    const UserAttributes = listed({ email });
    expect(await pool('emails').self('ann@example.com', 'UpdateUserAttributes', { UserAttributes })).toMatchObject(
      GIVEN('email'),
    );
    expect(
      await pool('emails').admin('AdminUpdateUserAttributes', { Username: 'ann@example.com', UserAttributes }),
    ).toMatchObject(GIVEN('email'));
  });
});
