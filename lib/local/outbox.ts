import { BoundedMap } from '../memory/bounded-map.js';
import type { LocalMessage } from './model/message.js';

const MAX_MESSAGES = 1000;

/** Which messages to look at; members left out fit every message. */
export type MessageFilter = Partial<Pick<LocalMessage, 'to' | 'medium' | 'kind' | 'pool' | 'username'>>;

/** The mails and SMS that Cognito would have sent, newest last; the newest 1,000 are kept. */
export class Outbox {
  private messages = new BoundedMap<number, LocalMessage>(MAX_MESSAGES);
  private count = 0;

  /** Files a message; the embedded server calls it. */
  add(message: LocalMessage): void {
    this.messages.set(this.count++, message);
  }

  /** All messages that fit, oldest first. */
  all(filter: MessageFilter = {}): LocalMessage[] {
    const wanted = Object.entries(filter) as [keyof MessageFilter, string][];
    return [...this.messages.values()].filter((message) => wanted.every(([key, value]) => message[key] === value));
  }

  /** The newest message that fits. */
  latest(filter: MessageFilter = {}): LocalMessage | undefined {
    return this.all(filter).at(-1);
  }

  /** Forgets all messages. */
  clear(): void {
    this.messages = new BoundedMap(MAX_MESSAGES);
  }
}
