import type { AuthMethod } from '../../../model/auth-method.js';
import type { Pool } from '../../../model/pool.js';
import { CognitoFault, invalidParameter, notAuthorized } from '../../cognito-fault.js';
import type { Environment } from '../../environment.js';
import { requiredFactors } from '../../mfa/factors.js';
import { bearerOf } from '../../tokens/access-token.js';
import { advance } from '../advance.js';
import type { AuthAnswer, SignInAttempt } from '../attempt.js';
import { assertMayContinue } from '../first-factor.js';
import { type AssuranceLevel, levelNamed, levelOf } from '../../assurance.js';
import type { Answers } from './begin-factor.js';
import { type Candidate, isKnown } from './candidate.js';
import { type FirstFactor, offeredFactors } from './first-factors.js';

// The texts of this file are our own wording (?): the documentation only says that these calls fail.

/** @throws CognitoFault FeatureUnavailableInTierException on the Lite feature plan. */
export function assertTierHasChoice(pool: Pool): void {
  if (pool.settings.UserPoolTier === 'LITE') {
    throw new CognitoFault('FeatureUnavailableInTierException', 'USER_AUTH is not available in the tier LITE.');
  }
}

/**
 * Aims a sign-in at a level of assurance (TARGET_ACR_VALUES): remembers the level, what the access token has proven
 * already, and which first factors lead there.
 *
 * @returns the second factor's challenge when only that is missing; undefined when a first factor is to be chosen.
 * @throws CognitoFault InvalidParameterException for values that cannot be, and when no factor of the user leads to a
 *   level that is asked for or the token has it; NotAuthorizedException for another user's token.
 */
export async function stepUp(
  environment: Environment,
  candidate: Candidate,
  { ACCESS_TOKEN: token, MAX_AGE: maxAge, TARGET_ACR_VALUES: target }: Answers,
): Promise<AuthAnswer | undefined> {
  if (target === undefined) {
    if (token !== undefined) {
      throw invalidParameter('ACCESS_TOKEN can only be given together with TARGET_ACR_VALUES.');
    }
    return undefined;
  }
  const levels = levelsOf(candidate.pool, target);
  const age = ageOf(maxAge);
  if (!isKnown(candidate)) {
    return undefined;
  }
  const credit = token === undefined ? [] : await creditOf(environment, candidate, token, age);
  const { level, firstFactors } = routeTo(candidate, levels, credit);
  if (levelOf(credit) >= level) {
    throw invalidParameter('The access token already satisfies the requested ACR value.');
  }
  Object.assign(candidate.state, { methods: [...credit], targetLevel: level, offered: firstFactors });
  if (firstFactors.length > 0) {
    return undefined;
  }
  assertMayContinue(candidate.user);
  return advance(environment, candidate);
}

function levelsOf(pool: Pool, target: string): AssuranceLevel[] {
  const levels = target.split(' ').flatMap((name) => levelNamed(pool, name) ?? []);
  if (levels.length === 0) {
    throw invalidParameter('TARGET_ACR_VALUES has no valid value.');
  }
  return levels;
}

function ageOf(maxAge: string | undefined): number {
  if (maxAge !== undefined && !/^\d{1,9}$/.test(maxAge)) {
    throw invalidParameter('MAX_AGE must be a number of seconds.');
  }
  return maxAge === undefined ? Number.POSITIVE_INFINITY : Number(maxAge);
}

/** What the access token's sign-in has proven, unless that is too long ago. */
async function creditOf(
  environment: Environment,
  { user }: SignInAttempt,
  token: string,
  maxAge: number,
): Promise<readonly AuthMethod[]> {
  const bearer = await bearerOf(environment, token);
  if (bearer.user.sub !== user.sub) {
    throw notAuthorized('The access token belongs to another user.');
  }
  const age = environment.clock() / 1000 - bearer.signIn.authTime;
  return age > maxAge ? [] : (bearer.signIn.methods ?? []);
}

/** The first level of the list that the user can reach, and the first factors to reach it by. */
function routeTo(
  attempt: SignInAttempt,
  levels: readonly AssuranceLevel[],
  credit: readonly AuthMethod[],
): { readonly level: AssuranceLevel; readonly firstFactors: FirstFactor[] } {
  const withPassword = levelWithPassword(attempt);
  for (const level of levels) {
    if (levelOf(credit) >= level || (credit.includes('password') && withPassword >= level)) {
      return { level, firstFactors: [] };
    }
    const firstFactors = offeredFactors(attempt).filter((factor) => levelBy(factor, withPassword) >= level);
    if (firstFactors.length > 0) {
      return { level, firstFactors };
    }
  }
  throw invalidParameter('The user has no authentication factor for the requested ACR values.');
}

/** Where a password leads the user, with the second factor that is asked for after it. */
function levelWithPassword({ pool, user }: SignInAttempt): AssuranceLevel {
  const second = requiredFactors(pool, user);
  if (second.includes('SOFTWARE_TOKEN_MFA')) {
    return 4;
  }
  return second.length > 0 ? 3 : 1;
}

function levelBy(factor: FirstFactor, withPassword: AssuranceLevel): AssuranceLevel {
  switch (factor) {
    case 'PASSWORD':
    case 'PASSWORD_SRP':
      return withPassword;
    case 'EMAIL_OTP':
    case 'SMS_OTP':
      return 2;
    case 'WEB_AUTHN':
      return 3;
  }
}
