import type { CodeDeliveryDetailsType } from '@aws-sdk/client-cognito-identity-provider';

import { notAuthorized } from '../../cognito-fault.js';
import type { Environment } from '../../environment.js';
import type { Channel } from '../../messages/outgoing-message.js';
import { deliveryDetails } from '../../messages/messenger.js';
import { wrongMfaCode } from '../../mfa/mfa-faults.js';
import { claimAlias } from '../../users/aliases.js';
import { isVerified, markVerified } from '../../users/verification-flags.js';
import { runPostConfirmation } from '../../users/post-confirmation.js';
import { hasUser, type KnownUserAttempt, resumeAttempt, type SignInAttempt } from '../attempt.js';
import { checkCode, passFirstFactor } from '../factor-checks.js';
import { requiredParameter } from '../faults.js';
import type { AuthResponse, ChallengeResponder, StepOutcome } from '../step.js';
import { answerEmailMfa } from './mfa-code.js';
import { poseChallenge } from './pose-challenge.js';

/** Codes that replace a password have two digits more than all others. */
const DIGITS = 8;

const CHANNELS = { EMAIL_OTP: 'email', SMS_OTP: 'phone_number' } as const satisfies Record<string, Channel>;

/** EMAIL_OTP, SMS_OTP: sends a code as first factor. An unknown user gets no code, and no code is correct. */
export async function poseOneTimeCode(
  environment: Environment,
  attempt: SignInAttempt,
  factor: keyof typeof CHANNELS,
): Promise<AuthResponse> {
  const channel = CHANNELS[factor];
  const details = hasUser(attempt)
    ? await sendCode(environment, attempt, channel)
    : deliveryDetails(channel, pretendedAddress(environment, attempt, channel));
  return poseChallenge(environment, attempt, {
    name: factor,
    parameters: {
      CODE_DELIVERY_DELIVERY_MEDIUM: details.DeliveryMedium ?? '',
      CODE_DELIVERY_DESTINATION: details.Destination ?? '',
    },
    available: [factor],
  });
}

/** Checks the code of SMS_OTP. */
export const answerSmsOtp: ChallengeResponder = (environment, request) =>
  checkOneTimeCode(environment, resumeAttempt(request), requiredParameter(request.responses, 'SMS_OTP_CODE'));

/** Checks the code of EMAIL_OTP, which is also the name of MFA by e-mail. */
export const answerEmailOtp: ChallengeResponder = (environment, request) =>
  request.session?.state.mfaCode === undefined
    ? checkOneTimeCode(environment, resumeAttempt(request), requiredParameter(request.responses, 'EMAIL_OTP_CODE'))
    : answerEmailMfa(environment, request);

/**
 * @throws CognitoFault CodeMismatchException if the code is wrong, AliasExistsException if the address belongs to another
 *   user by now.
 */
async function checkOneTimeCode(environment: Environment, attempt: SignInAttempt, code: string): Promise<StepOutcome> {
  const sent = attempt.state.firstFactorCode;
  if (!hasUser(attempt) || sent === undefined) {
    throw wrongMfaCode();
  }
  checkCode(environment, attempt.user, () => {
    // Whoever has the address of before is not the user by now.
    if (sent.code !== code || attempt.user.attributes[sent.channel] !== sent.address) {
      throw wrongMfaCode();
    }
  });
  delete attempt.state.firstFactorCode;
  await verifyAddress(environment, attempt, sent.channel);
  return passFirstFactor(attempt, sent.channel === 'email' ? 'email' : 'sms');
}

async function sendCode(
  { messenger, random }: Environment,
  { pool, client, clientMetadata, state, user }: KnownUserAttempt,
  channel: Channel,
): Promise<CodeDeliveryDetailsType> {
  if (!user.enabled) {
    throw notAuthorized('User is disabled.');
  }
  const code = random.digits(DIGITS);
  state.firstFactorCode = { code, channel, address: user.attributes[channel] };
  const message = { pool, user, channel, code, clientId: client.id, clientMetadata };
  return messenger.send({ ...message, kind: 'Authentication' });
}

/** An unknown user's address: made up, but the same each time. */
function pretendedAddress({ secretBlocks }: Environment, { pool, typedName }: SignInAttempt, channel: Channel): string {
  const digest = secretBlocks.pseudonym(`${pool.id}:${channel}:${typedName}`);
  if (channel === 'phone_number') {
    return typedName.startsWith('+') ? typedName : `+1${String(digest.readUInt32BE()).padStart(10, '0')}`;
  }
  return typedName.includes('@') ? typedName : `${typedName}@${digest.toString('hex')}`;
}

/** A correct code verifies the address and confirms an unconfirmed sign-up. */
async function verifyAddress(environment: Environment, attempt: KnownUserAttempt, channel: Channel): Promise<void> {
  const { pool, user } = attempt;
  if (!isVerified(user.attributes, channel)) {
    claimAlias(pool, user, channel, user.attributes[channel] ?? '');
    markVerified(user, channel);
    user.modifiedAt = environment.clock();
  }
  if (user.status === 'UNCONFIRMED') {
    user.status = 'CONFIRMED';
    await runPostConfirmation(environment, 'ConfirmSignUp', attempt);
  }
}
