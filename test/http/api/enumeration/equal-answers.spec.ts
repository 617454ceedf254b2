import { Logger } from '@nestjs/common';

import type { AuthApiDelivery } from '../../../../lib/http/index.js';
import { setCookiesOf } from '../../support/browser.js';
import { type ApiOptions, ApiApp } from '../support/api-app.js';
import { RecordingProxy } from '../support/recording-proxy.js';

const PASSWORD = 'Correct-Horse-8';

/** Users of every kind. The names have one length. */
const KINDS = {
  confirmed: {},
  unconfirmd: { status: 'UNCONFIRMED' },
  disabled: { enabled: false },
  external: { status: 'EXTERNAL_PROVIDER', password: undefined },
  unverified: { attributes: { email_verified: 'false' } },
  temporary: { status: 'FORCE_CHANGE_PASSWORD' },
  resetting: { status: 'RESET_REQUIRED' },
  exceeded: {},
  exceeding: { status: 'UNCONFIRMED' },
} as const;
const NAMES = Object.keys(KINDS).map((name) => name.padEnd(10, 'x'));

/** The address of a federated user is free: who has registered it here waits for a code. */
function isUnconfirmed(index: number, pool: keyof typeof POOLS): boolean {
  const kind: object = Object.values(KINDS)[index] ?? {};
  const status = 'status' in kind ? kind.status : 'CONFIRMED';
  return status === 'UNCONFIRMED' || (status === 'EXTERNAL_PROVIDER' && pool === 'with addresses as usernames');
}

/** What somebody who does not know the user's password or code can ask. */
const QUESTIONS = {
  register: ['register', (username: string) => ({ username, password: PASSWORD })],
  'register with a weak password': ['register', (username: string) => ({ username, password: 'weakweak' })],
  'resend-code': ['resend-code', (username: string) => ({ username })],
  'forgot-password': ['forgot-password', (username: string) => ({ username })],
  confirm: ['confirm', (username: string) => ({ username, code: '000000' })],
  'confirm-forgot-password': [
    'confirm-forgot-password',
    (username: string) => ({ username, code: '000000', password: PASSWORD }),
  ],
  'confirm-forgot-password with a weak password': [
    'confirm-forgot-password',
    (username: string) => ({ username, code: '000000', password: 'weakweak' }),
  ],
  authenticate: ['authenticate', (username: string) => ({ username, password: 'Wrong-Horse-1' })],
} as const;
/** Calls of each code route until Cognito's own limit of an hour is exceeded. */
const LIMIT = 21;

const POOLS = {
  'with usernames': { pool: {}, nameOf: (name: string) => name },
  'with aliases': { pool: { AliasAttributes: ['email'] }, nameOf: (name: string) => `${name}@example.com` },
  'with addresses as usernames': {
    pool: { UsernameAttributes: ['email'] },
    nameOf: (name: string) => `${name}@example.com`,
  },
} as const;

interface Case {
  readonly pool: keyof typeof POOLS;
  readonly hides: 'ENABLED' | 'LEGACY';
  readonly delivery: AuthApiDelivery;
  readonly api: ApiOptions;
}

const CASES: readonly Case[] = [
  { pool: 'with usernames', hides: 'ENABLED', delivery: 'body', api: {} },
  { pool: 'with usernames', hides: 'LEGACY', delivery: 'body', api: {} },
  { pool: 'with usernames', hides: 'ENABLED', delivery: 'cookie', api: { autoSignIn: true } },
  { pool: 'with usernames', hides: 'LEGACY', delivery: 'cookie', api: { flows: ['USER_PASSWORD_AUTH'] } },
  { pool: 'with aliases', hides: 'ENABLED', delivery: 'body', api: {} },
  { pool: 'with addresses as usernames', hides: 'ENABLED', delivery: 'body', api: {} },
  { pool: 'with addresses as usernames', hides: 'LEGACY', delivery: 'cookie', api: { autoSignIn: true } },
];

describe.each(CASES)('a pool $pool, PreventUserExistenceErrors $hides, tokens by $delivery, $api', (settings) => {
  const { pool, nameOf } = POOLS[settings.pool];
  let api: ApiApp;
  let proxy: RecordingProxy;

  /** All that a caller sees, and what Cognito was asked. */
  const ask = async (question: keyof typeof QUESTIONS, username: string) => {
    const [path, bodyOf] = QUESTIONS[question];
    proxy.take();
    const body = bodyOf(username);
    const attributes = { email: username.includes('@') ? username : `${username}@example.org` };
    const response = await api.client().call('post', path, path === 'register' ? { ...body, attributes } : body);
    const { status, text, headers } = response;
    const others = Object.entries(headers as object).filter(([name]) => !['date', 'etag', 'set-cookie'].includes(name));
    const cookies = setCookiesOf(response).map(({ name, value, attributes: flags }) => [name, value.length, flags]);
    return { status, text, headers: others, cookies, asked: proxy.take() };
  };

  beforeAll(async () => {
    jest.spyOn(Logger.prototype, 'warn').mockImplementation(() => undefined);
    const users = Object.values(KINDS).map((kind: object, index) => {
      const username = nameOf(NAMES[index] ?? '');
      const email = `${NAMES[index] ?? ''}@example.com`;
      const more = 'attributes' in kind ? (kind.attributes as object) : {};
      const id = settings.pool === 'with aliases' ? `id-of-${NAMES[index] ?? ''}` : username;
      return { password: PASSWORD, ...kind, username: id, attributes: { email, ...more } };
    });
    api = await ApiApp.start({
      delivery: settings.delivery,
      client: { PreventUserExistenceErrors: settings.hides },
      pool: { ...pool, users },
      api: { throttle: null, ...settings.api },
      module: async ({ endpoint }) => {
        proxy = await RecordingProxy.start(endpoint);
        return { endpoint: proxy.url };
      },
    });
    for (const name of ['exceeded', 'exceeding'].map((each) => nameOf(each.padEnd(10, 'x')))) {
      for (let call = 0; call < LIMIT; call++) {
        await ask('resend-code', name);
        await ask('forgot-password', name);
        await ask('confirm', name);
        await ask('confirm-forgot-password', name);
      }
    }
  });

  afterAll(async () => {
    await api.stop();
    await proxy.stop();
    jest.restoreAllMocks();
  });

  it.each(Object.keys(QUESTIONS) as (keyof typeof QUESTIONS)[])(
    'answers %s for every kind of user as for one that does not exist',
    async (question) => {
      // Aliases are no usernames: a sign-up never finds one taken.
      const byId = settings.pool === 'with aliases' && question.startsWith('register');
      const names = byId ? NAMES.map((name) => `id-of-${name}`) : NAMES.map(nameOf);
      const newcomer = byId ? 'id-of-newcomer00' : nameOf('newcomer00');
      const expected = await ask(
        question,
        question === 'register' ? newcomer : newcomer.replace('newcomer', 'nobodyyy'),
      );
      expect(expected.asked.length).toBeGreaterThan(0);
      // Cognito reports a sign-up that waits for its code before it looks at the password; the guide says so.
      const told = question === 'authenticate' ? names.filter((_, index) => isUnconfirmed(index, settings.pool)) : [];
      const answers = [];
      for (const name of names.filter((each) => !told.includes(each))) {
        answers.push([name, await ask(question, name)]);
      }
      expect(answers).toEqual(answers.map(([name]) => [name, expected]));
      for (const name of told) {
        expect(await ask(question, name)).toMatchObject({
          status: 403,
          text: expect.stringContaining('"USER_NOT_CONFIRMED"') as string,
        });
      }
    },
  );
});
