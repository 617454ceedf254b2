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

/** Operations that the embedded Cognito answers with an honest refusal that names them. */
const NOT_HERE_YET = [
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

type NotHereYet = (typeof NOT_HERE_YET)[number];

/** Every other operation. One that is in neither place does not compile. */
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
} satisfies OperationTable<Exclude<OperationName, NotHereYet>>;

/** Whether an operation exists in Cognito but not here. */
export function isNotHereYet(name: string): boolean {
  return NOT_HERE_YET.some((missing) => missing === name);
}
