import type { CodeDeliveryDetailsType } from '@aws-sdk/client-cognito-identity-provider';

import type { Clock } from '../../time/clock.js';
import type { LocalMessage, MessageKind } from '../model/message.js';
import type { Pool } from '../model/pool.js';
import type { User } from '../model/user.js';
import { messageTexts } from './message-texts.js';

/** Where messages end up: the outbox and whoever listens. */
export type Deliver = (message: LocalMessage) => void;

/** The attribute that a message goes to. */
export type Channel = 'email' | 'phone_number';

/** One message to write. */
export interface Letter {
  readonly pool: Pool;
  readonly user: User;
  readonly kind: MessageKind;
  readonly channel: Channel;
  /** The address; by default the user's attribute. A pending new address gets its code before it is theirs. */
  readonly to?: string;
  readonly code: string;
  readonly clientId?: string | undefined;
  readonly clientMetadata?: Record<string, string> | undefined;
}

/** Writes mails and SMS. */
export class Messenger {
  constructor(
    private readonly clock: Clock,
    private readonly deliver: Deliver,
  ) {}

  /** Sends a message and tells where it went, masked as Cognito does. */
  send(letter: Letter): Promise<CodeDeliveryDetailsType> {
    const { pool, user, kind, channel, code } = letter;
    const to = letter.to ?? user.attributes[channel] ?? '';
    this.deliver({
      to,
      medium: channel === 'email' ? 'EMAIL' : 'SMS',
      kind,
      pool: pool.name,
      poolId: pool.id,
      username: user.username,
      code,
      ...messageTexts(letter),
      sentAt: this.clock(),
    });
    return Promise.resolve(deliveryDetails(channel, to));
  }
}

/** CodeDeliveryDetails for an address. */
export function deliveryDetails(channel: Channel, to: string): CodeDeliveryDetailsType {
  return {
    AttributeName: channel,
    DeliveryMedium: channel === 'email' ? 'EMAIL' : 'SMS',
    Destination: maskedDestination(channel, to),
  };
}

/** `t***@t***` for e-mails, `+*******9934` for phone numbers. */
export function maskedDestination(channel: Channel, to: string): string {
  if (channel === 'phone_number') {
    return `+*******${to.slice(-4)}`;
  }
  const [local = '', domain = ''] = to.split('@');
  return `${local.charAt(0)}***@${domain.charAt(0)}***`;
}
