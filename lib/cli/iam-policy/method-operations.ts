import type { OperationName } from '../../client/operations.js';

/** What the methods of a family call, by method. A test records them. */
type Family = Readonly<Record<string, readonly OperationName[]>>;

/** The operations of each method of `CognitoAdminService`, by family. */
export const METHOD_OPERATIONS: Readonly<Record<string, Family>> = {
  users: {
    createUser: ['AdminCreateUser'],
    reinviteUser: ['AdminCreateUser', 'AdminGetUser'],
    confirmSignUp: ['AdminConfirmSignUp'],
    getUser: ['AdminGetUser'],
    getUsers: ['ListUsers'],
    updateProfile: ['AdminUpdateUserAttributes'],
    deleteUser: ['AdminDeleteUser'],
    enableUser: ['AdminEnableUser'],
    disableUser: ['AdminDisableUser'],
    setPassword: ['AdminSetUserPassword'],
    resetPassword: ['AdminResetUserPassword'],
    logout: ['AdminUserGlobalSignOut'],
  },
  'sign-in': {
    authenticate: ['AdminInitiateAuth', 'AdminRespondToAuthChallenge'],
    respondToChallenge: ['AdminRespondToAuthChallenge'],
  },
  groups: {
    create: ['CreateGroup'],
    get: ['GetGroup'],
    update: ['UpdateGroup'],
    delete: ['DeleteGroup'],
    list: ['ListGroups'],
    addUser: ['AdminAddUserToGroup'],
    removeUser: ['AdminRemoveUserFromGroup'],
    groupsOf: ['AdminListGroupsForUser'],
    usersIn: ['ListUsersInGroup'],
  },
  mfa: {
    setPreference: ['AdminSetUserMFAPreference'],
    factors: ['AdminGetUserAuthFactors'],
    deleteSoftwareToken: ['AdminDeleteSoftwareToken'],
  },
  devices: {
    list: ['AdminListDevices'],
    get: ['AdminGetDevice'],
    remember: ['AdminUpdateDeviceStatus'],
    doNotRemember: ['AdminUpdateDeviceStatus'],
    forget: ['AdminForgetDevice'],
  },
  sessions: {
    list: ['AdminListUserSessions'],
    revoke: ['AdminRevokeUserSession'],
  },
  federation: {
    link: ['AdminLinkProviderForUser'],
    unlink: ['AdminDisableProviderForUser'],
    identitiesOf: ['AdminGetUser'],
  },
  authEvents: {
    list: ['AdminListUserAuthEvents'],
    setFeedback: ['AdminUpdateAuthEventFeedback'],
  },
};

/** Families whose methods `CognitoAdminService` has itself: `createUser` and not `users.createUser`. */
const FLAT = ['users', 'sign-in'];

/** A method of `CognitoAdminService` as an application writes it, such as `createUser` or `groups.addUser`. */
export function methodName(family: string, method: string): string {
  return FLAT.includes(family) ? method : `${family}.${method}`;
}

/** What else is called with AWS credentials, by the option or method that does it. */
export const OTHER_OPERATIONS: Family = {
  /** The option `revocation` with a store, which names users by their `sub`. */
  revocation: ['AdminGetUser'],
  verifySetup: ['DescribeUserPoolClient'],
  /** `CognitoOAuthService.clientToken` with `via: 'api'`. */
  clientToken: ['GetClientToken'],
};
