import { adminDeviceOperations } from './admin-devices.js';
import { deviceOperations } from './devices.js';
import { accountOperations } from './account.js';
import { adminAttributeOperations } from './admin-attributes.js';
import { adminPasswordOperations } from './admin-passwords.js';
import { adminUserOperations } from './admin-users.js';
import { appClientOperations } from './app-clients.js';
import { attributeOperations } from './attributes.js';
import { authFactorOperations } from './auth-factors.js';
import { clientSecretOperations } from './client-secrets.js';
import { clientTokenOperations } from './client-tokens.js';
import { identityProviderOperations } from './identity-providers.js';
import { linkedProviderOperations } from './linked-providers.js';
import { managedLoginBrandingOperations } from './managed-login-branding.js';
import { groupMemberOperations } from './group-members.js';
import { groupOperations } from './groups.js';
import { mfaConfigOperations } from './mfa-config.js';
import { mfaPreferenceOperations } from './mfa-preferences.js';
import type { OperationName, OperationTable } from './operation.js';
import { passkeyOperations } from './passkeys.js';
import { passwordRecoveryOperations } from './password-recovery.js';
import { sessionConfigurationOperations } from './session-configuration.js';
import { signInOperations } from './sign-in.js';
import { signUpOperations } from './sign-up.js';
import { tokenOperations } from './tokens.js';
import { softwareTokenOperations } from './software-tokens.js';
import { userSessionOperations } from './user-sessions.js';
import { resourceServerOperations } from './resource-servers.js';
import { userPoolDomainOperations } from './user-pool-domains.js';
import { userPoolOperations } from './user-pools.js';

/**
 * Operations that Cognito has and the embedded Cognito does not support. They fail with UnsupportedOperationException.
 */
const UNSUPPORTED_OPERATIONS = [
  'AdminListUserAuthEvents',
  'AdminUpdateAuthEventFeedback',
  'CreateTerms',
  'CreateUserImportJob',
  'CreateUserPoolReplica',
  'DeleteTerms',
  'DeleteUserPoolReplica',
  'DescribeRiskConfiguration',
  'DescribeTermsByClient',
  'DescribeTerms',
  'DescribeUserImportJob',
  'GetCSVHeader',
  'GetLogDeliveryConfiguration',
  'GetProvisionedLimit',
  'GetSigningCertificate',
  'GetUICustomization',
  'ListTagsForResource',
  'ListTerms',
  'ListUserImportJobs',
  'ListUserPoolReplicas',
  'SetLogDeliveryConfiguration',
  'SetRiskConfiguration',
  'SetUICustomization',
  'StartUserImportJob',
  'StopUserImportJob',
  'TagResource',
  'UntagResource',
  'UpdateAuthEventFeedback',
  'UpdateProvisionedLimit',
  'UpdateTerms',
  'UpdateUserPoolReplica',
] as const satisfies readonly OperationName[];

type UnsupportedOperation = (typeof UNSUPPORTED_OPERATIONS)[number];

/** Every other operation. An operation that is missing from both lists does not compile. */
export const OPERATIONS = {
  ...userPoolOperations,
  ...mfaConfigOperations,
  ...mfaPreferenceOperations,
  ...softwareTokenOperations,
  ...deviceOperations,
  ...adminDeviceOperations,
  ...appClientOperations,
  ...clientSecretOperations,
  ...groupOperations,
  ...groupMemberOperations,
  ...signUpOperations,
  ...signInOperations,
  ...tokenOperations,
  ...accountOperations,
  ...attributeOperations,
  ...passkeyOperations,
  ...authFactorOperations,
  ...userSessionOperations,
  ...sessionConfigurationOperations,
  ...clientTokenOperations,
  ...passwordRecoveryOperations,
  ...adminUserOperations,
  ...adminPasswordOperations,
  ...adminAttributeOperations,
  ...identityProviderOperations,
  ...linkedProviderOperations,
  ...userPoolDomainOperations,
  ...managedLoginBrandingOperations,
  ...resourceServerOperations,
} satisfies OperationTable<Exclude<OperationName, UnsupportedOperation>>;

/** Whether Cognito has an operation of this name. */
export function isKnownOperation(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name) || isUnsupported(name);
}

/** Whether Cognito has the operation and the embedded Cognito does not support it. */
export function isUnsupported(name: string): boolean {
  return UNSUPPORTED_OPERATIONS.some((operation) => operation === name);
}
