import { browser, type Channel } from './browser-globals.js';

/**
 * Why a session ended.
 *
 * - `signed-out`: by `logout` or `deleteUser`, in this tab or another one.
 * - `revoked`: the sign-in was revoked elsewhere, such as by a sign-out on all devices.
 * - `expired`: it was too old, or the server no longer knows it.
 *
 * @publicApi
 */
export type SessionEndReason = 'signed-out' | 'revoked' | 'expired';

/**
 * The end of a session.
 *
 * @publicApi
 */
export interface SessionEnd {
  readonly reason: SessionEndReason;
}

/** What tabs tell each other. The times are of the one clock of the machine. */
type Message =
  { readonly type: 'started'; readonly at: number } | (SessionEnd & { readonly type: 'ended'; readonly at: number });

/** Dependencies of `SessionWatch`. */
export interface SessionWatchDependencies {
  /** Of the channel between tabs. */
  readonly name: string;
  /** Whether all tabs have the same session. False where each keeps tokens of its own. */
  readonly shared: boolean;
  readonly clock: () => number;
  readonly onEnded: (end: SessionEnd) => void;
  /** Called before `onEnded` when another tab has signed out and this one has tokens of its own. */
  readonly forget: () => void;
}

/** Knows whether there is a session, and reports its end once in each tab. */
export class SessionWatch {
  /** Grows with each start and end, so that late answers to earlier calls are recognized. */
  epoch = 0;
  /** A page that has just been loaded does not know, but may show the pages of a user. */
  #state: 'unknown' | 'active' | 'ended';
  #startedAt = 0;
  #channel: Channel | undefined;
  #isClosed = false;

  constructor(private readonly dependencies: SessionWatchDependencies) {
    this.#state = dependencies.shared ? 'unknown' : 'ended';
    this.#channel = browser.BroadcastChannel && new browser.BroadcastChannel(dependencies.name);
    if (this.#channel !== undefined) {
      this.#channel.onmessage = ({ data }) => {
        this.#receive(data as Message);
      };
      // After the listener, which would make Node wait again.
      this.#channel.unref?.();
    }
  }

  /** A sign-in is complete. */
  started(): void {
    const at = this.dependencies.clock();
    this.#start(at);
    this.#channel?.postMessage({ type: 'started', at } satisfies Message);
  }

  /** A call in this epoch has shown that there is a session. */
  seen(epoch: number): void {
    if (epoch === this.epoch) {
      this.#state = 'active';
    }
  }

  /** A call in this epoch has shown that there is none. This is an end only if there was one. */
  absent(epoch: number): void {
    if (this.#state === 'active') {
      this.ended('expired', epoch);
    } else if (epoch === this.epoch) {
      this.#state = 'ended';
    }
  }

  /** A call in this epoch has ended the session, or has shown that it ended. */
  ended(reason: SessionEndReason, epoch = this.epoch): void {
    if (epoch === this.epoch && this.#end(reason)) {
      this.#channel?.postMessage({ type: 'ended', reason, at: this.dependencies.clock() } satisfies Message);
    }
  }

  /** Reports nothing from now on. */
  close(): void {
    this.#isClosed = true;
    this.#channel?.close();
    this.#channel = undefined;
  }

  #start(at: number): void {
    this.epoch++;
    this.#state = 'active';
    this.#startedAt = at;
  }

  #end(reason: SessionEndReason): boolean {
    if (this.#state === 'ended' || this.#isClosed) {
      return false;
    }
    this.epoch++;
    this.#state = 'ended';
    // An error of the application must not become one of the call, so it is thrown on its own.
    queueMicrotask(() => {
      this.dependencies.onEnded({ reason });
    });
    return true;
  }

  #receive(message: Message): void {
    const { shared, forget } = this.dependencies;
    if (message.type === 'started') {
      if (shared) {
        this.#start(message.at);
      }
    } else if (message.at >= this.#startedAt && (shared || message.reason === 'signed-out')) {
      forget();
      this.#end(message.reason);
    }
  }
}
