import type { CognitoExceptionName } from '../../../errors/cognito-exceptions.js';
import { CognitoFault, invalidParameter, notAuthorized } from '../cognito-fault.js';

/** Not verified against AWS: the messages. The documentation only names the exceptions and when they occur. */
const MESSAGES = {
  WebAuthnNotEnabledException: 'WEB_AUTHN is not an allowed first authentication factor of this user pool.',
  WebAuthnConfigurationMissingException: 'The user pool has neither a relying party ID nor a domain.',
  WebAuthnChallengeNotFoundException: 'The passkey registration was not started or has expired.',
  WebAuthnClientMismatchException: 'The passkey registration was started by another app client.',
  WebAuthnOriginNotAllowedException: 'The origin of the passkey credential is not allowed.',
  WebAuthnRelyingPartyMismatchException: 'The passkey credential is for another relying party.',
  WebAuthnCredentialNotSupportedException: 'The algorithm of the passkey credential is not supported.',
} as const satisfies Partial<Record<CognitoExceptionName, string>>;

/** An exception that only passkey operations throw. */
export function passkeyFault(exception: keyof typeof MESSAGES): CognitoFault {
  return new CognitoFault(exception, MESSAGES[exception]);
}

/** The credential is malformed or inconsistent. */
export function invalidCredential(): CognitoFault {
  return invalidParameter('Credential data is not valid');
}

/** A failed passkey sign-in, with the message of a wrong password. Not verified against AWS. */
export function passkeyRejected(): CognitoFault {
  return notAuthorized('Incorrect username or password.');
}

export function passkeyNotFound(): CognitoFault {
  return new CognitoFault('ResourceNotFoundException', 'The passkey credential does not exist.');
}

export function tooManyPasskeys(): CognitoFault {
  return new CognitoFault('LimitExceededException', 'The user has the maximum number of passkeys.');
}
