import { Keyv } from 'keyv';
import { TestTokenIssuer } from 'mandate/testing';
import {
  createPoolVerifier,
  createTenantVerifier,
  type PoolVerifierOptions,
  RevocationList,
  TokenRejectedError,
  usernameOf,
} from 'mandate/verifier';

import { signingKeysPem } from '../local/signing-keys.js';

describe('verification without Nest', () => {
  let issuer: TestTokenIssuer;
  let options: PoolVerifierOptions;

  beforeAll(async () => {
    issuer = await TestTokenIssuer.create({ keys: signingKeysPem() });
    options = { userPoolId: issuer.userPoolId, acceptedClientIds: [issuer.clientId], jwks: issuer.jwks };
  });

  it('is synchronous where nothing has to be waited for', async () => {
    const verifier = createPoolVerifier(options);
    const token = issuer.signToken({ username: 'ann' });
    // #region sync
    const claims = verifier.verifySync(token) ?? (await verifier.verify(token));
    // #endregion
    expect(usernameOf(claims)).toBe('ann');
    expect(() => verifier.verifySync(issuer.signToken({ expiresInSeconds: -1 }))).toThrow(TokenRejectedError);
  });

  it('has requirements of the call', async () => {
    const verifier = createPoolVerifier(options);
    const token = issuer.signToken({ tokenUse: 'id', username: 'ann' });
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'TOKEN_USE_REFUSED' });
    await expect(verifier.verify(token, { tokenUse: 'id' })).resolves.toMatchObject({ 'cognito:username': 'ann' });
  });

  it('finds the pool of a token', async () => {
    const pools = new Map([[issuer.issuer, options]]);
    // #region tenants
    const verifier = createTenantVerifier({ tenants: (issuer) => pools.get(issuer) });
    // #endregion
    await expect(verifier.verify(issuer.signToken())).resolves.toMatchObject({ token_use: 'access' });
    const stranger = issuer.signToken({ claims: { iss: 'https://stranger.example' } });
    await expect(verifier.verify(stranger)).rejects.toMatchObject({ code: 'TOKEN_ISSUER_REFUSED' });
  });

  it('rejects what the application has revoked', async () => {
    const store = new Keyv();
    // #region revocation
    const revocation = new RevocationList({ userPoolId: options.userPoolId, store });
    const verifier = createPoolVerifier({ ...options, revocation });
    // #endregion
    const token = issuer.signToken({ username: 'ann' });
    const { sub } = await verifier.verify(token);
    await revocation.revokeUser(sub);
    await expect(verifier.verify(token)).rejects.toMatchObject({ code: 'TOKEN_REVOKED' });
  });
});
