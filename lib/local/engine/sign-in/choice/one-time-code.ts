import type { CodeDeliveryDetailsType } from '@aws-sdk/client-cognito-identity-provider';

import { notAuthorized } from '../../cognito-fault.js';
import type { Environment } from '../../environment.js';
import type { Channel } from '../../messages/outgoing-message.js';
import { deliveryDetails } from '../../messages/messenger.js';
import { wrongMfaCode } from '../../mfa/mfa-faults.js';
import { claimAlias } from '../../users/aliases.js';
import { runPostConfirmation } from '../../users/post-confirmation.js';
import { markVerified } from '../../users/verification-flags.js';
import type { AuthAnswer, SignInAttempt } from '../attempt.js';
import { tryCode } from '../second-factor.js';
import { type Candidate, isKnown, putChallenge } from './candidate.js';
import { settleFirstFactor } from './settle-first-factor.js';

/** Codes that replace a password are longer than all others. */
const DIGITS = 8;

const CHANNELS = { EMAIL_OTP: 'email', SMS_OTP: 'phone_number' } as const satisfies Record<string, Channel>;

/** A first factor that sends a code. */
export type CodeFactor = keyof typeof CHANNELS;

/** Sends a code and asks for it. A pretended user gets none, and no code is ever right. */
export async function sendFirstFactorCode(
  environment: Environment,
  candidate: Candidate,
  factor: CodeFactor,
): Promise<AuthAnswer> {
  const channel = CHANNELS[factor];
  const details = isKnown(candidate)
    ? await sendTo(environment, candidate, channel)
    : deliveryDetails(channel, pretendedAddress(environment, candidate, channel));
  return putChallenge(environment, candidate, {
    name: factor,
    parameters: {
      CODE_DELIVERY_DELIVERY_MEDIUM: details.DeliveryMedium ?? '',
      CODE_DELIVERY_DESTINATION: details.Destination ?? '',
    },
    available: [factor],
  });
}

/**
 * Settles a code that came back.
 *
 * @throws CognitoFault CodeMismatchException for a wrong one; the session may be answered again. AliasExistsException
 *   when the address belongs to somebody else by now.
 */
export async function settleFirstFactorCode(
  environment: Environment,
  candidate: Candidate,
  given: string,
): Promise<AuthAnswer> {
  const sent = candidate.state.firstFactorCode;
  if (!isKnown(candidate) || sent === undefined) {
    throw wrongMfaCode();
  }
  tryCode(environment, candidate.user, () => {
    if (sent.code !== given) {
      throw wrongMfaCode();
    }
  });
  delete candidate.state.firstFactorCode;
  await confirmAddress(environment, candidate, sent.channel);
  return settleFirstFactor(environment, candidate, sent.channel === 'email' ? 'email' : 'sms');
}

async function sendTo(
  { messenger, random }: Environment,
  { pool, client, clientMetadata, state, user }: SignInAttempt,
  channel: Channel,
): Promise<CodeDeliveryDetailsType> {
  if (!user.enabled) {
    throw notAuthorized('User is disabled.');
  }
  const code = random.digits(DIGITS);
  state.firstFactorCode = { code, channel };
  const letter = { pool, user, channel, code, clientId: client.id, clientMetadata };
  return messenger.send({ ...letter, kind: 'Authentication' });
}

/** The same address each time it is asked for. */
function pretendedAddress(
  { secretBlocks }: Environment,
  { pool, typedName }: Pick<Candidate, 'pool' | 'typedName'>,
  channel: Channel,
): string {
  const digest = secretBlocks.pseudonym(`${pool.id}:${channel}:${typedName}`);
  if (channel === 'phone_number') {
    return typedName.startsWith('+') ? typedName : `+1${String(digest.readUInt32BE()).padStart(10, '0')}`;
  }
  return typedName.includes('@') ? typedName : `${typedName}@${digest.toString('hex')}`;
}

/** A right code proves the address; somebody who had not confirmed the sign-up has done so now. */
async function confirmAddress(environment: Environment, attempt: SignInAttempt, channel: Channel): Promise<void> {
  const { pool, user } = attempt;
  if (user.attributes[`${channel}_verified`] !== 'true') {
    claimAlias(pool, user, channel, user.attributes[channel] ?? '');
    markVerified(user, channel);
    user.modifiedAt = environment.clock();
  }
  if (user.status === 'UNCONFIRMED') {
    user.status = 'CONFIRMED';
    await runPostConfirmation(environment, 'ConfirmSignUp', attempt);
  }
}
