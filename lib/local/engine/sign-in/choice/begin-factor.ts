import { notAuthorized } from '../../cognito-fault.js';
import type { Environment } from '../../environment.js';
import { requestOptions } from '../../passkeys/assertion.js';
import { passwordMatches } from '../../users/password.js';
import type { AuthAnswer } from '../attempt.js';
import { settlePassword } from '../first-factor.js';
import { incorrectPassword } from '../refusals.js';
import { srpChallengeParameters } from '../srp-exchange.js';
import { type Candidate, isKnown, putChallenge } from './candidate.js';
import type { FirstFactor } from './first-factors.js';
import { sendFirstFactorCode } from './one-time-code.js';

/** AuthParameters or ChallengeResponses. */
export type Answers = Readonly<Record<string, string>>;

/** Begins a first factor. One whose answer came along (PASSWORD, SRP_A) is taken a step further at once. */
export async function beginFactor(
  environment: Environment,
  candidate: Candidate,
  factor: FirstFactor,
  answers: Answers,
): Promise<AuthAnswer> {
  switch (factor) {
    case 'PASSWORD':
      return answers['PASSWORD'] === undefined
        ? putChallenge(environment, candidate, { name: 'PASSWORD', parameters: {} })
        : provePassword(environment, candidate, answers['PASSWORD']);
    case 'PASSWORD_SRP':
      return answers['SRP_A'] === undefined
        ? putChallenge(environment, candidate, { name: 'PASSWORD_SRP', parameters: {} })
        : beginSrp(environment, candidate, answers['SRP_A']);
    case 'EMAIL_OTP':
    case 'SMS_OTP':
      return sendFirstFactorCode(environment, candidate, factor);
    case 'WEB_AUTHN':
      return askForPasskey(environment, candidate);
  }
}

/** Settles a password in plain text. */
export async function provePassword(
  environment: Environment,
  candidate: Candidate,
  password: string,
): Promise<AuthAnswer> {
  if (!isKnown(candidate)) {
    throw incorrectPassword();
  }
  return settlePassword(environment, candidate, () => passwordMatches(candidate.pool, candidate.user, password));
}

/** Starts an SRP exchange; a pretended user gets one that no password can finish. */
export function beginSrp(environment: Environment, candidate: Candidate, clientPublic: string): AuthAnswer {
  const parameters = srpChallengeParameters(environment, candidate, clientPublic);
  return putChallenge(environment, candidate, { name: 'PASSWORD_VERIFIER', parameters }, parameters['USER_ID_FOR_SRP']);
}

function askForPasskey(environment: Environment, candidate: Candidate): AuthAnswer {
  const { pool, user } = candidate;
  if (user === undefined) {
    throw incorrectPassword();
  }
  if (!user.enabled) {
    throw notAuthorized('User is disabled.');
  }
  const options = requestOptions(environment.random, pool, user);
  candidate.state.webAuthnChallenge = options.challenge;
  return putChallenge(environment, candidate, {
    name: 'WEB_AUTHN',
    parameters: { CREDENTIAL_REQUEST_OPTIONS: JSON.stringify(options) },
    available: ['WEB_AUTHN'],
  });
}
