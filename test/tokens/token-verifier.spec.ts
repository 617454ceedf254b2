import { SignJWT } from 'jose';

import { isClientCredentials, usernameOf } from '../../lib/tokens/claims/token-claims.js';
import { TokenRejectedError, type TokenRejectionCode } from '../../lib/tokens/token-errors.js';
import type { TokenVerifier } from '../../lib/tokens/token-verifier.js';
import {
  accessClaims,
  accessKey,
  accessToken,
  CLIENT_ID,
  idKey,
  idToken,
  ISSUER,
  jwks,
  machineToken,
  NOW,
  signToken,
  TestClock,
  TestKey,
} from './support/test-issuer.js';
import { fetchedKeys, fixedKeys } from './support/signing-keys.js';
import { verifierUnderTest } from './support/verifiers.js';

const SECONDS = NOW / 1000;

/** What `verifySync` leaves to `verify`: texts that are no tokens, and keys that may have to be fetched. */
const LEFT_TO_VERIFY: readonly TokenRejectionCode[] = ['TOKEN_MALFORMED', 'TOKEN_KEY_UNKNOWN'];

function attempt(work: () => unknown): unknown {
  try {
    return work();
  } catch (error) {
    return error;
  }
}

async function expectRefused(verifier: TokenVerifier, token: string, code: TokenRejectionCode): Promise<void> {
  const refusal = await verifier.verify(token).catch((error: unknown) => error);
  expect(attempt(() => verifier.verifySync(token))).toEqual(LEFT_TO_VERIFY.includes(code) ? undefined : refusal);
  expect(refusal).toBeInstanceOf(TokenRejectedError);
  expect(refusal).toMatchObject({ code, name: 'TokenRejectedError' });
}

describe('TokenVerifier', () => {
  it('accepts an access token and answers with its claims, frozen', async () => {
    const { verifier } = verifierUnderTest();
    const claims = await verifier.verify(accessToken({ 'cognito:groups': ['staff'], 'custom:data': { deep: [1] } }));

    expect(claims).toEqual(accessClaims({ 'cognito:groups': ['staff'], 'custom:data': { deep: [1] } }));
    expect(usernameOf(claims)).toBe('janedoe');
    expect(isClientCredentials(claims)).toBe(false);
    expect(() => (claims['cognito:groups'] as string[]).push('admin')).toThrow(TypeError);
    expect(() => ((claims as { sub: string }).sub = 'other')).toThrow(TypeError);
  });

  it('accepts a token that jose has made, with the header that others send', async () => {
    const token = await new SignJWT(accessClaims())
      .setProtectedHeader({ alg: 'RS256', kid: accessKey.kid, typ: 'JWT' })
      .sign(accessKey.privateKey);
    await expect(verifierUnderTest().verifier.verify(token)).resolves.toMatchObject({ username: 'janedoe' });
  });

  it('accepts an id token where one is expected, signed with the other key', async () => {
    const { verifier } = verifierUnderTest({ tokenUse: 'id' });
    const claims = await verifier.verify(idToken());
    expect(claims).toMatchObject({ token_use: 'id', email: 'jane@example.com' });
    expect(usernameOf(claims)).toBe('janedoe');
  });

  it('accepts a machine-to-machine token and tells that there is no user', async () => {
    const claims = await verifierUnderTest().verifier.verify(machineToken());
    expect(isClientCredentials(claims)).toBe(true);
    expect(usernameOf(claims)).toBeUndefined();
  });

  describe('the kind of token', () => {
    it('refuses an id token as an access token and the other way round', async () => {
      await expectRefused(verifierUnderTest().verifier, idToken(), 'TOKEN_USE_REFUSED');
      await expectRefused(verifierUnderTest({ tokenUse: 'id' }).verifier, accessToken(), 'TOKEN_USE_REFUSED');
    });

    it('accepts both where the option is null on purpose', async () => {
      const { verifier } = verifierUnderTest({ tokenUse: null });
      await expect(verifier.verify(accessToken())).resolves.toBeDefined();
      await expect(verifier.verify(idToken())).resolves.toBeDefined();
    });

    it('lets the caller expect another kind, also of a token that is remembered', async () => {
      const { verifier } = verifierUnderTest();
      const token = idToken();
      await expect(verifier.verify(token, { tokenUse: 'id' })).resolves.toBeDefined();
      await expect(verifier.verify(token, { tokenUse: null })).resolves.toBeDefined();
      await expect(verifier.verify(token, { tokenUse: ['id', 'access'] })).resolves.toBeDefined();
      await expectRefused(verifier, token, 'TOKEN_USE_REFUSED');
      expect(() => verifier.verifySync(token)).toThrow(TokenRejectedError);
    });
  });

  describe('the app client', () => {
    it('accepts each of the clients, in either claim', async () => {
      const { verifier } = verifierUnderTest({ acceptedClientIds: [CLIENT_ID, 'second'], tokenUse: null });
      await expect(verifier.verify(accessToken({ client_id: 'second' }))).resolves.toBeDefined();
      await expect(verifier.verify(idToken({ aud: 'second' }))).resolves.toBeDefined();
      await expectRefused(verifier, accessToken({ client_id: 'third' }), 'TOKEN_CLIENT_REFUSED');
      await expectRefused(verifier, idToken({ aud: 'third' }), 'TOKEN_CLIENT_REFUSED');
    });

    it('accepts every client where the option is null on purpose, and none where the list is empty', async () => {
      const token = accessToken({ client_id: 'any' });
      await expect(verifierUnderTest({ acceptedClientIds: null }).verifier.verify(token)).resolves.toBeDefined();
      await expectRefused(verifierUnderTest({ acceptedClientIds: [] }).verifier, token, 'TOKEN_CLIENT_REFUSED');
    });

    it('accepts an audience in an access token only if it is the client or an option names it', async () => {
      const bound = accessToken({ aud: 'https://photos.example.com' });
      await expect(verifierUnderTest().verifier.verify(accessToken({ aud: CLIENT_ID }))).resolves.toBeDefined();
      await expectRefused(verifierUnderTest().verifier, bound, 'TOKEN_CLIENT_REFUSED');
      const options = { audiences: ['https://photos.example.com'] };
      await expect(verifierUnderTest(options).verifier.verify(bound)).resolves.toBeDefined();
      await expect(verifierUnderTest({ audiences: null }).verifier.verify(bound)).resolves.toBeDefined();
    });

    it('lets the caller expect other audiences than the pool, also of a token that is remembered', async () => {
      const bound = accessToken({ aud: 'https://photos.example.com' });
      const { verifier } = verifierUnderTest();
      for (const audiences of [['https://photos.example.com'], null]) {
        await expect(verifier.verify(bound, { audiences })).resolves.toBeDefined();
        expect(verifier.verifySync(bound, { audiences })).toBeDefined();
      }
      await expect(verifier.verify(bound, { audiences: [] })).rejects.toMatchObject({ code: 'TOKEN_CLIENT_REFUSED' });
      await expectRefused(verifier, bound, 'TOKEN_CLIENT_REFUSED');
    });
  });

  describe('time', () => {
    it('refuses a token on the very second of its end, remembered or not', async () => {
      const { verifier, clock, cache } = verifierUnderTest();
      const token = accessToken({ exp: SECONDS + 10 });
      await verifier.verify(token);
      clock.advance(9_999);
      expect(verifier.verifySync(token)).toBeDefined();

      clock.advance(1);
      expect(() => verifier.verifySync(token)).toThrow(expect.objectContaining({ code: 'TOKEN_EXPIRED' }));
      expect(cache.size).toBe(0);
      await expectRefused(verifier, token, 'TOKEN_EXPIRED');
    });

    it('refuses a token before its beginning', async () => {
      const { verifier, clock } = verifierUnderTest();
      const token = accessToken({ nbf: SECONDS + 1 });
      await expectRefused(verifier, token, 'TOKEN_NOT_YET_VALID');
      clock.advance(1_000);
      await expect(verifier.verify(token)).resolves.toBeDefined();
    });

    it('tolerates clocks that differ by as much as the option says', async () => {
      const { verifier } = verifierUnderTest({ clockToleranceSeconds: 5 });
      await expect(verifier.verify(accessToken({ exp: SECONDS - 4 }))).resolves.toBeDefined();
      await expectRefused(verifier, accessToken({ exp: SECONDS - 5 }), 'TOKEN_EXPIRED');
      await expect(verifier.verify(accessToken({ nbf: SECONDS + 5 }))).resolves.toBeDefined();
      await expectRefused(verifier, accessToken({ nbf: SECONDS + 6 }), 'TOKEN_NOT_YET_VALID');
    });
  });

  describe('issuers and keys', () => {
    it('trusts several issuers, each with its own keys', async () => {
      const other = new TestKey('other');
      const { verifier } = verifierUnderTest({
        issuers: [fixedKeys(), fixedKeys('https://other.example', jwks(other).keys)],
      });
      await expect(
        verifier.verify(signToken(accessClaims({ iss: 'https://other.example' }), other)),
      ).resolves.toBeDefined();
      await expectRefused(verifier, signToken(accessClaims(), other), 'TOKEN_KEY_UNKNOWN');
      await expectRefused(verifier, accessToken({ iss: 'https://other.example' }), 'TOKEN_KEY_UNKNOWN');
    });

    it('asks for no key on behalf of an issuer that is not listed', async () => {
      const fetch = jest.fn(() => Promise.resolve(jwks().keys));
      const { verifier } = verifierUnderTest({ issuers: [fetchedKeys({ fetch })] });
      for (const iss of [`${ISSUER}/`, ISSUER.toUpperCase(), 'https://evil.example', '', 7, undefined]) {
        await expectRefused(verifier, accessToken({ iss }), 'TOKEN_ISSUER_REFUSED');
      }
      expect(fetch).not.toHaveBeenCalled();
      expect(verifier.accepts(ISSUER)).toBe(true);
      expect(verifier.accepts('https://evil.example')).toBe(false);
    });

    it('says 503 and not 401 as long as no key is known', async () => {
      const fetch = () => Promise.reject(new Error('down'));
      const { verifier, events } = verifierUnderTest({ issuers: [fetchedKeys({ fetch })] });
      await expect(verifier.verify(accessToken())).rejects.toMatchObject({
        code: 'SIGNING_KEYS_UNAVAILABLE',
        status: 503,
      });
      expect(events).toEqual([]);
      expect(verifier.keys()).toEqual([{ issuer: ISSUER, keys: 0, age: undefined, outage: expect.any(Number) }]);
    });

    it('forgets a remembered token when its key is withdrawn', async () => {
      let published = jwks();
      const clock = new TestClock();
      const keys = fetchedKeys({
        fetch: () => Promise.resolve(published.keys),
        clock: clock.read,
      });
      const { verifier, remembers } = verifierUnderTest({ issuers: [keys], clock: clock.read });
      const token = accessToken();
      await verifier.verify(token);
      expect(remembers(token)).toBe(true);

      published = jwks(idKey);
      clock.advance(10_000);
      await expectRefused(verifier, signToken(accessClaims(), new TestKey('unknown')), 'TOKEN_KEY_UNKNOWN');

      expect(remembers(token)).toBe(false);
      expect(verifier.verifySync(token)).toBeUndefined();
      await expectRefused(verifier, token, 'TOKEN_KEY_UNKNOWN');
    });
  });

  describe('remembering', () => {
    it('recalls what passed, and nothing else', async () => {
      const { verifier, cache, events, remembers } = verifierUnderTest();
      const token = accessToken();
      expect(remembers(token)).toBe(false);
      const claims = await verifier.verify(token);

      expect(verifier.verifySync(token)).toBe(claims);
      expect(await verifier.verify(token)).toBe(claims);
      expect(remembers(accessToken({ jti: 'another' }))).toBe(false);
      expect(cache.size).toBe(1);
      expect(events).toEqual([
        { type: 'token-accepted', pool: 'default', tokenUse: 'access', remembered: false },
        { type: 'token-accepted', pool: 'default', tokenUse: 'access', remembered: true },
        { type: 'token-accepted', pool: 'default', tokenUse: 'access', remembered: true },
      ]);
    });

    it('can be turned off', async () => {
      const { verifier, events } = verifierUnderTest({ cache: null });
      const token = accessToken();
      await verifier.verify(token);
      expect(verifier.verifySync(token)).toBeDefined();
      await expect(verifier.verify(token)).resolves.toBeDefined();
      expect(events).toMatchObject([{ remembered: false }, { remembered: false }, { remembered: false }]);
    });
  });

  describe('a check of the application', () => {
    it('refuses by answering false, at every request', async () => {
      let allowed = true;
      const { verifier } = verifierUnderTest({
        customCheck: (claims) => Promise.resolve(allowed && claims.sub !== ''),
      });
      const token = accessToken();
      await expect(verifier.verify(token)).resolves.toBeDefined();
      expect(verifier.verifySync(token)).toBeUndefined();
      allowed = false;
      await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'TOKEN_CLAIMS_INVALID' });
    });

    it.each([false, undefined, null, 0, 1, 'true', {}])(
      'refuses what it does not answer with true: %p',
      async (answer) => {
        const { verifier } = verifierUnderTest({ customCheck: () => Promise.resolve(answer as boolean) });
        await expect(verifier.verify(accessToken())).rejects.toMatchObject({ code: 'TOKEN_CLAIMS_INVALID' });
      },
    );

    it('passes on what the check throws', async () => {
      const fault = new Error('database');
      const { verifier, events } = verifierUnderTest({
        customCheck: () => {
          throw fault;
        },
      });
      await expect(verifier.verify(accessToken())).rejects.toBe(fault);
      expect(events).toEqual([]);
    });
  });

  it('tells an observer why it refused, and survives an observer that throws', async () => {
    const { verifier, events } = verifierUnderTest();
    await expect(verifier.verify(accessToken({ exp: SECONDS - 1 }))).rejects.toMatchObject({ code: 'TOKEN_EXPIRED' });
    expect(events).toMatchObject([{ type: 'token-rejected', pool: 'default', code: 'TOKEN_EXPIRED' }]);

    const loud = verifierUnderTest({
      onTokenEvent: () => {
        throw new Error('observer');
      },
    });
    await expect(loud.verifier.verify(accessToken())).resolves.toBeDefined();
    await expectRefused(loud.verifier, 'x', 'TOKEN_MALFORMED');
  });

  it('survives an observer whose promise rejects', async () => {
    const unhandled = jest.fn();
    process.on('unhandledRejection', unhandled);
    try {
      const { verifier } = verifierUnderTest({ onTokenEvent: () => Promise.reject(new Error('database')) });
      const token = accessToken();
      await verifier.verify(token);
      expect(verifier.verifySync(token)).toBeDefined();
      await expectRefused(verifier, 'x', 'TOKEN_MALFORMED');
      // Node tells of unhandled rejections when the microtasks are done.
      await new Promise(setImmediate);
      expect(unhandled).not.toHaveBeenCalled();
    } finally {
      process.off('unhandledRejection', unhandled);
    }
  });

  it('never repeats a token in an error', async () => {
    const token = accessToken({ exp: 1 });
    const error: unknown = await verifierUnderTest()
      .verifier.verify(token)
      .catch((refusal: unknown) => refusal);
    expect(error).toBeInstanceOf(TokenRejectedError);
    const { message, stack } = error as TokenRejectedError;
    const said = `${JSON.stringify(error)} ${message} ${stack ?? ''}`;
    for (const part of token.split('.')) {
      expect(said).not.toContain(part.slice(0, 20));
    }
  });
});
