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

/** The user has no verified authenticator, phone number or e-mail address for the factor. */
export function factorNotConfigured(factor: MfaFactor): CognitoFault {
  return invalidParameter(`User does not have delivery config set to turn on ${factor}`);
}

// The texts below have not been seen from the service; only the exceptions' names are known.

/** VerifySoftwareToken, or the answer to MFA_SETUP, without AssociateSoftwareToken before it. */
export function totpNotAssociated(): CognitoFault {
  return new CognitoFault('SoftwareTokenMFANotFoundException', 'Software Token MFA has not been set up for the user.');
}

export function mfaTypeNotOffered(): CognitoFault {
  return invalidParameter('The MFA type that was selected has not been offered.');
}

export function multiplePreferredFactors(): CognitoFault {
  return invalidParameter('Only one MFA type can be preferred.');
}

export function preferredButDisabled(factor: MfaFactor): CognitoFault {
  return invalidParameter(`${factor} has to be enabled to be preferred.`);
}

export function tokenOrSessionMissing(): CognitoFault {
  return invalidParameter('Either AccessToken or Session must be provided.');
}

/** Said rather than ignored: a sign-in that then asked for no passkey would look like a fault of the application. */
export function passkeyMfaUnsupported(): CognitoFault {
  return invalidParameter('The embedded Cognito does not have passkeys as a second factor (WebAuthnMfaSettings) yet.');
}
