import {
  AdminCreateUserCommand,
  GetTokensFromRefreshTokenCommand,
  GetClientTokenCommand,
  GetUserCommand,
} from '@aws-sdk/client-cognito-identity-provider';

import { readUnverifiedClaims } from '../../lib/protocol/unverified-claims.js';
import type { PreTokenGenerationEvent, PreTokenGenerationV2Event, Triggers } from '../../lib/testing/index.js';
import { AuthClient } from './auth-client.js';
import { type LocalService, startLocalService } from './local-service.js';

const PASSWORD = 'Correct-Horse-9';

type Details1 = PreTokenGenerationEvent['response']['claimsOverrideDetails'];
type Details2 = PreTokenGenerationV2Event['response']['claimsAndScopeOverrideDetails'];

describe('pre token generation', () => {
  let service: LocalService;
  let client: AuthClient;
  const triggers: Triggers = {};

  beforeAll(async () => {
    service = await startLocalService({
      pools: [
        {
          name: 'pool',
          triggers,
          clients: [
            { name: 'public' },
            {
              name: 'machine',
              secret: true,
              ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH' as 'ALLOW_USER_AUTH'],
              AllowedOAuthFlowsUserPoolClient: true,
              AllowedOAuthFlows: ['client_credentials'],
              AllowedOAuthScopes: ['shop/read', 'shop/write'],
            },
          ],
          groups: [{ name: 'staff', precedence: 1, roleArn: 'arn:aws:iam::123456789012:role/staff' }],
          users: [
            {
              username: 'ann',
              password: PASSWORD,
              attributes: { email: 'ann@example.com', given_name: 'Ann' },
              groups: ['staff'],
            },
          ],
        },
      ],
    });
    client = new AuthClient(service, 'public', 'pool');
  });

  afterAll(() => service.stop());

  afterEach(() => {
    for (const name of Object.keys(triggers)) {
      Reflect.deleteProperty(triggers, name);
    }
  });

  async function tokens() {
    const { AuthenticationResult } = await client.password('ann', PASSWORD);
    const { AccessToken = '', IdToken = '', RefreshToken = '' } = AuthenticationResult ?? {};
    return { access: claimsOf(AccessToken), id: claimsOf(IdToken), AccessToken, RefreshToken };
  }

  function claimsOf(token: string): Readonly<Record<string, unknown>> {
    return readUnverifiedClaims(token) ?? {};
  }

  function version1(details: Details1): void {
    triggers.preTokenGeneration = (event) => ({ ...event, response: { claimsOverrideDetails: details } });
  }

  function version2(details: Details2): void {
    triggers.preTokenGenerationV2 = (event) => ({ ...event, response: { claimsAndScopeOverrideDetails: details } });
  }

  const senseless = { name: 'InvalidLambdaResponseException', message: 'Unrecognizable lambda output' };

  it('changes nothing without a trigger', async () => {
    const { access, id } = await tokens();
    expect(access).toMatchObject({ 'cognito:groups': ['staff'], scope: 'aws.cognito.signin.user.admin' });
    expect(id).toMatchObject({
      'cognito:groups': ['staff'],
      'cognito:roles': ['arn:aws:iam::123456789012:role/staff'],
      'cognito:preferred_role': 'arn:aws:iam::123456789012:role/staff',
    });
  });

  describe('version 1', () => {
    it('receives the user and the trigger source', async () => {
      const events: PreTokenGenerationEvent[] = [];
      triggers.preTokenGeneration = (event) => {
        events.push(event);
        return event;
      };
      await tokens();
      expect(events).toEqual([
        expect.objectContaining({
          version: '1',
          triggerSource: 'TokenGeneration_Authentication',
          userName: 'ann',
          request: {
            userAttributes: expect.objectContaining({ email: 'ann@example.com', email_verified: 'true' }) as object,
            groupConfiguration: {
              groupsToOverride: ['staff'],
              iamRolesToOverride: ['arn:aws:iam::123456789012:role/staff'],
              preferredRole: 'arn:aws:iam::123456789012:role/staff',
            },
          },
          response: { claimsOverrideDetails: null },
        }),
      ]);
    });

    it('changes the ID token only, and suppresses a claim that it also adds', async () => {
      version1({
        claimsToAddOrOverride: { tenant: 'blue', given_name: 'Anna', both: 'x' },
        claimsToSuppress: ['email', 'both'],
      });
      const { access, id } = await tokens();
      expect(id).toMatchObject({ tenant: 'blue', given_name: 'Anna' });
      expect(id).not.toHaveProperty('email');
      expect(id).not.toHaveProperty('both');
      expect(access).not.toHaveProperty('tenant');
    });

    it('replaces groups in both tokens', async () => {
      version1({ groupOverrideDetails: { groupsToOverride: ['guests'], iamRolesToOverride: [], preferredRole: null } });
      const { access, id } = await tokens();
      expect(access).toMatchObject({ 'cognito:groups': ['guests'] });
      expect(id).toMatchObject({ 'cognito:groups': ['guests'] });
      expect(id).not.toHaveProperty('cognito:roles');
      expect(id).not.toHaveProperty('cognito:preferred_role');
    });

    it.each([
      ['null', null],
      ['nothing', {}],
    ])('removes groups with %s', async (_case, groupOverrideDetails) => {
      version1({ groupOverrideDetails });
      const { access, id } = await tokens();
      expect(access).not.toHaveProperty('cognito:groups');
      expect(id).not.toHaveProperty('cognito:groups');
    });

    it('keeps groups that it does not mention', async () => {
      version1({ claimsToAddOrOverride: { tenant: 'blue' } });
      const { access } = await tokens();
      expect(access).toMatchObject({ 'cognito:groups': ['staff'] });
    });

    it('removes roles with the groups', async () => {
      version1({ claimsToSuppress: ['cognito:groups'] });
      const { id } = await tokens();
      expect(id).not.toHaveProperty('cognito:groups');
      expect(id).not.toHaveProperty('cognito:roles');
      expect(id).not.toHaveProperty('cognito:preferred_role');
    });

    it.each(['sub', 'iss', 'aud', 'exp', 'token_use', 'event_id', 'cognito:username', 'cognito:new', 'dev:custom:x'])(
      'cannot set %s',
      async (claim) => {
        version1({ claimsToAddOrOverride: { [claim]: 'forged' } });
        const { id } = await tokens();
        expect(id[claim]).not.toBe('forged');
      },
    );

    it.each(['sub', 'iss', 'aud', 'exp', 'cognito:username'])('cannot suppress %s', async (claim) => {
      version1({ claimsToSuppress: [claim] });
      const { id } = await tokens();
      expect(id).toHaveProperty([claim]);
    });

    it('accepts string claims only', async () => {
      version1({ claimsToAddOrOverride: { level: 3 as unknown as string } });
      await expect(tokens()).rejects.toMatchObject(senseless);
    });

    it('can reject', async () => {
      triggers.preTokenGeneration = () => {
        throw new Error('no seat left');
      };
      await expect(tokens()).rejects.toMatchObject({
        name: 'UserLambdaValidationException',
        message: 'PreTokenGeneration failed with error no seat left.',
      });
    });
  });

  describe('version 2', () => {
    it('receives the version and the scopes, and takes precedence over version 1', async () => {
      version1({ claimsToAddOrOverride: { tenant: 'blue' } });
      const events: PreTokenGenerationV2Event[] = [];
      triggers.preTokenGenerationV2 = (event) => {
        events.push(event);
        return event;
      };
      const { id } = await tokens();
      expect(events[0]).toMatchObject({
        version: '2',
        triggerSource: 'TokenGeneration_Authentication',
        request: { scopes: ['aws.cognito.signin.user.admin'] },
      });
      expect(id).not.toHaveProperty('tenant');
    });

    it('changes both tokens, with any JSON', async () => {
      version2({
        idTokenGeneration: { claimsToAddOrOverride: { level: 3, flags: ['a'] }, claimsToSuppress: ['email'] },
        accessTokenGeneration: { claimsToAddOrOverride: { tenant: { id: 7 } }, claimsToSuppress: ['cognito:groups'] },
      });
      const { access, id } = await tokens();
      expect(id).toMatchObject({ level: 3, flags: ['a'], 'cognito:groups': ['staff'] });
      expect(id).not.toHaveProperty('email');
      expect(access).toMatchObject({ tenant: { id: 7 } });
      expect(access).not.toHaveProperty('cognito:groups');
    });

    it('adds and removes scopes', async () => {
      version2({ accessTokenGeneration: { scopesToAdd: ['shop/read'] } });
      const { access } = await tokens();
      expect(access['scope']).toBe('aws.cognito.signin.user.admin shop/read');
    });

    it('can remove the API scope of a user', async () => {
      version2({ accessTokenGeneration: { scopesToSuppress: ['aws.cognito.signin.user.admin'] } });
      const { access, AccessToken } = await tokens();
      expect(access).not.toHaveProperty('scope');
      await expect(service.sdk.send(new GetUserCommand({ AccessToken }))).rejects.toMatchObject({
        name: 'NotAuthorizedException',
        message: 'Access Token does not have required scopes',
      });
    });

    it('rejects scopes with spaces', async () => {
      version2({ accessTokenGeneration: { scopesToAdd: ['shop/read shop/write'] } });
      await expect(tokens()).rejects.toMatchObject(senseless);
    });

    it('can set the client as audience of the access token, and no other', async () => {
      version2({ accessTokenGeneration: { claimsToAddOrOverride: { aud: client.clientId } } });
      await expect(tokens()).resolves.toMatchObject({ access: { aud: client.clientId } });
      version2({ accessTokenGeneration: { claimsToAddOrOverride: { aud: 'somebody' } } });
      expect((await tokens()).access).not.toHaveProperty('aud');
    });

    it('keeps booleans and addresses simple', async () => {
      version2({ idTokenGeneration: { claimsToAddOrOverride: { email_verified: ['yes'] } } });
      const { id } = await tokens();
      expect(id['email_verified']).toBe(true);
    });
  });

  describe('the trigger source', () => {
    const sources: string[] = [];

    beforeEach(() => {
      sources.length = 0;
      triggers.preTokenGeneration = (event) => {
        sources.push(`${event.triggerSource} ${JSON.stringify(event.request.clientMetadata)}`);
        return event;
      };
    });

    it('names renewals, and passes the metadata of GetTokensFromRefreshToken', async () => {
      const { RefreshToken } = await tokens();
      await client.refresh('ann', RefreshToken);
      await service.sdk.send(
        new GetTokensFromRefreshTokenCommand({
          ClientId: client.clientId,
          RefreshToken,
          ClientMetadata: { from: 'web' },
        }),
      );
      expect(sources).toEqual([
        'TokenGeneration_Authentication undefined',
        'TokenGeneration_RefreshTokens undefined',
        'TokenGeneration_RefreshTokens {"from":"web"}',
      ]);
    });

    it('names the first permanent password', async () => {
      await service.sdk.send(
        new AdminCreateUserCommand({
          UserPoolId: client.poolId,
          Username: 'fresh',
          TemporaryPassword: PASSWORD,
          MessageAction: 'SUPPRESS',
        }),
      );
      const challenge = await client.password('fresh', PASSWORD);
      await client.respond(challenge, { NEW_PASSWORD: 'Battery-Staple-7' }, { from: 'answer' });
      expect(sources).toEqual(['TokenGeneration_NewPasswordChallenge {"from":"answer"}']);
    });
  });

  describe('version 3', () => {
    it('runs for users as version 2 does', async () => {
      triggers.preTokenGenerationV3 = (event) => {
        expect(event.version).toBe('3');
        event.response.claimsAndScopeOverrideDetails = {
          accessTokenGeneration: { claimsToAddOrOverride: { tenant: 'blue' } },
        };
        return event;
      };
      await expect(tokens()).resolves.toMatchObject({ access: { tenant: 'blue' } });
    });

    it('runs for machine-to-machine tokens', async () => {
      const seen: PreTokenGenerationV2Event[] = [];
      triggers.preTokenGenerationV3 = (event) => {
        seen.push(event);
        event.response.claimsAndScopeOverrideDetails = {
          accessTokenGeneration: { claimsToAddOrOverride: { tenant: 'blue' }, scopesToSuppress: ['shop/write'] },
        };
        return event;
      };
      const { id, secret } = service.cognito.pool('pool').client('machine');
      const { ClientAuthenticationResult } = await service.sdk.send(
        new GetClientTokenCommand({ ClientId: id, Secret: secret, ClientMetadata: { job: 'nightly' } }),
      );
      expect(claimsOf(ClientAuthenticationResult?.AccessToken ?? '')).toMatchObject({
        tenant: 'blue',
        scope: 'shop/read',
        sub: id,
      });
      expect(seen).toMatchObject([
        {
          triggerSource: 'TokenGeneration_ClientCredentials',
          userName: 'ClientCredentials',
          request: {
            userAttributes: {},
            groupConfiguration: null,
            scopes: ['shop/read', 'shop/write'],
            clientMetadata: { job: 'nightly' },
          },
        },
      ]);
    });
  });
});
