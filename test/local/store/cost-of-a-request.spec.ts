import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { ClassicLevel } from 'classic-level';

import { LocalCognito } from '../../../lib/local/local-cognito.js';
import { RecordMap } from '../../../lib/local/model/record-map.js';
import { SortedIndex } from '../../../lib/memory/sorted-index.js';
import { signingKeysPem } from '../signing-keys.js';
import { succeed } from '../wire.js';

const PASSWORD = 'Correct-Horse-9';
const ClientId = 'webclient';

/** What a request has done. */
interface Cost {
  /** Records that were written to disk, and deleted there. */
  readonly written: number;
  /** Records that were looked at. */
  readonly read: number;
}

/** Calls a method as before, and hands out what `seen` makes of its result. */
function watch(prototype: object, name: string, seen: (result: unknown, args: unknown[]) => unknown): void {
  const method = Reflect.get(prototype, name) as (...args: unknown[]) => unknown;
  jest.spyOn(prototype as never, name as never).mockImplementation(function (this: unknown, ...args: unknown[]) {
    return seen(Reflect.apply(method, this, args), args);
  } as never);
}

describe.each(['in memory', 'with kept data'])('what a request costs %s', (where) => {
  const running: LocalCognito[] = [];
  let directory: string;
  let cost: { -readonly [Name in keyof Cost]: number };

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mandate-cost-'));
    cost = { written: 0, read: 0 };
    watch(ClassicLevel.prototype, 'batch', (written, [operations]) => {
      cost.written += (operations as unknown[]).length;
      return written;
    });
    for (const look of ['get', 'peek']) {
      watch(RecordMap.prototype, look, (record) => {
        cost.read += 1;
        return record;
      });
    }
    for (const all of ['entries', 'peekAll']) {
      watch(RecordMap.prototype, all, (records) => counted(records as Iterable<unknown>));
    }
    watch(SortedIndex.prototype, 'from', (entries) => counted(entries as Iterable<unknown>));
  });

  afterAll(async () => {
    jest.restoreAllMocks();
    await Promise.all(running.map((cognito) => cognito.stop()));
    await rm(directory, { recursive: true });
  });

  function* counted<Item>(items: Iterable<Item>): Generator<Item, void> {
    for (const item of items) {
      cost.read += 1;
      yield item;
    }
  }

  async function start(users: number): Promise<LocalCognito> {
    const cognito = await LocalCognito.start({
      ...(where === 'with kept data' && { dataDirectory: join(directory, String(users)) }),
      pools: [
        {
          name: 'default',
          keys: signingKeysPem(),
          AliasAttributes: ['email'],
          clients: [{ name: 'web', id: ClientId }],
          groups: ['staff'],
          users: Array.from({ length: users }, (_, index) => ({
            username: `user-${index}`,
            ...(index === 0 && { password: PASSWORD, groups: ['staff'] }),
            attributes: { email: `user-${index}@example.com`, name: index % 2 ? 'odd' : 'even' },
          })),
        },
      ],
    });
    running.push(cognito);
    return cognito;
  }

  /** Each may be sent again. */
  const requests: Readonly<Record<string, (cognito: LocalCognito, attempt: number) => Promise<unknown>>> = {
    'a sign-in': ({ endpoint }) => signIn(endpoint, 'user-0'),
    'a sign-in by alias': ({ endpoint }) => signIn(endpoint, 'user-0@example.com'),
    'a renewal of tokens': async ({ endpoint }) => {
      const { AuthenticationResult } = await signIn(endpoint, 'user-0');
      const { RefreshToken } = AuthenticationResult as { RefreshToken: string };
      const parameters = { AuthFlow: 'REFRESH_TOKEN_AUTH', AuthParameters: { REFRESH_TOKEN: RefreshToken } };
      return succeed(endpoint, 'InitiateAuth', { ClientId, ...parameters });
    },
    'a sign-up': ({ endpoint }, attempt) =>
      succeed(endpoint, 'SignUp', {
        ClientId,
        Username: `new-${attempt}`,
        Password: PASSWORD,
        UserAttributes: [{ Name: 'email', Value: `new-${attempt}@example.com` }],
      }),
    'a change of an attribute': ({ endpoint, pools }, attempt) =>
      succeed(endpoint, 'AdminUpdateUserAttributes', {
        UserPoolId: pools[0]?.id,
        Username: 'user-3',
        UserAttributes: [{ Name: 'nickname', Value: `nick-${attempt}` }],
      }),
    'a page of a listing': ({ endpoint, pools }) =>
      succeed(endpoint, 'ListUsers', { UserPoolId: pools[0]?.id, Limit: 5 }),
    'a filtered listing': ({ endpoint, pools }) =>
      succeed(endpoint, 'ListUsers', { UserPoolId: pools[0]?.id, Filter: 'email = "user-4@example.com"' }),
    'a page of a filtered listing': ({ endpoint, pools }) =>
      succeed(endpoint, 'ListUsers', { UserPoolId: pools[0]?.id, Filter: 'name ^= "ev"', Limit: 3 }),
    'a page of a group': ({ endpoint, pools }) =>
      succeed(endpoint, 'ListUsersInGroup', { UserPoolId: pools[0]?.id, GroupName: 'staff', Limit: 1 }),
    'deleting a user': ({ endpoint, pools }, attempt) =>
      succeed(endpoint, 'AdminDeleteUser', { UserPoolId: pools[0]?.id, Username: `user-${5 + attempt}` }),
  };

  it('is the same with a hundred times as many users', async () => {
    const few = await costs(await start(20));
    const many = await costs(await start(2_000));
    expect(many).toEqual(few);
    const writing = Object.entries(few).filter(([, { written }]) => written > 0);
    expect(writing.map(([name]) => name)).toEqual(
      where === 'in memory'
        ? []
        : [
            'a sign-in',
            'a sign-in by alias',
            'a renewal of tokens',
            'a sign-up',
            'a change of an attribute',
            'deleting a user',
          ],
    );
  });

  async function costs(cognito: LocalCognito): Promise<Record<string, Cost>> {
    const found: Record<string, Cost> = {};
    for (const [name, request] of Object.entries(requests)) {
      // An index is made when it is first needed.
      await request(cognito, 0);
      cost = { written: 0, read: 0 };
      await request(cognito, 1);
      found[name] = { ...cost };
    }
    return found;
  }

  function signIn(endpoint: string, USERNAME: string): Promise<Record<string, unknown>> {
    const parameters = { AuthFlow: 'USER_PASSWORD_AUTH', AuthParameters: { USERNAME, PASSWORD } };
    return succeed(endpoint, 'InitiateAuth', { ClientId, ...parameters });
  }
});
