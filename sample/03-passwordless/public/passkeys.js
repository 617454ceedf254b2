/* global navigator, PublicKeyCredential */

/** Makes a passkey (WebAuthn level 3, section 5.1.3); gives its JSON form. */
export async function createPasskey(options) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await navigator.credentials.create({ publicKey });
  return credential.toJSON();
}

/** Signs in with a passkey (WebAuthn level 3, section 5.1.4); gives the JSON form of the proof. */
export async function getPasskey(options) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials.get({ publicKey });
  return credential.toJSON();
}
