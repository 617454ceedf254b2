import type { MessageKind } from '../../model/message.js';
import type { Pool } from '../../model/pool.js';
import type { User } from '../../model/user.js';

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
