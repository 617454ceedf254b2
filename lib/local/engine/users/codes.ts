import type { CodeDeliveryDetailsType } from '@aws-sdk/client-cognito-identity-provider';

import type { CodePurpose, ConfirmationCode, User } from '../../model/user.js';
import { CognitoFault } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import type { OutgoingMessage } from '../messages/outgoing-message.js';

const HOUR = 3_600_000;
const DIGITS = 6;
const LIFE: Readonly<Record<CodePurpose, number>> = {
  'sign-up': 24 * HOUR,
  'forgot-password': HOUR,
  'verify-email': 24 * HOUR,
  'verify-phone_number': 24 * HOUR,
};

/** Makes a code, which replaces the one before, and sends it. */
export async function sendCode(
  { clock, random, messenger }: Pick<Environment, 'clock' | 'random' | 'messenger'>,
  purpose: CodePurpose,
  letter: Omit<OutgoingMessage, 'code'>,
): Promise<CodeDeliveryDetailsType> {
  const code = random.digits(DIGITS);
  const details = await messenger.send({ ...letter, code });
  letter.user.codes[purpose] = { code, attribute: letter.channel, expiresAt: clock() + LIFE[purpose] };
  return details;
}

/**
 * Checks a code without using it up; `forgetCode` does that.
 *
 * @throws CognitoFault ExpiredCodeException when it is too old or was never sent, CodeMismatchException when wrong.
 */
export function checkCode(
  { clock }: Pick<Environment, 'clock'>,
  user: User,
  purpose: CodePurpose,
  given: string,
): ConfirmationCode {
  const sent = user.codes[purpose];
  if (sent === undefined || clock() >= sent.expiresAt) {
    throw codeExpired();
  }
  if (sent.code !== given) {
    throw codeMismatch();
  }
  return sent;
}

/** Uses a code up. */
export function forgetCode(user: User, purpose: CodePurpose): void {
  user.codes = Object.fromEntries(Object.entries(user.codes).filter(([other]) => other !== purpose));
}

export function codeExpired(): CognitoFault {
  return new CognitoFault('ExpiredCodeException', 'Invalid code provided, please request a code again.');
}

export function codeMismatch(): CognitoFault {
  return new CognitoFault('CodeMismatchException', 'Invalid verification code provided, please try again.');
}
