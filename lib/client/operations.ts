import type * as Sdk from '@aws-sdk/client-cognito-identity-provider';

/** The names of all operations of the service, read off the SDK's command classes. */
export type OperationName = Exclude<
  { [K in keyof typeof Sdk]: K extends `${infer Name}Command` ? Name : never }[keyof typeof Sdk],
  '$'
>;

type CommandOf<Name extends OperationName> = InstanceType<(typeof Sdk)[`${Name}Command`]>;

/** What an operation takes. */
export type OperationInput<Name extends OperationName> = CommandOf<Name>['input'];

/** What an operation answers, without the SDK's `$metadata`. */
export type OperationOutput<Name extends OperationName> =
  CommandOf<Name> extends {
    resolveMiddleware(...input: never[]): (...input: never[]) => Promise<{ output: infer Output }>;
  }
    ? Omit<Output, '$metadata'>
    : never;

/**
 * The operations that may be sent again when it is not known whether the first request arrived: they read, or their
 * second run changes nothing that the first has not changed. Everything else would spend a code, a `Session` or a
 * refresh token twice, send a second message, or turn a success into "already exists". An operation that is not listed
 * is not replayed.
 */
export const REPLAYABLE_OPERATIONS: ReadonlySet<string> = new Set<OperationName>([
  'AdminAddUserToGroup',
  'AdminDisableUser',
  'AdminEnableUser',
  'AdminGetDevice',
  'AdminGetUser',
  'AdminGetUserAuthFactors',
  'AdminListDevices',
  'AdminListGroupsForUser',
  'AdminListUserAuthEvents',
  'AdminListUserSessions',
  'AdminRemoveUserFromGroup',
  'AdminSetUserMFAPreference',
  'AdminUpdateDeviceStatus',
  'AdminUserGlobalSignOut',
  'DescribeUserPool',
  'DescribeUserPoolClient',
  'GetDevice',
  'GetGroup',
  'GetUser',
  'GetUserAuthFactors',
  'GetUserPoolMfaConfig',
  'ListDevices',
  'ListGroups',
  'ListUserPoolClients',
  'ListUserPools',
  'ListUserSessions',
  'ListUsers',
  'ListUsersInGroup',
  'ListWebAuthnCredentials',
  'RevokeToken',
  'SetUserMFAPreference',
  'UpdateDeviceStatus',
]);

/** Sign-in steps that leave nothing behind: the first half of SRP, and a renewal that does not rotate. */
const REPLAYABLE_AUTH_FLOWS: ReadonlySet<unknown> = new Set(['USER_SRP_AUTH', 'REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN']);

/** Whether a request may be sent again although the first one may have been carried out. */
export function isReplayable(operation: string, input: unknown): boolean {
  if (operation === 'InitiateAuth' || operation === 'AdminInitiateAuth') {
    const { AuthFlow, Session } = input as { AuthFlow?: unknown; Session?: unknown };
    return REPLAYABLE_AUTH_FLOWS.has(AuthFlow) && Session === undefined;
  }
  return REPLAYABLE_OPERATIONS.has(operation);
}
