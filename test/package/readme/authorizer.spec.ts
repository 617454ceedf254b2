import type * as Verifier from 'mandate/verifier';

import { accessToken, CLIENT_ID, ISSUER, jwks, NOW, POOL_ID } from '../../tokens/support/test-issuer.js';

/** The README's options name a pool of AWS; the test puts one of its own in their place and fetches nothing. */
jest.mock('mandate/verifier', () => {
  const verifier = jest.requireActual<typeof Verifier>('mandate/verifier');
  return {
    ...verifier,
    createPoolVerifier: () =>
      verifier.createPoolVerifier({
        userPoolId: POOL_ID,
        acceptedClientIds: [CLIENT_ID],
        issuer: ISSUER,
        jwks: jwks(),
        clock: () => NOW,
      }),
  };
});

describe('the README', () => {
  it('authorizes calls of a Lambda function without Nest', async () => {
    const { handler } = await import('./authorizer.js');
    await expect(handler({ headers: {} })).resolves.toEqual({ isAuthorized: false });
    await expect(handler({ headers: { authorization: 'Bearer a.b.c' } })).resolves.toEqual({ isAuthorized: false });
    await expect(handler({ headers: { authorization: `Bearer ${accessToken()}` } })).resolves.toEqual({
      isAuthorized: true,
      context: { username: 'janedoe' },
    });
  });
});
