import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { passkeyFault } from './passkey-faults.js';

/** The WebAuthn relying party that passkeys are bound to. */
export interface RelyingParty {
  /** A domain name. Passkeys work on its pages and those of its subdomains. */
  readonly id: string;
  readonly userVerification: 'required' | 'preferred';
}

/**
 * The relying party of a pool.
 *
 * @throws CognitoFault WebAuthnNotEnabledException when the pool does not allow passkeys as a first factor,
 *   WebAuthnConfigurationMissingException when the pool has no relying party ID.
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

/** Whether the pool allows passkeys as a first factor. */
export function allowsPasskeys(pool: Pool): boolean {
  return pool.settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors?.includes('WEB_AUTHN') ?? false;
}

/** Whether a passkey with user verification counts as two factors. */
export function passkeysAreMultiFactor({ mfa }: Pick<Pool, 'mfa'>): boolean {
  return mfa.webAuthn?.FactorConfiguration === 'MULTI_FACTOR_WITH_USER_VERIFICATION';
}

/** Whether the user has a passkey for the pool's current relying party ID. */
export function hasUsablePasskey(pool: Pool, user: User): boolean {
  const id = pool.mfa.webAuthn?.RelyingPartyId;
  return allowsPasskeys(pool) && user.passkeys.some(({ relyingPartyId }) => relyingPartyId === id);
}

/** Whether an origin may use passkeys of a relying party: its own domain or a subdomain, over HTTPS or on localhost. */
export function isAllowedOrigin(origin: string, relyingPartyId: string): boolean {
  if (!URL.canParse(origin)) {
    return false;
  }
  const { protocol, hostname } = new URL(origin);
  const isLocal = hostname === 'localhost' || hostname.endsWith('.localhost');
  const isSecure = protocol === 'https:' || (protocol === 'http:' && isLocal);
  return isSecure && (hostname === relyingPartyId || hostname.endsWith(`.${relyingPartyId}`));
}
