import { inspect } from 'node:util';

import { createPoolVerifier, type PoolVerifierOptions } from '../../lib/tokens/pool-verifier.js';
import { TokenRejectedError } from '../../lib/tokens/token-errors.js';
import type { TokenEvent } from '../../lib/tokens/token-events.js';
import { accessToken, CLIENT_ID, idToken, ISSUER, jwks, NOW, POOL_ID, TestClock } from './support/test-issuer.js';

const NEW_ISSUER = `https://issuer-cognito-idp.eu-west-1.amazonaws.com/${POOL_ID}`;
const SECONDS = NOW / 1000;

async function rejectionOf(token: string, options: Partial<PoolVerifierOptions> = {}) {
  const events: TokenEvent[] = [];
  const verifier = createPoolVerifier({
    userPoolId: POOL_ID,
    acceptedClientIds: [CLIENT_ID],
    jwks: jwks(),
    clock: new TestClock().read,
    onTokenEvent: (event) => events.push(event),
    ...options,
  });
  const error: unknown = await verifier.verify(token).catch((reason: unknown) => reason);
  return { error, event: events[0] };
}

describe('the rejection of a token', () => {
  it.each<[string, string, string, string, Partial<PoolVerifierOptions>?]>([
    [
      'TOKEN_ISSUER_REFUSED',
      accessToken({ iss: 'https://other.example' }),
      `iss "${ISSUER}" or "${NEW_ISSUER}"`,
      'iss "https://other.example"',
    ],
    ['TOKEN_ISSUER_REFUSED', accessToken({ iss: undefined }), `iss "${ISSUER}" or "${NEW_ISSUER}"`, 'no iss'],
    [
      'TOKEN_CLIENT_REFUSED',
      accessToken({ client_id: 'other' }),
      `client_id "${CLIENT_ID}" or "second"`,
      'client_id "other"',
      { acceptedClientIds: [CLIENT_ID, 'second'] },
    ],
    ['TOKEN_CLIENT_REFUSED', idToken({ aud: 'other' }), `aud "${CLIENT_ID}"`, 'aud "other"', { tokenUse: 'id' }],
    [
      'TOKEN_CLIENT_REFUSED',
      accessToken({ aud: ['photos', 'films'] }),
      `aud "${CLIENT_ID}" or "music"`,
      'aud ["photos","films"]',
      { audiences: ['music'] },
    ],
    [
      'TOKEN_USE_REFUSED',
      idToken(),
      'token_use "access" (set by the option tokenUse, or @TokenUse of the handler)',
      'token_use "id"',
    ],
    ['TOKEN_USE_REFUSED', accessToken({ token_use: 'refresh' }), 'token_use "access" or "id"', 'token_use "refresh"'],
    [
      'TOKEN_EXPIRED',
      accessToken({ exp: SECONDS - 60 }),
      'exp in the future',
      'exp 2026-11-23T11:59:00.000Z at 2026-11-23T12:00:00.000Z',
      { clockToleranceSeconds: 30 },
    ],
    ['TOKEN_NOT_YET_VALID', accessToken({ nbf: 1e300 }), 'nbf in the past', 'nbf 1e+300 at 2026-11-23T12:00:00.000Z'],
    ['TOKEN_KEY_UNKNOWN', accessToken({}, { kid: 'other' }), 'kid "access-key" or "id-key"', 'kid "other"'],
    ['TOKEN_ALGORITHM_REFUSED', accessToken({}, { alg: 'HS256' }), 'alg "RS256"', 'alg "HS256"'],
    ['TOKEN_CLAIMS_INVALID', accessToken({ sub: 7 }), 'a well-formed claim sub', 'a number'],
    ['TOKEN_CLAIMS_INVALID', accessToken({ exp: undefined }), 'a well-formed claim exp', 'none'],
    ['TOKEN_CLAIMS_INVALID', accessToken({ acr: '' }), 'a well-formed claim acr', 'a string'],
    [
      'TOKEN_CLAIMS_INVALID',
      accessToken({ username: 5 }),
      'the claims of a token with token_use "access"',
      'one that is missing or of another type',
    ],
    [
      'TOKEN_CLAIMS_INVALID',
      accessToken(),
      'true from customCheck',
      'a value of type undefined',
      { customCheck: () => undefined as never },
    ],
    ['TOKEN_CLAIMS_INVALID', accessToken(), 'true from customCheck', 'false', { customCheck: () => false }],
  ])('%s says what was expected and what came', async (code, token, expected, received, options = {}) => {
    const { error, event } = await rejectionOf(token, options);
    expect(event).toEqual({ type: 'token-rejected', pool: POOL_ID, code, expected, received });
    expect(error).toBeInstanceOf(TokenRejectedError);
    expect((error as TokenRejectedError).mismatch).toEqual({ expected, received });
  });

  it('says no more than the code where there is nothing to compare', async () => {
    const { event } = await rejectionOf('no token');
    expect(event).toEqual({ type: 'token-rejected', pool: POOL_ID, code: 'TOKEN_MALFORMED' });
  });

  it('repeats no more than 200 characters of a claim, and none that changes what a log shows', async () => {
    const iss = `\u001b[2J\r\nERROR\u2028\u202e\u0085${'x'.repeat(5_000)}`;
    const { event } = await rejectionOf(accessToken({ iss }));
    const { received = '' } = event as { received?: string };
    expect(received).toHaveLength(200);
    expect(received).not.toMatch(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u);
    const { event: many } = await rejectionOf(accessToken(), {
      acceptedClientIds: Array.from({ length: 50 }, (_, i) => `client-${String(i)}`),
    });
    expect((many as { expected?: string }).expected).toHaveLength(200);
  });

  it('shows clients nothing of it: neither the message nor what is printed or serialized', async () => {
    const { error } = await rejectionOf(accessToken({ client_id: 'other' }));
    for (const text of [String(error), JSON.stringify(error), inspect(error, { showHidden: true })]) {
      expect(text).not.toContain(CLIENT_ID);
      expect(text).not.toContain('"other"');
    }
  });
});
