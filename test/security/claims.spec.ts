import {
  accessClaims,
  accessKey,
  accessToken,
  idToken,
  ISSUER,
  NOW,
  signText,
  signToken,
  TestKey,
} from '../tokens/support/test-issuer.js';
import { describeAttacks } from './support/attacks.js';

const SECONDS = NOW / 1000;
const stranger = new TestKey(accessKey.kid);

describeAttacks('whose token it is (RFC 8725, sections 2.7 and 2.8)', (attack) => {
  it('refuses the token of another pool, with the stranger’s key and with ours (RFC 8725, section 3.8)', async () => {
    const iss = 'https://cognito-idp.eu-west-1.amazonaws.com/eu-west-1_Other';
    await attack.expectRefused(signToken(accessClaims({ iss }), stranger), 'TOKEN_ISSUER_REFUSED');
    await attack.expectRefused(accessToken({ iss }), 'TOKEN_ISSUER_REFUSED');
  });

  it.each([
    `${ISSUER}/`,
    ` ${ISSUER}`,
    `${ISSUER}#`,
    `${ISSUER}?x=`,
    ISSUER.replace('https', 'http'),
    ISSUER.replace('eu-west-1_', 'EU-WEST-1_'),
    [ISSUER],
    { 0: ISSUER },
    null,
    undefined,
  ])('refuses the issuer %j (RFC 7519, section 4.1.1; RFC 8725, section 3.8)', async (iss) => {
    await attack.expectRefused(accessToken({ iss }), 'TOKEN_ISSUER_REFUSED');
  });

  it('refuses the token of another client (RFC 7519, section 4.1.3; RFC 8725, section 3.9)', async () => {
    await attack.expectRefused(accessToken({ client_id: 'other' }), 'TOKEN_CLIENT_REFUSED');
    await attack.expectRefused(accessToken({ aud: 'https://elsewhere.example' }), 'TOKEN_CLIENT_REFUSED');
    await attack.expectRefused(accessToken({ aud: ['https://elsewhere.example'] }), 'TOKEN_CLIENT_REFUSED');
  });

  it('refuses an id token for an access token, also with the claims of both (RFC 8725, section 3.12)', async () => {
    await attack.expectRefused(idToken(), 'TOKEN_USE_REFUSED');
    await attack.expectRefused(
      accessToken({ token_use: 'id', aud: '1example23456789client', 'cognito:username': 'a' }),
      'TOKEN_USE_REFUSED',
    );
  });

  it.each(['Access', 'refresh', '', 'constructor', '__proto__', null, ['access'], undefined])(
    'refuses token_use %j (RFC 8725, sections 3.11 and 3.12)',
    async (token_use) => {
      await attack.expectRefused(accessToken({ token_use }), 'TOKEN_USE_REFUSED');
    },
  );
});

describeAttacks('time (RFC 7519, sections 4.1.4 to 4.1.6)', (attack) => {
  it('refuses an expired token and one that is not valid yet', async () => {
    await attack.expectRefused(accessToken({ exp: SECONDS }), 'TOKEN_EXPIRED');
    await attack.expectRefused(accessToken({ exp: SECONDS - 100_000 }), 'TOKEN_EXPIRED');
    await attack.expectRefused(accessToken({ nbf: SECONDS + 1 }), 'TOKEN_NOT_YET_VALID');
  });

  it.each(['exp', 'iat', 'nbf', 'auth_time'])('refuses %s as a text, a list, null or true', async (name) => {
    for (const value of [String(SECONDS + 3600), [SECONDS + 3600], null, true, {}]) {
      await attack.expectRefused(accessToken({ [name]: value }), 'TOKEN_CLAIMS_INVALID');
    }
  });

  it.each(['exp', 'iat'])('refuses a token without %s', async (name) => {
    await attack.expectRefused(accessToken({ [name]: undefined }), 'TOKEN_CLAIMS_INVALID');
  });

  it('refuses an end at infinity', async () => {
    const claims = JSON.stringify(accessClaims({ exp: 1 })).replace('"exp":1', '"exp":1e999');
    await attack.expectRefused(signText(claims, accessKey), 'TOKEN_CLAIMS_INVALID');
  });

  it('refuses an end before the beginning of time', async () => {
    await attack.expectRefused(accessToken({ exp: -1 }), 'TOKEN_EXPIRED');
    await attack.expectRefused(accessToken({ exp: 0 }), 'TOKEN_EXPIRED');
  });
});

describeAttacks('claims that are not what they should be (RFC 7519, section 4.1)', (attack) => {
  it.each([
    ['sub', undefined],
    ['sub', ''],
    ['sub', 7],
    ['client_id', undefined],
    ['client_id', ['1example23456789client']],
    ['username', null],
    ['username', { $ne: '' }],
    ['scope', ['admin']],
    ['cognito:groups', 'admin'],
    ['cognito:groups', [['admin']]],
    ['cognito:groups', { includes: 1 }],
    ['acr', 2],
    ['jti', {}],
    ['origin_jti', 1],
    ['aud', 7],
  ])('refuses %s: %j', async (name, value) => {
    await attack.expectRefused(accessToken({ [name]: value }), 'TOKEN_CLAIMS_INVALID');
  });

  it('refuses a member named __proto__, at any depth, in the claims and in the header (RFC 8725, section 3.10)', async () => {
    const claims = JSON.stringify(accessClaims());
    await attack.expectRefused(
      signText(claims.replace('{', '{"__proto__":{"admin":true},'), accessKey),
      'TOKEN_MALFORMED',
    );
    await attack.expectRefused(
      signText(claims.replace('{', '{"a":{"__proto__":{"admin":true}},'), accessKey),
      'TOKEN_MALFORMED',
    );
    await attack.expectRefused(
      signText(claims, accessKey, `{"__proto__":{},"kid":"${accessKey.kid}","alg":"RS256"}`),
      'TOKEN_MALFORMED',
    );
  });

  it('takes required claims from the token alone, never from the prototype of objects (RFC 8725, section 3.10)', async () => {
    await attack.expectRefused(
      signText(`{"__proto__":${JSON.stringify(accessClaims())}}`, accessKey),
      'TOKEN_MALFORMED',
    );
    await attack.expectRefused(signText('{}', accessKey), 'TOKEN_ISSUER_REFUSED');
  });
});
