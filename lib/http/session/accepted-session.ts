import { httpSource } from '../../auth/request-context.js';
import { TokenRejectedError } from '../../tokens/token-errors.js';
import type { Verifier } from '../../tokens/verifier.js';
import type { CallSessionReader } from './session-reader.js';
import type { Session } from './session.js';

/**
 * The session of an HTTP request, if the guard would accept it: its tokens may have been revoked elsewhere.
 *
 * @throws MandateError SESSION_STORE_UNAVAILABLE, SESSION_RENEWAL_FAILED, CSRF_CHECK_FAILED
 */
export async function acceptedSession(
  reader: CallSessionReader,
  verifier: Pick<Verifier, 'verify'>,
  request: object,
  response: object,
): Promise<Session | undefined> {
  const session = await reader.sessionOf(httpSource(request, response));
  if (session === undefined) {
    return undefined;
  }
  try {
    await verifier.verify(session.accessToken, { tokenUse: 'access' });
    return session;
  } catch (error) {
    if (error instanceof TokenRejectedError) {
      return undefined;
    }
    throw error;
  }
}
