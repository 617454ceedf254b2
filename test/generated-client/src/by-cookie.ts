import assert from 'node:assert/strict';

import createClient from 'openapi-fetch';

import { browserFetch } from './cookie-jar.js';
import type { components, paths } from './cookie-api.js';
import { mailedTo, origin, shownBy, taken } from './round.js';

const BOB = { username: 'bob', password: 'Correct-Horse-9' };
/** The type of each public operation that changes something requires it. */
const params = { header: { 'x-mandate-csrf': '1' } } as const;

const api = createClient<paths>({ baseUrl: origin, fetch: browserFetch() });
api.use({
  onRequest({ request }) {
    request.headers.set('x-mandate-csrf', '1');
    return request;
  },
});

type Outcome = components['schemas']['SignedInDto'] | components['schemas']['ChallengeShownDto'];

async function signIn(password: string): Promise<Outcome> {
  return taken(await api.POST('/auth/authenticate', { params, body: { username: BOB.username, password } }));
}

// A sign-up.
assert.equal(taken(await api.GET('/auth/session')), null);
const attributes = { email: 'bob@example.com' };
assert.equal(taken(await api.POST('/auth/register', { params, body: { ...BOB, attributes } })).confirmed, false);
const code = await mailedTo('bob@example.com');
assert.equal(taken(await api.POST('/auth/confirm', { params, body: { username: 'bob', code } })).status, 'CONFIRMED');

// A session, which no script can read.
const first = await signIn(BOB.password);
assert(first.status === 'AUTHENTICATED');
assert.equal(first.isNewDevice, false);
assert.equal(taken(await api.GET('/auth/session'))?.sub, first.session.sub);

// A second factor.
const { secretCode } = taken(await api.POST('/auth/mfa/totp'));
taken(await api.POST('/auth/mfa/totp/verify', { body: { code: await shownBy(secretCode) } }));
taken(await api.POST('/auth/logout', { params, body: {} }));
assert.equal(taken(await api.GET('/auth/session')), null);
const second = await signIn(BOB.password);
assert(second.status === 'CHALLENGE' && second.challenge.name === 'SOFTWARE_TOKEN_MFA');
assert(!('session' in second.challenge));
const answered = taken(
  await api.POST('/auth/respond', {
    params,
    body: { name: second.challenge.name, answer: { code: await shownBy(secretCode) } },
  }),
);
assert.equal(answered.status, 'AUTHENTICATED');

// The account.
taken(await api.PATCH('/auth/me', { body: { attributes: { nickname: 'Bob' } } }));
const me = taken(await api.GET('/auth/me'));
assert.deepEqual([me.username, me.attributes['nickname']], ['bob', 'Bob']);
taken(
  await api.POST('/auth/password', {
    body: { previousPassword: BOB.password, proposedPassword: 'Another-Horse-9' },
  }),
);
taken(await api.PUT('/auth/mfa', { body: { softwareToken: { enabled: false } } }));

// A forgotten password.
taken(await api.POST('/auth/forgot-password', { params, body: { username: 'bob' } }));
const recovery = { username: 'bob', code: await mailedTo('bob@example.com'), password: 'Third-Horse-9' };
taken(await api.POST('/auth/confirm-forgot-password', { params, body: recovery }));
assert.equal((await signIn(recovery.password)).status, 'AUTHENTICATED');

// The end.
taken(await api.POST('/auth/logout', { params, body: { everywhere: true } }));
const gone = await api.GET('/auth/me');
assert.equal(gone.response.status, 401);
assert.equal(gone.error?.code, 'TOKEN_MISSING');
console.log('The round is complete.');
