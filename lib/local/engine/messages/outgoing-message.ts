import type { MessageKind } from '../../model/message.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';

/** The attributes that hold the destination of a message. */
export const CHANNELS = ['email', 'phone_number'] as const;

/** The attribute that holds the destination of a message. */
export type Channel = (typeof CHANNELS)[number];

/** A message to write and send. */
export interface OutgoingMessage {
  readonly pool: Pool;
  readonly user: User;
  readonly kind: MessageKind;
  readonly channel: Channel;
  /** Default: the user's attribute. A new address receives its code while it is still pending. */
  readonly to?: string;
  readonly code: string;
  /** Undefined when an administrator triggers the message. */
  readonly clientId?: string | undefined;
  readonly clientMetadata?: Record<string, string> | undefined;
}
