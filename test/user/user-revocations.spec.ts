import { MandateError } from '../../lib/errors/mandate-error.js';
import { RevocationNotRecordedError } from '../../lib/tokens/revocation-marks.js';
import { SigningKeysUnavailableError, TokenRejectedError } from '../../lib/tokens/token-errors.js';
import { UserRevocations } from '../../lib/user/user-revocations.js';
import { accessClaims, accessToken } from '../tokens/support/test-issuer.js';

const { sub, exp, origin_jti } = accessClaims();
const ended = { endedAtCognito: true };

function revocationsUnderTest(verdict?: Error) {
  const marks = {
    revokeUser: jest.fn(async () => Promise.resolve()),
    revokeSignIn: jest.fn(async () => Promise.resolve()),
  };
  const verify = jest.fn(async () => (verdict ? Promise.reject(verdict) : Promise.resolve(accessClaims() as never)));
  return { marks, verify, revocations: new UserRevocations(marks, { verify }) };
}

describe('UserRevocations', () => {
  it('marks the user, and the sign-in in hand by its name too', async () => {
    const { marks, verify, revocations } = revocationsUnderTest();
    await revocations.everySignIn(accessToken());
    expect(marks.revokeUser).toHaveBeenCalledWith(sub, ended);
    expect(marks.revokeSignIn).toHaveBeenCalledWith({ exp, origin_jti }, ended);
    // Cognito has just taken the token.
    expect(verify).not.toHaveBeenCalled();
  });

  it('marks the user alone where tokens do not name their sign-in', async () => {
    const { marks, revocations } = revocationsUnderTest();
    await revocations.everySignIn(accessToken({ origin_jti: undefined, jti: undefined }));
    expect(marks.revokeUser).toHaveBeenCalledWith(sub, ended);
    expect(marks.revokeSignIn).not.toHaveBeenCalled();
  });

  it.each(['an-opaque-token', 'a.b.c', accessToken({ sub: 42 })])(
    'says that it cannot mark by %.20s',
    async (token) => {
      const { marks, revocations } = revocationsUnderTest();
      const failure: unknown = await revocations.everySignIn(token).catch((error: unknown) => error);
      expect(failure).toBeInstanceOf(RevocationNotRecordedError);
      expect(String(failure)).not.toContain(token);
      expect(marks.revokeUser).not.toHaveBeenCalled();
    },
  );

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
    new MandateError('REVOCATION_STORE_UNAVAILABLE', 'The store is down.'),
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
