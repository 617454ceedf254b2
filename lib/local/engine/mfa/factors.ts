import type { Pool } from '../../model/pool.js';
import type { MfaFactor, User } from '../../model/user.js';
import type { Channel } from '../messages/outgoing-message.js';
import { recoveryChannel } from '../users/verification-channel.js';

/** The channels of the factors that send a code. */
export const FACTOR_CHANNEL = {
  SMS_MFA: 'phone_number',
  EMAIL_OTP: 'email',
} as const satisfies Partial<Record<MfaFactor, Channel>>;

/** An MFA factor that sends a code in a message. */
export type MessageFactor = keyof typeof FACTOR_CHANNEL;

/** Whether a factor sends a code in a message. */
export function isMessageFactor(factor: MfaFactor): factor is MessageFactor {
  return factor !== 'SOFTWARE_TOKEN_MFA';
}

/** The MFA factors that a pool offers. */
export function poolFactors({ mfa }: Pool): MfaFactor[] {
  const candidates: readonly (readonly [MfaFactor, boolean])[] = [
    ['SMS_MFA', mfa.sms !== undefined],
    ['SOFTWARE_TOKEN_MFA', mfa.softwareToken?.Enabled ?? false],
    ['EMAIL_OTP', mfa.email !== undefined],
  ];
  return mfa.configuration === 'OFF' ? [] : candidates.flatMap(([factor, offered]) => (offered ? [factor] : []));
}

/** Whether a user can use a factor: has a verified authenticator, a phone number or an email address. */
export function hasFactor(user: User, factor: MfaFactor): boolean {
  return isMessageFactor(factor)
    ? user.attributes[FACTOR_CHANNEL[factor]] !== undefined
    : (user.softwareToken?.verified ?? false);
}

/**
 * The second factors to choose from in a sign-in: the preferred one, else all enabled ones, else, in a pool that
 * requires MFA, all that the user can use.
 *
 * @returns an empty array when no factor applies. A pool that requires MFA then continues with MFA_SETUP.
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

/** Whether the user has enabled a second factor that the pool offers. */
export function hasActiveMfa(pool: Pool, user: User): boolean {
  return poolFactors(pool).some((factor) => user.mfa.enabled.includes(factor) && hasFactor(user, factor));
}

/**
 * Leaves out the account recovery channel, unless it is the only factor: one compromised mailbox must not yield both
 * the password and the second factor.
 */
function withoutRecovery(pool: Pool, user: User, factors: MfaFactor[]): MfaFactor[] {
  const recovery = recoveryChannel(pool, user);
  const others = factors.filter((factor) => !isMessageFactor(factor) || FACTOR_CHANNEL[factor] !== recovery);
  return others.length > 0 ? others : factors;
}
