import type { MfaFactor } from '../../model/user.js';
import { CognitoFault, invalidParameter } from '../cognito-fault.js';

export function wrongMfaCode(): CognitoFault {
  return new CognitoFault('CodeMismatchException', 'Invalid code or auth state for the user.');
}

export function wrongTotpCode(): CognitoFault {
  return new CognitoFault('CodeMismatchException', 'Invalid code received for user');
}

export function usedTotpCode(): CognitoFault {
  return new CognitoFault('ExpiredCodeException', 'Your software token has already been used once.');
}

export function totpNotEnabledByPool(): CognitoFault {
  return new CognitoFault(
    'SoftwareTokenMFANotFoundException',
    'Software Token MFA has not been enabled by the userPool',
  );
}

export function totpNotVerified(): CognitoFault {
  return new CognitoFault('EnableSoftwareTokenMFAException', 'Code mismatch and fail enable Software Token MFA');
}

/** The user has no verified authenticator, phone number or email address for the factor. */
export function factorNotConfigured(factor: MfaFactor): CognitoFault {
  return invalidParameter(`User does not have delivery config set to turn on ${factor}`);
}

// The exception names below are documented. The messages are our own, because those of the service are unknown.

/** VerifySoftwareToken or MFA_SETUP without a preceding AssociateSoftwareToken. */
export function totpNotAssociated(): CognitoFault {
  return new CognitoFault('SoftwareTokenMFANotFoundException', 'Software Token MFA has not been set up for the user.');
}

export function mfaTypeNotOffered(): CognitoFault {
  return invalidParameter('The selected MFA type was not offered.');
}

export function multiplePreferredFactors(): CognitoFault {
  return invalidParameter('Only one MFA type can be preferred.');
}

export function preferredButDisabled(factor: MfaFactor): CognitoFault {
  return invalidParameter(`${factor} must be enabled to be preferred.`);
}

export function tokenOrSessionMissing(): CognitoFault {
  return invalidParameter('Either AccessToken or Session must be provided.');
}

/** Rejected instead of ignored: a sign-in without the expected passkey challenge would look like an application bug. */
export function passkeyMfaUnsupported(): CognitoFault {
  return invalidParameter('The embedded Cognito does not support passkeys as a second factor (WebAuthnMfaSettings).');
}
