import type { Pool } from '../../model/pool.js';
import type { MfaFactor, User } from '../../model/user.js';
import type { Channel } from '../messages/outgoing-message.js';
import { recoveryChannel } from '../users/verification-channel.js';

/** Where the factors that send a code send it. */
export const FACTOR_CHANNEL = {
  SMS_MFA: 'phone_number',
  EMAIL_OTP: 'email',
} as const satisfies Partial<Record<MfaFactor, Channel>>;

/** A factor that sends a code. */
export type MessageFactor = keyof typeof FACTOR_CHANNEL;

/** Whether a factor sends a code. */
export function isMessageFactor(factor: MfaFactor): factor is MessageFactor {
  return factor !== 'SOFTWARE_TOKEN_MFA';
}

/** The factors that a pool offers. */
export function poolFactors({ mfa }: Pool): MfaFactor[] {
  const offers: readonly (readonly [MfaFactor, boolean])[] = [
    ['SMS_MFA', mfa.sms !== undefined],
    ['SOFTWARE_TOKEN_MFA', mfa.softwareToken?.Enabled ?? false],
    ['EMAIL_OTP', mfa.email !== undefined],
  ];
  return mfa.configuration === 'OFF' ? [] : offers.flatMap(([factor, offered]) => (offered ? [factor] : []));
}

/** Whether a user could prove a factor: has verified an authenticator, has a phone number or an e-mail address. */
export function hasFactor(user: User, factor: MfaFactor): boolean {
  return isMessageFactor(factor)
    ? user.attributes[FACTOR_CHANNEL[factor]] !== undefined
    : (user.softwareToken?.verified ?? false);
}

/**
 * The factors to ask a user for after the first one. One: ask for it. Several: let them choose. None: go on, or, where
 * the pool insists on MFA, have one set up.
 */
export function requiredFactors(pool: Pool, user: User): MfaFactor[] {
  const usable = poolFactors(pool).filter((factor) => hasFactor(user, factor));
  const active = usable.filter((factor) => user.mfa.enabled.includes(factor));
  const preferred = active.find((factor) => factor === user.mfa.preferred);
  if (preferred !== undefined) {
    return [preferred];
  }
  return active.length > 0 || pool.mfa.configuration !== 'ON' ? active : withoutRecovery(pool, user, usable);
}

/** Whether the user turned a second factor on that the pool offers. */
export function hasActiveMfa(pool: Pool, user: User): boolean {
  return poolFactors(pool).some((factor) => user.mfa.enabled.includes(factor) && hasFactor(user, factor));
}

/**
 * Leaves out the channel that would recover the account, since one mailbox would then open everything. A user who has
 * no other factor is asked for it all the same.
 */
function withoutRecovery(pool: Pool, user: User, factors: MfaFactor[]): MfaFactor[] {
  const recovery = recoveryChannel(pool, user);
  const others = factors.filter((factor) => !isMessageFactor(factor) || FACTOR_CHANNEL[factor] !== recovery);
  return others.length > 0 ? others : factors;
}
