import { InitiateAuthCommand } from '@aws-sdk/client-cognito-identity-provider';

import { type LocalService, startLocalService } from './local-service.js';
import { signInBySrp } from './srp-client.js';

const PASSWORD = 'Correct-Horse-9';

describe('signing in', () => {
  let service: LocalService;

  beforeAll(async () => {
    service = await startLocalService({ users: [{ username: 'ann', password: PASSWORD }] });
  });

  afterAll(() => service.stop());

  describe.each(['public', 'secret'])('with the %s client', (clientName) => {
    function signIn(username: string, password: string) {
      const { sdk, cognito } = service;
      const { userPoolId, clientId, clientSecret } = cognito.pool().moduleOptions({ client: clientName });
      return signInBySrp({
        sdk,
        userPoolId,
        clientId,
        ...(clientSecret !== undefined && { clientSecret }),
        username,
        password,
      });
    }

    it('gives tokens for the right password by SRP', async () => {
      const { AuthenticationResult: tokens } = await signIn('ann', PASSWORD);
      expect(tokens).toMatchObject({ TokenType: 'Bearer', ExpiresIn: 3600 });
      expect(tokens?.RefreshToken?.split('.')).toHaveLength(5);
    });

    it('refuses a wrong password by SRP', async () => {
      await expect(signIn('ann', 'Wrong-Horse-9')).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Incorrect username or password.',
      });
    });
  });

  it('refuses an unknown user in the old-fashioned way by default', async () => {
    const { sdk, cognito } = service;
    const command = new InitiateAuthCommand({
      AuthFlow: 'USER_PASSWORD_AUTH',
      ClientId: cognito.pool().client('public').id,
      AuthParameters: { USERNAME: 'nobody', PASSWORD },
    });
    await expect(sdk.send(command)).rejects.toMatchObject({
      name: 'UserNotFoundException',
      message: 'User does not exist.',
    });
  });
});
