import type { CognitoClient } from '../client/cognito-client.js';
import { MandateError } from '../errors/mandate-error.js';

/** What authorizes VerifySoftwareToken: the session of an MFA_SETUP challenge, or an access token. */
export type SoftwareTokenAuthorization = { readonly Session: string } | { readonly AccessToken: string };

/**
 * Checks the first code of an authenticator app (VerifySoftwareToken). The operation has no privileged form.
 *
 * @returns the next session, if a session authorized the call.
 * @throws MandateError with the code SOFTWARE_TOKEN_NOT_ENABLED or CODE_MISMATCH if the code is wrong.
 */
export async function verifySoftwareToken(
  client: CognitoClient,
  authorization: SoftwareTokenAuthorization,
  code: string,
  deviceName: string | undefined,
): Promise<string | undefined> {
  const { Status, Session } = await client.send('VerifySoftwareToken', {
    ...authorization,
    UserCode: code,
    FriendlyDeviceName: deviceName,
  });
  // For a wrong code Cognito either throws EnableSoftwareTokenMFAException or answers with the status ERROR.
  if (Status !== 'SUCCESS') {
    throw new MandateError(
      'SOFTWARE_TOKEN_NOT_ENABLED',
      'The code is wrong, so the authenticator app is not set up. Try again with a new code.',
    );
  }
  return Session;
}
