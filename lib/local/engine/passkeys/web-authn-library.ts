import type * as Server from '@simplewebauthn/server';
import type * as Helpers from '@simplewebauthn/server/helpers';

import { MandateError } from '../../../errors/mandate-error.js';

/** What the embedded Cognito uses of @simplewebauthn/server. */
export interface WebAuthnLibrary {
  readonly verifyRegistrationResponse: typeof Server.verifyRegistrationResponse;
  readonly verifyAuthenticationResponse: typeof Server.verifyAuthenticationResponse;
  readonly cose: typeof Helpers.cose;
  readonly decodeAttestationObject: typeof Helpers.decodeAttestationObject;
  readonly decodeCredentialPublicKey: typeof Helpers.decodeCredentialPublicKey;
  readonly parseAuthenticatorData: typeof Helpers.parseAuthenticatorData;
}

const MISSING_CODES: readonly unknown[] = ['ERR_MODULE_NOT_FOUND', 'MODULE_NOT_FOUND'];

/**
 * Loads the optional package that checks passkeys, when the first passkey is to be checked.
 *
 * @throws MandateError `PEER_MISSING` when it is not installed.
 */
export async function loadWebAuthn(): Promise<WebAuthnLibrary> {
  try {
    const server = await import('@simplewebauthn/server');
    const helpers = await import('@simplewebauthn/server/helpers');
    return { ...server, ...helpers };
  } catch (cause) {
    if (!MISSING_CODES.includes((cause as NodeJS.ErrnoException).code)) {
      throw cause;
    }
    throw new MandateError(
      'PEER_MISSING',
      'The embedded Cognito checks passkeys with the package @simplewebauthn/server. Install it: npm install --save-dev @simplewebauthn/server',
      { cause },
    );
  }
}
