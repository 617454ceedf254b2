import type * as Server from '@simplewebauthn/server';
import type * as Helpers from '@simplewebauthn/server/helpers';

import { loadPackage } from '../../optional-package.js';

/** The part of @simplewebauthn/server that the embedded Cognito uses. */
export interface WebAuthnLibrary {
  readonly verifyRegistrationResponse: typeof Server.verifyRegistrationResponse;
  readonly verifyAuthenticationResponse: typeof Server.verifyAuthenticationResponse;
  readonly cose: typeof Helpers.cose;
  readonly decodeAttestationObject: typeof Helpers.decodeAttestationObject;
  readonly decodeCredentialPublicKey: typeof Helpers.decodeCredentialPublicKey;
  readonly parseAuthenticatorData: typeof Helpers.parseAuthenticatorData;
}

/**
 * Loads the optional package that verifies passkeys.
 *
 * @throws MandateError PEER_MISSING if it is not installed.
 */
export function loadWebAuthn(): Promise<WebAuthnLibrary> {
  return loadPackage('@simplewebauthn/server', 'to verify passkeys', async () => ({
    ...(await import('@simplewebauthn/server')),
    ...(await import('@simplewebauthn/server/helpers')),
  }));
}
