import { OPTIONAL_MFA } from '../../user/factor-pools.js';
import { refusalOf } from './support/api-case.js';
import type { ApiClient } from './support/api-client.js';
import { ApiWorld, combinationsOf } from './support/api-world.js';
import { mutationsOf } from './support/mutations.js';
import { callOf, callsOf } from './support/route-calls.js';
import { VALID_BODIES } from './support/valid-bodies.js';

const COMBINATIONS = [...combinationsOf('express'), ...combinationsOf('fastify')].filter(({ secret }) => !secret);
const INVALID = { status: 400, code: 'REQUEST_INVALID' };

describe.each(COMBINATIONS)('bodies that are not valid on $platform, tokens by $delivery', (combination) => {
  const { platform, delivery } = combination;
  const bodies = VALID_BODIES.filter(({ only = delivery }) => only === delivery);
  const byRoute = callsOf(delivery).filter(({ route }) => bodies.some((one) => one.route === route));
  let world: ApiWorld;
  let client: ApiClient;

  beforeAll(async () => {
    world = await ApiWorld.start(combination, [{ pool: OPTIONAL_MFA }]);
    ({ client } = await world.signedIn('optional'));
  });

  afterAll(async () => {
    await world.stop();
  });

  it('knows a body of every route that has one', () => {
    const known = new Set(bodies.map(({ route }) => route));
    const without = callsOf(delivery).filter(
      ({ route, method }) => method !== 'get' && method !== 'delete' && !known.has(route),
    );
    const none = ['associateTotp', 'startPasskey'];
    expect(without.map(({ route }) => route)).toEqual(delivery === 'cookie' ? ['setUpTotp', ...none] : none);
  });

  describe.each(bodies.map((one) => ({ ...one, variant: one.variant ?? '' })))('$route $variant', (valid) => {
    const { method, path } = callOf(valid.route);

    it('refuses what is wrong in one place', async () => {
      for (const { what, body } of mutationsOf(valid.body, valid)) {
        const { status, body: answer } = await client.call(method, path, body as object);
        const { code, errors } = answer as { readonly code?: string; readonly errors?: unknown[] };
        expect({ what, status, code, fields: errors?.length }).toEqual({
          what,
          ...INVALID,
          fields: expect.any(Number) as number,
        });
      }
    });

    it('refuses what is no object', async () => {
      const json = { 'content-type': 'application/json' };
      for (const text of ['[]', JSON.stringify([valid.body]), 'null', '"Sent-Text"', '7', 'true']) {
        const response = await client.call(method, path, text, { headers: json });
        expect({ text, ...refusalOf(response) }).toEqual({ text, ...INVALID });
      }
    });

    it('refuses members that would change prototypes, and bodies that would exhaust the stack', async () => {
      const json = { 'content-type': 'application/json' };
      const nested = `${'{"a":'.repeat(12_000)}1${'}'.repeat(12_000)}`;
      for (const members of ['"__proto__":{"polluted":true}', '"constructor":{"prototype":{}}', `"deep":${nested}`]) {
        const text = JSON.stringify(valid.body).replace('{', `{${members},`);
        const response = await client.call(method, path, text, { headers: json });
        // Fastify refuses the first two itself.
        const isRead = platform === 'express' || members.startsWith('"deep"');
        expect(refusalOf(response)).toEqual(isRead ? INVALID : { status: 400 });
      }
      expect(({} as { readonly polluted?: unknown }).polluted).toBeUndefined();
    });
  });

  it.each(byRoute)('$route refuses other types of content, and too much of it', async ({ method, path }) => {
    for (const type of [
      'text/plain',
      'application/x-www-form-urlencoded',
      'multipart/form-data; boundary=x',
      'text/xml',
      // Neither platform reads it: an answer to an empty body would ignore what was sent.
      'application/vnd.api+json',
    ]) {
      const response = await client.call(method, path, 'username=Sent-Text', { headers: { 'content-type': type } });
      expect({ type, ...refusalOf(response) }).toEqual({ type, status: 415, code: 'CONTENT_TYPE_UNSUPPORTED' });
    }
    const untyped = await client.call(method, path, undefined, { headers: { 'content-length': '0' } });
    expect(untyped.status).toBeLessThan(500);
    const large = await client.call(method, path, { username: 'Sent-'.repeat(300_000) });
    expect(large.status).toBe(413);
    const json = { 'content-type': 'application/json' };
    const malformed = await client.call(method, path, '{"password":"Sent-Password-9', { headers: json });
    expect(refusalOf(malformed)).toEqual(platform === 'express' ? INVALID : { status: 400 });
  });

  it('repeats nothing that was sent, in no answer and in no log', () => {
    const repeating = world.journal.exchanges.filter(({ text }) => /Sent-/i.test(text));
    expect(repeating).toEqual([]);
    expect(world.log.filter((line) => /Sent-/i.test(line))).toEqual([]);
  });

  it('answers nothing by a fault of the server', () => {
    expect(world.journal.exchanges.filter(({ status }) => status >= 500)).toEqual([]);
  });
});
