import type { CredentialAssertionJson, CredentialRequestOptionsJson } from '../../../protocol/web-authn.js';
import type { Pool } from '../../model/pool.js';
import type { Passkey, User } from '../../model/user.js';
import type { Random } from '../random.js';
import { type ClientData, readAssertion, readClientData } from './credential-shapes.js';
import { invalidCredential, passkeyRejected } from './passkey-faults.js';
import { isAllowedOrigin, type RelyingParty, relyingPartyOf } from './relying-party.js';
import { loadWebAuthn } from './web-authn-library.js';

const CHALLENGE_BYTES = 32;
const TIMEOUT_MS = 60_000;

/** What the browser is asked for at a sign-in: CREDENTIAL_REQUEST_OPTIONS. */
export function requestOptions(random: Random, pool: Pool, user: User): CredentialRequestOptionsJson {
  const { id, userVerification } = relyingPartyOf(pool);
  return {
    challenge: random.bytes(CHALLENGE_BYTES).toString('base64url'),
    timeout: TIMEOUT_MS,
    rpId: id,
    allowCredentials: user.passkeys
      .filter(({ relyingPartyId }) => relyingPartyId === id)
      .map(({ credentialId, transports }) => ({ type: 'public-key', id: credentialId, transports })),
    userVerification,
  };
}

/** What a passkey proved. */
export interface PasskeyProof {
  /** The authenticator knew the person too (PIN, fingerprint), not only that somebody is there. */
  readonly userVerified: boolean;
}

/**
 * Checks CREDENTIAL, the browser's answer to a sign-in, and moves the passkey's counter on.
 *
 * @param challenge - the one that was sent, base64url.
 * @throws CognitoFault InvalidParameterException for a text that is no credential, NotAuthorizedException for one that
 *   proves nothing.
 * @throws MandateError `PEER_MISSING` without @simplewebauthn/server.
 */
export async function verifyAssertion(
  pool: Pool,
  user: User,
  challenge: string,
  credential: string,
): Promise<PasskeyProof> {
  const party = relyingPartyOf(pool);
  const answer = readAssertion(credential);
  const clientData = answer && readClientData(answer.response.clientDataJSON);
  if (answer === undefined || clientData === undefined) {
    throw invalidCredential();
  }
  const passkey = user.passkeys.find(({ credentialId }) => credentialId === answer.id);
  if (passkey === undefined || !isAllowedOrigin(clientData.origin, party.id) || !isOwn(answer, user)) {
    throw passkeyRejected();
  }
  const { newCounter, userVerified } = await verify(answer, { ...clientData, challenge }, party, passkey);
  passkey.counter = newCounter;
  return { userVerified };
}

/** A discoverable credential names its user (WebAuthn level 3 section 7.2, step 6). */
function isOwn({ response: { userHandle } }: CredentialAssertionJson, user: User): boolean {
  return !userHandle || Buffer.from(userHandle, 'base64url').toString('utf8') === user.sub;
}

async function verify(
  answer: CredentialAssertionJson,
  { challenge, origin }: ClientData,
  party: RelyingParty,
  passkey: Passkey,
): Promise<{ readonly newCounter: number; readonly userVerified: boolean }> {
  const { verifyAuthenticationResponse } = await loadWebAuthn();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: answer as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: party.id,
      credential: {
        id: passkey.credentialId,
        publicKey: new Uint8Array(Buffer.from(passkey.publicKey, 'base64url')),
        counter: passkey.counter,
      },
      requireUserVerification: party.userVerification === 'required',
    });
    if (verified) {
      return authenticationInfo;
    }
  } catch {
    // Refused below, like a signature that does not verify.
  }
  throw passkeyRejected();
}
