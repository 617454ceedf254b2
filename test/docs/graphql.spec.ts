import { setImmediate } from 'node:timers/promises';

import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { type INestApplication, Module } from '@nestjs/common';
import { APP_FILTER, APP_GUARD } from '@nestjs/core';
import { GraphQLModule } from '@nestjs/graphql';
import { createClient } from 'graphql-ws';
import { CognitoAuthGuard, CognitoExceptionFilter, MandateModule } from 'mandate';
import { TestTokenIssuer } from 'mandate/testing';
import request from 'supertest';
import { WebSocket } from 'ws';

import { Board } from '../../sample/05-graphql/src/board/board.js';
import { BoardResolver } from '../../sample/05-graphql/src/board/board.resolver.js';
import { signingKeysPem } from '../local/signing-keys.js';
import { startApp } from './support/start-app.js';

interface Answer {
  readonly data: unknown;
  readonly errors?: readonly {
    readonly extensions: { readonly code: string; readonly originalError: { readonly code: string } };
  }[];
}

describe('GraphQL', () => {
  let issuer: TestTokenIssuer;
  let app: INestApplication;
  const send = async (query: string, token?: string) => {
    const call = request(app.getHttpServer()).post('/graphql').send({ query });
    const { body } = await (token === undefined ? call : call.auth(token, { type: 'bearer' }));
    return body as Answer;
  };

  beforeAll(async () => {
    issuer = await TestTokenIssuer.create({ keys: signingKeysPem() });
    const pool = issuer.moduleOptions();
    // #region module
    @Module({
      imports: [
        MandateModule.forRoot(pool),
        GraphQLModule.forRoot<ApolloDriverConfig>({
          driver: ApolloDriver,
          autoSchemaFile: true,
          subscriptions: { 'graphql-ws': true },
          fieldResolverEnhancers: ['guards'], // for decorators at a @ResolveField
        }),
      ],
      providers: [
        Board,
        BoardResolver,
        { provide: APP_GUARD, useClass: CognitoAuthGuard },
        { provide: APP_FILTER, useClass: CognitoExceptionFilter },
      ],
    })
    class AppModule {}
    // #endregion
    app = await startApp({ imports: [AppModule] });
  });

  afterAll(() => app.close());

  it('is guarded by field', async () => {
    const token = issuer.signToken({ username: 'ann' });
    const added = await send('mutation { addPost(text: "hello") { text mine author } }', token);
    expect(added).toEqual({ data: { addPost: { text: 'hello', mine: true, author: 'ann' } } });
    const stranger = await send('{ posts { text author } }');
    expect(stranger.data).toEqual({ posts: [{ text: 'hello', author: null }] });
    const [error] = stranger.errors ?? [];
    expect(error?.extensions).toMatchObject({ code: 'UNAUTHENTICATED', originalError: { code: 'TOKEN_MISSING' } });
    const refused = await send('mutation { removePost(id: "1") }', token);
    expect(refused.errors?.[0]?.extensions.originalError.code).toBe('GROUPS_INSUFFICIENT');
  });

  it('admits subscribers', async () => {
    const session = { accessToken: () => Promise.resolve(issuer.signToken({ username: 'bob' })) };
    const url = (await app.getUrl()).replace('http:', 'ws:');
    // #region client
    const client = createClient({
      url: `${url}/graphql`,
      webSocketImpl: WebSocket, // in Node; browsers have their own
      connectionParams: async () => ({ authorization: `Bearer ${await session.accessToken()}` }),
    });
    const posts = client.iterate({ query: 'subscription { postAdded { text mine } }' });
    // #endregion
    const first = posts.next();
    while (app.get(Board).subscribers === 0) {
      await setImmediate();
    }
    await send('mutation { addPost(text: "news") { id } }', issuer.signToken({ username: 'ann' }));
    expect((await first).value).toEqual({ data: { postAdded: { text: 'news', mine: false } } });
    await posts.return?.();
    await client.dispose();
  });
});
