import type { MfaFactor, User } from '../../model/user.js';
import type { Environment } from '../environment.js';
import { deliveryDetails } from '../messages/messenger.js';
import { FACTOR_CHANNEL, isMessageFactor, type MessageFactor } from '../mfa/factors.js';
import type { AuthAnswer, SignInAttempt } from './attempt.js';
import { issueChallenge } from './issue-challenge.js';

const CODE_DIGITS = 6;

/** Asks for one second factor; sends the code where the factor wants one. */
export async function askForFactor(
  environment: Environment,
  attempt: SignInAttempt,
  factor: MfaFactor,
): Promise<AuthAnswer> {
  attempt.state.secondFactor = factor;
  return isMessageFactor(factor) ? askForSentCode(environment, attempt, factor) : askForTotpCode(environment, attempt);
}

/** Lets the user choose between their factors: SELECT_MFA_TYPE. */
export function offerFactors(
  environment: Environment,
  attempt: SignInAttempt,
  factors: readonly MfaFactor[],
): AuthAnswer {
  attempt.state.offered = [...factors];
  const sent = factors.find(isMessageFactor);
  return issueChallenge(environment, attempt, {
    name: 'SELECT_MFA_TYPE',
    parameters: {
      MFAS_CAN_CHOOSE: JSON.stringify(factors),
      ...(sent !== undefined && deliveryParameters(attempt.user, sent)),
      USER_ID_FOR_SRP: attempt.user.username,
    },
  });
}

/** Has a second factor set up: MFA_SETUP. */
export function askForSetup(
  environment: Environment,
  attempt: SignInAttempt,
  factors: readonly MfaFactor[],
): AuthAnswer {
  return issueChallenge(environment, attempt, {
    name: 'MFA_SETUP',
    parameters: { MFAS_CAN_SETUP: JSON.stringify(factors), USER_ID_FOR_SRP: attempt.user.username },
  });
}

async function askForSentCode(
  environment: Environment,
  attempt: SignInAttempt,
  factor: MessageFactor,
): Promise<AuthAnswer> {
  const { pool, user, client, clientMetadata } = attempt;
  const code = environment.random.digits(CODE_DIGITS);
  await environment.messenger.send({
    ...{ pool, user, code, clientMetadata },
    kind: 'Authentication',
    channel: FACTOR_CHANNEL[factor],
    clientId: client.id,
  });
  attempt.state.oneTimeCode = { code, factor };
  return issueChallenge(environment, attempt, {
    name: factor,
    parameters: { ...deliveryParameters(user, factor), USER_ID_FOR_SRP: user.username },
  });
}

function askForTotpCode(environment: Environment, attempt: SignInAttempt): AuthAnswer {
  const { user } = attempt;
  const name = user.softwareToken?.friendlyName;
  return issueChallenge(environment, attempt, {
    name: 'SOFTWARE_TOKEN_MFA',
    parameters: { ...(name !== undefined && { FRIENDLY_DEVICE_NAME: name }), USER_ID_FOR_SRP: user.username },
  });
}

function deliveryParameters(user: User, factor: MessageFactor): Record<string, string> {
  const channel = FACTOR_CHANNEL[factor];
  const { DeliveryMedium = '', Destination = '' } = deliveryDetails(channel, user.attributes[channel] ?? '');
  return { CODE_DELIVERY_DELIVERY_MEDIUM: DeliveryMedium, CODE_DELIVERY_DESTINATION: Destination };
}
