import {
  type BodyAuthClient,
  type BodyClientOptions,
  type CookieAuthClient,
  type CookieClientOptions,
  createAuthClient,
  type SessionEndReason,
} from 'mandate/browser';

import { BASE, type FakeApi } from './fake-api.js';

/** A page of the application. */
export interface Tab<Client> {
  readonly client: Client;
  /** The ends that were reported to it. */
  readonly ends: SessionEndReason[];
}

/** Opens pages, which share channels as tabs of one browser do, and closes them. */
export class Tabs {
  readonly #open: { close(): void }[] = [];

  constructor(private readonly api: FakeApi) {}

  cookie(options: CookieClientOptions = {}): Tab<CookieAuthClient> {
    const ends: SessionEndReason[] = [];
    const client = createAuthClient({ ...this.#common(ends), ...options });
    this.#open.push(client);
    return { client, ends };
  }

  body(options: Partial<BodyClientOptions> = {}): Tab<BodyAuthClient> {
    const ends: SessionEndReason[] = [];
    const client = createAuthClient({ ...this.#common(ends), ...options, delivery: 'body' });
    this.#open.push(client);
    return { client, ends };
  }

  /** Resolves when everything that was told to other tabs has arrived: messages arrive in order. */
  async settle(): Promise<void> {
    const [from, to] = [new BroadcastChannel('settle'), new BroadcastChannel('settle')];
    for (let round = 0; round < 2; round++) {
      await new Promise((resolve) => {
        to.onmessage = resolve;
        from.postMessage(round);
      });
    }
    from.close();
    to.close();
  }

  closeAll(): void {
    this.#open.splice(0).forEach((client) => {
      client.close();
    });
  }

  #common(ends: SessionEndReason[]) {
    return {
      baseUrl: BASE,
      fetch: this.api.fetch,
      onSessionEnded: ({ reason }: { reason: SessionEndReason }) => {
        ends.push(reason);
      },
      clock: () => 0,
    };
  }
}
