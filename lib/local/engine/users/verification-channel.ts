import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import type { Channel } from '../messages/outgoing-message.js';

/** Where a sign-up code goes: of the attributes that the pool verifies by itself, SMS wins. */
export function signUpChannel(pool: Pool, user: User): Channel | undefined {
  const verified = pool.settings.AutoVerifiedAttributes ?? [];
  const channels: readonly Channel[] = ['phone_number', 'email'];
  return channels.find((channel) => verified.includes(channel) && user.attributes[channel] !== undefined);
}

/** Where a code for a forgotten password goes: by the pool's recovery order, verified attributes only. */
export function recoveryChannel(pool: Pool, user: User): Channel | undefined {
  return recoveryOrder(pool).find((channel) => user.attributes[`${channel}_verified`] === 'true');
}

/** Whether only an administrator can reset passwords. */
export function isAdminOnlyRecovery(pool: Pool): boolean {
  return mechanisms(pool).some(({ Name }) => Name === 'admin_only');
}

function recoveryOrder(pool: Pool): Channel[] {
  const listed = mechanisms(pool);
  if (listed.length === 0) {
    return ['phone_number', 'email'];
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
