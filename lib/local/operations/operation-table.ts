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
import { userPoolOperations } from './user-pools.js';

/**
 * Operations that Cognito has and the embedded Cognito does not support. They fail with UnsupportedOperationException.
 */
const UNSUPPORTED_OPERATIONS = [
  'AdminDisableProviderForUser',
  'AdminLinkProviderForUser',
  'AdminListUserAuthEvents',
  'AdminUpdateAuthEventFeedback',
  'CreateIdentityProvider',
  'CreateManagedLoginBranding',
  'CreateResourceServer',
  'CreateTerms',
  'CreateUserImportJob',
  'CreateUserPoolDomain',
  'CreateUserPoolReplica',
  'DeleteIdentityProvider',
  'DeleteManagedLoginBranding',
  'DeleteResourceServer',
  'DeleteTerms',
  'DeleteUserPoolDomain',
  'DeleteUserPoolReplica',
  'DescribeIdentityProvider',
  'DescribeManagedLoginBrandingByClient',
  'DescribeManagedLoginBranding',
  'DescribeResourceServer',
  'DescribeRiskConfiguration',
  'DescribeTermsByClient',
  'DescribeTerms',
  'DescribeUserImportJob',
  'DescribeUserPoolDomain',
  'GetCSVHeader',
  'GetIdentityProviderByIdentifier',
  'GetLogDeliveryConfiguration',
  'GetProvisionedLimit',
  'GetSigningCertificate',
  'GetUICustomization',
  'ListIdentityProviders',
  'ListResourceServers',
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
  'UpdateIdentityProvider',
  'UpdateManagedLoginBranding',
  'UpdateProvisionedLimit',
  'UpdateResourceServer',
  'UpdateTerms',
  'UpdateUserPoolDomain',
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
} satisfies OperationTable<Exclude<OperationName, UnsupportedOperation>>;

/** Whether Cognito has the operation and the embedded Cognito does not support it. */
export function isUnsupported(name: string): boolean {
  return UNSUPPORTED_OPERATIONS.some((operation) => operation === name);
}
