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

/** A code that is correct, for the address that the user still has. */
export interface AcceptedCode {
  readonly attribute: ConfirmationCode['attribute'];
  readonly address: string;
}

/**
 * Checks a code without consuming it. See `forgetCode`.
 *
 * @throws CognitoFault ExpiredCodeException for an expired code, when none was sent, and when the user no longer has the
 *   address that it was sent to; CodeMismatchException for a wrong code.
 */
export function checkCode(
  { clock }: Pick<Environment, 'clock'>,
  user: User,
  purpose: CodePurpose,
  given: string,
): AcceptedCode {
  const sent = user.codes[purpose];
  if (sent === undefined || clock() >= sent.expiresAt) {
    throw codeExpired();
  }
  if (sent.code !== given) {
    throw codeMismatch();
  }
  const address = addressFor(purpose, user, sent);
  // Whoever has the address of before is not the user by now.
  if (address === undefined || address !== (sent.address ?? address)) {
    throw codeExpired();
  }
  return { attribute: sent.attribute, address };
}

/** Consumes a code, so that it is no longer valid. */
export function forgetCode(user: User, purpose: CodePurpose): void {
  user.codes = Object.fromEntries(Object.entries(user.codes).filter(([other]) => other !== purpose));
}

/** The address that a code for a purpose goes to now. Only a verification is about an address that is not in use yet. */
function addressFor(purpose: CodePurpose, user: User, { attribute }: ConfirmationCode): string | undefined {
  const pending = purpose === `verify-${attribute}` ? user.pendingAttributes[attribute] : undefined;
  return pending ?? user.attributes[attribute];
}

export function codeExpired(): CognitoFault {
  return new CognitoFault('ExpiredCodeException', 'Invalid code provided, please request a code again.');
}

export function codeMismatch(): CognitoFault {
  return new CognitoFault('CodeMismatchException', 'Invalid verification code provided, please try again.');
}
