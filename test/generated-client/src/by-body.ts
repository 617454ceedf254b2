import assert from 'node:assert/strict';

import createClient from 'openapi-fetch';

import type { components, paths } from './body-api.js';
import { mailedTo, origin, shownBy, taken } from './round.js';

const ANN = { username: 'ann', password: 'Correct-Horse-9' };
let tokens: components['schemas']['TokensDto'] | undefined;

const api = createClient<paths>({ baseUrl: origin });
api.use({
  onRequest({ request }) {
    if (tokens !== undefined) {
      request.headers.set('authorization', `Bearer ${tokens.accessToken}`);
    }
    return request;
  },
});

async function signIn(password: string): Promise<components['schemas']['ChallengedDto'] | undefined> {
  const outcome = taken(await api.POST('/auth/authenticate', { body: { username: ANN.username, password } }));
  switch (outcome.status) {
    case 'AUTHENTICATED':
      tokens = outcome.tokens;
      return undefined;
    case 'CHALLENGE':
      return outcome;
  }
}

// A sign-up, and what is refused before it is confirmed.
const registration = taken(
  await api.POST('/auth/register', { body: { ...ANN, attributes: { email: 'ann@example.com' } } }),
);
assert.equal(registration.confirmed, false);
const early = await api.POST('/auth/authenticate', { body: ANN });
assert(early.error !== undefined);
switch (early.error.code) {
  case 'USER_NOT_CONFIRMED':
    break;
  // @ts-expect-error -- the codes of an operation are a closed list.
  case 'NO_SUCH_CODE':
  default:
    assert.fail(early.error.message);
}
const code = await mailedTo('ann@example.com');
const { status } = taken(await api.POST('/auth/confirm', { body: { username: 'ann', code } }));
assert.equal(status, 'CONFIRMED');

// A second factor.
assert.equal(await signIn(ANN.password), undefined);
const setup = taken(await api.POST('/auth/mfa/totp'));
taken(await api.POST('/auth/mfa/totp/verify', { body: { code: await shownBy(setup.secretCode) } }));
tokens = undefined;
const challenged = await signIn(ANN.password);
assert(challenged?.challenge.name === 'SOFTWARE_TOKEN_MFA');
const answer = { code: await shownBy(setup.secretCode) };
const outcome = taken(await api.POST('/auth/respond', { body: { challenge: challenged.challenge, answer } }));
assert(outcome.status === 'AUTHENTICATED');
tokens = outcome.tokens;

// The account.
const updated = taken(await api.PATCH('/auth/me', { body: { attributes: { nickname: 'Ann' } } }));
assert.deepEqual(updated.deliveries, []);
const me = taken(await api.GET('/auth/me'));
assert.deepEqual([me.username, me.attributes['nickname'], me.preferredMfa], ['ann', 'Ann', 'SOFTWARE_TOKEN_MFA']);
taken(
  await api.POST('/auth/password', {
    body: { previousPassword: ANN.password, proposedPassword: 'Another-Horse-9' },
  }),
);
taken(await api.PUT('/auth/mfa', { body: { softwareToken: { enabled: false } } }));
assert.deepEqual(taken(await api.GET('/auth/mfa')).mfa, []);
assert.deepEqual(taken(await api.GET('/auth/devices')), []);
const deviceKey = 'eu-west-1_5ac3f0d2-1111-2222-3333-444455556666';
const forgotten = await api.DELETE('/auth/devices/{deviceKey}', { params: { path: { deviceKey } } });
assert.equal(forgotten.error?.code, 'DEVICE_NOT_FOUND');

// The tokens.
const { refreshToken = '' } = tokens;
const renewed = taken(await api.POST('/auth/renew', { body: { refreshToken } }));
assert.notEqual(renewed.accessToken, tokens.accessToken);
tokens = { ...tokens, ...renewed };
taken(await api.POST('/auth/logout', { body: { refreshToken } }));
const ended = await api.POST('/auth/renew', { body: { refreshToken } });
assert.equal(ended.error?.code, 'REFRESH_TOKEN_REVOKED');

// A forgotten password.
tokens = undefined;
taken(await api.POST('/auth/forgot-password', { body: { username: 'ann' } }));
const recovery = { username: 'ann', code: await mailedTo('ann@example.com'), password: 'Third-Horse-9' };
taken(await api.POST('/auth/confirm-forgot-password', { body: recovery }));
assert.equal(await signIn(recovery.password), undefined);

// The end of the account.
taken(await api.DELETE('/auth/me'));
const gone = await api.GET('/auth/me');
assert.equal(gone.response.status, 404);
assert.equal(gone.error?.code, 'USER_NOT_FOUND');
console.log('The round is complete.');
