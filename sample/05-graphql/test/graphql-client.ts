import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

export interface PostAnswer {
  readonly id?: string;
  readonly text?: string;
  readonly author?: string | null;
  readonly mine?: boolean;
}

export type Outcome =
  | { readonly __typename: 'SignedIn'; readonly session: { readonly sub: string } }
  | { readonly __typename: 'Challenged'; readonly challenge: { readonly name: string; readonly parameters: object } };

export interface Answer {
  readonly data: {
    readonly me: {
      readonly sub: string;
      readonly username: string;
      readonly groups: readonly string[];
      readonly email?: string;
    };
    readonly signIn: Outcome;
    readonly respond: Outcome;
    readonly signOut: boolean;
    readonly posts: readonly PostAnswer[];
    readonly addPost: PostAnswer;
    readonly postAdded: PostAnswer;
    readonly removePost: boolean;
  };
  readonly errors?: readonly {
    readonly path?: readonly (string | number)[];
    readonly extensions: { readonly code: string; readonly originalError: { readonly code: string } };
  }[];
}

/** Calls the application as a browser does: HTTP for operations, graphql-ws for subscriptions. */
export class GraphqlClient {
  constructor(private readonly url: string) {}

  async send(query: string, token?: string, variables: Record<string, unknown> = {}): Promise<Answer> {
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(token && { authorization: `Bearer ${token}` }) },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  }

  /** Subscribes over a separate connection, which closes with the subscription. */
  subscribe(query: string, token?: string): AsyncIterator<Answer> {
    const client = createClient({
      url: this.url.replace(/^http/, 'ws'),
      webSocketImpl: WebSocket,
      retryAttempts: 0,
      ...(token && { connectionParams: { authorization: `Bearer ${token}` } }),
    });
    return client.iterate({ query }) as AsyncIterator<unknown> as AsyncIterator<Answer>;
  }
}

/** A page of the application in a browser: it sends cookies and says where it comes from. */
export class BrowserClient {
  readonly #cookies = new Map<string, string>();

  constructor(
    private readonly url: string,
    private readonly origin: string,
  ) {}

  get cookie(): string {
    return [...this.#cookies].map((pair) => pair.join('=')).join('; ');
  }

  async send(query: string, variables: Record<string, unknown> = {}, headers = OWN_PAGE): Promise<Answer> {
    const { cookie, origin } = this;
    const response = await fetch(this.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', origin, ...(cookie !== '' && { cookie }), ...headers },
      body: JSON.stringify({ query, variables }),
    });
    for (const line of response.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (value === '') {
        this.#cookies.delete(name);
      } else {
        this.#cookies.set(name, value);
      }
    }
    return (await response.json()) as Answer;
  }

  /** Subscribes as a page does, where the browser sends the cookies with the handshake. */
  subscribe(query: string): AsyncIterator<Answer> {
    const { cookie, origin } = this;
    class PageSocket extends WebSocket {
      constructor(address: string, protocols: string[]) {
        super(address, protocols, { headers: { cookie, origin } });
      }
    }
    const url = this.url.replace(/^http/, 'ws');
    const client = createClient({ url, webSocketImpl: PageSocket, retryAttempts: 0 });
    return client.iterate({ query }) as AsyncIterator<unknown> as AsyncIterator<Answer>;
  }
}

const OWN_PAGE: Readonly<Record<string, string>> = { 'x-mandate-csrf': '1' };
