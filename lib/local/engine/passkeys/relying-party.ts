import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { passkeyFault } from './passkey-faults.js';

/** For whom passkeys are made: WebAuthn's relying party. */
export interface RelyingParty {
  /** A domain name; passkeys work on its pages and those of its sub-domains. */
  readonly id: string;
  readonly userVerification: 'required' | 'preferred';
}

/**
 * The relying party of a pool.
 *
 * @throws CognitoFault WebAuthnNotEnabledException when passkeys are no first factor of the pool,
 *   WebAuthnConfigurationMissingException when it has no relying party id.
 */
export function relyingPartyOf(pool: Pool): RelyingParty {
  if (!allowsPasskeys(pool)) {
    throw passkeyFault('WebAuthnNotEnabledException');
  }
  const { RelyingPartyId: id, UserVerification } = pool.mfa.webAuthn ?? {};
  if (id === undefined) {
    throw passkeyFault('WebAuthnConfigurationMissingException');
  }
  const required = UserVerification === 'required' || passkeysAreMultiFactor(pool);
  return { id, userVerification: required ? 'required' : 'preferred' };
}

/** Whether people of the pool may sign in with a passkey. */
export function allowsPasskeys(pool: Pool): boolean {
  return pool.settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors?.includes('WEB_AUTHN') ?? false;
}

/** Whether a passkey with user verification counts as two factors. */
export function passkeysAreMultiFactor(pool: Pool): boolean {
  return pool.mfa.webAuthn?.FactorConfiguration === 'MULTI_FACTOR_WITH_USER_VERIFICATION';
}

/** Whether the user has a passkey to sign in with now: one made for another relying party id is of no use. */
export function hasUsablePasskey(pool: Pool, user: User): boolean {
  const id = pool.mfa.webAuthn?.RelyingPartyId;
  return allowsPasskeys(pool) && user.passkeys.some(({ relyingPartyId }) => relyingPartyId === id);
}

/** Whether a page may use passkeys of a relying party: its own or a sub-domain's, over TLS or on this machine. */
export function isAllowedOrigin(origin: string, relyingPartyId: string): boolean {
  if (!URL.canParse(origin)) {
    return false;
  }
  const { protocol, hostname } = new URL(origin);
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  const isSecure = protocol === 'https:' || (protocol === 'http:' && isLocal);
  return isSecure && (hostname === relyingPartyId || hostname.endsWith(`.${relyingPartyId}`));
}
