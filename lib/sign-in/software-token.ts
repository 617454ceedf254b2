import { MandateError } from '../errors/mandate-error.js';
import type { CognitoClient } from '../client/cognito-client.js';

/** What VerifySoftwareToken takes beside the code: the session of an MFA_SETUP challenge, or an access token. */
export type SoftwareTokenOwner = { readonly Session: string } | { readonly AccessToken: string };

/**
 * Checks the first code of an authenticator app (VerifySoftwareToken).
 *
 * @returns the next session, when the owner was a session.
 * @throws MandateError with the code SOFTWARE_TOKEN_NOT_ENABLED when the code does not fit.
 */
export async function verifySoftwareToken(
  client: CognitoClient,
  owner: SoftwareTokenOwner,
  code: string,
  deviceName: string | undefined,
): Promise<string | undefined> {
  const { Status, Session } = await client.send('VerifySoftwareToken', {
    ...owner,
    UserCode: code,
    FriendlyDeviceName: deviceName,
  });
  // Cognito either throws EnableSoftwareTokenMFAException or answers ERROR; to the caller they are the same.
  if (Status !== 'SUCCESS') {
    throw new MandateError('SOFTWARE_TOKEN_NOT_ENABLED', 'The code does not fit; the authenticator app is not set up.');
  }
  return Session;
}
