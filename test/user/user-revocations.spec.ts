import { MandateError } from '../../lib/errors/mandate-error.js';
import { SigningKeysUnavailableError, TokenRejectedError } from '../../lib/tokens/token-errors.js';
import { UserRevocations } from '../../lib/user/user-revocations.js';
import { accessClaims, accessToken, ISSUER } from '../tokens/support/test-issuer.js';

const { sub, exp, origin_jti } = accessClaims();
const ended = { endedAtCognito: true };

const TENANT = 'https://tenant.example';

function revocationsUnderTest(verdict?: Error) {
  const calls: string[] = [];
  const marksNamed = (name: string) => ({
    revokeUser: jest.fn(async () => Promise.resolve(void calls.push(`${name}: user`))),
    revokeSignIn: jest.fn(async () => Promise.resolve(void calls.push(`${name}: sign-in`))),
  });
  const marks = marksNamed('own');
  const verify = jest.fn(async () => (verdict ? Promise.reject(verdict) : Promise.resolve(accessClaims() as never)));
  const verifier = { verify, accepts: (issuer: string) => issuer === ISSUER };
  const tenant = marksNamed('tenant');
  const revokerOfTenant = async (issuer: string) => Promise.resolve(issuer === TENANT ? tenant : undefined);
  const operation = jest.fn(async () => Promise.resolve(void calls.push('operation')));
  return {
    calls,
    marks,
    verify,
    operation,
    revocations: new UserRevocations({ revoker: marks, verifier, revokerOfTenant }),
  };
}

describe('UserRevocations', () => {
  it('marks the user, and the sign-in in hand by its name too, after the operation', async () => {
    const { calls, marks, verify, operation, revocations } = revocationsUnderTest();
    await revocations.around(accessToken(), operation);
    expect(calls).toEqual(['operation', 'own: user', 'own: sign-in']);
    expect(marks.revokeUser).toHaveBeenCalledWith(sub, ended);
    expect(marks.revokeSignIn).toHaveBeenCalledWith({ exp, origin_jti }, ended);
    // Cognito has just taken the token.
    expect(verify).not.toHaveBeenCalled();
  });

  it('marks the user alone where tokens do not name their sign-in', async () => {
    const { calls, operation, revocations } = revocationsUnderTest();
    await revocations.around(accessToken({ origin_jti: undefined, jti: undefined }), operation);
    expect(calls).toEqual(['operation', 'own: user']);
  });

  it('marks nobody when the operation fails', async () => {
    const { calls, operation, revocations } = revocationsUnderTest();
    operation.mockRejectedValue(new Error('Not today.'));
    await expect(revocations.around(accessToken(), operation)).rejects.toThrow('Not today.');
    expect(calls).toEqual([]);
  });

  it('marks where the guard of a tenant looks', async () => {
    const { calls, operation, revocations } = revocationsUnderTest();
    await revocations.around(accessToken({ iss: TENANT }), operation);
    expect(calls).toEqual(['operation', 'tenant: user', 'tenant: sign-in']);
  });

  it('runs the operation alone where nothing is marked', async () => {
    const { calls, operation } = revocationsUnderTest();
    const verifier = { accepts: () => false, verify: async () => Promise.reject(new Error('not in this test')) };
    const revocations = new UserRevocations({ verifier });
    await revocations.around('an-opaque-token', operation);
    await revocations.signInOf('an-opaque-token');
    expect(calls).toEqual(['operation']);
  });

  it('forgets where there are only answers to forget, whatever the token', async () => {
    const { calls, operation, verify } = revocationsUnderTest();
    const marks = { forget: () => void calls.push('forget') };
    const revocations = new UserRevocations({ revoker: marks, verifier: { accepts: () => false, verify } });
    await revocations.around('an-opaque-token', operation);
    await revocations.signInOf(undefined);
    expect(calls).toEqual(['operation', 'forget', 'forget']);
    expect(verify).not.toHaveBeenCalled();
  });

  it('marks no sign-in that is not named', async () => {
    const { calls, revocations } = revocationsUnderTest();
    await revocations.signInOf(undefined);
    expect(calls).toEqual([]);
  });

  it.each([
    ['an-opaque-token', 'TOKEN_MALFORMED'],
    ['a.b.c', 'TOKEN_MALFORMED'],
    [accessToken({ sub: 42 }), 'TOKEN_CLAIMS_INVALID'],
    [accessToken({ iss: undefined }), 'TOKEN_CLAIMS_INVALID'],
    [accessToken({ iss: 'https://another.example' }), 'TOKEN_ISSUER_REFUSED'],
  ])('runs no operation with %.20s, for it cannot mark by it', async (token, code) => {
    const { calls, operation, revocations } = revocationsUnderTest();
    const failure: unknown = await revocations.around(token, operation).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(TokenRejectedError);
    expect(failure).toMatchObject({ code });
    expect(String(failure)).not.toContain(token);
    expect(calls).toEqual([]);
  });

  it('marks one sign-in by a token that is verified first, of either kind', async () => {
    const { marks, verify, revocations } = revocationsUnderTest();
    const token = accessToken();
    await revocations.signInOf(token);
    expect(verify).toHaveBeenCalledWith(token, { tokenUse: null });
    expect(marks.revokeSignIn).toHaveBeenCalledWith(expect.objectContaining({ exp, origin_jti }), ended);
    expect(marks.revokeUser).not.toHaveBeenCalled();
  });

  it.each([
    new TokenRejectedError('TOKEN_EXPIRED'),
    new TokenRejectedError('TOKEN_REVOKED'),
    new MandateError('REVOCATION_CHECK_FAILED', 'The store is down.'),
  ])('marks by a genuine token for which the verdict was $code', async (verdict) => {
    const { marks, revocations } = revocationsUnderTest(verdict);
    await revocations.signInOf(accessToken());
    expect(marks.revokeSignIn).toHaveBeenCalledTimes(1);
  });

  it.each([
    new TokenRejectedError('TOKEN_SIGNATURE_INVALID'),
    new TokenRejectedError('TOKEN_ISSUER_REFUSED'),
    new TokenRejectedError('TOKEN_CLIENT_REFUSED'),
    new TokenRejectedError('TOKEN_CLAIMS_INVALID'),
    new SigningKeysUnavailableError(1),
    new Error('The check of the application failed.'),
  ])('marks nothing by a token for which the verdict was "$message"', async (verdict) => {
    const { marks, revocations } = revocationsUnderTest(verdict);
    await expect(revocations.signInOf(accessToken())).rejects.toBe(verdict);
    expect(marks.revokeSignIn).not.toHaveBeenCalled();
  });
});
