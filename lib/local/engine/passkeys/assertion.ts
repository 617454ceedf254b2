import type { CredentialAssertionJson, CredentialRequestOptionsJson } from '../../../protocol/web-authn.js';
import type { Pool } from '../../model/pool.js';
import type { Passkey, User } from '../../model/user.js';
import type { Random } from '../random.js';
import { CEREMONY_TIMEOUT_MS, newChallenge } from './ceremony.js';
import { type ClientData, readAssertion, readClientData } from './credential-shapes.js';
import { invalidCredential, passkeyRejected } from './passkey-faults.js';
import { isAllowedOrigin, type RelyingParty, relyingPartyOf } from './relying-party.js';
import { loadWebAuthn } from './web-authn-library.js';

/** CREDENTIAL_REQUEST_OPTIONS of a sign-in, for `navigator.credentials.get()`. */
export function requestOptions(random: Random, pool: Pool, user: User): CredentialRequestOptionsJson {
  const { id, userVerification } = relyingPartyOf(pool);
  return {
    challenge: newChallenge(random),
    timeout: CEREMONY_TIMEOUT_MS,
    rpId: id,
    allowCredentials: user.passkeys
      .filter(({ relyingPartyId }) => relyingPartyId === id)
      .map(({ credentialId, transports }) => ({ type: 'public-key', id: credentialId, transports })),
    userVerification,
  };
}

/** The result of a verified assertion. */
export interface PasskeyProof {
  /** Whether the authenticator verified the user (PIN, biometrics) and not just their presence. */
  readonly userVerified: boolean;
}

/**
 * Verifies CREDENTIAL, the browser's response in a sign-in, and updates the passkey's signature counter.
 *
 * @param challenge - the expected challenge, base64url.
 * @throws CognitoFault InvalidParameterException for a malformed credential, NotAuthorizedException when verification
 *   fails.
 * @throws MandateError `PEER_MISSING` without @simplewebauthn/server.
 */
export async function verifyAssertion(
  pool: Pool,
  user: User,
  challenge: string,
  credential: string,
): Promise<PasskeyProof> {
  const party = relyingPartyOf(pool);
  const assertion = readAssertion(credential);
  const clientData = assertion && readClientData(assertion.response.clientDataJSON);
  if (assertion === undefined || clientData === undefined) {
    throw invalidCredential();
  }
  const passkey = user.passkeys.find(({ credentialId }) => credentialId === assertion.id);
  if (passkey === undefined || !isAllowedOrigin(clientData.origin, party.id) || !isHandleOf(assertion, user)) {
    throw passkeyRejected();
  }
  const { newCounter, userVerified } = await verify(assertion, { ...clientData, challenge }, party, passkey);
  passkey.counter = newCounter;
  return { userVerified };
}

/** The user handle, if present, must identify the user (WebAuthn level 3 section 7.2, step 6). */
function isHandleOf({ response: { userHandle } }: CredentialAssertionJson, user: User): boolean {
  return !userHandle || Buffer.from(userHandle, 'base64url').toString('utf8') === user.sub;
}

async function verify(
  assertion: CredentialAssertionJson,
  { challenge, origin }: ClientData,
  party: RelyingParty,
  passkey: Passkey,
): Promise<{ readonly newCounter: number; readonly userVerified: boolean }> {
  const { verifyAuthenticationResponse } = await loadWebAuthn();
  try {
    const { verified, authenticationInfo } = await verifyAuthenticationResponse({
      response: assertion as Parameters<typeof verifyAuthenticationResponse>[0]['response'],
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
    // Rejected below, like an invalid signature.
  }
  throw passkeyRejected();
}
