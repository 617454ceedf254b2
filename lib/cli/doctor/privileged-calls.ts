import { randomUUID } from 'node:crypto';

import type { AppClient } from '../../client/app-client.js';
import type { CognitoClient } from '../../client/cognito-client.js';
import type { OperationInput, OperationName } from '../../client/operations.js';

/** Sends a call that is refused for want of its user, group or device, once AWS has found that it is permitted. */
export type PrivilegedCall = (client: CognitoClient, appClient: AppClient) => Promise<unknown>;

/** Those that would create something, or need the session of a sign-in. */
export const UNCHECKED_OPERATIONS = ['AdminCreateUser', 'AdminRespondToAuthChallenge', 'CreateGroup'] as const;

/** A name that no user and no group has. */
function nobody(): string {
  return `mandate-doctor-${randomUUID()}`;
}

function call<Name extends OperationName>(
  operation: Name,
  input: () => Omit<OperationInput<Name>, 'UserPoolId'>,
): PrivilegedCall {
  return (client, { userPoolId }) => client.send(operation, { UserPoolId: userPoolId, ...input() });
}

const user = () => ({ Username: nobody() });
const userAndGroup = () => ({ Username: nobody(), GroupName: nobody() });
const group = () => ({ GroupName: nobody() });
const identity = () => ({
  ProviderName: 'Google',
  ProviderAttributeName: 'Cognito_Subject',
  ProviderAttributeValue: nobody(),
});
const device = () => ({ Username: nobody(), DeviceKey: `us-east-1_${randomUUID()}` });

/** The operations of `CognitoAdminService` that can be tried: reads, and changes to users and groups that do not exist. */
export const PRIVILEGED_CALLS = {
  AdminAddUserToGroup: call('AdminAddUserToGroup', userAndGroup),
  AdminConfirmSignUp: call('AdminConfirmSignUp', user),
  AdminDeleteSoftwareToken: call('AdminDeleteSoftwareToken', user),
  AdminDeleteUser: call('AdminDeleteUser', user),
  AdminDisableProviderForUser: call('AdminDisableProviderForUser', () => ({ User: identity() })),
  AdminDisableUser: call('AdminDisableUser', user),
  AdminEnableUser: call('AdminEnableUser', user),
  AdminForgetDevice: call('AdminForgetDevice', device),
  AdminGetDevice: call('AdminGetDevice', device),
  AdminGetUser: call('AdminGetUser', user),
  AdminGetUserAuthFactors: call('AdminGetUserAuthFactors', user),
  AdminInitiateAuth: initiateAuth,
  AdminLinkProviderForUser: call('AdminLinkProviderForUser', () => ({
    DestinationUser: { ProviderName: 'Cognito', ProviderAttributeValue: nobody() },
    SourceUser: identity(),
  })),
  AdminListDevices: call('AdminListDevices', user),
  AdminListGroupsForUser: call('AdminListGroupsForUser', user),
  AdminListUserAuthEvents: call('AdminListUserAuthEvents', user),
  AdminListUserSessions: call('AdminListUserSessions', user),
  AdminRemoveUserFromGroup: call('AdminRemoveUserFromGroup', userAndGroup),
  AdminResetUserPassword: call('AdminResetUserPassword', user),
  AdminRevokeUserSession: call('AdminRevokeUserSession', () => ({ ...user(), SessionId: randomUUID() })),
  AdminSetUserMFAPreference: call('AdminSetUserMFAPreference', user),
  AdminSetUserPassword: call('AdminSetUserPassword', () => ({ ...user(), Password: `${randomUUID()}-Aa1!` })),
  AdminUpdateAuthEventFeedback: call('AdminUpdateAuthEventFeedback', () => ({
    ...user(),
    EventId: randomUUID(),
    FeedbackValue: 'Valid' as const,
  })),
  AdminUpdateDeviceStatus: call('AdminUpdateDeviceStatus', device),
  AdminUpdateUserAttributes: call('AdminUpdateUserAttributes', () => ({ ...user(), UserAttributes: [] })),
  AdminUserGlobalSignOut: call('AdminUserGlobalSignOut', user),
  DeleteGroup: call('DeleteGroup', group),
  DescribeUserPoolClient: describeClient,
  GetGroup: call('GetGroup', group),
  ListGroups: call('ListGroups', () => ({ Limit: 1 })),
  ListUsers: call('ListUsers', () => ({ Limit: 1 })),
  ListUsersInGroup: call('ListUsersInGroup', group),
  UpdateGroup: call('UpdateGroup', group),
} as const satisfies Partial<Record<OperationName, PrivilegedCall>>;

async function initiateAuth(client: CognitoClient, appClient: AppClient): Promise<unknown> {
  const USERNAME = nobody();
  const hash = await appClient.secretHash(USERNAME);
  return client.send('AdminInitiateAuth', {
    UserPoolId: appClient.userPoolId,
    ClientId: appClient.clientId,
    AuthFlow: 'ADMIN_USER_PASSWORD_AUTH',
    AuthParameters: { USERNAME, PASSWORD: randomUUID(), ...(hash === undefined ? {} : { SECRET_HASH: hash }) },
  });
}

function describeClient(client: CognitoClient, { userPoolId, clientId }: AppClient): Promise<unknown> {
  return client.send('DescribeUserPoolClient', { UserPoolId: userPoolId, ClientId: clientId });
}
