/* global navigator, PublicKeyCredential */

/** Creates a passkey (WebAuthn Level 3, section 5.1.3). Returns its JSON form. */
export async function createPasskey(options) {
  const publicKey = PublicKeyCredential.parseCreationOptionsFromJSON(options);
  const credential = await navigator.credentials.create({ publicKey });
  return credential.toJSON();
}

/** Signs in with a passkey (WebAuthn Level 3, section 5.1.4). Returns the JSON form of the assertion. */
export async function getPasskey(options) {
  const publicKey = PublicKeyCredential.parseRequestOptionsFromJSON(options);
  const credential = await navigator.credentials.get({ publicKey });
  return credential.toJSON();
}
