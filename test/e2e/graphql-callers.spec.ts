import type { AddressInfo } from 'node:net';

import { ApolloDriver, type ApolloDriverConfig } from '@nestjs/apollo';
import { type ExecutionContext, type INestApplication, Injectable, UseGuards } from '@nestjs/common';
import {
  Context,
  Field,
  GqlExecutionContext,
  GraphQLModule,
  ObjectType,
  Query,
  ResolveField,
  Resolver,
  Subscription,
} from '@nestjs/graphql';
import { AuthGuard } from '@nestjs/passport';
import { type Client, createClient } from 'graphql-ws';
import request from 'supertest';
import { WebSocket } from 'ws';

import { CognitoAuthGuard } from '../../lib/auth/cognito-auth.guard.js';
import { CurrentUser } from '../../lib/auth/decorators/current-user.decorator.js';
import { Pool } from '../../lib/auth/decorators/pool.decorator.js';
import { Public } from '../../lib/auth/decorators/public.decorator.js';
import { MandateModule } from '../../lib/module/mandate.module.js';
import type { MandateModuleOptions } from '../../lib/module/options.js';
import type { VerifiedClaims } from '../../lib/tokens/claims/token-claims.js';
import { accessToken, POOL_ID, TestClock } from '../tokens/support/test-issuer.js';
import { poolOptions } from './support/door.js';
import { startApp } from './support/http-apps.js';

const STAFF_ISSUER = 'https://staff.example';
const ann = accessToken({ sub: 'ann' });
const bob = accessToken({ sub: 'bob', iss: STAFF_ISSUER });

@ObjectType()
class Profile {
  @Field(() => String, { nullable: true })
  name?: string | null;

  @Field(() => [Profile], { nullable: true })
  friends?: Profile[];

  @Field(() => Profile, { nullable: true })
  boss?: Profile;
}

interface GraphqlContext {
  readonly req: { readonly user?: { readonly sub: string } };
}

/** Passport over GraphQL, as Nest's documentation shows it. */
@Injectable()
class PassportGuard extends AuthGuard('cognito') {
  override getRequest(context: ExecutionContext): unknown {
    return GqlExecutionContext.create(context).getContext<GraphqlContext>().req;
  }
}

@Resolver(() => Profile)
class ProfileResolver {
  @UseGuards(CognitoAuthGuard)
  @Query(() => Profile, { nullable: true })
  me(): Profile {
    return {};
  }

  @UseGuards(CognitoAuthGuard)
  @Pool('staff')
  @Query(() => Profile, { nullable: true })
  staff(): Profile {
    return {};
  }

  @UseGuards(CognitoAuthGuard)
  @Public()
  @Query(() => Profile)
  open(): Profile {
    return {};
  }

  @UseGuards(PassportGuard)
  @Query(() => String, { nullable: true })
  passport(@CurrentUser('sub') sub?: string): string {
    return sub ?? 'nobody';
  }

  @Query(() => Profile)
  unguarded(): Profile {
    return {};
  }

  @Query(() => String)
  async requestUser(@Context() { req }: GraphqlContext): Promise<string> {
    // The guards of the other fields have decided by then.
    await new Promise(setImmediate);
    return req.user?.sub ?? 'nobody';
  }

  @UseGuards(CognitoAuthGuard)
  @Subscription(() => Profile)
  async *changes() {
    await Promise.resolve();
    yield { changes: {} };
    yield { changes: {} };
  }

  @ResolveField(() => String)
  name(@CurrentUser('sub') sub?: string): string {
    return sub ?? 'nobody';
  }

  @ResolveField(() => [Profile])
  friends(): Profile[] {
    return [{}, {}];
  }

  /** Guarded only with `fieldResolverEnhancers: ['guards']`. */
  @UseGuards(CognitoAuthGuard)
  @Pool('staff')
  @ResolveField(() => Profile)
  boss(): Profile {
    return {};
  }
}

let app: INestApplication;
afterEach(() => app.close());

async function start(options: Partial<MandateModuleOptions> = {}, graphql: Partial<ApolloDriverConfig> = {}) {
  app = await startApp('express', {
    imports: [
      // `boss` is guarded in one test only.
      MandateModule.forRoot({ ...poolOptions, guardCoverage: 'unchecked', ...options }),
      MandateModule.forRoot({
        ...poolOptions,
        revocation: options.revocation,
        name: 'staff',
        issuer: STAFF_ISSUER,
        userPoolId: `${POOL_ID}9`,
        extractors: [({ headers }) => headers['x-staff'] as string | undefined],
      }),
      GraphQLModule.forRoot<ApolloDriverConfig>({
        driver: ApolloDriver,
        autoSchemaFile: true,
        graphiql: false,
        subscriptions: { 'graphql-ws': true },
        ...graphql,
      }),
    ],
    providers: [ProfileResolver],
  });
}

async function ask(query: string, token = ann): Promise<{ data: unknown; errors?: unknown[] }> {
  const { body } = await request(app.getHttpServer())
    .post('/graphql')
    .set({ authorization: `Bearer ${token}`, 'x-staff': bob })
    .send({ query });
  return body as { data: unknown };
}

function connect(token: string): Client {
  const { port } = (app.getHttpServer() as { address(): AddressInfo }).address();
  return createClient({
    url: `ws://127.0.0.1:${port}/graphql`,
    webSocketImpl: WebSocket,
    retryAttempts: 0,
    connectionParams: { authorization: `Bearer ${token}` },
  });
}

async function answersOf(client: Client, query: string): Promise<unknown[]> {
  const answers: unknown[] = [];
  for await (const { data, errors } of client.iterate({ query })) {
    answers.push(errors === undefined ? data : errors.map(({ extensions }) => extensions?.['originalError']));
  }
  return answers;
}

describe('a GraphQL field without a guard', () => {
  it.each(['{ me { name } staff { name } }', '{ staff { name } me { name } }'])(
    'has the caller of the guarded field above it: %s',
    async (query) => {
      await start();
      expect((await ask(query)).data).toEqual({ me: { name: 'ann' }, staff: { name: 'bob' } });
    },
  );

  it('has that caller at any depth, under each alias and in each item of a list', async () => {
    await start();
    const friends = [{ name: 'ann', friends: [{ name: 'ann' }, { name: 'ann' }] }];
    const { data } = await ask('{ staff { name } a: me { friends { name friends { name } } } b: me { name } }');
    expect(data).toEqual({ staff: { name: 'bob' }, a: { friends: [...friends, ...friends] }, b: { name: 'ann' } });
  });

  it('has no caller if no field above it has a guard', async () => {
    await start();
    const { data } = await ask('{ me { name } unguarded { name friends { name } } staff { name } }');
    expect(data).toEqual({
      me: { name: 'ann' },
      unguarded: { name: 'nobody', friends: [{ name: 'nobody' }, { name: 'nobody' }] },
      staff: { name: 'bob' },
    });
  });

  it('has no caller under a public field without a valid token', async () => {
    await start();
    const { data } = await ask('{ staff { name } open { name } me { name } }', accessToken({ exp: 1 }));
    expect(data).toEqual({ staff: { name: 'bob' }, open: { name: 'nobody' }, me: null });
  });

  it('has the caller of the nearest one of several guarded fields', async () => {
    await start({}, { fieldResolverEnhancers: ['guards'] });
    const { data } = await ask('{ me { name boss { name friends { name } } friends { boss { name } name } } }');
    const boss = { name: 'bob' };
    expect(data).toEqual({
      me: {
        name: 'ann',
        boss: { name: 'bob', friends: [boss, boss] },
        friends: [
          { boss, name: 'ann' },
          { boss, name: 'ann' },
        ],
      },
    });
  });

  it('has the subscriber as its caller, for each event', async () => {
    await start();
    const client = connect(ann);
    const event = { changes: { name: 'ann', friends: [{ name: 'ann' }, { name: 'ann' }] } };
    expect(await answersOf(client, 'subscription { changes { name friends { name } } }')).toEqual([event, event]);
    await client.dispose();
  });
});

it('AuthGuard tells a GraphQL field who the caller is', async () => {
  await start();
  expect((await ask('{ passport }')).data).toEqual({ passport: 'ann' });
  expect((await ask('{ passport }', accessToken({ exp: 1 }))).data).toEqual({ passport: null });
});

describe('the user of the application', () => {
  it('is loaded once an operation, over graphql-ws too', async () => {
    const loadUser = jest.fn(({ sub }: VerifiedClaims) => ({ name: sub }));
    await start({ loadUser });
    const query = '{ a: me { name } b: me { name } c: me { name } }';
    expect((await ask(query)).data).toMatchObject({ c: { name: 'ann' } });
    expect(loadUser).toHaveBeenCalledTimes(1);
    const client = connect(ann);
    expect(await answersOf(client, query)).toMatchObject([{ c: { name: 'ann' } }]);
    expect(loadUser).toHaveBeenCalledTimes(2);
    await answersOf(client, query);
    expect(loadUser).toHaveBeenCalledTimes(3);
    await client.dispose();
  });
});

describe('request.user', () => {
  it('is the caller of the operation, unless its fields have different callers', async () => {
    await start();
    expect((await ask('{ me { name } requestUser }')).data).toMatchObject({ requestUser: 'ann' });
    expect((await ask('{ staff { name } requestUser }')).data).toMatchObject({ requestUser: 'bob' });
    expect((await ask('{ me { name } staff { name } requestUser }')).data).toMatchObject({ requestUser: 'nobody' });
  });

  it('is not left behind for the next operation of a connection', async () => {
    const clock = new TestClock();
    await start({ clock: clock.read });
    const client = connect(ann);
    expect(await answersOf(client, '{ me { name } }')).toEqual([{ me: { name: 'ann' } }]);
    clock.advance(3_600_000);
    expect(await answersOf(client, '{ requestUser open { name } }')).toEqual([
      { requestUser: 'nobody', open: { name: 'nobody' } },
    ]);
    await client.dispose();
  });
});

describe('a token of a GraphQL operation', () => {
  const aliases = (count: number) =>
    `{ ${Array.from({ length: count }, (_, i) => `a${String(i)}: me { name }`).join(' ')} }`;
  let questions: number;
  let isRevoked: boolean;
  const revocation: MandateModuleOptions['revocation'] = {
    check: {
      isRevoked: async () => {
        questions += 1;
        await new Promise(setImmediate);
        return isRevoked;
      },
    },
  };
  beforeEach(() => {
    questions = 0;
    isRevoked = false;
  });

  it('is checked once for two thousand aliases, and again for the next operation', async () => {
    await start({ revocation });
    expect((await ask(aliases(2_000))).data).toMatchObject({ a0: { name: 'ann' }, a1999: { name: 'ann' } });
    expect(questions).toBe(1);
    isRevoked = true;
    const refused = await ask(aliases(2_000));
    expect(refused.data).toMatchObject({ a0: null, a1999: null });
    expect(refused.errors).toHaveLength(2_000);
    expect(questions).toBe(2);
  });

  it('is checked once by each pool for the guarded fields of a list', async () => {
    await start({ revocation }, { fieldResolverEnhancers: ['guards'] });
    const { data } = await ask('{ me { friends { name boss { name } friends { boss { name } } } } }');
    expect(data).toMatchObject({ me: { friends: [{ name: 'ann', boss: { name: 'bob' } }, {}] } });
    expect(questions).toBe(2);
  });

  it.each([
    ['the default context', {}],
    ['a context of the connection', { context: ({ extra }: { extra?: object }) => extra ?? {} }],
  ])('is checked for each operation of a connection, with %s', async (_, graphql: Partial<ApolloDriverConfig>) => {
    await start({ revocation, extractors: [({ headers }) => (headers['sec-websocket-key'] ? ann : null)] }, graphql);
    const client = connect(ann);
    const query = '{ a: me { name } b: me { name } }';
    expect(await answersOf(client, query)).toEqual([{ a: { name: 'ann' }, b: { name: 'ann' } }]);
    expect(await answersOf(client, 'subscription { changes { name } }')).toHaveLength(2);
    expect(questions).toBe(2);
    isRevoked = true;
    expect(await answersOf(client, query)).toEqual([
      [expect.objectContaining({ code: 'TOKEN_REVOKED' }), expect.objectContaining({ code: 'TOKEN_REVOKED' })],
    ]);
    await client.dispose();
  });
});
