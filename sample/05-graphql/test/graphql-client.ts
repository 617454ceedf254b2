import { createClient } from 'graphql-ws';
import { WebSocket } from 'ws';

export interface PostAnswer {
  readonly id?: string;
  readonly text?: string;
  readonly author?: string | null;
  readonly mine?: boolean;
}

export interface Answer {
  readonly data: {
    readonly me: { readonly sub: string; readonly username: string; readonly groups: readonly string[] };
    readonly signIn: { readonly accessToken: string };
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

  async signIn(username: string, password: string): Promise<string> {
    const query = `mutation ($username: String!, $password: String!) {
      signIn(username: $username, password: $password) { accessToken }
    }`;
    const { data } = await this.send(query, undefined, { username, password });
    return data.signIn.accessToken;
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
