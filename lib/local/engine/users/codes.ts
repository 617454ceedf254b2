import type { CodeDeliveryDetailsType } from '@aws-sdk/client-cognito-identity-provider';

import type { CodePurpose, ConfirmationCode, User } from '../../model/user.js';
import { CognitoFault } from '../cognito-fault.js';
import type { Environment } from '../environment.js';
import type { OutgoingMessage } from '../messages/outgoing-message.js';

const HOUR_MS = 3_600_000;
const CODE_LENGTH = 6;
const LIFETIME_MS: Readonly<Record<CodePurpose, number>> = {
  'sign-up': 24 * HOUR_MS,
  'forgot-password': HOUR_MS,
  'verify-email': 24 * HOUR_MS,
  'verify-phone_number': 24 * HOUR_MS,
};

/** Sends a new code, which invalidates the previous one for the same purpose. */
export async function sendCode(
  { clock, random, messenger }: Pick<Environment, 'clock' | 'random' | 'messenger'>,
  purpose: CodePurpose,
  message: Omit<OutgoingMessage, 'code'>,
): Promise<CodeDeliveryDetailsType> {
  const { user, channel } = message;
  const code = random.digits(CODE_LENGTH);
  const address = message.to ?? user.attributes[channel] ?? '';
  const details = await messenger.send({ ...message, code });
  user.codes[purpose] = { code, attribute: channel, address, expiresAt: clock() + LIFETIME_MS[purpose] };
  return details;
}

/**
 * Checks a code without consuming it. See `forgetCode`.
 *
 * @throws CognitoFault ExpiredCodeException for an expired code or when none was sent, CodeMismatchException for a
 *   wrong code.
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

/** Whether a code was sent to an address: one that was sent to an earlier address proves nothing about the new one. */
export function wasSentTo(sent: ConfirmationCode, address: string): boolean {
  return (sent.address ?? address) === address;
}

/** Consumes a code, so that it is no longer valid. */
export function forgetCode(user: User, purpose: CodePurpose): void {
  user.codes = Object.fromEntries(Object.entries(user.codes).filter(([other]) => other !== purpose));
}

export function codeExpired(): CognitoFault {
  return new CognitoFault('ExpiredCodeException', 'Invalid code provided, please request a code again.');
}

export function codeMismatch(): CognitoFault {
  return new CognitoFault('CodeMismatchException', 'Invalid verification code provided, please try again.');
}
