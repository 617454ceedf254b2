import { AdminRevocations } from '../../lib/admin/admin-revocations.js';
import { UnexpectedAnswerError } from '../../lib/protocol/protocol-error.js';

const ANN = { UserPoolId: 'eu-west-1_Test12345', Username: 'ann@example.com' };

function revocationsUnderTest(attributes: { Name: string; Value: string }[] = [{ Name: 'sub', Value: 'sub-of-ann' }]) {
  const calls: string[] = [];
  const revoker = {
    revokeUser: async (sub: string, { endedAtCognito = false } = {}) =>
      Promise.resolve(void calls.push(`record ${sub}${endedAtCognito ? ', ended at Cognito' : ''}`)),
    revokeSignIn: async () => Promise.reject(new Error('An administrator has no token.')),
  };
  const client = {
    send: async (operation: string, input: object) => {
      calls.push(`${operation} ${(input as typeof ANN).Username}`);
      return Promise.resolve({ Username: 'ann', UserAttributes: attributes } as never);
    },
  };
  const operation = async () => Promise.resolve(void calls.push('operation'));
  return { calls, revoker, client, operation };
}

describe('AdminRevocations', () => {
  it('looks up the user before the operation and records after it', async () => {
    const { calls, revoker, client, operation } = revocationsUnderTest();
    await new AdminRevocations(revoker, client).endAll(ANN, operation);
    expect(calls).toEqual(['AdminGetUser ann@example.com', 'operation', 'record sub-of-ann']);
  });

  it('records whether Cognito ended the sign-ins as well', async () => {
    const { calls, revoker, client, operation } = revocationsUnderTest();
    await new AdminRevocations(revoker, client).endAll(ANN, operation, { endedAtCognito: true });
    expect(calls.at(-1)).toBe('record sub-of-ann, ended at Cognito');
  });

  it('only clears a revocation cache, after the operation', async () => {
    const { calls, client, operation } = revocationsUnderTest();
    await new AdminRevocations({ forget: () => calls.push('forget') }, client).endAll(ANN, operation);
    expect(calls).toEqual(['operation', 'forget']);
  });

  it('only runs the operation if there is no revoker', async () => {
    const { calls, client, operation } = revocationsUnderTest();
    await new AdminRevocations(undefined, client).endAll(ANN, operation);
    expect(calls).toEqual(['operation']);
  });

  it('records nothing if the operation fails', async () => {
    const { calls, revoker, client } = revocationsUnderTest();
    const refusal = new Error('Not today.');
    await expect(new AdminRevocations(revoker, client).endAll(ANN, async () => Promise.reject(refusal))).rejects.toBe(
      refusal,
    );
    expect(calls).toEqual(['AdminGetUser ann@example.com']);
  });

  it('does not run the operation if Cognito returns no sub', async () => {
    const { calls, revoker, client, operation } = revocationsUnderTest([{ Name: 'email', Value: 'ann@example.com' }]);
    await expect(new AdminRevocations(revoker, client).endAll(ANN, operation)).rejects.toThrow(UnexpectedAnswerError);
    expect(calls).toEqual(['AdminGetUser ann@example.com']);
  });
});
