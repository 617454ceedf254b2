import type {
  CredentialAssertionJson,
  CredentialCreationOptionsJson,
  CredentialRegistrationJson,
  CredentialRequestOptionsJson,
} from '../protocol/web-authn.js';
import { AuthClientError, type AuthClientErrorCode } from './auth-client-error.js';
import type { CallOptions } from './api-calls.js';
import { browser } from './browser-globals.js';

/**
 * How the browser offers passkeys at a sign-in.
 *
 * @publicApi
 */
export interface PasskeyPrompt {
  /**
   * `conditional` offers passkeys in the autofill of a field with `autocomplete="webauthn"` instead of a dialog. Default:
   * the browser's own, a dialog.
   */
  readonly mediation?: 'conditional' | 'optional' | 'required' | 'silent' | undefined;
}

const NAMES: Readonly<Record<string, readonly [AuthClientErrorCode, string]>> = {
  NotAllowedError: ['PASSKEY_CANCELLED', 'No passkey was used. Try again, or sign in another way.'],
  InvalidStateError: ['PASSKEY_EXISTS', 'This device or security key already has a passkey for the account.'],
};

/**
 * Fails where the browser cannot use passkeys, before the server is asked for anything.
 *
 * @throws AuthClientError PASSKEY_UNSUPPORTED
 */
export function requirePasskeys(): void {
  const { PublicKeyCredential: type, navigator } = browser;
  if (!navigator?.credentials || !type?.parseRequestOptionsFromJSON || !type.parseCreationOptionsFromJSON) {
    throw new AuthClientError(
      0,
      'PASSKEY_UNSUPPORTED',
      'Passkeys need HTTPS and a browser with PublicKeyCredential.parseRequestOptionsFromJSON.',
    );
  }
}

/**
 * Lets the browser prove a passkey.
 *
 * @throws AuthClientError PASSKEY_...
 */
export async function usePasskey(
  options: CredentialRequestOptionsJson,
  { signal, mediation }: CallOptions & PasskeyPrompt,
): Promise<CredentialAssertionJson> {
  requirePasskeys();
  return ceremony(signal, async () =>
    browser.navigator?.credentials?.get({
      publicKey: browser.PublicKeyCredential?.parseRequestOptionsFromJSON?.(options),
      ...(signal && { signal }),
      ...(mediation && { mediation }),
    }),
  );
}

/**
 * Lets the browser create a passkey.
 *
 * @throws AuthClientError PASSKEY_...
 */
export async function createPasskey(
  options: CredentialCreationOptionsJson,
  { signal }: CallOptions,
): Promise<CredentialRegistrationJson> {
  requirePasskeys();
  return ceremony(signal, async () =>
    browser.navigator?.credentials?.create({
      publicKey: browser.PublicKeyCredential?.parseCreationOptionsFromJSON?.(options),
      ...(signal && { signal }),
    }),
  );
}

async function ceremony<Json>(
  signal: AbortSignal | undefined,
  run: () => Promise<{ toJSON(): Json } | null | undefined>,
): Promise<Json> {
  try {
    const credential = await run();
    if (credential) {
      return credential.toJSON();
    }
  } catch (cause) {
    signal?.throwIfAborted();
    const [code, message] = NAMES[(cause as Error).name] ?? ['PASSKEY_FAILED', 'The browser refused the passkey.'];
    throw new AuthClientError(0, code, message, { cause });
  }
  throw new AuthClientError(0, ...(NAMES['NotAllowedError'] ?? ['PASSKEY_CANCELLED', '']));
}
