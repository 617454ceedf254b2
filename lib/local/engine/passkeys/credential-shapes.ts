import { isObject } from '../../../types/is-object.js';
import type { CredentialAssertionJson, CredentialRegistrationJson } from '../../../protocol/web-authn.js';

const BASE64URL = /^[\w-]+$/;

/** CollectedClientData (WebAuthn level 3 section 5.8.1): the context that the browser signs. */
export interface ClientData {
  readonly type: string;
  readonly challenge: string;
  readonly origin: string;
}

/** Validates the credential of a registration; undefined when it is malformed. */
export function readRegistration(value: unknown): CredentialRegistrationJson | undefined {
  return isCredential(value) && hasBase64UrlMembers(value.response, ['clientDataJSON', 'attestationObject'])
    ? (value as unknown as CredentialRegistrationJson)
    : undefined;
}

/** Parses the credential of a sign-in from JSON; undefined when it is malformed. */
export function readAssertion(text: string): CredentialAssertionJson | undefined {
  const value = parseJson(text);
  return isCredential(value) &&
    hasBase64UrlMembers(value.response, ['clientDataJSON', 'authenticatorData', 'signature'])
    ? (value as unknown as CredentialAssertionJson)
    : undefined;
}

/** Decodes clientDataJSON; undefined when it is malformed. */
export function readClientData(encoded: string): ClientData | undefined {
  const value = parseJson(Buffer.from(encoded, 'base64url').toString('utf8'));
  return isObject(value) && ['type', 'challenge', 'origin'].every((member) => typeof value[member] === 'string')
    ? (value as unknown as ClientData)
    : undefined;
}

/** Whether the browser reports a credential that is not discoverable (WebAuthn level 3 section 10.1.3). */
export function isNotDiscoverable({ clientExtensionResults }: CredentialRegistrationJson): boolean {
  const properties = isObject(clientExtensionResults) ? clientExtensionResults['credProps'] : undefined;
  return isObject(properties) && properties['rk'] === false;
}

function isCredential(value: unknown): value is { response: unknown } {
  return isObject(value) && value['type'] === 'public-key' && hasBase64UrlMembers(value, ['id', 'rawId']);
}

function hasBase64UrlMembers(value: unknown, members: readonly string[]): boolean {
  return isObject(value) && members.every((member) => isBase64Url(value[member]));
}

function isBase64Url(value: unknown): boolean {
  return typeof value === 'string' && BASE64URL.test(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
