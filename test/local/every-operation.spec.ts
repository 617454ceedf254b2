import { setImmediate } from 'node:timers/promises';

import * as Sdk from '@aws-sdk/client-cognito-identity-provider';

import type { OperationInput, OperationName, OperationOutput } from '../../lib/local/operations/operation.js';
import { createDeviceSecret } from '../../lib/protocol/srp/device.js';
import { totpCode, totpStep } from '../../lib/protocol/totp.js';
import type { CredentialCreationOptionsJson } from '../../lib/protocol/web-authn.js';
import { SoftwareAuthenticator } from '../support/software-authenticator.js';
import { type LocalService, startLocalService } from './local-service.js';
import { problemsOfOutput } from './output-shape.js';

const PASSWORD = 'Correct-Horse-9';
const NEW_PASSWORD = 'Correct-Horse-10';
const ROLE = 'arn:aws:iam::123456789012:role/logs';
const CERTIFICATE = 'arn:aws:acm:us-east-1:123456789012:certificate/1';
const CODE_FLOW = {
  AllowedOAuthFlowsUserPoolClient: true,
  AllowedOAuthFlows: ['code'],
  CallbackURLs: ['https://app.example/callback'],
  SupportedIdentityProviders: ['COGNITO'],
} as const;

/** A command, as far as sending it goes. */
type Command = Sdk.GetUserCommand;

/** The service sends an empty structure for a prefix domain. */
const EMPTY_IN_SERVICE = 'DescribeUserPoolDomain.DomainDescription.CustomDomainConfig.CertificateArn';

/** The operations of the SDK. */
const OPERATIONS = Object.keys(Sdk)
  .filter((name) => name.endsWith('Command') && name !== '$Command')
  .map((name) => name.slice(0, -'Command'.length));

describe('every operation of the SDK', () => {
  let service: LocalService;
  let UserPoolId: string;
  let ClientId: string;
  let AccessToken: string;
  const called = new Set<string>();
  const problems: string[] = [];

  beforeAll(async () => {
    service = await startLocalService({ pools: [] });
  });

  afterAll(() => service.stop());

  /** Calls an operation, and checks its output against the model. */
  async function run<Name extends OperationName>(
    name: Name,
    input: OperationInput<Name>,
  ): Promise<OperationOutput<Name>> {
    const commands = Sdk as unknown as Readonly<Record<string, new (input: unknown) => Command>>;
    const CommandOf = commands[`${name}Command`];
    if (CommandOf === undefined) {
      throw new Error(`The SDK has no ${name}.`);
    }
    const output = (await service.sdk.send(new CommandOf(input))) as unknown as OperationOutput<Name>;
    called.add(name);
    problems.push(...problemsOfOutput(name, output));
    return output;
  }

  const pool = <Input extends object>(input: Input) => ({ UserPoolId, ...input });
  const client = <Input extends object>(input: Input) => ({ UserPoolId, ClientId, ...input });
  const ann = <Input extends object>(input: Input) => ({ UserPoolId, Username: 'ann', ...input });
  const signed = <Input extends object>(input: Input) => ({ AccessToken, ...input });

  async function signIn(username = 'ann', password = PASSWORD): Promise<Sdk.AuthenticationResultType> {
    const AuthParameters = { USERNAME: username, PASSWORD: password };
    const { AuthenticationResult } = await run('InitiateAuth', {
      ...{ AuthFlow: 'USER_PASSWORD_AUTH', ClientId, AuthParameters },
    });
    AccessToken = AuthenticationResult?.AccessToken ?? '';
    return AuthenticationResult ?? {};
  }

  /** Signs in from a new device, and confirms it. */
  async function newDevice(): Promise<string> {
    const { NewDeviceMetadata: { DeviceKey = '', DeviceGroupKey = '' } = {} } = await signIn();
    const { verifierConfig } = createDeviceSecret(DeviceGroupKey, DeviceKey);
    await run('ConfirmDevice', signed({ DeviceKey, DeviceSecretVerifierConfig: verifierConfig }));
    return DeviceKey;
  }

  const latestCode = () => service.cognito.outbox.latest()?.code ?? '';

  it('of user pools', async () => {
    const { UserPool } = await run('CreateUserPool', {
      PoolName: 'everything',
      AutoVerifiedAttributes: ['email'],
      UserPoolTier: 'PLUS',
      UserPoolAddOns: { AdvancedSecurityMode: 'AUDIT' },
      DeviceConfiguration: { ChallengeRequiredOnNewDevice: false, DeviceOnlyRememberedOnUserPrompt: true },
      Policies: { SignInPolicy: { AllowedFirstAuthFactors: ['PASSWORD', 'WEB_AUTHN'] } },
      UserPoolTags: { team: 'identity' },
    });
    UserPoolId = UserPool?.Id ?? '';
    const ResourceArn = UserPool?.Arn ?? '';
    await run('DescribeUserPool', { UserPoolId });
    await run('ListUserPools', { MaxResults: 10 });
    await run('AddCustomAttributes', pool({ CustomAttributes: [{ Name: 'team', AttributeDataType: 'String' }] }));
    await run('SetUserPoolMfaConfig', {
      UserPoolId,
      MfaConfiguration: 'OPTIONAL',
      SoftwareTokenMfaConfiguration: { Enabled: true },
      WebAuthnConfiguration: { RelyingPartyId: 'localhost' },
    });
    await run('GetUserPoolMfaConfig', { UserPoolId });
    await run('TagResource', { ResourceArn, Tags: { stage: 'test' } });
    await run('ListTagsForResource', { ResourceArn });
    await run('UntagResource', { ResourceArn, TagKeys: ['stage'] });
    await run('SetLogDeliveryConfiguration', {
      UserPoolId,
      LogConfigurations: [
        {
          LogLevel: 'ERROR',
          EventSource: 'userNotification',
          CloudWatchLogsConfiguration: { LogGroupArn: 'arn:aws:logs:us-east-1:123456789012:log-group:cognito' },
        },
      ],
    });
    await run('GetLogDeliveryConfiguration', { UserPoolId });
    await run('GetSigningCertificate', { UserPoolId });
    await run('CreateUserPoolReplica', pool({ RegionName: 'eu-west-1' }));
    await run('UpdateUserPoolReplica', pool({ RegionName: 'eu-west-1', Status: 'ACTIVE' as const }));
    await run('ListUserPoolReplicas', { UserPoolId });
    await run('DeleteUserPoolReplica', pool({ RegionName: 'eu-west-1' }));
    const LimitDefinition = { LimitClass: 'API_CATEGORY', Attributes: { Category: 'UserCreation' } } as const;
    await run('GetProvisionedLimit', { LimitDefinition });
    await run('UpdateProvisionedLimit', { LimitDefinition, RequestedLimitValue: 60 });
    await run('SetUserPoolSessionConfiguration', {
      UserPoolId,
      UserSessionTracking: 'ENABLED',
      TokenSession: { MaxPerUser: 50 },
    });
    await run('GetUserPoolSessionConfiguration', { UserPoolId });
  });

  it('of app clients and what belongs to them', async () => {
    const resource = pool({ Identifier: 'solar', Name: 'Solar' });
    const Scopes = [{ ScopeName: 'read', ScopeDescription: 'Read' }];
    await run('CreateResourceServer', { ...resource, Scopes });
    await run('DescribeResourceServer', pool({ Identifier: 'solar' }));
    await run('UpdateResourceServer', { ...resource, Name: 'Sun', Scopes });
    await run('ListResourceServers', { UserPoolId });
    const { UserPoolClient } = await run('CreateUserPoolClient', {
      UserPoolId,
      ClientName: 'web',
      ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH', 'ALLOW_ADMIN_USER_PASSWORD_AUTH', 'ALLOW_USER_AUTH'],
      ...{ ...CODE_FLOW, AllowedOAuthScopes: ['openid', 'solar/read'] },
      AllowedOAuthFlows: [...CODE_FLOW.AllowedOAuthFlows],
      CallbackURLs: [...CODE_FLOW.CallbackURLs],
      SupportedIdentityProviders: [...CODE_FLOW.SupportedIdentityProviders],
    });
    ClientId = UserPoolClient?.ClientId ?? '';
    const { UserPoolClient: machine } = await run('CreateUserPoolClient', {
      UserPoolId,
      ClientName: 'machine',
      GenerateSecret: true,
      ExplicitAuthFlows: ['ALLOW_CLIENT_TOKEN_AUTH' as Sdk.ExplicitAuthFlowsType],
      AllowedOAuthScopes: ['solar/read'],
    });
    const machineId = machine?.ClientId ?? '';
    await run('GetClientToken', { ClientId: machineId, Secret: machine?.ClientSecret ?? '' });
    const { ClientSecretDescriptor } = await run('AddUserPoolClientSecret', { UserPoolId, ClientId: machineId });
    await run('ListUserPoolClientSecrets', { UserPoolId, ClientId: machineId });
    await run('DeleteUserPoolClientSecret', {
      ...{ UserPoolId, ClientId: machineId, ClientSecretId: ClientSecretDescriptor?.ClientSecretId },
    });
    await run('DescribeUserPoolClient', client({}));
    await run('ListUserPoolClients', { UserPoolId });
    await run('SetUserPoolClientSessionConfiguration', client({ SSOSession: { MaxValidityMinutes: 30 } }));
    await run('GetUserPoolClientSessionConfiguration', client({}));
    await run('CreateUserPoolDomain', pool({ Domain: 'everything' }));
    await run('DescribeUserPoolDomain', { Domain: 'everything' });
    await run('UpdateUserPoolDomain', pool({ Domain: 'everything', ManagedLoginVersion: 2 }));
    await run('SetUICustomization', client({ CSS: '.submitButton-customizable{background-color:#1450a3}' }));
    await run('GetUICustomization', client({}));
    await run('SetRiskConfiguration', client({ RiskExceptionConfiguration: { BlockedIPRangeList: ['10.0.0.0/8'] } }));
    await run('DescribeRiskConfiguration', client({}));
    const { ManagedLoginBranding } = await run(
      'CreateManagedLoginBranding',
      client({ UseCognitoProvidedValues: true }),
    );
    const branding = pool({ ManagedLoginBrandingId: ManagedLoginBranding?.ManagedLoginBrandingId ?? '' });
    await run('DescribeManagedLoginBranding', branding);
    await run('DescribeManagedLoginBrandingByClient', client({}));
    await run('UpdateManagedLoginBranding', { ...branding, Settings: { components: {} } });
    await run('DeleteManagedLoginBranding', branding);
    const { Terms } = await run(
      'CreateTerms',
      client({
        TermsName: 'terms-of-use',
        TermsSource: 'LINK' as const,
        Enforcement: 'NONE' as const,
        Links: { 'cognito:default': 'https://app.example/terms' },
      }),
    );
    const terms = pool({ TermsId: Terms?.TermsId ?? '' });
    await run('DescribeTerms', terms);
    await run('DescribeTermsByClient', client({ TermsName: 'terms-of-use' }));
    await run('UpdateTerms', { ...terms, TermsName: 'privacy-policy' });
    await run('ListTerms', { UserPoolId });
    await run('DeleteTerms', terms);
    await run('DeleteUserPoolDomain', pool({ Domain: 'everything' }));
    await run('CreateUserPoolDomain', {
      ...pool({ Domain: 'auth.example.com', CustomDomainConfig: { CertificateArn: CERTIFICATE } }),
    });
    await run('DeleteUserPoolDomain', pool({ Domain: 'auth.example.com' }));
  });

  it('of identity providers', async () => {
    const ProviderDetails = { client_id: 'id', client_secret: 'secret', authorize_scopes: 'openid' };
    await run('CreateIdentityProvider', {
      ...pool({ ProviderName: 'Google', ProviderType: 'Google' as const, ProviderDetails }),
      IdpIdentifiers: ['example.com'],
    });
    await run('DescribeIdentityProvider', pool({ ProviderName: 'Google' }));
    await run('GetIdentityProviderByIdentifier', pool({ IdpIdentifier: 'example.com' }));
    await run('UpdateIdentityProvider', pool({ ProviderName: 'Google', AttributeMapping: { email: 'email' } }));
    await run('ListIdentityProviders', { UserPoolId });
  });

  it('of administrators', async () => {
    await run('AdminCreateUser', {
      ...ann({ MessageAction: 'SUPPRESS' as const }),
      UserAttributes: [
        { Name: 'email', Value: 'ann@example.com' },
        { Name: 'email_verified', Value: 'true' },
      ],
    });
    await run('AdminGetUser', ann({}));
    await run('AdminSetUserPassword', ann({ Password: PASSWORD, Permanent: true }));
    await run('ListUsers', { UserPoolId });
    await run('AdminUpdateUserAttributes', ann({ UserAttributes: [{ Name: 'name', Value: 'Ann' }] }));
    await run('AdminDeleteUserAttributes', ann({ UserAttributeNames: ['name'] }));
    await run('CreateGroup', pool({ GroupName: 'staff' }));
    await run('GetGroup', pool({ GroupName: 'staff' }));
    await run('UpdateGroup', pool({ GroupName: 'staff', Precedence: 1 }));
    await run('ListGroups', { UserPoolId });
    await run('AdminAddUserToGroup', ann({ GroupName: 'staff' }));
    await run('AdminListGroupsForUser', ann({}));
    await run('ListUsersInGroup', pool({ GroupName: 'staff' }));
    await run('AdminRemoveUserFromGroup', ann({ GroupName: 'staff' }));
    await run('DeleteGroup', pool({ GroupName: 'staff' }));
    await run('AdminDisableUser', ann({}));
    await run('AdminEnableUser', ann({}));
    const SourceUser = {
      ProviderName: 'Google',
      ProviderAttributeName: 'Cognito_Subject',
      ProviderAttributeValue: '7',
    };
    const DestinationUser = { ProviderName: 'Cognito', ProviderAttributeValue: 'ann' };
    await run('AdminLinkProviderForUser', pool({ DestinationUser, SourceUser }));
    await run('AdminDisableProviderForUser', pool({ User: SourceUser }));
    await run('DeleteIdentityProvider', pool({ ProviderName: 'Google' }));
    await run('AdminSetUserSettings', ann({ MFAOptions: [] }));
    await run('AdminGetUserAuthFactors', ann({}));
  });

  it('of sign-up and sign-in', async () => {
    await run('SignUp', {
      ...{ ClientId, Username: 'bob', Password: PASSWORD },
      UserAttributes: [{ Name: 'email', Value: 'bob@example.com' }],
    });
    await run('ResendConfirmationCode', { ClientId, Username: 'bob' });
    await run('ConfirmSignUp', { ClientId, Username: 'bob', ConfirmationCode: latestCode() });
    await run('SignUp', { ClientId, Username: 'eve', Password: PASSWORD });
    await run('AdminConfirmSignUp', { UserPoolId, Username: 'eve' });
    await run('ForgotPassword', { ClientId, Username: 'bob' });
    await run('ConfirmForgotPassword', {
      ...{ ClientId, Username: 'bob', Password: NEW_PASSWORD, ConfirmationCode: latestCode() },
    });
    const start = { AuthFlow: 'USER_AUTH', AuthParameters: { USERNAME: 'bob' } } as const;
    const { Session } = await run('InitiateAuth', { ClientId, ...start });
    await run('RespondToAuthChallenge', {
      ...{ ClientId, Session, ChallengeName: 'SELECT_CHALLENGE' },
      ChallengeResponses: { USERNAME: 'bob', ANSWER: 'PASSWORD', PASSWORD: NEW_PASSWORD },
    });
    const admin = await run('AdminInitiateAuth', client(start));
    await run('AdminRespondToAuthChallenge', {
      ...client({ Session: admin.Session, ChallengeName: 'SELECT_CHALLENGE' as const }),
      ChallengeResponses: { USERNAME: 'bob', ANSWER: 'PASSWORD', PASSWORD: NEW_PASSWORD },
    });
  });

  it('of signed-in users and their devices', async () => {
    const DeviceKey = await newDevice();
    await run('GetDevice', signed({ DeviceKey }));
    await run('ListDevices', { AccessToken });
    await run('UpdateDeviceStatus', signed({ DeviceKey, DeviceRememberedStatus: 'remembered' as const }));
    await run('AdminGetDevice', ann({ DeviceKey }));
    await run('AdminListDevices', ann({}));
    await run('AdminUpdateDeviceStatus', ann({ DeviceKey, DeviceRememberedStatus: 'not_remembered' as const }));
    await run('AdminForgetDevice', ann({ DeviceKey }));
    await run('ForgetDevice', signed({ DeviceKey: await newDevice() }));
    await run('GetUser', { AccessToken });
    await run('UpdateUserAttributes', signed({ UserAttributes: [{ Name: 'name', Value: 'Ann' }] }));
    await run('DeleteUserAttributes', signed({ UserAttributeNames: ['name'] }));
    await run('GetUserAttributeVerificationCode', signed({ AttributeName: 'email' }));
    await run('VerifyUserAttribute', signed({ AttributeName: 'email', Code: latestCode() }));
    await run('GetUserAuthFactors', { AccessToken });
    await run('SetUserSettings', signed({ MFAOptions: [] }));
    await run('ChangePassword', signed({ PreviousPassword: PASSWORD, ProposedPassword: NEW_PASSWORD }));
    await run('ListUserSessions', { AccessToken });
    const { Sessions = [] } = await run('AdminListUserSessions', ann({}));
    await run('AdminRevokeUserSession', ann({ SessionId: Sessions.at(-1)?.SessionId }));
    const { RefreshToken } = await signIn('ann', NEW_PASSWORD);
    const other = (await run('ListUserSessions', { AccessToken })).Sessions?.find(
      (session) => !session.IsCurrentSession,
    );
    await run('RevokeUserSession', signed({ SessionId: other?.SessionId }));
    await run('RevokeToken', { ClientId, Token: RefreshToken });
  });

  it('of second factors and passkeys', async () => {
    await signIn('ann', NEW_PASSWORD);
    const { SecretCode = '' } = await run('AssociateSoftwareToken', { AccessToken });
    await run('VerifySoftwareToken', signed({ UserCode: totpCode(SecretCode, totpStep(service.now())) }));
    await run('SetUserMFAPreference', signed({ SoftwareTokenMfaSettings: { Enabled: true } }));
    await run('AdminSetUserMFAPreference', ann({ SoftwareTokenMfaSettings: { Enabled: false } }));
    await run('AdminDeleteSoftwareToken', ann({}));
    const { CredentialCreationOptions } = await run('StartWebAuthnRegistration', { AccessToken });
    const options = CredentialCreationOptions as unknown as CredentialCreationOptionsJson;
    const Credential = new SoftwareAuthenticator().create(options);
    await run('CompleteWebAuthnRegistration', signed({ Credential }));
    const { Credentials = [] } = await run('ListWebAuthnCredentials', { AccessToken });
    await run('DeleteWebAuthnCredential', signed({ CredentialId: Credentials[0]?.CredentialId }));
  });

  it('of the history of sign-ins', async () => {
    const { AuthEvents = [] } = await run('AdminListUserAuthEvents', ann({}));
    const event = ann({ EventId: AuthEvents[0]?.EventId, FeedbackValue: 'Valid' as const });
    await run('AdminUpdateAuthEventFeedback', event);
    await run('UpdateUserPool', {
      ...{ UserPoolId, UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED' } },
      ...{ AutoVerifiedAttributes: ['email'], MfaConfiguration: 'OPTIONAL' },
    });
    const action = { Notify: true, EventAction: 'BLOCK' } as const;
    await run('SetRiskConfiguration', {
      UserPoolId,
      ClientId,
      RiskExceptionConfiguration: { BlockedIPRangeList: ['127.0.0.0/8'] },
      AccountTakeoverRiskConfiguration: {
        NotifyConfiguration: {
          SourceArn: 'arn:aws:ses:us-east-1:123456789012:identity/example.com',
          BlockEmail: { Subject: 'Blocked', TextBody: 'Was it you?' },
        },
        Actions: { HighAction: action },
      },
    });
    await expect(signIn('ann', NEW_PASSWORD)).rejects.toMatchObject({ name: 'NotAuthorizedException' });
    const { AuthEvents: latest = [] } = await run('AdminListUserAuthEvents', ann({}));
    await run('UpdateAuthEventFeedback', { ...event, EventId: latest[0]?.EventId, FeedbackToken: latestCode() });
    await run('SetRiskConfiguration', { UserPoolId, ClientId });
  });

  it('of imports of users', async () => {
    const { CSVHeader = [] } = await run('GetCSVHeader', { UserPoolId });
    const job = pool({ JobName: 'import', CloudWatchLogsRoleArn: ROLE });
    const { UserImportJob } = await run('CreateUserImportJob', job);
    const named = pool({ JobId: UserImportJob?.JobId ?? '' });
    // Many lines, so that it still runs when it is stopped.
    const body = `${CSVHeader.join(',')}\n${'nobody\n'.repeat(20_000)}`;
    await fetch(UserImportJob?.PreSignedUrl ?? '', { method: 'PUT', body });
    await run('StartUserImportJob', named);
    await run('StopUserImportJob', named);
    for (let status; status !== 'Stopped';) {
      await setImmediate();
      status = (await run('DescribeUserImportJob', named)).UserImportJob?.Status;
    }
    await run('ListUserImportJobs', pool({ MaxResults: 10 }));
  });

  it('that end things', async () => {
    await run('UpdateUserPoolClient', {
      ...client({ ExplicitAuthFlows: ['ALLOW_USER_PASSWORD_AUTH' as const] }),
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 0 },
    });
    const { RefreshToken } = await signIn('ann', NEW_PASSWORD);
    await run('GetTokensFromRefreshToken', { ClientId, RefreshToken });
    await run('GlobalSignOut', { AccessToken });
    await signIn('ann', NEW_PASSWORD);
    await run('AdminUserGlobalSignOut', ann({}));
    await run('AdminResetUserPassword', ann({}));
    await run('AdminDeleteUser', ann({}));
    await signIn('bob', NEW_PASSWORD);
    await run('DeleteUser', { AccessToken });
    await run('DeleteUserPoolClient', client({}));
    await run('DeleteResourceServer', pool({ Identifier: 'solar' }));
    await run('DeleteUserPool', { UserPoolId });
  });

  it('answers as the model says', () => {
    expect(problems.filter((problem) => !problem.startsWith(EMPTY_IN_SERVICE))).toEqual([]);
    expect(OPERATIONS.filter((name) => !called.has(name))).toEqual([]);
    expect(called.size).toBe(140);
  });
});
