import type { AddressInfo } from 'node:net';

import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { type INestApplication, UseGuards } from '@nestjs/common';
import { Field, GraphQLModule, ObjectType, Query, Resolver, Subscription } from '@nestjs/graphql';
import type { FormattedExecutionResult } from 'graphql';
import { type Client, createClient } from 'graphql-ws';
import request from 'supertest';
import { WebSocket } from 'ws';

import { CognitoAuthGuard } from '../../lib/auth/cognito-auth.guard.js';
import { CurrentUser } from '../../lib/auth/decorators/current-user.decorator.js';
import { Groups } from '../../lib/auth/decorators/groups.decorator.js';
import { MaxAge } from '../../lib/auth/decorators/max-age.decorator.js';
import { Public } from '../../lib/auth/decorators/public.decorator.js';
import { RequireAcr } from '../../lib/auth/decorators/require-acr.decorator.js';
import { Scopes } from '../../lib/auth/decorators/scopes.decorator.js';
import { TokenUse } from '../../lib/auth/decorators/token-use.decorator.js';
import { cookieToken } from '../../lib/auth/extractors/cookie-token.js';
import { MandateModule } from '../../lib/module/mandate.module.js';
import { accessToken } from '../tokens/support/test-issuer.js';
import { describeDoor, type Door, type Operation, type Outcome, poolOptions } from './support/door.js';
import { type Platform, PLATFORMS, startApp } from './support/http-apps.js';
import { RendezvousGuard } from './support/rendezvous.js';

@ObjectType()
class Caller {
  @Field(() => String, { nullable: true })
  user?: string | null;
}

const answer = (sub?: string): Caller => ({ user: sub ?? null });

/** Tells once who subscribed, then ends. */
async function* once(name: Operation, sub?: string): AsyncGenerator<Record<string, Caller>> {
  await Promise.resolve();
  yield { [`${name}Once`]: answer(sub) };
}

@Resolver()
@UseGuards(CognitoAuthGuard)
class DoorResolver {
  @Query(() => Caller, { nullable: true })
  @UseGuards(RendezvousGuard)
  @Public()
  open(@CurrentUser('sub') sub?: string) {
    return answer(sub);
  }

  @Query(() => Caller, { nullable: true })
  @Public({ onInvalidToken: 'reject' })
  optional(@CurrentUser('sub') sub?: string) {
    return answer(sub);
  }

  @Query(() => Caller, { nullable: true })
  @UseGuards(RendezvousGuard)
  me(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }

  @Query(() => Caller, { nullable: true })
  @Groups('staff')
  staff(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }

  @Query(() => Caller, { nullable: true })
  @Groups.none('staff')
  outsiders(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }

  @Query(() => Caller, { nullable: true })
  @Scopes('orders/write')
  write(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }

  @Query(() => Caller, { nullable: true })
  @TokenUse('id')
  identity(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }

  @Query(() => Caller, { nullable: true })
  @MaxAge(300)
  recent(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }

  @Query(() => Caller, { nullable: true })
  @RequireAcr('mfa', 'passkey')
  strong(@CurrentUser('sub') sub: string) {
    return answer(sub);
  }
}

@Resolver()
@UseGuards(CognitoAuthGuard)
class DoorSubscriptions {
  @Subscription(() => Caller)
  @UseGuards(RendezvousGuard)
  @Public()
  openOnce(@CurrentUser('sub') sub?: string) {
    return once('open', sub);
  }

  @Subscription(() => Caller)
  @Public({ onInvalidToken: 'reject' })
  optionalOnce(@CurrentUser('sub') sub?: string) {
    return once('optional', sub);
  }

  @Subscription(() => Caller)
  @UseGuards(RendezvousGuard)
  meOnce(@CurrentUser('sub') sub: string) {
    return once('me', sub);
  }

  @Subscription(() => Caller)
  @Groups('staff')
  staffOnce(@CurrentUser('sub') sub: string) {
    return once('staff', sub);
  }

  @Subscription(() => Caller)
  @Groups.none('staff')
  outsidersOnce(@CurrentUser('sub') sub: string) {
    return once('outsiders', sub);
  }

  @Subscription(() => Caller)
  @Scopes('orders/write')
  writeOnce(@CurrentUser('sub') sub: string) {
    return once('write', sub);
  }

  @Subscription(() => Caller)
  @TokenUse('id')
  identityOnce(@CurrentUser('sub') sub: string) {
    return once('identity', sub);
  }

  @Subscription(() => Caller)
  @MaxAge(300)
  recentOnce(@CurrentUser('sub') sub: string) {
    return once('recent', sub);
  }

  @Subscription(() => Caller)
  @RequireAcr('mfa', 'passkey')
  strongOnce(@CurrentUser('sub') sub: string) {
    return once('strong', sub);
  }
}

function startGraphql(options = poolOptions, platform: Platform = 'express'): Promise<INestApplication> {
  return startApp(platform, {
    imports: [
      MandateModule.forRoot(options),
      GraphQLModule.forRoot<ApolloDriverConfig>({
        driver: ApolloDriver,
        autoSchemaFile: true,
        graphiql: false,
        subscriptions: { 'graphql-ws': true },
      }),
    ],
    providers: [DoorResolver, DoorSubscriptions],
  });
}

interface Answer {
  readonly data: unknown;
  readonly errors?: readonly unknown[];
}

interface Refusal {
  readonly extensions?: { readonly originalError?: { readonly code: string } };
}

function codeOf(errors: readonly Refusal[]): Outcome {
  return { code: errors[0]?.extensions?.originalError?.code ?? 'no code' };
}

async function openQueries(platform: Platform): Promise<Door> {
  const app = await startGraphql(poolOptions, platform);
  return {
    async call(operation, token): Promise<Outcome> {
      const post = request(app.getHttpServer())
        .post('/graphql')
        .send({ query: `{ ${operation} { user } }` });
      const { body } = await (token === undefined ? post : post.set('Authorization', `Bearer ${token}`));
      return body.errors === undefined ? { user: body.data[operation].user } : codeOf(body.errors);
    },
    close: () => app.close(),
  };
}

/** Where a client of graphql-ws puts its token: in `connectionParams`, or into a header of the upgrade request. */
type Place = 'connectionParams' | 'headers of connectionParams' | 'header' | 'cookie';

/** One connection of graphql-ws per call. */
async function openSubscriptions(place: Place, platform: Platform = 'express'): Promise<Door> {
  const app = await startGraphql(
    place === 'cookie' ? { ...poolOptions, extractors: [cookieToken('session')] } : poolOptions,
    platform,
  );
  const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
  return {
    call(operation, token): Promise<Outcome> {
      const bearer: { authorization?: string } = token === undefined ? {} : { authorization: `Bearer ${token}` };
      const headers = place === 'cookie' && token !== undefined ? { cookie: `a=b; session=${token}` } : bearer;
      class HeaderSocket extends WebSocket {
        constructor(url: string, protocols: string[]) {
          super(url, protocols, { headers });
        }
      }
      const client = createClient({
        url: `ws://127.0.0.1:${port}/graphql`,
        webSocketImpl: place === 'header' || place === 'cookie' ? HeaderSocket : WebSocket,
        retryAttempts: 0,
        ...(place === 'connectionParams' && { connectionParams: bearer }),
        // As clients of Hasura and others send it.
        ...(place === 'headers of connectionParams' && {
          connectionParams: { headers: { Authorization: bearer.authorization } },
        }),
      });
      return firstOf(client, `${operation}Once`);
    },
    close: () => app.close(),
  };
}

async function firstOf(client: Client, field: string): Promise<Outcome> {
  const results = client.iterate<Record<string, Caller>>({ query: `subscription { ${field} { user } }` });
  try {
    for await (const { data, errors } of results as AsyncIterable<FormattedExecutionResult<Record<string, Caller>>>) {
      return errors === undefined ? { user: data?.[field]?.user ?? null } : codeOf(errors);
    }
    return { code: 'nothing' };
  } catch (errors) {
    return codeOf(errors as Refusal[]);
  } finally {
    await client.dispose();
  }
}

describe.each(PLATFORMS)('on %s', (platform) => {
  describeDoor('the guard over GraphQL', () => openQueries(platform));
  describeDoor('the guard over graphql-ws, with connectionParams', () =>
    openSubscriptions('connectionParams', platform),
  );
});
describeDoor('the guard over graphql-ws, with headers in connectionParams', () =>
  openSubscriptions('headers of connectionParams'),
);
describeDoor('the guard over graphql-ws, with a header', () => openSubscriptions('header'));
describeDoor('the guard over graphql-ws, with a cookie', () => openSubscriptions('cookie'));

describe.each(PLATFORMS)('several fields of one GraphQL request on %s', (platform) => {
  let app: INestApplication;
  beforeAll(async () => {
    app = await startGraphql(poolOptions, platform);
  });
  afterAll(() => app.close());

  const ask = async (token: string): Promise<Answer> => {
    const { body } = await request(app.getHttpServer())
      .post('/graphql')
      .set('Authorization', `Bearer ${token}`)
      .send({ query: '{ open { user } me { user } staff { user } outsiders { user } }' });
    return body as Answer;
  };
  const refused = (field: string): unknown =>
    expect.objectContaining({
      path: [field],
      extensions: expect.objectContaining({
        code: 'FORBIDDEN',
        originalError: expect.objectContaining({ code: 'GROUPS_INSUFFICIENT' }),
      }),
    });

  it('are decided one by one: one that is refused takes nothing from the others', async () => {
    const ann = { user: 'ann' };
    const member = await ask(accessToken({ 'cognito:groups': ['staff'], sub: 'ann' }));
    expect(member.data).toEqual({ open: ann, me: ann, staff: ann, outsiders: null });
    expect(member.errors).toEqual([refused('outsiders')]);

    const outsider = await ask(accessToken({ sub: 'ann' }));
    expect(outsider.data).toEqual({ open: ann, me: ann, staff: null, outsiders: ann });
    expect(outsider.errors).toEqual([refused('staff')]);
  });

  it('are all refused with a bad token but those that are public', async () => {
    const { data, errors } = await ask(accessToken({ exp: 1 }));
    expect(data).toEqual({ open: { user: null }, me: null, staff: null, outsiders: null });
    expect(errors).toHaveLength(3);
  });
});
