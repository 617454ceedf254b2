import { MandateError } from '../../../lib/errors/mandate-error.js';
import { SigningKeysUnavailableError, TokenRejectedError } from '../../../lib/tokens/token-errors.js';
import { UserRevocations } from '../../../lib/tokens/revocation/user-revocations.js';
import { accessClaims, accessToken, ISSUER } from '../support/test-issuer.js';

const { sub, exp, origin_jti } = accessClaims();
const ended = { endedAtCognito: true };

const TENANT = 'https://tenant.example';

function revocationsUnderTest(verdict?: Error) {
  const calls: string[] = [];
  const revokerNamed = (name: string) => ({
    revokeUser: jest.fn(async () => Promise.resolve(void calls.push(`${name}: user`))),
    revokeSignIn: jest.fn(async () => Promise.resolve(void calls.push(`${name}: sign-in`))),
  });
  const revoker = revokerNamed('own');
  const verify = jest.fn(async () => (verdict ? Promise.reject(verdict) : Promise.resolve(accessClaims() as never)));
  const verifier = { verify, accepts: (issuer: string) => issuer === ISSUER };
  const tenant = revokerNamed('tenant');
  const revokerOfTenant = async (issuer: string) => Promise.resolve(issuer === TENANT ? tenant : undefined);
  const operation = jest.fn(async () => Promise.resolve(void calls.push('operation')));
  return {
    calls,
    revoker,
    verify,
    operation,
    revocations: new UserRevocations({ revoker, verifier, revokerOfTenant }),
  };
}

describe('UserRevocations', () => {
  it('records the user and the current sign-in after the operation', async () => {
    const { calls, revoker, verify, operation, revocations } = revocationsUnderTest();
    await revocations.endAll(accessToken(), operation);
    expect(calls).toEqual(['operation', 'own: user', 'own: sign-in']);
    expect(revoker.revokeUser).toHaveBeenCalledWith(sub, ended);
    expect(revoker.revokeSignIn).toHaveBeenCalledWith({ exp, origin_jti }, ended);
    // Cognito has just accepted the token.
    expect(verify).not.toHaveBeenCalled();
  });

  it('records only the user if the token has no origin_jti', async () => {
    const { calls, operation, revocations } = revocationsUnderTest();
    await revocations.endAll(accessToken({ origin_jti: undefined, jti: undefined }), operation);
    expect(calls).toEqual(['operation', 'own: user']);
  });

  it('records nothing if the operation fails', async () => {
    const { calls, operation, revocations } = revocationsUnderTest();
    operation.mockRejectedValue(new Error('Not today.'));
    await expect(revocations.endAll(accessToken(), operation)).rejects.toThrow('Not today.');
    expect(calls).toEqual([]);
  });

  it('records in the revoker of the tenant that issued the token', async () => {
    const { calls, operation, revocations } = revocationsUnderTest();
    await revocations.endAll(accessToken({ iss: TENANT }), operation);
    expect(calls).toEqual(['operation', 'tenant: user', 'tenant: sign-in']);
  });

  it('only runs the operations if there is no revoker', async () => {
    const { calls, operation } = revocationsUnderTest();
    const verifier = { accepts: () => false, verify: async () => Promise.reject(new Error('not in this test')) };
    const revocations = new UserRevocations({ verifier });
    await revocations.endAll('an-opaque-token', operation);
    await revocations.endOne('an-opaque-token', operation);
    expect(calls).toEqual(['operation', 'operation']);
  });

  it('clears a revocation cache after the operation, whatever the token', async () => {
    const { calls, operation, verify } = revocationsUnderTest();
    const revoker = { forget: () => void calls.push('forget') };
    const revocations = new UserRevocations({ revoker, verifier: { accepts: () => false, verify } });
    await revocations.endAll('an-opaque-token', operation);
    await revocations.endOne(undefined, operation);
    expect(calls).toEqual(['operation', 'forget', 'operation', 'forget']);
    expect(verify).not.toHaveBeenCalled();
  });

  it('records no sign-in without a token', async () => {
    const { calls, operation, revocations } = revocationsUnderTest();
    await revocations.endOne(undefined, operation);
    expect(calls).toEqual(['operation']);
  });

  it.each([
    ['an-opaque-token', 'TOKEN_MALFORMED'],
    ['a.b.c', 'TOKEN_MALFORMED'],
    [accessToken({ sub: 42 }), 'TOKEN_CLAIMS_INVALID'],
    [accessToken({ iss: undefined }), 'TOKEN_CLAIMS_INVALID'],
    [accessToken({ iss: 'https://another.example' }), 'TOKEN_ISSUER_REFUSED'],
  ])('rejects %.20s before the operation, because it cannot be recorded', async (token, code) => {
    const { calls, operation, revocations } = revocationsUnderTest();
    const failure: unknown = await revocations.endAll(token, operation).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TokenRejectedError);
    expect(failure).toMatchObject({ code });
    expect(String(failure)).not.toContain(token);
    expect(calls).toEqual([]);
  });

  it('records one sign-in after verifying its token, of either kind', async () => {
    const { revoker, verify, operation, revocations } = revocationsUnderTest();
    const token = accessToken();
    await revocations.endOne(token, operation);
    expect(verify).toHaveBeenCalledWith(token, { tokenUse: null, audiences: null });
    expect(revoker.revokeSignIn).toHaveBeenCalledWith(expect.objectContaining({ exp, origin_jti }), ended);
    expect(revoker.revokeUser).not.toHaveBeenCalled();
  });

  it.each([
    new TokenRejectedError('TOKEN_EXPIRED'),
    new TokenRejectedError('TOKEN_REVOKED'),
    new MandateError('REVOCATION_CHECK_FAILED', 'The store is down.'),
  ])('records a genuine token that is rejected with $code', async (verdict) => {
    const { revoker, operation, revocations } = revocationsUnderTest(verdict);
    await revocations.endOne(accessToken(), operation);
    expect(revoker.revokeSignIn).toHaveBeenCalledTimes(1);
  });

  it.each([
    new TokenRejectedError('TOKEN_SIGNATURE_INVALID'),
    new TokenRejectedError('TOKEN_ISSUER_REFUSED'),
    new TokenRejectedError('TOKEN_CLIENT_REFUSED'),
    new TokenRejectedError('TOKEN_CLAIMS_INVALID'),
    new SigningKeysUnavailableError(1),
    new Error('The check of the application failed.'),
  ])('runs the operation but records nothing for a token that is rejected with "$message"', async (verdict) => {
    const { revoker, operation, revocations } = revocationsUnderTest(verdict);
    await expect(revocations.endOne(accessToken(), operation)).rejects.toBe(verdict);
    expect(operation).toHaveBeenCalledTimes(1);
    expect(revoker.revokeSignIn).not.toHaveBeenCalled();
  });
});
