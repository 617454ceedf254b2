import { AdminRevocations } from '../../lib/admin/admin-revocations.js';
import { UnexpectedAnswerError } from '../../lib/protocol/protocol-error.js';

const ANN = { UserPoolId: 'eu-west-1_Test12345', Username: 'ann@example.com' };

function revocationsUnderTest(attributes: { Name: string; Value: string }[] = [{ Name: 'sub', Value: 'sub-of-ann' }]) {
  const calls: string[] = [];
  const marks = {
    revokeUser: async (sub: string, { endedAtCognito = false } = {}) =>
      Promise.resolve(void calls.push(`mark ${sub}${endedAtCognito ? ', whose sign-ins are over' : ''}`)),
    revokeSignIn: async () => Promise.reject(new Error('An administrator has no token.')),
  };
  const client = {
    send: async (operation: string, input: object) => {
      calls.push(`${operation} ${(input as typeof ANN).Username}`);
      return Promise.resolve({ Username: 'ann', UserAttributes: attributes } as never);
    },
  };
  const operation = async () => Promise.resolve(void calls.push('operation'));
  return { calls, marks, client, operation };
}

describe('AdminRevocations', () => {
  it('looks the user up first, and marks after the operation', async () => {
    const { calls, marks, client, operation } = revocationsUnderTest();
    await new AdminRevocations(marks, client).around(ANN, operation);
    expect(calls).toEqual(['AdminGetUser ann@example.com', 'operation', 'mark sub-of-ann']);
  });

  it('says of a mark whether Cognito ended the sign-ins too', async () => {
    const { calls, marks, client, operation } = revocationsUnderTest();
    await new AdminRevocations(marks, client).around(ANN, operation, { endedAtCognito: true });
    expect(calls.at(-1)).toBe('mark sub-of-ann, whose sign-ins are over');
  });

  it('looks nobody up where there are only answers to forget, and forgets them after the operation', async () => {
    const { calls, client, operation } = revocationsUnderTest();
    await new AdminRevocations({ forget: () => calls.push('forget') }, client).around(ANN, operation);
    expect(calls).toEqual(['operation', 'forget']);
  });

  it('makes no call of its own where nothing is marked', async () => {
    const { calls, client, operation } = revocationsUnderTest();
    await new AdminRevocations(undefined, client).around(ANN, operation);
    expect(calls).toEqual(['operation']);
  });

  it('marks nobody when the operation fails', async () => {
    const { calls, marks, client } = revocationsUnderTest();
    const refusal = new Error('Not today.');
    await expect(new AdminRevocations(marks, client).around(ANN, async () => Promise.reject(refusal))).rejects.toBe(
      refusal,
    );
    expect(calls).toEqual(['AdminGetUser ann@example.com']);
  });

  it('does nothing for a user whose id Cognito does not give', async () => {
    const { calls, marks, client, operation } = revocationsUnderTest([{ Name: 'email', Value: 'ann@example.com' }]);
    await expect(new AdminRevocations(marks, client).around(ANN, operation)).rejects.toThrow(UnexpectedAnswerError);
    expect(calls).toEqual(['AdminGetUser ann@example.com']);
  });
});
