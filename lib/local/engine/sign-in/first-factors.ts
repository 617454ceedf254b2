import type { AuthFactorType } from '@aws-sdk/client-cognito-identity-provider';

import type { FirstFactor } from '../../../protocol/challenge.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';
import { hasActiveMfa } from '../mfa/factors.js';
import { hasUsablePasskey, passkeysAreMultiFactor } from '../passkeys/relying-party.js';
import { hasPassword } from '../users/password.js';
import type { SignInAttempt } from './attempt.js';

/** The first factors in the order in which they are offered, with their names in the pool's sign-in policy. */
const POLICY_NAMES: Readonly<Record<FirstFactor, AuthFactorType>> = {
  PASSWORD_SRP: 'PASSWORD',
  PASSWORD: 'PASSWORD',
  EMAIL_OTP: 'EMAIL_OTP',
  SMS_OTP: 'SMS_OTP',
  WEB_AUTHN: 'WEB_AUTHN',
};

/** Whether a string names a first factor. */
export function isFirstFactor(name: string): name is FirstFactor {
  return Object.hasOwn(POLICY_NAMES, name);
}

/** Whether the pool's sign-in policy allows a factor. */
export function poolAllows(pool: Pool, factor: FirstFactor): boolean {
  return allowedFactors(pool).includes(POLICY_NAMES[factor]);
}

/** Whether users of the pool can sign in without a password. */
export function allowsPasswordless(pool: Pool): boolean {
  return allowedFactors(pool).some((factor) => factor !== 'PASSWORD');
}

/**
 * The first factors that the pool allows and the user has. An unknown user seems to have every factor but a passkey.
 */
export function offeredFactors({ pool, user }: Pick<SignInAttempt, 'pool' | 'user'>): FirstFactor[] {
  const factors = Object.keys(POLICY_NAMES).filter(isFirstFactor);
  return factors.filter(
    (factor) =>
      poolAllows(pool, factor) &&
      satisfiesMfa(pool, user, factor) &&
      (user === undefined ? factor !== 'WEB_AUTHN' : hasFactor(pool, user, factor)),
  );
}

/** Whether a user has what a factor needs. The address need not be verified: a correct code verifies it. */
function hasFactor(pool: Pool, user: User, factor: FirstFactor): boolean {
  switch (factor) {
    case 'PASSWORD':
    case 'PASSWORD_SRP':
      return hasPassword(user);
    case 'EMAIL_OTP':
      return user.attributes['email'] !== undefined && user.status !== 'FORCE_CHANGE_PASSWORD';
    case 'SMS_OTP':
      return user.attributes['phone_number'] !== undefined && user.status !== 'FORCE_CHANGE_PASSWORD';
    case 'WEB_AUTHN':
      return hasUsablePasskey(pool, user) && user.status !== 'FORCE_CHANGE_PASSWORD';
  }
}

/** MFA follows a password only, so a code or a passkey is not offered where MFA is required. */
function satisfiesMfa(pool: Pool, user: User | undefined, factor: FirstFactor): boolean {
  const needsMfa = pool.mfa.configuration === 'ON' || (user !== undefined && hasActiveMfa(pool, user));
  const isPassword = POLICY_NAMES[factor] === 'PASSWORD';
  return !needsMfa || isPassword || (factor === 'WEB_AUTHN' && passkeysAreMultiFactor(pool));
}

function allowedFactors(pool: Pool): readonly AuthFactorType[] {
  return pool.settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? ['PASSWORD'];
}
