import { BoundedMap } from '../memory/bounded-map.js';
import type { LocalMessage } from './model/message.js';

const MAX_MESSAGES = 1000;

/**
 * Selects messages by exact values. Without a member, any value matches.
 *
 * @publicApi
 */
export type MessageFilter = Partial<Pick<LocalMessage, 'to' | 'medium' | 'kind' | 'pool' | 'username'>>;

/**
 * The emails and SMS that Cognito would have sent. Holds the latest 1,000.
 *
 * @publicApi
 */
export class Outbox {
  private messages = new BoundedMap<number, LocalMessage>(MAX_MESSAGES);
  private count = 0;

  /** Adds a message. Called by the embedded Cognito. */
  add(message: LocalMessage): void {
    this.messages.set(this.count++, message);
  }

  /** All matching messages, oldest first. */
  all(filter: MessageFilter = {}): LocalMessage[] {
    const criteria = Object.entries(filter) as [keyof MessageFilter, string][];
    return [...this.messages.values()].filter((message) => criteria.every(([key, value]) => message[key] === value));
  }

  /** The latest matching message; undefined when there is none. */
  latest(filter: MessageFilter = {}): LocalMessage | undefined {
    return this.all(filter).at(-1);
  }

  /** Removes all messages. */
  clear(): void {
    this.messages = new BoundedMap(MAX_MESSAGES);
  }
}
