import { BoundedMap } from '../memory/bounded-map.js';
import type { LocalMessage } from './model/message.js';

const MAX_MESSAGES = 1000;
/** Shorter than the time that test runners give a test, so that the error says what is missing. */
const DEFAULT_TIMEOUT_MS = 4000;
const MAX_TIMEOUT_MS = 2_147_483_647;
/** How many addresses the error names. */
const MAX_NAMED = 5;

/**
 * Selects messages by exact values. Without a member, any value matches.
 *
 * @publicApi
 */
export type MessageFilter = Partial<Pick<LocalMessage, 'to' | 'medium' | 'kind' | 'pool' | 'username'>>;

/**
 * No message came in time.
 *
 * @publicApi
 */
export class MessageTimeoutError extends Error {
  override readonly name = 'MessageTimeoutError';
}

interface Waiter {
  readonly filter: MessageFilter;
  readonly resolve: (message: LocalMessage) => void;
  readonly reject: (error: Error) => void;
}

/**
 * The emails and SMS that Cognito would have sent. Holds the latest 1,000.
 *
 * @publicApi
 */
export class Outbox {
  private messages = new BoundedMap<number, LocalMessage>(MAX_MESSAGES);
  /** The messages that `next` has returned. */
  private taken = new WeakSet<LocalMessage>();
  private readonly waiters = new Set<Waiter>();
  private readonly listeners = new Set<() => void>();
  private count = 0;

  /** Adds a message. Called by the embedded Cognito. */
  add(message: LocalMessage): void {
    this.messages.set(++this.count, message);
    const waiter = [...this.waiters].find(({ filter }) => matches(message, filter));
    if (waiter !== undefined) {
      this.taken.add(message);
      waiter.resolve(message);
    }
    for (const listener of this.listeners) {
      listener();
    }
  }

  /** All matching messages, oldest first. */
  all(filter: MessageFilter = {}): LocalMessage[] {
    return [...this.messages.values()].filter((message) => matches(message, filter));
  }

  /** The latest matching message; undefined when there is none. */
  latest(filter: MessageFilter = {}): LocalMessage | undefined {
    return this.all(filter).at(-1);
  }

  /**
   * Waits for the next matching message: the oldest that no call of `next` has returned, at once if it is there already.
   *
   * @param filter - and `timeout`: milliseconds to wait. Default: 4,000.
   *
   * @example
   * const { code } = await cognito.outbox.next({ to: 'ann@example.com' });
   *
   * @throws MessageTimeoutError if none came in time, or the embedded Cognito was stopped.
   */
  next(filter: MessageFilter & { readonly timeout?: number } = {}): Promise<LocalMessage> {
    const { timeout = DEFAULT_TIMEOUT_MS, ...criteria } = filter;
    const found = this.all(criteria).find((message) => !this.taken.has(message));
    if (found !== undefined) {
      this.taken.add(found);
      return Promise.resolve(found);
    }
    return new Promise((resolve, reject) => {
      const timer = setTimeout(
        () => {
          waiter.reject(new MessageTimeoutError(`${this.missing(criteria)} within ${timeout} ms. ${this.content()}`));
        },
        Math.min(Math.max(timeout, 0), MAX_TIMEOUT_MS),
      );
      const end = (): void => {
        clearTimeout(timer);
        this.waiters.delete(waiter);
      };
      const waiter: Waiter = {
        filter: criteria,
        resolve: (message) => {
          end();
          resolve(message);
        },
        reject: (error) => {
          end();
          reject(error);
        },
      };
      this.waiters.add(waiter);
    });
  }

  /** Removes all messages. */
  clear(): void {
    this.messages = new BoundedMap(MAX_MESSAGES);
  }

  /**
   * Matching messages with their numbers, oldest first.
   *
   * @param after - the number of the last one that is known already.
   * @internal
   */
  numbered(filter: MessageFilter = {}, after = 0): (LocalMessage & { readonly id: number })[] {
    return [...this.messages.entries()]
      .filter(([id, message]) => id > after && matches(message, filter))
      .map(([id, message]) => ({ id, ...message }));
  }

  /**
   * Calls back after each message. @returns what ends that.
   *
   * @internal
   */
  listen(listener: () => void): () => void {
    this.listeners.add(listener);
    return () => {
      this.listeners.delete(listener);
    };
  }

  /**
   * Ends all waiting: nothing comes any more.
   *
   * @internal
   */
  close(): void {
    for (const waiter of this.waiters) {
      waiter.reject(new MessageTimeoutError(`${this.missing(waiter.filter)} before the embedded Cognito was stopped.`));
    }
  }

  /** `No message with to "ann@example.com" came`. */
  private missing(filter: MessageFilter): string {
    const criteria = Object.entries(filter).map(([name, value]) => `${name} "${value}"`);
    return `No${this.all(filter).length > 0 ? ' other' : ''} message${criteria.length > 0 ? ` with ${criteria.join(', ')}` : ''} came`;
  }

  /** What is there instead, without codes. */
  private content(): string {
    const all = this.all();
    const addresses = [...new Set(all.map(({ to }) => to))];
    const named = addresses.slice(-MAX_NAMED).join(', ');
    return all.length === 0
      ? 'The outbox is empty.'
      : `The outbox has ${all.length} in all, to ${named}${addresses.length > MAX_NAMED ? ' and others' : ''}.`;
  }
}

function matches(message: LocalMessage, filter: MessageFilter): boolean {
  const criteria = Object.entries(filter) as [keyof MessageFilter, string | undefined][];
  return criteria.every(([key, value]) => value === undefined || message[key] === value);
}
