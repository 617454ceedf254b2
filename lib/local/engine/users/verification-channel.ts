import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import type { Channel } from '../messages/outgoing-message.js';
import { isVerified } from './verification-flags.js';

const SMS_FIRST: readonly Channel[] = ['phone_number', 'email'];

/** The channel of a sign-up code. SMS takes precedence over email when the pool verifies both. */
export function signUpChannel(pool: Pool, user: User): Channel | undefined {
  const autoVerified = pool.settings.AutoVerifiedAttributes ?? [];
  return SMS_FIRST.find((channel) => autoVerified.includes(channel) && user.attributes[channel] !== undefined);
}

/**
 * The channel of a password reset code: the first verified one in the pool's recovery order. With AccountRecoverySetting
 * a channel that receives the user's MFA codes is left out: it must not yield both factors.
 */
export function recoveryChannel(pool: Pool, user: User): Channel | undefined {
  const excluded = mechanisms(pool).length === 0 ? [] : mfaChannels(pool, user);
  return recoveryOrder(pool).find((channel) => isVerified(user.attributes, channel) && !excluded.includes(channel));
}

/** Whether only administrators can reset passwords. */
export function isAdminOnlyRecovery(pool: Pool): boolean {
  return mechanisms(pool).some(({ Name }) => Name === 'admin_only');
}

function mfaChannels(pool: Pool, { mfa }: User): Channel[] {
  const offered = pool.mfa.configuration === 'OFF' ? [] : mfa.enabled;
  return [
    ...(offered.includes('SMS_MFA') ? (['phone_number'] as const) : []),
    ...(offered.includes('EMAIL_OTP') ? (['email'] as const) : []),
  ];
}

function recoveryOrder(pool: Pool): readonly Channel[] {
  const listed = mechanisms(pool);
  if (listed.length === 0) {
    return SMS_FIRST;
  }
  return [...listed]
    .sort((a, b) => (a.Priority ?? 0) - (b.Priority ?? 0))
    .flatMap(({ Name }): Channel[] => {
      switch (Name) {
        case 'verified_email':
          return ['email'];
        case 'verified_phone_number':
          return ['phone_number'];
        default:
          return [];
      }
    });
}

function mechanisms({ settings }: Pool): { Name?: string | undefined; Priority?: number | undefined }[] {
  return settings.AccountRecoverySetting?.RecoveryMechanisms ?? [];
}
