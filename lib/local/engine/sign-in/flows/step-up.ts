import type { FirstFactor } from '../../../../protocol/challenge.js';
import type { Pool } from '../../../model/pool.js';
import type { AuthMethod } from '../../../model/sign-in.js';
import { type AssuranceLevel, levelNamed, levelOf } from '../../assurance.js';
import { invalidParameter, notAuthorized } from '../../cognito-fault.js';
import type { Environment } from '../../environment.js';
import { requiredFactors } from '../../mfa/factors.js';
import { bearerOf } from '../../tokens/access-token.js';
import { hasUser, type KnownUserAttempt, type Parameters, type SignInAttempt } from '../attempt.js';
import { assertMayContinue } from '../factor-checks.js';
import { offeredFactors } from '../first-factors.js';
import type { StepOutcome } from '../step.js';

// Not verified against AWS: the messages of this file. The documentation only states that these calls fail.

/**
 * Aims a sign-in at a level of assurance (TARGET_ACR_VALUES): records the level, the methods that the access token
 * already proves, and the first factors that reach the level.
 *
 * @returns an attempt that needs only a second factor; undefined if a first factor must be chosen.
 * @throws CognitoFault InvalidParameterException if a parameter is invalid, the access token already satisfies the
 *   level, or no factor of the user reaches it; NotAuthorizedException if the token belongs to another user.
 */
export async function stepUp(
  environment: Environment,
  attempt: SignInAttempt,
  { ACCESS_TOKEN: token, MAX_AGE: maxAge, TARGET_ACR_VALUES: target }: Parameters,
): Promise<StepOutcome | undefined> {
  if (target === undefined) {
    if (token !== undefined) {
      throw invalidParameter('ACCESS_TOKEN requires TARGET_ACR_VALUES.');
    }
    return undefined;
  }
  const levels = parseLevels(attempt.pool, target);
  const age = parseMaxAge(maxAge);
  if (!hasUser(attempt)) {
    return undefined;
  }
  const proven = token === undefined ? [] : await provenMethods(environment, attempt, token, age);
  const { level, firstFactors } = routeTo(attempt, levels, proven);
  if (levelOf(proven) >= level) {
    throw invalidParameter('The access token already satisfies the requested ACR value.');
  }
  Object.assign(attempt.state, { methods: [...proven], targetLevel: level, offered: firstFactors });
  if (firstFactors.length > 0) {
    return undefined;
  }
  assertMayContinue(attempt.user);
  return { passed: attempt };
}

/** Unknown values are ignored. */
function parseLevels(pool: Pool, target: string): AssuranceLevel[] {
  const levels = target.split(' ').flatMap((name) => levelNamed(pool, name) ?? []);
  if (levels.length === 0) {
    throw invalidParameter('TARGET_ACR_VALUES has no valid value.');
  }
  return levels;
}

/** @returns seconds. */
function parseMaxAge(maxAge: string | undefined): number {
  if (maxAge !== undefined && !/^\d{1,9}$/.test(maxAge)) {
    throw invalidParameter('MAX_AGE must be a number of seconds.');
  }
  return maxAge === undefined ? Number.POSITIVE_INFINITY : Number(maxAge);
}

/** The methods of the access token's sign-in, or none if it is older than `maxAge` seconds. */
async function provenMethods(
  environment: Environment,
  { user }: KnownUserAttempt,
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

/** The first requested level that the user can reach, and the first factors that reach it. */
function routeTo(
  attempt: KnownUserAttempt,
  levels: readonly AssuranceLevel[],
  proven: readonly AuthMethod[],
): { readonly level: AssuranceLevel; readonly firstFactors: FirstFactor[] } {
  const withPassword = levelWithPassword(attempt);
  for (const level of levels) {
    if (levelOf(proven) >= level || (proven.includes('password') && withPassword >= level)) {
      return { level, firstFactors: [] };
    }
    const firstFactors = offeredFactors(attempt).filter((factor) => levelBy(factor, withPassword) >= level);
    if (firstFactors.length > 0) {
      return { level, firstFactors };
    }
  }
  throw invalidParameter('The user has no authentication factor for the requested ACR values.');
}

/** The level that the user reaches with a password and the second factor that follows it. */
function levelWithPassword({ pool, user }: KnownUserAttempt): AssuranceLevel {
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
