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
import { authEventOperations } from './auth-events.js';
import { logDeliveryOperations } from './log-delivery.js';
import { provisionedLimitOperations } from './provisioned-limits.js';
import { replicaOperations } from './replicas.js';
import { riskConfigurationOperations } from './risk-configuration.js';
import { signingCertificateOperations } from './signing-certificate.js';
import { tagOperations } from './tags.js';
import { termsOperations } from './terms.js';
import { uiCustomizationOperations } from './ui-customization.js';
import { userImportJobOperations } from './user-import-jobs.js';
import { userPoolOperations } from './user-pools.js';

/** Every operation of the SDK. One that is missing does not compile. */
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
  ...tagOperations,
  ...termsOperations,
  ...logDeliveryOperations,
  ...replicaOperations,
  ...provisionedLimitOperations,
  ...riskConfigurationOperations,
  ...uiCustomizationOperations,
  ...signingCertificateOperations,
  ...userImportJobOperations,
  ...authEventOperations,
} satisfies OperationTable<OperationName>;

/** Whether Cognito has an operation of this name. */
export function isKnownOperation(name: string): name is OperationName {
  return Object.hasOwn(OPERATIONS, name);
}
