import type * as Sdk from '@aws-sdk/client-cognito-identity-provider';

/**
 * The names of all operations, derived from the command classes of the installed AWS SDK.
 *
 * Deliberately the SDK's types: `CognitoClient.send` is the raw API, so a new operation is available as soon as the SDK has
 * it. Nothing switches over these names.
 *
 * @publicApi
 */
export type OperationName = Exclude<
  { [K in keyof typeof Sdk]: K extends `${infer Name}Command` ? Name : never }[keyof typeof Sdk],
  '$'
>;

type CommandOf<Name extends OperationName> = InstanceType<(typeof Sdk)[`${Name}Command`]>;

/**
 * The input of an operation, as the AWS SDK declares it.
 *
 * @publicApi
 */
export type OperationInput<Name extends OperationName> = CommandOf<Name>['input'];

/**
 * The output of an operation, as the AWS SDK declares it, without `$metadata`.
 *
 * @publicApi
 */
export type OperationOutput<Name extends OperationName> =
  CommandOf<Name> extends {
    resolveMiddleware(...input: never[]): (...input: never[]) => Promise<{ output: infer Output }>;
  }
    ? Omit<Output, '$metadata'>
    : never;

/**
 * The operations that may be sent again when it is unknown whether the first request arrived, because they are idempotent
 * (RFC 9110 section 9.2.2). Any other could use a code, a `Session` or a refresh token twice, send a second message, or
 * turn a success into "already exists". An operation that is not listed is not replayed.
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

/** Authentication flows whose first request changes nothing: SRP, and a renewal without rotation. */
const REPLAYABLE_AUTH_FLOWS: ReadonlySet<unknown> = new Set(['USER_SRP_AUTH', 'REFRESH_TOKEN_AUTH', 'REFRESH_TOKEN']);

/** Whether a request may be sent again although the first may have been processed. */
export function isReplayable(operation: string, input: unknown): boolean {
  if (operation === 'InitiateAuth' || operation === 'AdminInitiateAuth') {
    const { AuthFlow, Session } = input as { AuthFlow?: unknown; Session?: unknown };
    return REPLAYABLE_AUTH_FLOWS.has(AuthFlow) && Session === undefined;
  }
  return REPLAYABLE_OPERATIONS.has(operation);
}
