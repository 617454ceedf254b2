import type { Shape } from './shape.js';

/** Operations that are newer than the model. */
export const NEWER_OPERATIONS: Readonly<Record<string, string>> = {
  AdminDeleteSoftwareToken: 'AdminDeleteSoftwareTokenRequest',
  AdminListUserSessions: 'AdminListUserSessionsRequest',
  AdminRevokeUserSession: 'AdminRevokeUserSessionRequest',
  DescribeTermsByClient: 'DescribeTermsByClientRequest',
  GetClientToken: 'GetClientTokenRequest',
  GetUserPoolClientSessionConfiguration: 'GetUserPoolClientSessionConfigurationRequest',
  GetUserPoolSessionConfiguration: 'GetUserPoolSessionConfigurationRequest',
  ListUserSessions: 'ListUserSessionsRequest',
  RevokeUserSession: 'RevokeUserSessionRequest',
  SetUserPoolClientSessionConfiguration: 'SetUserPoolClientSessionConfigurationRequest',
  SetUserPoolSessionConfiguration: 'SetUserPoolSessionConfigurationRequest',
};

/** Their requests, from the types and the documentation of the SDK. They use shapes of the model where these are known. */
export const NEWER_SHAPES: Readonly<Record<string, Shape>> = {
  AdminDeleteSoftwareTokenRequest: {
    type: 'structure',
    required: ['UserPoolId', 'Username'],
    members: { UserPoolId: 'UserPoolIdType', Username: 'UsernameType' },
  },
  AdminListUserSessionsRequest: {
    type: 'structure',
    required: ['UserPoolId', 'Username'],
    members: { UserPoolId: 'UserPoolIdType', Username: 'UsernameType', NextToken: 'PaginationKeyType' },
  },
  AdminRevokeUserSessionRequest: {
    type: 'structure',
    required: ['UserPoolId', 'Username', 'SessionId'],
    members: {
      UserPoolId: 'UserPoolIdType',
      Username: 'UsernameType',
      SessionId: 'StringType',
      RevokeAssociatedSessions: 'RevokeAssociatedSessionsType',
    },
  },
  DescribeTermsByClientRequest: {
    type: 'structure',
    required: ['ClientId', 'UserPoolId', 'TermsName'],
    members: { ClientId: 'ClientIdType', UserPoolId: 'UserPoolIdType', TermsName: 'TermsNameType' },
  },
  GetClientTokenRequest: {
    type: 'structure',
    required: ['ClientId', 'Secret'],
    members: {
      ClientId: 'ClientIdType',
      Secret: 'ClientSecretType',
      Scopes: 'ScopeListType',
      ClientMetadata: 'ClientMetadataType',
    },
  },
  GetUserPoolClientSessionConfigurationRequest: {
    type: 'structure',
    required: ['UserPoolId', 'ClientId'],
    members: { UserPoolId: 'UserPoolIdType', ClientId: 'ClientIdType' },
  },
  GetUserPoolSessionConfigurationRequest: {
    type: 'structure',
    required: ['UserPoolId'],
    members: { UserPoolId: 'UserPoolIdType' },
  },
  ListUserSessionsRequest: {
    type: 'structure',
    required: ['AccessToken'],
    members: { AccessToken: 'TokenModelType', NextToken: 'PaginationKeyType' },
  },
  RevokeUserSessionRequest: {
    type: 'structure',
    required: ['AccessToken', 'SessionId'],
    members: {
      AccessToken: 'TokenModelType',
      SessionId: 'StringType',
      RevokeAssociatedSessions: 'RevokeAssociatedSessionsType',
    },
  },
  SetUserPoolClientSessionConfigurationRequest: {
    type: 'structure',
    required: ['UserPoolId', 'ClientId', 'SSOSession'],
    members: { UserPoolId: 'UserPoolIdType', ClientId: 'ClientIdType', SSOSession: 'ClientSSOSessionConfigType' },
  },
  SetUserPoolSessionConfigurationRequest: {
    type: 'structure',
    required: ['UserPoolId', 'UserSessionTracking', 'TokenSession'],
    members: {
      UserPoolId: 'UserPoolIdType',
      UserSessionTracking: 'UserSessionTrackingType',
      TokenSession: 'UserPoolTokenSessionConfigType',
    },
  },
  AcrConfigurationType: { type: 'map', key: 'StringType', value: 'AcrLevelConfigType' },
  AcrLevelConfigType: { type: 'structure', required: ['AcrValue'], members: { AcrValue: 'StringType' } },
  ClientSSOSessionConfigType: {
    type: 'structure',
    required: ['MaxValidityMinutes'],
    members: { MaxValidityMinutes: 'SsoValidityMinutesType' },
  },
  ClientTypeType: { type: 'string', enum: ['REGULAR', 'DCR'] },
  DcrConfigurationType: {
    type: 'structure',
    members: {
      EnableStatus: 'StatusType',
      OpenDcrEnabled: 'BooleanType',
      AuthenticatedGrantTypes: 'OAuthFlowsType',
      OpenDcrGrantTypes: 'OAuthFlowsType',
      AllowedScopes: 'ScopeListType',
    },
  },
  RevokeAssociatedSessionsType: { type: 'string', enum: ['NONE', 'LINKED'] },
  SsoValidityMinutesType: { type: 'integer', min: 0, max: 129_600 },
  StatusType: { type: 'string', enum: ['Enabled', 'Disabled'] },
  TokenSessionsPerUserType: { type: 'integer', min: 1, max: 100 },
  UserPoolTokenSessionConfigType: {
    type: 'structure',
    required: ['MaxPerUser'],
    members: { MaxPerUser: 'TokenSessionsPerUserType' },
  },
  UserSessionTrackingType: { type: 'string', enum: ['ENABLED', 'DISABLED'] },
};

/** Members that the SDK has for requests of the model. */
export const NEWER_MEMBERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  CreateIdentityProviderRequest: { AcrMapping: 'StringToStringMapType' },
  UpdateIdentityProviderRequest: { AcrMapping: 'StringToStringMapType' },
  CreateUserPoolRequest: { DcrConfiguration: 'DcrConfigurationType', AcrConfiguration: 'AcrConfigurationType' },
  UpdateUserPoolRequest: { DcrConfiguration: 'DcrConfigurationType', AcrConfiguration: 'AcrConfigurationType' },
  ListUserPoolClientsRequest: { ClientType: 'ClientTypeType' },
  RevokeTokenRequest: { RevokeAssociatedSessions: 'RevokeAssociatedSessionsType' },
};
