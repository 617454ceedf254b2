/** How many requests a second an account may make in one category of operations. */
export interface RequestRateQuota {
  readonly requestsPerSecond: number;
  /** Whether AWS raises it on request. */
  readonly adjustable: boolean;
  readonly operations: readonly string[];
  /** Operations that answer a challenge: together they have three times the rate, counted apart. */
  readonly challengeResponses?: readonly string[];
  /** Grants of the token endpoint. */
  readonly grants?: readonly string[];
  /** Other paths of the domain that count, when a browser sends something there. */
  readonly paths?: readonly string[];
}

/**
 * The default request rate quotas of Amazon Cognito user pools, per account and Region, by category. Source: "Quotas in
 * Amazon Cognito", section "API request rate quotas", of the Amazon Cognito Developer Guide
 * (https://docs.aws.amazon.com/cognito/latest/developerguide/quotas.html).
 */
export const REQUEST_RATE_QUOTAS = {
  UserAuthentication: {
    requestsPerSecond: 120,
    adjustable: true,
    operations: ['InitiateAuth', 'AdminInitiateAuth', 'GetTokensFromRefreshToken'],
    challengeResponses: ['RespondToAuthChallenge', 'AdminRespondToAuthChallenge'],
    grants: ['refresh_token'],
    paths: ['/login'],
  },
  UserCreation: {
    requestsPerSecond: 50,
    adjustable: true,
    operations: ['SignUp', 'ConfirmSignUp', 'AdminCreateUser', 'AdminConfirmSignUp'],
  },
  UserFederation: {
    requestsPerSecond: 25,
    adjustable: true,
    operations: [],
    paths: ['/oauth2/idpresponse', '/saml2/idpresponse'],
  },
  UserAccountRecovery: {
    requestsPerSecond: 30,
    adjustable: false,
    operations: [
      'ChangePassword',
      'ForgotPassword',
      'ConfirmForgotPassword',
      'AdminResetUserPassword',
      'AdminSetUserPassword',
    ],
  },
  UserRead: { requestsPerSecond: 120, adjustable: true, operations: ['GetUser', 'AdminGetUser'] },
  UserUpdate: {
    requestsPerSecond: 25,
    adjustable: false,
    operations: [
      'AdminAddUserToGroup',
      'AdminRemoveUserFromGroup',
      'AdminUpdateUserAttributes',
      'AdminDeleteUserAttributes',
      'AdminDeleteUser',
      'AdminDisableUser',
      'AdminEnableUser',
      'AdminLinkProviderForUser',
      'AdminDisableProviderForUser',
      'AdminUserGlobalSignOut',
      'VerifyUserAttribute',
      'DeleteUser',
      'UpdateUserAttributes',
      'DeleteUserAttributes',
      'GlobalSignOut',
    ],
  },
  UserToken: { requestsPerSecond: 120, adjustable: true, operations: ['RevokeToken'] },
  UserResourceRead: {
    requestsPerSecond: 50,
    adjustable: true,
    operations: [
      'GetDevice',
      'AdminGetDevice',
      'ListDevices',
      'AdminListDevices',
      'AdminListGroupsForUser',
      'GetUserAttributeVerificationCode',
      'ResendConfirmationCode',
      'AdminListUserAuthEvents',
    ],
  },
  UserResourceUpdate: {
    requestsPerSecond: 25,
    adjustable: true,
    operations: [
      'ConfirmDevice',
      'ForgetDevice',
      'AdminForgetDevice',
      'UpdateDeviceStatus',
      'AdminUpdateDeviceStatus',
      'AssociateSoftwareToken',
      'VerifySoftwareToken',
      'SetUserMFAPreference',
      'AdminSetUserMFAPreference',
      'SetUserSettings',
      'AdminSetUserSettings',
      'UpdateAuthEventFeedback',
      'AdminUpdateAuthEventFeedback',
    ],
  },
  UserList: { requestsPerSecond: 30, adjustable: true, operations: ['ListUsers', 'ListUsersInGroup'] },
  UserPoolRead: { requestsPerSecond: 15, adjustable: true, operations: ['DescribeUserPool', 'ListUserPools'] },
  UserPoolUpdate: {
    requestsPerSecond: 15,
    adjustable: true,
    operations: ['CreateUserPool', 'UpdateUserPool', 'DeleteUserPool'],
  },
  UserPoolResourceRead: {
    requestsPerSecond: 20,
    adjustable: true,
    operations: [
      'GetGroup',
      'ListGroups',
      'DescribeIdentityProvider',
      'GetIdentityProviderByIdentifier',
      'ListIdentityProviders',
      'DescribeResourceServer',
      'ListResourceServers',
      'DescribeUserPoolDomain',
      'DescribeUserImportJob',
      'ListUserImportJobs',
      'GetCSVHeader',
      'GetSigningCertificate',
      'GetUICustomization',
      'DescribeRiskConfiguration',
      'GetUserPoolMfaConfig',
      'ListTagsForResource',
    ],
  },
  UserPoolResourceUpdate: {
    requestsPerSecond: 15,
    adjustable: true,
    operations: [
      'AddCustomAttributes',
      'CreateGroup',
      'UpdateGroup',
      'DeleteGroup',
      'CreateIdentityProvider',
      'UpdateIdentityProvider',
      'DeleteIdentityProvider',
      'CreateResourceServer',
      'UpdateResourceServer',
      'DeleteResourceServer',
      'CreateUserPoolDomain',
      'UpdateUserPoolDomain',
      'DeleteUserPoolDomain',
      'CreateUserImportJob',
      'StartUserImportJob',
      'StopUserImportJob',
      'SetUICustomization',
      'SetRiskConfiguration',
      'SetUserPoolMfaConfig',
      'TagResource',
      'UntagResource',
    ],
  },
  UserPoolClientRead: {
    requestsPerSecond: 15,
    adjustable: true,
    operations: ['DescribeUserPoolClient', 'ListUserPoolClients'],
  },
  UserPoolClientUpdate: {
    requestsPerSecond: 15,
    adjustable: true,
    operations: ['CreateUserPoolClient', 'UpdateUserPoolClient', 'DeleteUserPoolClient'],
  },
  ClientAuthentication: {
    requestsPerSecond: 150,
    adjustable: true,
    operations: [],
    grants: ['client_credentials'],
  },
} as const satisfies Readonly<Record<string, RequestRateQuota>>;

/**
 * A category of operations that share a quota.
 *
 * @publicApi
 */
export type QuotaCategory = keyof typeof REQUEST_RATE_QUOTAS;

/** The categories. */
export const QUOTA_CATEGORIES = Object.keys(REQUEST_RATE_QUOTAS) as readonly QuotaCategory[];

/** What a request counts against. */
export interface CountedRequest {
  readonly category: QuotaCategory;
  /** How many times the category's rate it may be made. */
  readonly factor: number;
}

const CHALLENGE_RESPONSE_FACTOR = 3;

const BY_OPERATION = index((quota) => quota.operations, 1);
const BY_CHALLENGE_RESPONSE = index((quota) => quota.challengeResponses, CHALLENGE_RESPONSE_FACTOR);
const BY_GRANT = index((quota) => quota.grants, 1);
const BY_PATH = index((quota) => quota.paths, 1);

/** The quota of an operation. @returns undefined for one whose category AWS does not publish. */
export function quotaOfOperation(operation: string): CountedRequest | undefined {
  return BY_OPERATION.get(operation) ?? BY_CHALLENGE_RESPONSE.get(operation);
}

/** The quota of a grant of the token endpoint. */
export function quotaOfGrant(grantType: string): CountedRequest | undefined {
  return BY_GRANT.get(grantType);
}

/** The quota of another path of the domain. */
export function quotaOfPath(path: string): CountedRequest | undefined {
  return BY_PATH.get(path);
}

function index(
  namesOf: (quota: RequestRateQuota) => readonly string[] | undefined,
  factor: number,
): ReadonlyMap<string, CountedRequest> {
  return new Map(
    QUOTA_CATEGORIES.flatMap((category) =>
      (namesOf(REQUEST_RATE_QUOTAS[category]) ?? []).map((name) => [name, { category, factor }] as const),
    ),
  );
}
