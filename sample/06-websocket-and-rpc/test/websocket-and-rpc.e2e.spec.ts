import type { INestApplication, INestMicroservice } from '@nestjs/common';
import { CognitoService } from 'mandate';
import type { LocalCognito } from 'mandate/testing';

import { DEMO_USERS, environmentOf, startEmbeddedCognito } from '../src/embedded-cognito.js';
import { Notes, type Note } from '../src/notes/notes.js';
import { TRANSPORTS, type NotesClient } from './transports.js';

const names = Array.from({ length: 10 }, (_, index) => `user-${String(index)}`);
const [ann, bob] = DEMO_USERS;
const { password } = ann;

describe('the WebSockets and RPC sample', () => {
  let cognito: LocalCognito;

  beforeAll(async () => {
    cognito = await startEmbeddedCognito();
    Object.assign(process.env, environmentOf(cognito));
    names.forEach((username) => cognito.pool().createUser({ username, password }));
  });

  afterAll(() => cognito.stop());

  describe.each(Object.entries(TRANSPORTS))('%s', (_, transport) => {
    let app: INestApplication | INestMicroservice;
    let notes: Notes;
    const clients: NotesClient[] = [];

    const signIn = async (username: string) => {
      const outcome = await app.get(CognitoService, { strict: false }).authenticate({ username, password });
      expect(outcome.status).toBe('AUTHENTICATED');
      return (outcome as Extract<typeof outcome, { status: 'AUTHENTICATED' }>).tokens.accessToken;
    };
    const connect = async (token?: string) => {
      const client = await transport.connect(app, token);
      clients.push(client);
      return client;
    };
    const refusal = (statusCode: number, code: string, pattern: string, data: object = {}) => {
      const body = { status: 'error', statusCode, code, error: expect.any(String), message: expect.any(String) };
      return transport.namesMessage ? { ...body, cause: { pattern, data: expect.objectContaining(data) } } : body;
    };

    beforeAll(async () => {
      app = await transport.start(0);
      notes = app.get(Notes);
    });

    afterEach(() => {
      clients.splice(0).forEach((client) => {
        client.close();
      });
      notes.clear();
    });

    afterAll(() => app.close());

    it('knows the caller', async () => {
      const client = await connect(await signIn(bob.username));
      expect(await client.call('notes.add', { text: 'milk' })).toEqual({ text: 'milk', author: 'bob' });
      expect(await client.call('notes.list')).toEqual([{ text: 'milk', author: 'bob' }]);
    });

    it('allows public calls without a token', async () => {
      expect(await (await connect()).call('notes.count')).toEqual({ count: 0 });
      expect(await (await connect('junk')).call('notes.count')).toEqual({ count: 0 });
    });

    it('rejects a call without a token or with an invalid one, and gives the reason', async () => {
      const token = await signIn(bob.username);
      const other = await signIn(ann.username);
      const forged = [...token.split('.').slice(0, 2), other.split('.')[2]].join('.');
      const attempt = async (bad?: string) => (await connect(bad)).call('notes.add', { text: 'x' });
      await expect(attempt()).rejects.toEqual(refusal(401, 'TOKEN_MISSING', 'notes.add', { text: 'x' }));
      await expect(attempt('junk')).rejects.toEqual(refusal(401, 'TOKEN_MALFORMED', 'notes.add', { text: 'x' }));
      await expect(attempt(forged)).rejects.toEqual(refusal(401, 'TOKEN_SIGNATURE_INVALID', 'notes.add'));
      expect(notes.count).toBe(0);
    });

    it('allows members of a group only, and accepts calls after an error', async () => {
      const member = await connect(await signIn(bob.username));
      const moderator = await connect(await signIn(ann.username));
      await member.call('notes.add', { text: 'milk' });
      await expect(member.call('notes.clear')).rejects.toEqual(refusal(403, 'GROUPS_INSUFFICIENT', 'notes.clear'));
      expect(await member.call('notes.list')).toHaveLength(1);
      expect(await moderator.call('notes.clear')).toEqual({ count: 0 });
    });

    it('rejects a token that expires while the connection is open', async () => {
      const client = await connect(await signIn(bob.username));
      await client.call('notes.list');
      // The message is sent before the clock jumps, or socket.io's client would close the connection.
      const answer = client.call('notes.list');
      const now = jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 3_601_000);
      await expect(answer).rejects.toEqual(refusal(401, 'TOKEN_EXPIRED', 'notes.list'));
      now.mockRestore();
    });

    it('never confuses ten users', async () => {
      const users = await Promise.all(names.map(async (name) => connect(await signIn(name))));
      for (const round of ['first', 'second']) {
        const added = await Promise.all(
          users.map((user, index) => user.call('notes.add', { text: `${round} of ${String(names[index])}` })),
        );
        expect(added).toEqual(names.map((author) => ({ text: `${round} of ${author}`, author })));
      }
      const lists = await Promise.all(users.map((user) => user.call('notes.list')));
      expect(lists).toEqual(
        names.map((author) => [
          { text: `first of ${author}`, author },
          { text: `second of ${author}`, author },
        ]),
      );
    });

    it('verifies the token of each message, also when ten users share one connection', async () => {
      const client = await connect();
      const tokens = await Promise.all(names.map(signIn));
      const answers = await Promise.all(
        names.map((text, index) => client.call('notes.add', { token: tokens[index], text }) as Promise<Note>),
      );
      const byText = [...answers].sort((one, other) => one.text.localeCompare(other.text));
      expect(byText).toEqual(names.map((author) => ({ text: author, author })));
    });
  });
});
