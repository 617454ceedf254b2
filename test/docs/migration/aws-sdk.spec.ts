import { createHmac } from 'node:crypto';

import { CognitoIdentityProvider } from '@aws-sdk/client-cognito-identity-provider';
import { Injectable } from '@nestjs/common';
import { CognitoAdminService, CognitoClient, CognitoService, MandateModule } from 'mandate';
import { LocalCognito } from 'mandate/testing';

import { signingKeysPem } from '../../local/signing-keys.js';
import { RunningApps } from './running-app.js';

const email = 'ann@example.com';
const password = 'Correct-Horse-9';

/** docs/migration/aws-sdk.md: calls of the AWS SDK by hand, and this package, for one app client with a secret. */
describe('hand-written calls of the AWS SDK', () => {
  const apps = new RunningApps();
  let local: LocalCognito;

  beforeAll(async () => {
    local = await LocalCognito.start({
      pools: [
        {
          name: 'people',
          keys: signingKeysPem(),
          UsernameAttributes: ['email'],
          clients: [{ name: 'web', secret: true }],
          users: [
            { username: email, password },
            { username: 'new@example.com', password, status: 'FORCE_CHANGE_PASSWORD' },
          ],
        },
      ],
    });
  });

  afterAll(async () => {
    await apps.stop();
    await local.stop();
  });

  function before() {
    const { clientId, clientSecret = '', region, endpoint, credentials } = local.pool().moduleOptions();
    const configuration = { region, endpoint, credentials };
    // #region before
    const sdk = new CognitoIdentityProvider(configuration);
    const secretHash = (username: string) =>
      createHmac('sha256', clientSecret).update(`${username}${clientId}`).digest('base64');

    async function signIn(username: string, password: string) {
      const { AuthenticationResult, ChallengeName } = await sdk.initiateAuth({
        AuthFlow: 'USER_PASSWORD_AUTH',
        ClientId: clientId,
        AuthParameters: { USERNAME: username, PASSWORD: password, SECRET_HASH: secretHash(username) },
      });
      if (AuthenticationResult === undefined) {
        throw new Error(`Challenge ${ChallengeName ?? ''}`);
      }
      return AuthenticationResult;
    }

    async function renew(username: string, refreshToken: string) {
      const { AuthenticationResult } = await sdk.initiateAuth({
        AuthFlow: 'REFRESH_TOKEN_AUTH',
        ClientId: clientId,
        AuthParameters: { REFRESH_TOKEN: refreshToken, SECRET_HASH: secretHash(username) },
      });
      return AuthenticationResult;
    }
    // #endregion
    return {
      signIn,
      renew,
      destroy: () => {
        sdk.destroy();
      },
    };
  }

  async function after() {
    // #region after
    @Injectable()
    class Accounts {
      constructor(
        private readonly cognito: CognitoService,
        private readonly admin: CognitoAdminService,
        private readonly client: CognitoClient,
      ) {}

      signIn(username: string, password: string) {
        return this.cognito.authenticate({ username, password }); // by SRP: the password stays in this process
      }

      renew(refreshToken: string) {
        return this.cognito.renewTokens({ refreshToken });
      }

      disable(username: string) {
        return this.admin.disableUser(username);
      }

      /** An operation without a method here. */
      tag(resource: string, team: string) {
        return this.client.send('TagResource', { ResourceArn: resource, Tags: { team } });
      }
    }
    // #endregion
    const imports = [MandateModule.forRoot(local.pool().moduleOptions())];
    const app = await apps.start({ imports, providers: [Accounts] });
    return app.get(Accounts);
  }

  it('are replaced for sign-in and renewal', async () => {
    const accounts = await after();
    const outcome = await accounts.signIn(email, password);
    expect(outcome.status).toBe('AUTHENTICATED');
  });

  it('got refresh tokens that stay valid here: nobody is signed out', async () => {
    const old = before();
    const { RefreshToken = '', AccessToken } = await old.signIn(email, password);
    const renewed = await (await after()).renew(RefreshToken);
    expect(renewed.accessToken).not.toBe(AccessToken);
    old.destroy();
  });

  it('renew with the name that was typed fail for who signed in by an alias, and not here', async () => {
    const old = before();
    const { RefreshToken = '' } = await old.signIn(email, password);
    await expect(old.renew(email, RefreshToken)).rejects.toMatchObject({
      name: 'NotAuthorizedException',
    });
    await expect((await after()).renew(RefreshToken)).resolves.toHaveProperty('accessToken');
    old.destroy();
  });

  it('end at a challenge, which is a value here', async () => {
    const old = before();
    await expect(old.signIn('new@example.com', password)).rejects.toThrow('NEW_PASSWORD_REQUIRED');
    await expect((await after()).signIn('new@example.com', password)).resolves.toMatchObject({
      status: 'CHALLENGE',
      challenge: { name: 'NEW_PASSWORD_REQUIRED' },
    });
    old.destroy();
  });

  it('are there for every other operation', async () => {
    const accounts = await after();
    const { region, endpoint, credentials, userPoolId } = local.pool().moduleOptions();
    const sdk = new CognitoIdentityProvider({ region, endpoint, credentials });
    const pool = await sdk.describeUserPool({ UserPoolId: userPoolId });
    await accounts.tag(pool.UserPool?.Arn ?? '', 'web');
    const tagged = await sdk.describeUserPool({ UserPoolId: userPoolId });
    expect(tagged.UserPool?.UserPoolTags).toEqual({ team: 'web' });
    sdk.destroy();
    await accounts.disable(email);
    await expect(accounts.signIn(email, password)).rejects.toMatchObject({ code: 'USER_DISABLED' });
  });
});
