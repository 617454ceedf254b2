import type { CredentialAssertionJson, CredentialRegistrationJson } from '../../../protocol/web-authn.js';

const BASE64URL = /^[\w-]+$/;

/** The part of what a browser signed that says what for. */
export interface ClientData {
  readonly type: string;
  readonly challenge: string;
  readonly origin: string;
}

/** Reads a registration's answer; undefined when it is not one. */
export function readRegistration(value: unknown): CredentialRegistrationJson | undefined {
  return isCredential(value) && hasTexts(value.response, ['clientDataJSON', 'attestationObject'])
    ? (value as unknown as CredentialRegistrationJson)
    : undefined;
}

/** Reads a sign-in's answer, a JSON text; undefined when it is not one. */
export function readAssertion(text: string): CredentialAssertionJson | undefined {
  const value = parseJson(text);
  return isCredential(value) && hasTexts(value.response, ['clientDataJSON', 'authenticatorData', 'signature'])
    ? (value as unknown as CredentialAssertionJson)
    : undefined;
}

/** Reads clientDataJSON (WebAuthn level 3 section 5.8.1); undefined when it is not that. */
export function readClientData(encoded: string): ClientData | undefined {
  const value = parseJson(Buffer.from(encoded, 'base64url').toString('utf8'));
  const members = ['type', 'challenge', 'origin'];
  return isObject(value) && members.every((member) => typeof value[member] === 'string')
    ? (value as unknown as ClientData)
    : undefined;
}

/** Whether the browser says that the credential cannot be found without its id (WebAuthn level 3 section 10.1.3). */
export function isNotDiscoverable({ clientExtensionResults }: CredentialRegistrationJson): boolean {
  const properties = isObject(clientExtensionResults) ? clientExtensionResults['credProps'] : undefined;
  return isObject(properties) && properties['rk'] === false;
}

function isCredential(value: unknown): value is { response: unknown } {
  return isObject(value) && value['type'] === 'public-key' && hasTexts(value, ['id', 'rawId']);
}

function hasTexts(value: unknown, members: readonly string[]): boolean {
  return isObject(value) && members.every((member) => isBase64Url(value[member]));
}

function isBase64Url(value: unknown): boolean {
  return typeof value === 'string' && BASE64URL.test(value);
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
