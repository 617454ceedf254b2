import { setImmediate } from 'node:timers/promises';

import type { INestApplication } from '@nestjs/common';
import { CognitoService } from 'mandate';
import type { LocalCognito } from 'mandate/testing';

import { Board } from '../src/board/board.js';
import { createApp } from '../src/create-app.js';
import { DEMO_USERS, environmentOf, INVITED_USER, startEmbeddedCognito } from '../src/embedded-cognito.js';
import { type Answer, BrowserClient, GraphqlClient, type PostAnswer } from './graphql-client.js';

const ME = '{ me { sub username groups } }';
const POSTS = '{ posts { text mine } }';
const ADD_POST = 'mutation ($text: String!) { addPost(text: $text) { id text author mine } }';
const POST_ADDED = 'subscription { postAdded { text author mine } }';
const OUTCOME =
  '{ __typename ... on SignedIn { session { sub } } ... on Challenged { challenge { name parameters { requiredAttributes } } } }';
const SIGN_IN = `mutation ($username: String!, $password: String!) { signIn(username: $username, password: $password) ${OUTCOME} }`;
const RESPOND = `mutation ($name: String!, $answer: ChallengeAnswer!) { respond(name: $name, answer: $answer) ${OUTCOME} }`;
const ORIGIN = 'https://app.example.com';
const [ann, bob] = DEMO_USERS;

describe('the GraphQL sample', () => {
  let cognito: LocalCognito;
  let app: INestApplication;
  let url: string;
  let client: GraphqlClient;
  let board: Board;
  let annToken: string;
  let bobToken: string;

  /** An access token, such as a mobile application has one. */
  const tokenOf = async (username: string, password: string) => {
    const outcome = await app.get(CognitoService).authenticate({ username, password });
    return outcome.status === 'AUTHENTICATED' ? outcome.tokens.accessToken : '';
  };
  const page = () => new BrowserClient(`${url}/graphql`, ORIGIN);
  const codesOf = ({ errors = [] }: Answer) =>
    errors.map(({ extensions }) => [extensions.code, extensions.originalError.code]);
  const subscribers = async (count: number) => {
    while (board.subscribers !== count) {
      await setImmediate();
    }
  };

  beforeAll(async () => {
    cognito = await startEmbeddedCognito();
    Object.assign(process.env, environmentOf(cognito), { ORIGIN });
    app = await createApp();
    await app.listen(0, '127.0.0.1');
    board = app.get(Board);
    url = await app.getUrl();
    client = new GraphqlClient(`${url}/graphql`);
    annToken = await tokenOf(ann.username, ann.password);
    bobToken = await tokenOf(bob.username, bob.password);
  });

  beforeEach(() => {
    board.posts.forEach(({ id }) => board.remove(id));
  });

  afterAll(async () => {
    await app.close();
    await cognito.stop();
  });

  describe('queries and mutations', () => {
    it('know the caller', async () => {
      const { data } = await client.send(ME, annToken);
      const sub = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
      expect(data.me).toEqual({ sub, username: 'ann', groups: ['moderators'] });
    });

    it('reject a call without a token, with an invalid one or without the group, and give the reason', async () => {
      const refusalOf = async (...call: Parameters<GraphqlClient['send']>) => codesOf(await client.send(...call));
      const forged = [...annToken.split('.').slice(0, 2), bobToken.split('.')[2]].join('.');
      expect(await refusalOf(ME)).toEqual([['UNAUTHENTICATED', 'TOKEN_MISSING']]);
      expect(await refusalOf(ME, 'junk')).toEqual([['UNAUTHENTICATED', 'TOKEN_MALFORMED']]);
      expect(await refusalOf(ME, forged)).toEqual([['UNAUTHENTICATED', 'TOKEN_SIGNATURE_INVALID']]);
      expect(await refusalOf(ADD_POST, undefined, { text: 'x' })).toEqual([['UNAUTHENTICATED', 'TOKEN_MISSING']]);
      expect(await refusalOf('mutation { removePost(id: "1") }', bobToken)).toEqual([
        ['FORBIDDEN', 'GROUPS_INSUFFICIENT'],
      ]);
      expect(board.posts).toEqual([]);
    });

    it('allow members of a group only', async () => {
      const { data } = await client.send(ADD_POST, bobToken, { text: 'off topic' });
      const remove = `mutation { removePost(id: "${String(data.addPost.id)}") }`;
      expect(await client.send(remove, annToken)).toEqual({ data: { removePost: true } });
      expect(board.posts).toEqual([]);
    });

    it('return the code of an error from Cognito', async () => {
      const answer = await page().send(SIGN_IN, { username: 'ann', password: 'wrong' });
      expect(codesOf(answer)).toEqual([['UNAUTHENTICATED', 'CREDENTIALS_INVALID']]);
    });
  });

  describe('fields', () => {
    beforeEach(() => client.send(ADD_POST, annToken, { text: 'hello' }));

    it('depend on the reader, also in a public query', async () => {
      const mineFor = async (token?: string) => (await client.send(POSTS, token)).data.posts[0]?.mine;
      expect([await mineFor(annToken), await mineFor(bobToken), await mineFor()]).toEqual([true, false, false]);
    });

    it('can have a guard of their own', async () => {
      const answer = await client.send('{ posts { text author } }');
      expect(answer.data).toEqual({ posts: [{ text: 'hello', author: null }] });
      expect(answer.errors?.[0]?.path).toEqual(['posts', 0, 'author']);
      expect(codesOf(answer)).toEqual([['UNAUTHENTICATED', 'TOKEN_MISSING']]);
      expect(await client.send('{ posts { author } }', bobToken)).toEqual({ data: { posts: [{ author: 'ann' }] } });
    });
  });

  describe('subscriptions', () => {
    it('deliver posts to a subscriber with a token in connectionParams', async () => {
      const subscription = client.subscribe(POST_ADDED, bobToken);
      const first = subscription.next();
      await subscribers(1);
      await client.send(ADD_POST, annToken, { text: 'news' });
      expect((await first).value).toEqual({ data: { postAdded: { text: 'news', author: 'ann', mine: false } } });
      await subscription.return?.();
      await subscribers(0);
    });

    it.each([
      ['no token', undefined, 'TOKEN_MISSING'],
      ['a bad token', 'junk', 'TOKEN_MALFORMED'],
    ])('refuse %s with the same codes as over HTTP', async (_, token, code) => {
      const subscription = client.subscribe(POST_ADDED, token);
      const { value } = (await subscription.next()) as { value: Answer };
      expect(codesOf(value)).toEqual([['UNAUTHENTICATED', code]]);
      expect(await subscription.next()).toEqual({ done: true });
      expect(board.subscribers).toBe(0);
    });

    it('end when the token expires', async () => {
      const timers = jest.spyOn(globalThis, 'setTimeout');
      const next = client.subscribe(POST_ADDED, bobToken).next();
      await subscribers(1);
      const [expire] = timers.mock.calls.find(([, delay = 0]) => delay > 3_500_000 && delay <= 3_600_000) ?? [];
      timers.mockRestore();
      const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_601_000);
      expire?.();
      now.mockRestore();
      await expect(next).rejects.toMatchObject({ code: 4403, reason: 'TOKEN_EXPIRED' });
      await subscribers(0);
    });
  });

  describe('browsers', () => {
    it('have a session, which a mutation starts and ends, in queries and in subscriptions', async () => {
      const browser = page();
      const { data } = await browser.send(SIGN_IN, { username: ann.username, password: ann.password });
      const sub = expect.stringMatching(/^[0-9a-f-]{36}$/) as string;
      expect(data.signIn).toEqual({ __typename: 'SignedIn', session: { sub } });
      expect(browser.cookie).toMatch(/^__Host-Http-mandate=/);

      const me = await browser.send('{ me { username groups email } }');
      expect(me.data.me).toEqual({ username: 'ann', groups: ['moderators'], email: 'ann@example.com' });

      const subscription = browser.subscribe(POST_ADDED);
      const first = subscription.next();
      await subscribers(1);
      await browser.send(ADD_POST, { text: 'news' });
      expect((await first).value).toEqual({ data: { postAdded: { text: 'news', author: 'ann', mine: true } } });
      await subscription.return?.();
      await subscribers(0);

      expect((await browser.send('mutation { signOut }')).data.signOut).toBe(true);
      expect(browser.cookie).toBe('');
      expect(codesOf(await browser.send(ME))).toEqual([['UNAUTHENTICATED', 'TOKEN_MISSING']]);
    });

    it('answer challenges, whose sessions they do not see', async () => {
      const browser = page();
      const { username, password } = INVITED_USER;
      const { data } = await browser.send(SIGN_IN, { username, password });
      const challenge = { name: 'NEW_PASSWORD_REQUIRED', parameters: { requiredAttributes: [] } };
      expect(data.signIn).toEqual({ __typename: 'Challenged', challenge });
      const { name } = challenge;
      expect(codesOf(await page().send(RESPOND, { name, answer: { password: 'Correct-Horse-9' } }))).toEqual([
        ['UNAUTHENTICATED', 'SESSION_EXPIRED'],
      ]);

      const invalid = await browser.send(RESPOND, { name, answer: { code: '123456' } });
      expect(codesOf(invalid)).toEqual([['BAD_REQUEST', 'REQUEST_INVALID']]);
      const answered = await browser.send(RESPOND, { name, answer: { password: 'Correct-Horse-9' } });
      expect(answered.data.respond).toMatchObject({ __typename: 'SignedIn' });
      expect((await browser.send(ME)).data.me.username).toBe('cid');
    });

    it('cannot be used by pages of other sites', async () => {
      const browser = page();
      await browser.send(SIGN_IN, { username: bob.username, password: bob.password });
      const forged = [{}, { 'x-mandate-csrf': '1', origin: 'https://evil.example' }];
      for (const headers of forged) {
        expect(codesOf(await browser.send(ADD_POST, { text: 'spam' }, headers))).toEqual([
          ['FORBIDDEN', 'CSRF_CHECK_FAILED'],
        ]);
        expect(codesOf(await browser.send('mutation { signOut }', {}, headers))).toEqual([
          ['FORBIDDEN', 'CSRF_CHECK_FAILED'],
        ]);
      }
      expect(board.posts).toEqual([]);
      expect((await browser.send(ME)).data.me.username).toBe('bob');
    });
  });

  describe('ten users at once', () => {
    const names = Array.from({ length: 10 }, (_, index) => `user-${String(index)}`);
    let tokens: string[];

    beforeAll(async () => {
      const password = 'Correct-Horse-9';
      names.forEach((username) => cognito.pool().createUser({ username, password }));
      tokens = await Promise.all(names.map((username) => tokenOf(username, password)));
    });

    const addPosts = () =>
      Promise.all(
        names.map(async (text, index) => (await client.send(ADD_POST, tokens[index], { text })).data.addPost),
      );

    it('are never mixed up in queries and mutations', async () => {
      const thrice = [...tokens, ...tokens, ...tokens];
      const seen = await Promise.all(thrice.map(async (token) => (await client.send(ME, token)).data.me.username));
      expect(seen).toEqual([...names, ...names, ...names]);

      const id = expect.any(String) as string;
      expect(await addPosts()).toEqual(names.map((name) => ({ id, text: name, author: name, mine: true })));
      const boards = await Promise.all(tokens.map(async (token) => (await client.send(POSTS, token)).data.posts));
      boards.forEach((posts, reader) => {
        expect(posts.filter(({ mine }) => mine)).toEqual([{ text: names[reader], mine: true }]);
      });
    });

    it('each see their own posts as `mine` in a subscription', async () => {
      const subscriptions = tokens.map((token) => client.subscribe(POST_ADDED, token));
      const seen = subscriptions.map((subscription) => take(subscription, 10));
      await subscribers(10);
      await addPosts();
      for (const [reader, posts] of (await Promise.all(seen)).entries()) {
        const expected = names.map((name, author) => ({ text: name, author: name, mine: author === reader }));
        expect([...posts].sort((one, other) => String(one.text).localeCompare(String(other.text)))).toEqual(expected);
      }
      await Promise.all(subscriptions.map(async (subscription) => subscription.return?.()));
    });
  });
});

async function take(subscription: AsyncIterator<Answer>, count: number): Promise<PostAnswer[]> {
  const posts: PostAnswer[] = [];
  while (posts.length < count) {
    const { value } = (await subscription.next()) as { value: Answer };
    posts.push(value.data.postAdded);
  }
  return posts;
}
