import { isAccessTokenAccepted } from '../../lib/client/access-token-status.js';
import { CognitoServiceError, CognitoUnavailableError } from '../../lib/errors/cognito-service-error.js';

const answering = (error?: Error) => ({
  send: () => (error ? Promise.reject(error) : Promise.resolve({} as never)),
});

const refusal = (exception: string, text: string) =>
  answering(new CognitoServiceError({ operation: 'GetUser', exception, text }));

describe('an access token', () => {
  it('is accepted when GetUser succeeds', async () => {
    await expect(isAccessTokenAccepted(answering(), 'token')).resolves.toBe(true);
  });

  it.each([
    ['NotAuthorizedException', 'Access Token has expired'],
    ['NotAuthorizedException', 'Access Token has been revoked'],
    ['NotAuthorizedException', 'Invalid Access Token'],
    ['NotAuthorizedException', 'User is disabled.'],
    ['NotAuthorizedException', 'Unable to login because of security reasons'],
    ['NotAuthorizedException', 'User password cannot be reset in the current state.'],
    ['NotAuthorizedException', 'something new'],
    ['NotAuthorizedException', ''],
    ['UserNotFoundException', 'User does not exist.'],
    ['UserNotConfirmedException', 'User is not confirmed.'],
    ['PasswordResetRequiredException', 'Password reset required for the user'],
  ])('is refused after %s "%s"', async (exception, text) => {
    await expect(isAccessTokenAccepted(refusal(exception, text), 'token')).resolves.toBe(false);
  });

  it.each([
    ['throttling', refusal('TooManyRequestsException', 'Rate exceeded')],
    ['an internal error', refusal('InternalErrorException', 'Oops')],
    ['a blocked request', refusal('ForbiddenException', 'Request not allowed due to WAF block.')],
    ['a missing scope', refusal('NotAuthorizedException', 'Access Token does not have required scopes')],
    ['an outage', answering(new CognitoUnavailableError('GetUser', 'Cognito is unreachable.'))],
  ])('is neither after %s', async (_, client) => {
    await expect(isAccessTokenAccepted(client, 'token')).rejects.toThrow();
  });
});
