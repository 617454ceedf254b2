import { createHash } from 'node:crypto';

import type { CredentialCreationOptionsJson, CredentialRegistrationJson } from '../../../protocol/web-authn.js';
import type { Passkey, User } from '../../model/user.js';
import type { Environment } from '../environment.js';
import type { Bearer } from '../tokens/access-token.js';
import { type ClientData, isNotDiscoverable, readClientData, readRegistration } from './credential-shapes.js';
import { invalidCredential, passkeyFault, tooManyPasskeys } from './passkey-faults.js';
import { isAllowedOrigin, type RelyingParty, relyingPartyOf } from './relying-party.js';
import { loadWebAuthn, type WebAuthnLibrary } from './web-authn-library.js';

const CHALLENGE_BYTES = 32;
const TIMEOUT_MS = 60_000;
/** How long a browser may take to answer (?); the documentation only says that a challenge expires. */
const CHALLENGE_LIFE = 5 * 60_000;
const MAX_PASSKEYS = 20;
/** ES256 and RS256 (COSE algorithm numbers). */
const ALGORITHMS = [-7, -257];

/** Begins a registration; the one before is forgotten. */
export function startRegistration(
  { clock, random }: Environment,
  { pool, client, user }: Bearer,
): CredentialCreationOptionsJson {
  const { id, userVerification } = relyingPartyOf(pool);
  const challenge = random.bytes(CHALLENGE_BYTES).toString('base64url');
  user.passkeyRegistration = { challenge, clientId: client.id, expiresAt: clock() + CHALLENGE_LIFE };
  const name = user.attributes['email'] ?? user.username;
  return {
    authenticatorSelection: { requireResidentKey: true, residentKey: 'required', userVerification },
    challenge,
    excludeCredentials: user.passkeys.map(({ credentialId }) => ({ id: credentialId, type: 'public-key' })),
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    rp: { id, name: id },
    timeout: TIMEOUT_MS,
    user: { displayName: name, id: Buffer.from(user.sub).toString('base64url'), name },
  };
}

/**
 * Checks what the browser answered and keeps the passkey. Each challenge is good for one answer.
 *
 * @throws CognitoFault a WebAuthn...Exception that names the first thing wrong, InvalidParameterException for a
 *   credential that is none, LimitExceededException for the 21st passkey.
 * @throws MandateError `PEER_MISSING` without @simplewebauthn/server.
 */
export async function completeRegistration(
  environment: Environment,
  bearer: Bearer,
  credential: unknown,
): Promise<void> {
  const { pool, user } = bearer;
  const party = relyingPartyOf(pool);
  const answer = readRegistration(credential);
  const clientData = answer && readClientData(answer.response.clientDataJSON);
  if (answer === undefined || clientData === undefined || isNotDiscoverable(answer)) {
    throw invalidCredential();
  }
  takeChallenge(environment, bearer, clientData.challenge);
  if (!isAllowedOrigin(clientData.origin, party.id)) {
    throw passkeyFault('WebAuthnOriginNotAllowedException');
  }
  const library = await loadWebAuthn();
  assertSupported(library, answer, party);
  const { id, publicKey, counter } = await verify(library, answer, clientData, party);
  addPasskey(user, {
    credentialId: id,
    publicKey: Buffer.from(publicKey).toString('base64url'),
    counter,
    relyingPartyId: party.id,
    friendlyName: `Passkey ${user.passkeys.length + 1}`,
    transports: [...(answer.response.transports ?? [])],
    ...(answer.authenticatorAttachment && { attachment: answer.authenticatorAttachment }),
    createdAt: environment.clock(),
  });
}

function takeChallenge({ clock }: Environment, { client, user }: Bearer, challenge: string): void {
  const pending = user.passkeyRegistration;
  if (pending?.challenge !== challenge || clock() >= pending.expiresAt) {
    throw passkeyFault('WebAuthnChallengeNotFoundException');
  }
  if (pending.clientId !== client.id) {
    throw passkeyFault('WebAuthnClientMismatchException');
  }
  delete user.passkeyRegistration;
}

/** The two refusals that have names of their own, before the library refuses everything else alike. */
function assertSupported(library: WebAuthnLibrary, answer: CredentialRegistrationJson, party: RelyingParty): void {
  const { relyingPartyHash, algorithm } = attested(library, answer.response.attestationObject);
  if (!createHash('sha256').update(party.id).digest().equals(relyingPartyHash)) {
    throw passkeyFault('WebAuthnRelyingPartyMismatchException');
  }
  if (!ALGORITHMS.includes(algorithm)) {
    throw passkeyFault('WebAuthnCredentialNotSupportedException');
  }
}

function attested(
  { cose, decodeAttestationObject, decodeCredentialPublicKey, parseAuthenticatorData }: WebAuthnLibrary,
  attestationObject: string,
): { readonly relyingPartyHash: Uint8Array; readonly algorithm: number } {
  try {
    const attestation = decodeAttestationObject(new Uint8Array(Buffer.from(attestationObject, 'base64url')));
    const { rpIdHash, credentialPublicKey } = parseAuthenticatorData(attestation.get('authData'));
    const key = credentialPublicKey && decodeCredentialPublicKey(credentialPublicKey);
    return { relyingPartyHash: rpIdHash, algorithm: key?.get(cose.COSEKEYS.alg) ?? 0 };
  } catch {
    throw invalidCredential();
  }
}

async function verify(
  { verifyRegistrationResponse }: WebAuthnLibrary,
  answer: CredentialRegistrationJson,
  { challenge, origin }: ClientData,
  party: RelyingParty,
): Promise<{ readonly id: string; readonly publicKey: Uint8Array; readonly counter: number }> {
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: answer as Parameters<typeof verifyRegistrationResponse>[0]['response'],
      expectedChallenge: challenge,
      expectedOrigin: origin,
      expectedRPID: party.id,
      requireUserVerification: party.userVerification === 'required',
      supportedAlgorithmIDs: ALGORITHMS,
    });
    if (registrationInfo !== undefined) {
      return registrationInfo.credential;
    }
  } catch {
    // Refused below, like an attestation that does not verify.
  }
  throw invalidCredential();
}

function addPasskey(user: User, passkey: Passkey): void {
  if (user.passkeys.some(({ credentialId }) => credentialId === passkey.credentialId)) {
    throw invalidCredential();
  }
  if (user.passkeys.length >= MAX_PASSKEYS) {
    throw tooManyPasskeys();
  }
  user.passkeys.push(passkey);
}
