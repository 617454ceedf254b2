import { type LocalService, startLocalService } from '../local-service.js';
import { invalid, PASSWORD, PoolCalls } from './support.js';

const MISSING = invalid('One or more requested attributes do not exist.');
const UNPARSED = invalid('Error while parsing filter.');

interface Listed {
  readonly Username: string;
  readonly Attributes: readonly { readonly Name: string; readonly Value: string }[];
}

let service: LocalService;

beforeAll(async () => {
  service = await startLocalService({
    pools: [
      {
        name: 'people',
        Schema: [{ Name: 'plan', AttributeDataType: 'String' }],
        users: [
          {
            username: 'ann',
            password: PASSWORD,
            attributes: {
              email: 'ann@example.com',
              phone_number: '+15550000001',
              name: 'Ann "Annie" O\\Neil',
              given_name: 'Ann',
              family_name: 'Other',
              preferred_username: 'annie',
              'custom:plan': 'free',
            },
          },
          { username: 'bob', status: 'FORCE_CHANGE_PASSWORD', attributes: { email: 'bob@example.com' } },
          { username: 'cid', enabled: false, attributes: { email: 'cid@example.org', given_name: 'Cid' } },
        ],
      },
      { name: 'empty' },
    ],
  });
});

afterAll(() => service.stop());

const list = (input: object, name = 'people') => new PoolCalls(service, name).admin('ListUsers', input);
const users = async (input: object) => (await list(input)).body['Users'] as Listed[];
const names = async (Filter: string) => (await users({ Filter })).map(({ Username }) => Username);

describe('ListUsers, AttributesToGet', () => {
  it('gives all without it, and none for an empty list', async () => {
    expect((await users({}))[0]?.Attributes.length).toBeGreaterThan(5);
    expect((await users({ AttributesToGet: [] })).map(({ Attributes }) => Attributes)).toEqual([[], [], []]);
  });

  it('gives those that a user has', async () => {
    const given = await users({ AttributesToGet: ['given_name', 'sub'] });
    expect(given.map(({ Attributes }) => Attributes.map(({ Name }) => Name))).toEqual([
      ['sub', 'given_name'],
      ['sub'],
      ['sub', 'given_name'],
    ]);
  });

  it.each([['nickname'], ['custom:gone'], ['email', 'nickname']])(
    'refuses %s, which no user has',
    async (...wanted) => {
      expect(await list({ AttributesToGet: wanted })).toMatchObject(MISSING);
    },
  );

  it('looks at the users of the page', async () => {
    expect(await list({ AttributesToGet: ['custom:plan'], Limit: 1 })).toMatchObject({ status: 200 });
    expect(await list({ AttributesToGet: ['custom:plan'], Filter: 'username = "bob"' })).toMatchObject(MISSING);
  });

  it('of no users at all needs an attribute of the schema', async () => {
    expect(await list({ AttributesToGet: ['email'], Filter: 'email = "no"' })).toMatchObject({ body: { Users: [] } });
    expect(await list({ AttributesToGet: ['email'] }, 'empty')).toMatchObject({ body: { Users: [] } });
    expect(await list({ AttributesToGet: ['custom:gone'] }, 'empty')).toMatchObject(MISSING);
  });
});

describe('ListUsers, Filter', () => {
  it.each([
    ['username = "ann"', ['ann']],
    ['email = "bob@example.com"', ['bob']],
    ['email ^= "b"', ['bob']],
    ['phone_number = "+15550000001"', ['ann']],
    ['phone_number ^= "+1555"', ['ann']],
    ['name ^= "Ann"', ['ann']],
    ['given_name = "Cid"', ['cid']],
    ['family_name = "Other"', ['ann']],
    ['preferred_username = "annie"', ['ann']],
    ['cognito:user_status = "FORCE_CHANGE_PASSWORD"', ['bob']],
    ['cognito:user_status = "force_change_password"', ['bob']],
    ['cognito:user_status ^= "force"', ['bob']],
    ['status = "Enabled"', ['ann', 'bob']],
    ['status = "Disabled"', ['cid']],
    ['status = "disabled"', []],
    ['"email" = "bob@example.com"', ['bob']],
    ['email="bob@example.com"', ['bob']],
    ['  email  ^=  "bob"  ', ['bob']],
    ['name = "Ann \\"Annie\\" O\\\\Neil"', ['ann']],
    ['email = "BOB@example.com"', []],
    ['email = ""', []],
    ['', ['ann', 'bob', 'cid']],
    ['   ', ['ann', 'bob', 'cid']],
  ])('%s', async (filter, expected) => {
    expect(await names(filter)).toEqual(expected);
  });

  it('sub', async () => {
    const { sub = '' } = await new PoolCalls(service, 'people').attributes('cid');
    expect(await names(`sub = "${sub}"`)).toEqual(['cid']);
    expect(await names(`sub ^= "${sub.slice(0, 20)}"`)).toEqual(['cid']);
  });

  it.each([
    'foo',
    'email',
    'email =',
    'email = bob',
    "email = 'bob'",
    'email = "bob',
    'email = bob"',
    'email != "bob"',
    'email == "bob"',
    'email *= "bob"',
    '= "bob"',
    'email = "a" and name = "b"',
    'email = "a" or email = "b"',
    'email = "a" x',
  ])('refuses %s', async (filter) => {
    expect(await list({ Filter: filter })).toMatchObject(UNPARSED);
  });

  it.each(['custom:plan', 'nickname', 'email_verified', 'gone', 'Email', 'enabled'])(
    'refuses %s, which cannot be searched',
    async (name) => {
      expect(await list({ Filter: `${name} = "x"` })).toMatchObject(invalid(`Invalid search attribute: ${name}`));
    },
  );

  it('with Limit', async () => {
    const { body } = await list({ Filter: 'email ^= ""', Limit: 2 });
    expect(body).toMatchObject({ Users: [{ Username: 'ann' }, { Username: 'bob' }] });
    expect(await list({ Filter: 'email ^= ""', Limit: 2, PaginationToken: body['PaginationToken'] })).toMatchObject({
      body: { Users: [{ Username: 'cid' }] },
    });
  });
});
