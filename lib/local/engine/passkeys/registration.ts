import { createHash } from 'node:crypto';

import type { CredentialCreationOptionsJson, CredentialRegistrationJson } from '../../../protocol/web-authn.js';
import type { Passkey, User } from '../../model/user.js';
import type { Environment } from '../environment.js';
import type { Bearer } from '../tokens/access-token.js';
import { CEREMONY_TIMEOUT_MS, newChallenge } from './ceremony.js';
import { type ClientData, isNotDiscoverable, readClientData, readRegistration } from './credential-shapes.js';
import { invalidCredential, passkeyFault, tooManyPasskeys } from './passkey-faults.js';
import { isAllowedOrigin, type RelyingParty, relyingPartyOf } from './relying-party.js';
import { loadWebAuthn, type WebAuthnLibrary } from './web-authn-library.js';

/** Lifetime of a challenge. Not verified against AWS: the documentation only states that it expires. */
const CHALLENGE_LIFETIME_MS = 5 * 60_000;
const MAX_PASSKEYS = 20;
/** COSE algorithm identifiers of ES256 and RS256. */
const ALGORITHMS = [-7, -257];

/** The signed-in user who registers a passkey, and the app client where they do. */
export type Registrant = Pick<Bearer, 'pool' | 'client' | 'user'>;

/** StartWebAuthnRegistration. Replaces a pending registration. */
export function startRegistration(
  { clock, random }: Environment,
  { pool, client, user }: Registrant,
): CredentialCreationOptionsJson {
  const { id, userVerification } = relyingPartyOf(pool);
  const challenge = newChallenge(random);
  user.passkeyRegistration = { challenge, clientId: client.id, expiresAt: clock() + CHALLENGE_LIFETIME_MS };
  const name = user.attributes['email'] ?? user.username;
  return {
    authenticatorSelection: { requireResidentKey: true, residentKey: 'required', userVerification },
    challenge,
    excludeCredentials: user.passkeys.map(({ credentialId }) => ({ id: credentialId, type: 'public-key' })),
    pubKeyCredParams: ALGORITHMS.map((alg) => ({ type: 'public-key', alg })),
    rp: { id, name: id },
    timeout: CEREMONY_TIMEOUT_MS,
    user: { displayName: name, id: Buffer.from(user.sub).toString('base64url'), name },
  };
}

/**
 * CompleteWebAuthnRegistration: verifies the browser's response and stores the passkey. A challenge is valid once.
 *
 * @throws CognitoFault a WebAuthn...Exception for the first failed check, InvalidParameterException for a malformed
 *   credential, LimitExceededException for more than 20 passkeys.
 * @throws MandateError `PEER_MISSING` without @simplewebauthn/server.
 */
export async function completeRegistration(
  environment: Environment,
  registrant: Registrant,
  credential: unknown,
): Promise<void> {
  const { pool, user } = registrant;
  const party = relyingPartyOf(pool);
  const registration = readRegistration(credential);
  const clientData = registration && readClientData(registration.response.clientDataJSON);
  if (registration === undefined || clientData === undefined || isNotDiscoverable(registration)) {
    throw invalidCredential();
  }
  consumeChallenge(environment, registrant, clientData.challenge);
  if (!isAllowedOrigin(clientData.origin, party.id)) {
    throw passkeyFault('WebAuthnOriginNotAllowedException');
  }
  const library = await loadWebAuthn();
  assertSupported(library, registration, party);
  const { id, publicKey, counter } = await verify(library, registration, clientData, party);
  addPasskey(user, {
    credentialId: id,
    publicKey: Buffer.from(publicKey).toString('base64url'),
    counter,
    relyingPartyId: party.id,
    friendlyName: `Passkey ${user.passkeys.length + 1}`,
    transports: [...(registration.response.transports ?? [])],
    ...(registration.authenticatorAttachment && { attachment: registration.authenticatorAttachment }),
    createdAt: environment.clock(),
  });
}

function consumeChallenge({ clock }: Environment, { client, user }: Registrant, challenge: string): void {
  const pending = user.passkeyRegistration;
  if (pending?.challenge !== challenge || clock() >= pending.expiresAt) {
    throw passkeyFault('WebAuthnChallengeNotFoundException');
  }
  if (pending.clientId !== client.id) {
    throw passkeyFault('WebAuthnClientMismatchException');
  }
  delete user.passkeyRegistration;
}

/** The two failures with exceptions of their own. All others look alike in the library. */
function assertSupported(
  library: WebAuthnLibrary,
  registration: CredentialRegistrationJson,
  party: RelyingParty,
): void {
  const { relyingPartyHash, algorithm } = decodeAttestation(library, registration.response.attestationObject);
  if (!createHash('sha256').update(party.id).digest().equals(relyingPartyHash)) {
    throw passkeyFault('WebAuthnRelyingPartyMismatchException');
  }
  if (!ALGORITHMS.includes(algorithm)) {
    throw passkeyFault('WebAuthnCredentialNotSupportedException');
  }
}

function decodeAttestation(
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
  registration: CredentialRegistrationJson,
  { challenge, origin }: ClientData,
  party: RelyingParty,
): Promise<{ readonly id: string; readonly publicKey: Uint8Array; readonly counter: number }> {
  try {
    const { registrationInfo } = await verifyRegistrationResponse({
      response: registration as Parameters<typeof verifyRegistrationResponse>[0]['response'],
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
    // Rejected below, like an invalid attestation.
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
