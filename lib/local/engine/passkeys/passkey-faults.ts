import type { CognitoExceptionName } from '../../../errors/cognito-exceptions.js';
import { CognitoFault, invalidParameter, notAuthorized } from '../cognito-fault.js';

/**
 * The texts of these refusals are our own wording (?): only the exceptions' names and their occasions are documented.
 */
const TEXTS = {
  WebAuthnNotEnabledException: 'WEB_AUTHN is not an allowed first authentication factor of this user pool.',
  WebAuthnConfigurationMissingException: 'The user pool has neither a relying party ID nor a domain.',
  WebAuthnChallengeNotFoundException: 'The passkey registration was not started or has expired.',
  WebAuthnClientMismatchException: 'The passkey registration was started by another app client.',
  WebAuthnOriginNotAllowedException: 'The origin of the passkey credential is not allowed.',
  WebAuthnRelyingPartyMismatchException: 'The passkey credential is for another relying party.',
  WebAuthnCredentialNotSupportedException: 'The algorithm of the passkey credential is not supported.',
} as const satisfies Partial<Record<CognitoExceptionName, string>>;

/** A refusal that is about passkeys only. */
export function passkeyFault(exception: keyof typeof TEXTS): CognitoFault {
  return new CognitoFault(exception, TEXTS[exception]);
}

/** The credential is not what a browser gives, or does not fit together. */
export function invalidCredential(): CognitoFault {
  return invalidParameter('Credential data is not valid');
}

/** A passkey sign-in that did not prove anything (?); the same text as a wrong password has. */
export function passkeyRejected(): CognitoFault {
  return notAuthorized('Incorrect username or password.');
}

export function passkeyNotFound(): CognitoFault {
  return new CognitoFault('ResourceNotFoundException', 'The passkey credential does not exist.');
}

export function tooManyPasskeys(): CognitoFault {
  return new CognitoFault('LimitExceededException', 'The user has the maximum number of passkeys.');
}
