import type { AuthFactorType } from '@aws-sdk/client-cognito-identity-provider';

import type { Pool } from '../../../model/pool.js';
import type { User } from '../../../model/user.js';
import { hasActiveMfa } from '../../mfa/factors.js';
import { hasUsablePasskey, passkeysAreMultiFactor } from '../../passkeys/relying-party.js';
import type { Candidate } from './candidate.js';

/** A first factor as PREFERRED_CHALLENGE and SELECT_CHALLENGE name it. */
export type FirstFactor = 'PASSWORD_SRP' | 'PASSWORD' | 'EMAIL_OTP' | 'SMS_OTP' | 'WEB_AUTHN';

/** The factors and the names that the pool's sign-in policy has for them. The service's order varies. */
const POLICY_NAMES = {
  PASSWORD_SRP: 'PASSWORD',
  PASSWORD: 'PASSWORD',
  EMAIL_OTP: 'EMAIL_OTP',
  SMS_OTP: 'SMS_OTP',
  WEB_AUTHN: 'WEB_AUTHN',
} as const satisfies Readonly<Record<FirstFactor, AuthFactorType>>;

/** Whether a text names a first factor. */
export function isFirstFactor(name: string): name is FirstFactor {
  return Object.hasOwn(POLICY_NAMES, name);
}

/** Whether the pool's sign-in policy has a factor. */
export function poolAllows(pool: Pool, factor: FirstFactor): boolean {
  return allowedFactors(pool).includes(POLICY_NAMES[factor]);
}

/** Whether people of the pool may do without a password. */
export function allowsPasswordless(pool: Pool): boolean {
  return allowedFactors(pool).some((factor) => factor !== 'PASSWORD');
}

/**
 * The first factors that somebody can use: what they have of what the pool allows. A pretended user looks like one who
 * has everything but a passkey.
 */
export function offeredFactors({ pool, user }: Pick<Candidate, 'pool' | 'user'>): FirstFactor[] {
  const factors = Object.keys(POLICY_NAMES).filter(isFirstFactor);
  return factors.filter(
    (factor) =>
      poolAllows(pool, factor) &&
      isEnoughAlone(pool, user, factor) &&
      (user === undefined ? factor !== 'WEB_AUTHN' : hasFactor(pool, user, factor)),
  );
}

/** Whether a user has what a factor needs. A right one-time code proves the address, so it need not be verified. */
function hasFactor(pool: Pool, user: User, factor: FirstFactor): boolean {
  switch (factor) {
    case 'PASSWORD':
    case 'PASSWORD_SRP':
      return user.credential !== undefined;
    case 'EMAIL_OTP':
      return user.attributes['email'] !== undefined && user.status !== 'FORCE_CHANGE_PASSWORD';
    case 'SMS_OTP':
      return user.attributes['phone_number'] !== undefined && user.status !== 'FORCE_CHANGE_PASSWORD';
    case 'WEB_AUTHN':
      return hasUsablePasskey(pool, user) && user.status !== 'FORCE_CHANGE_PASSWORD';
  }
}

/** No second factor is asked after a code or a passkey, so where one is due only a password opens that way. */
function isEnoughAlone(pool: Pool, user: User | undefined, factor: FirstFactor): boolean {
  const needsMfa = pool.mfa.configuration === 'ON' || (user !== undefined && hasActiveMfa(pool, user));
  const isPassword = POLICY_NAMES[factor] === 'PASSWORD';
  return !needsMfa || isPassword || (factor === 'WEB_AUTHN' && passkeysAreMultiFactor(pool));
}

function allowedFactors(pool: Pool): readonly AuthFactorType[] {
  return pool.settings.Policies?.SignInPolicy?.AllowedFirstAuthFactors ?? ['PASSWORD'];
}
