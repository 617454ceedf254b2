import type * as Server from '@simplewebauthn/server';
import type * as Helpers from '@simplewebauthn/server/helpers';

import { MandateError } from '../../../errors/mandate-error.js';
import { isModuleMissing } from '../../../errors/module-missing.js';

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
 * Loads the optional peer dependency that verifies passkeys.
 *
 * @throws MandateError `PEER_MISSING` when the package is not installed.
 */
export async function loadWebAuthn(): Promise<WebAuthnLibrary> {
  try {
    const server = await import('@simplewebauthn/server');
    const helpers = await import('@simplewebauthn/server/helpers');
    return { ...server, ...helpers };
  } catch (cause) {
    if (!isModuleMissing(cause)) {
      throw cause;
    }
    throw new MandateError(
      'PEER_MISSING',
      'The embedded Cognito needs the package @simplewebauthn/server to verify passkeys. Run "npm install --save-dev @simplewebauthn/server".',
      { cause },
    );
  }
}
