import { Controller, Get, type INestApplication, Injectable, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { Test } from '@nestjs/testing';
import { IsIn } from 'class-validator';

import { RegisterDto } from '../../../lib/dto/index.js';
import {
  type AuthApiCall,
  type AuthApiInputs,
  AuthApiResponses,
  authSecuritySchemes,
  MandateAuthApiModule,
  RegisterHandler,
} from '../../../lib/http/index.js';
import {
  CognitoAuthGuard,
  CurrentUser,
  MandateError,
  MandateModule,
  type UserAccount,
  type UserAttributes,
} from '../../../lib/index.js';
import { LocalCognito } from '../../../lib/local/local-cognito.js';
import { signingKeysPem } from '../../local/signing-keys.js';
import { ApiClient } from './support/api-client.js';

/** Code of the pages about the auth API, compiled and run. */
const origin = 'https://app.example.com';
const sessionSecret = 'a secret of more than 32 characters, for tests';
const ANN = { username: 'ann', password: 'Correct-Horse-9', attributes: { email: 'ann@example.com' } };

// #region audit
@Injectable()
export class Accounts {
  readonly #plans = new Map<string, string>();

  choose(username: string, plan: string): void {
    this.#plans.set(username, plan);
  }

  planOf(username: string): string {
    return this.#plans.get(username) ?? 'free';
  }
}

@Module({ providers: [Accounts], exports: [Accounts] })
export class AccountsModule {}
// #endregion

// #region dto
export class RegisterWithPlanDto extends RegisterDto {
  @IsIn(['free', 'team'])
  declare plan: 'free' | 'team';
}
// #endregion

// #region handler
@Injectable()
export class RegisterWithPlan extends RegisterHandler {
  constructor(private readonly accounts: Accounts) {
    super();
  }

  override async handle(input: AuthApiInputs['register'] & RegisterWithPlanDto, call: AuthApiCall) {
    const answer = await super.handle(input, call);
    this.accounts.choose(input.username, input.plan);
    return answer;
  }
}
// #endregion

// #region responses
@Injectable()
export class ResponsesWithPlan extends AuthApiResponses {
  constructor(private readonly accounts: Accounts) {
    super();
  }

  override user(account: UserAccount<UserAttributes>) {
    return { ...super.user(account), plan: this.accounts.planOf(account.username) };
  }
}
// #endregion

@Controller('me')
class MeController {
  @Get()
  me(@CurrentUser('username') username: string) {
    return { username };
  }
}

describe('the pages about the auth API', () => {
  let cognito: LocalCognito;
  let app: INestApplication;
  let client: ApiClient;
  let paths: OpenAPIObject['paths'];
  const solved = (answer: unknown): boolean => answer === 'right';

  beforeAll(async () => {
    cognito = await LocalCognito.start({
      pools: [{ name: 'users', keys: signingKeysPem(), clients: [{ name: 'web' }] }],
    });
    const pool = cognito.pool('users').moduleOptions();
    // #region module
    @Module({
      imports: [
        MandateModule.forRoot(pool),
        MandateAuthApiModule.forRoot({
          delivery: 'cookie',
          session: { secret: sessionSecret, origin },
        }),
      ],
      controllers: [MeController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    // #endregion
    expect(AppModule).toBeDefined();
    const module = await Test.createTestingModule({
      imports: [
        MandateModule.forRoot(pool),
        // #region replaced
        MandateAuthApiModule.forRoot({
          delivery: 'cookie',
          session: { secret: sessionSecret, origin },
          features: ['register', 'signIn', 'recovery', 'profile'], // no MFA, devices, passkeys, sessions
          paths: { resendCode: 'confirm/again', deleteMe: null },
          imports: [AccountsModule],
          dto: { register: RegisterWithPlanDto },
          handlers: { register: RegisterWithPlan },
          responses: ResponsesWithPlan,
        }),
        // #endregion
      ],
      controllers: [MeController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    }).compile();
    app = module.createNestApplication();
    // #region openapi
    const config = new DocumentBuilder().setTitle('My application').build();
    const document = SwaggerModule.createDocument(app, {
      ...config,
      components: { securitySchemes: authSecuritySchemes(app) },
    });
    SwaggerModule.setup('docs', app, document, {
      swaggerOptions: {
        // Swagger UI sends the cookie by itself.
        requestInterceptor: (request: { headers: Record<string, string> }) => {
          request.headers['x-mandate-csrf'] = '1';
          return request;
        },
      },
    });
    // #endregion
    paths = document.paths;
    await app.init();
    client = new ApiClient(app, 'cookie');
  });

  afterAll(async () => {
    await app.close();
    await cognito.stop();
  });

  it('replaces a route, its body and its answer', async () => {
    expect((await client.call('post', 'register', ANN)).body).toMatchObject({ code: 'REQUEST_INVALID' });
    expect((await client.call('post', 'register', { ...ANN, plan: 'team' })).status).toBe(201);
    const code = cognito.outbox.latest({ to: ANN.attributes.email })?.code;
    expect((await client.call('post', 'confirm', { username: 'ann', code })).status).toBe(200);
    await client.signIn(ANN);
    expect((await client.call('get', 'me')).body).toMatchObject({ username: 'ann', plan: 'team' });
    expect((await client.send('get', '/me')).body).toEqual({ username: 'ann' });
  });

  it('leaves routes out and moves them', async () => {
    expect((await client.call('post', 'confirm/again', { username: 'ann' })).status).toBe(202);
    for (const [method, path] of [
      ['post', 'resend-code'],
      ['delete', 'me'],
      ['get', 'mfa'],
    ] as const) {
      expect((await client.call(method, path)).status).toBe(404);
    }
  });

  it('describes itself to Swagger', async () => {
    expect(Object.keys(paths)).toContain('/auth/authenticate');
    expect(paths['/auth/me']?.get?.security).not.toEqual([]);
    expect(paths['/auth/authenticate']?.post?.responses).toHaveProperty('401');
    expect((await client.send('get', '/docs')).status).toBe(200);
  });

  it('asks whether a person calls', async () => {
    const module = await Test.createTestingModule({
      imports: [
        MandateModule.forRoot(cognito.pool('users').moduleOptions()),
        // #region bots
        MandateAuthApiModule.forRoot({
          delivery: 'body',
          beforeAttempt: ({ call: { request } }) => {
            const { headers } = request as { headers: Record<string, string | undefined> };
            if (!solved(headers['x-captcha'])) {
              throw new MandateError('REQUEST_FORBIDDEN', 'Please show that you are a person.');
            }
          },
        }),
        // #endregion
      ],
    }).compile();
    const guarded = module.createNestApplication();
    await guarded.init();
    const person = new ApiClient(guarded, 'body');
    const { username, password } = ANN;
    expect((await person.call('post', 'authenticate', { username, password })).body).toMatchObject({
      code: 'REQUEST_FORBIDDEN',
    });
    const headers = { 'x-captcha': 'right' };
    expect((await person.call('post', 'authenticate', { username, password }, { headers })).status).toBe(200);
    await guarded.close();
  });
});
