import { isAccessTokenAccepted } from '../../lib/client/access-token-status.js';
import { CognitoServiceError, CognitoUnavailableError } from '../../lib/errors/cognito-service-error.js';
import { createRevocation } from '../../lib/tokens/revocation/create-revocation.js';
import type { VerifiedClaims } from '../../lib/tokens/claims/token-claims.js';
import { ProbedStore } from '../tokens/support/revocation-stores.js';
import { accessClaims, POOL_ID, TestClock } from '../tokens/support/test-issuer.js';

const claims = accessClaims() as unknown as VerifiedClaims;

const settings = {
  userPoolId: POOL_ID,
  clock: new TestClock().read,
  pool: 'default',
  observer: () => undefined,
  isAccepted: async () => Promise.reject(new Error('Cognito is not asked.')),
};

describe('the option revocation: store', () => {
  it('hands on how long the store may take, how long sign-ins live, and how long tokens outlive their end', async () => {
    const store = new ProbedStore();
    const { check, revoker } = createRevocation({
      ...settings,
      revocation: { store, timeout: 10, signInLifetimeSeconds: 3600 },
      clockToleranceSeconds: 7,
    });
    await revoker.revokeUser('ann', { endedAtCognito: true });
    await revoker.revokeUser('bob');
    const [ended, lasting] = store.entries.map((key) => store.lifetimes.get(key));
    expect(ended).toBe((24 * 60 * 60 + 60 + 7) * 1000);
    expect(lasting).toBe((3600 + 24 * 60 * 60 + 60 + 7) * 1000);
    store.mode = 'hang';
    await expect(check?.isRevoked(claims, 'the-token')).rejects.toThrow('longer than 10 ms');
  });
});

/** The check of `askCognito`, with a client that answers GetUser as told. */
function asking(answer: () => Promise<unknown>) {
  const send = jest.fn(async () => answer() as Promise<never>);
  const { check } = createRevocation({
    ...settings,
    revocation: { askCognito: true },
    isAccepted: async (token) => isAccessTokenAccepted({ send }, token),
  });
  return { send, isRevoked: async () => check?.isRevoked(claims, 'the-token') };
}

const refusal = (exception: string, text: string) => new CognitoServiceError({ operation: 'GetUser', exception, text });

describe('the option revocation: askCognito', () => {
  it('takes an answer to GetUser for a good token', async () => {
    const { send, isRevoked } = asking(async () => Promise.resolve({}));
    await expect(isRevoked()).resolves.toBe(false);
    expect(send).toHaveBeenCalledWith('GetUser', { AccessToken: 'the-token' });
  });

  it.each([
    ['NotAuthorizedException', 'Access Token has been revoked'],
    ['NotAuthorizedException', 'Access Token has expired'],
    ['NotAuthorizedException', 'Invalid Access Token'],
    ['NotAuthorizedException', 'User is disabled.'],
    ['NotAuthorizedException', ''],
    ['UserNotFoundException', 'User does not exist.'],
    ['UserNotConfirmedException', 'User is not confirmed.'],
    ['PasswordResetRequiredException', 'Password reset required for the user'],
  ])('takes %s "%s" for a revoked one', async (exception, text) => {
    await expect(asking(async () => Promise.reject(refusal(exception, text))).isRevoked()).resolves.toBe(true);
  });

  it.each([
    refusal('TooManyRequestsException', 'Rate exceeded'),
    refusal('InternalErrorException', 'Something went wrong'),
    refusal('ResourceNotFoundException', 'User pool does not exist.'),
    refusal('ForbiddenException', 'Request blocked'),
    refusal('NotAuthorizedException', 'Access Token does not have required scopes'),
    new CognitoUnavailableError('GetUser', 'Cognito cannot be reached.'),
  ])('leaves it open after "$message"', async (error) => {
    await expect(asking(async () => Promise.reject(error)).isRevoked()).rejects.toBe(error);
  });
});
