import {
  Body,
  type CanActivate,
  Controller,
  Delete,
  Get,
  HttpCode,
  Module,
  type INestApplication,
  type ModuleMetadata,
  Post,
  type Type,
  UseFilters,
  UseGuards,
} from '@nestjs/common';
import { APP_FILTER, APP_GUARD, NestFactory } from '@nestjs/core';
import { ExpressAdapter } from '@nestjs/platform-express';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import {
  ApiBearerAuth,
  ApiCookieAuth,
  ApiOkResponse,
  ApiOperation,
  ApiUnauthorizedResponse,
  DocumentBuilder,
  type OpenAPIObject,
  SwaggerModule,
} from '@nestjs/swagger';
import {
  Auth,
  bearerToken,
  CognitoAuthGuard,
  Groups,
  MandateModule,
  Pool,
  ProblemDetailsFilter,
  Public,
  RequireAcr,
  Scopes,
  UserPools,
} from 'mandate';
import { authSecuritySchemes, browserSession, MandateSessionModule } from 'mandate/http';

import { poolOptions } from './support/door.js';
import { PLATFORMS, type Platform } from './support/http-apps.js';

interface Operation {
  readonly summary?: string;
  readonly security?: readonly Readonly<Record<string, readonly string[]>>[];
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content?: unknown }>>;
}

@Controller('cats')
@Auth()
class GuardedController {
  @Get()
  list(): string {
    return 'cats';
  }

  @Post()
  add(): string {
    return 'added';
  }

  @Delete()
  @HttpCode(204)
  @Groups('admins')
  remove(): void {
    return undefined;
  }

  @Get('write')
  @Scopes('cats/write')
  write(): string {
    return 'written';
  }

  @Get('strong')
  @RequireAcr('mfa')
  strong(): string {
    return 'strong';
  }

  @Get('open')
  @Public()
  open(): string {
    return 'open';
  }

  @Get('optional')
  @Public({ onInvalidToken: 'reject' })
  optional(): string {
    return 'optional';
  }
}

@Controller('plain')
class PlainController {
  @Get()
  get(): string {
    return 'plain';
  }

  @Get('guarded')
  @UseGuards(CognitoAuthGuard)
  guarded(): string {
    return 'guarded';
  }
}

const pool = MandateModule.forRoot({ ...poolOptions, guardCoverage: 'unchecked' });
const globalGuard = { provide: APP_GUARD, useClass: CognitoAuthGuard };
const UNAUTHORIZED = { description: expect.any(String), content: { 'application/json': expect.anything() } };
const FORBIDDEN = UNAUTHORIZED;

const open: INestApplication[] = [];
afterEach(async () => {
  await Promise.all(open.splice(0).map((app) => app.close()));
});

@Module({})
class AppModule {}

/** An application as `NestFactory.create()` hands it over: neither initialized nor listening. */
async function create(metadata: ModuleMetadata, platform: Platform = 'express'): Promise<INestApplication> {
  const adapter = platform === 'express' ? new ExpressAdapter() : new FastifyAdapter();
  const imports = metadata.imports ?? [pool];
  const app = await NestFactory.create({ module: AppModule, ...metadata, imports }, adapter, {
    logger: false,
    abortOnError: false,
  });
  open.push(app);
  return app;
}

function documentOf(app: INestApplication, builder = new DocumentBuilder()): OpenAPIObject {
  const components = { securitySchemes: authSecuritySchemes(app) };
  return SwaggerModule.createDocument(app, { ...builder.build(), components });
}

function operationsOf(document: OpenAPIObject): Readonly<Record<string, Operation>> {
  return Object.fromEntries(
    Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, Operation>).map(([method, operation]) => [
        `${method} ${path}`,
        operation,
      ]),
    ),
  );
}

async function operations(metadata: ModuleMetadata): Promise<Readonly<Record<string, Operation>>> {
  return operationsOf(documentOf(await create(metadata)));
}

/** The document of one handler, `GET /`. */
async function operationOf(controller: Type<object>): Promise<Operation | undefined> {
  return (await operations({ controllers: [controller] }))['get /'];
}

describe.each(PLATFORMS)('a document on %s, before the application is initialized', (platform) => {
  let document: OpenAPIObject;
  let found: Readonly<Record<string, Operation>>;
  beforeEach(async () => {
    document = documentOf(await create({ controllers: [GuardedController, PlainController] }, platform));
    found = operationsOf(document);
  });

  it('says that a guarded operation needs a token, and how it refuses', () => {
    expect(found['get /cats']).toMatchObject({ security: [{ bearer: [] }] });
    expect(found['get /cats']?.responses).toEqual({ 200: { description: '' }, 401: UNAUTHORIZED });
    expect(found['post /cats']?.responses).toEqual({ 201: { description: '' }, 401: UNAUTHORIZED });
  });

  it.each([
    ['delete /cats', '204', 'GROUPS_INSUFFICIENT'],
    ['get /cats/write', '200', 'SCOPE_INSUFFICIENT'],
  ])('has 403 where a group or scope is required: %s', (operation, status, code) => {
    expect(found[operation]?.responses).toEqual({
      [status]: { description: '' },
      401: UNAUTHORIZED,
      403: { ...FORBIDDEN, description: expect.stringContaining(code) },
    });
  });

  it('has no 403 where a stronger sign-in is required, which is 401', () => {
    expect(Object.keys(found['get /cats/strong']?.responses ?? {})).toEqual(['200', '401']);
  });

  it('says that a public operation needs nothing', () => {
    expect(found['get /cats/open']).toMatchObject({ security: [], responses: { 200: { description: '' } } });
    expect(Object.keys(found['get /cats/open']?.responses ?? {})).toEqual(['200']);
    expect(found['get /cats/optional']).toMatchObject({ security: [], responses: { 401: UNAUTHORIZED } });
  });

  it('says nothing about operations without the guard', () => {
    expect(found['get /plain']).not.toHaveProperty('security');
    expect(found['get /plain']?.responses).toEqual({ 200: { description: '' } });
    expect(found['get /plain/guarded']).toMatchObject({ security: [{ bearer: [] }] });
  });

  it('has the scheme', () => {
    expect(document.components?.securitySchemes).toEqual({
      bearer: expect.objectContaining({ type: 'http', scheme: 'bearer', bearerFormat: 'JWT' }),
    });
  });
});

describe('the guard of a whole application', () => {
  it('describes handlers that mention it nowhere', async () => {
    const found = await operations({ controllers: [PlainController], providers: [globalGuard] });
    expect(found['get /plain']).toMatchObject({ security: [{ bearer: [] }], responses: { 401: UNAUTHORIZED } });
  });

  it('does so if it is added after the application was created', async () => {
    const app = await create({ controllers: [PlainController] });
    app.useGlobalGuards(new CognitoAuthGuard(app.get(UserPools)));
    expect(operationsOf(documentOf(app))['get /plain']).toMatchObject({ security: [{ bearer: [] }] });
  });

  it('leaves a public operation without a padlock where the document requires a token', async () => {
    const app = await create({ controllers: [GuardedController], providers: [globalGuard] });
    const document = documentOf(app, new DocumentBuilder().addSecurityRequirements('bearer'));
    expect(document.security).toEqual([{ bearer: [] }]);
    expect(operationsOf(document)['get /cats/open']?.security).toEqual([]);
  });

  it('says nothing of guards of the application', async () => {
    class OwnGuard implements CanActivate {
      canActivate = () => true;
    }
    const found = await operations({
      controllers: [PlainController],
      providers: [{ provide: APP_GUARD, useClass: OwnGuard }],
    });
    expect(found['get /plain']).not.toHaveProperty('security');
  });

  it('describes what is true for each application that has the same controller', async () => {
    const guarded = await operations({ controllers: [PlainController], providers: [globalGuard] });
    const bare = await operations({ controllers: [PlainController] });
    expect(guarded['get /plain']).toHaveProperty('security');
    expect(bare['get /plain']).not.toHaveProperty('security');
    expect(bare['get /plain']?.responses).toEqual({ 200: { description: '' } });
  });
});

describe('what the application says itself', () => {
  it('wins on a handler: security', async () => {
    @Controller()
    class OwnController {
      @Get()
      @Auth()
      @ApiCookieAuth()
      get(): string {
        return '';
      }
    }
    expect((await operationOf(OwnController))?.security).toEqual([{ cookie: [] }]);
  });

  it('wins on a class: security of guarded operations', async () => {
    @Controller()
    @ApiBearerAuth('staff')
    class OwnController {
      @Get()
      @Auth()
      get(): string {
        return '';
      }
    }
    expect((await operationOf(OwnController))?.security).toEqual([{ staff: [] }]);
  });

  it('wins in an operation, whose other members stay', async () => {
    @Controller()
    class OwnController {
      @Get()
      @Auth()
      @ApiOperation({ summary: 'Lists cats', security: [{ own: [] }] })
      get(): string {
        return '';
      }
    }
    expect(await operationOf(OwnController)).toMatchObject({ summary: 'Lists cats', security: [{ own: [] }] });
  });

  it('wins about a response, on a handler and on a class', async () => {
    @Controller()
    @ApiUnauthorizedResponse({ description: 'Sign in first.' })
    class OfClass {
      @Get()
      @Auth({ groups: ['admins'] })
      get(): string {
        return '';
      }
    }
    @Controller()
    class OfHandler {
      @Get()
      @Auth()
      @ApiOkResponse({ description: 'All cats.' })
      @ApiUnauthorizedResponse({ description: 'Sign in first.' })
      get(): string {
        return '';
      }
    }
    expect((await operationOf(OfClass))?.responses).toEqual({
      200: { description: '' },
      401: { description: 'Sign in first.' },
      403: FORBIDDEN,
    });
    expect((await operationOf(OfHandler))?.responses).toEqual({
      200: { description: 'All cats.' },
      401: { description: 'Sign in first.' },
    });
  });
});

describe('the compiler plugin of @nestjs/swagger', () => {
  class Cat {
    static _OPENAPI_METADATA_FACTORY(): object {
      return { name: { required: true, type: () => String } };
    }
  }

  it('still has its say, though its metadata is loaded after the application was created', async () => {
    @Controller()
    class PluginController {
      @Get()
      @Auth()
      get(): Cat[] {
        return [];
      }

      @Post()
      @Public()
      add(@Body() cat: Cat): Cat {
        return cat;
      }
    }
    const app = await create({ controllers: [PluginController] });
    Object.assign(PluginController, {
      _OPENAPI_METADATA_FACTORY: () => ({ get: { summary: 'Lists cats', type: [Cat] }, add: { type: Cat } }),
    });
    const found = operationsOf(documentOf(app));
    expect(found['get /']).toMatchObject({
      summary: 'Lists cats',
      security: [{ bearer: [] }],
      responses: {
        200: {
          content: { 'application/json': { schema: { type: 'array', items: { $ref: '#/components/schemas/Cat' } } } },
        },
        401: UNAUTHORIZED,
      },
    });
    expect(found['post /']).toMatchObject({
      security: [],
      responses: { 201: { content: { 'application/json': { schema: { $ref: '#/components/schemas/Cat' } } } } },
    });
  });
});

describe('a handler that several controllers inherit', () => {
  abstract class Base {
    @Get()
    get(): string {
      return '';
    }
  }

  it('says what holds for all of them', async () => {
    @Controller('one')
    @Auth()
    class One extends Base {}
    @Controller('two')
    @Auth()
    class Two extends Base {}
    const found = await operations({ controllers: [One, Two] });
    expect([found['get /one']?.security, found['get /two']?.security]).toEqual([[{ bearer: [] }], [{ bearer: [] }]]);
  });

  it('says nothing where they differ', async () => {
    @Controller('one')
    @Auth()
    class One extends Base {}
    @Controller('two')
    class Two extends Base {}
    const found = await operations({ controllers: [One, Two] });
    expect([found['get /one'], found['get /two']].map((operation) => operation?.security)).toEqual([
      undefined,
      undefined,
    ]);
  });
});

describe('browser sessions', () => {
  const session = { secret: 'a secret of more than thirty-two characters', origin: 'https://app.example.com' };
  const extractors = [bearerToken(), browserSession()];

  it('are alternatives to a bearer token, with the header that unsafe requests need', async () => {
    const imports = [MandateModule.forRoot({ ...poolOptions, extractors }), MandateSessionModule.forRoot({ session })];
    const document = documentOf(await create({ imports, controllers: [GuardedController] }));
    const found = operationsOf(document);
    expect(found['get /cats']?.security).toEqual([{ bearer: [] }, { session: [] }]);
    expect(found['post /cats']?.security).toEqual([{ bearer: [] }, { session: [], csrf: [] }]);
    expect(Object.keys(found['get /cats']?.responses ?? {})).toEqual(['200', '401']);
    expect(found['post /cats']?.responses['403']?.description).toContain('CSRF_CHECK_FAILED');
    expect(document.components?.securitySchemes).toMatchObject({
      bearer: { type: 'http' },
      session: { type: 'apiKey', in: 'cookie', name: '__Host-Http-mandate' },
      csrf: { type: 'apiKey', in: 'header', name: 'x-mandate-csrf' },
    });
  });

  it('need no header without the defence, and no bearer token where none is read', async () => {
    const imports = [
      MandateModule.forRoot({ ...poolOptions, extractors: [browserSession()] }),
      MandateSessionModule.forRoot({ session: { ...session, csrf: null } }),
    ];
    const document = documentOf(await create({ imports, controllers: [GuardedController] }));
    expect(operationsOf(document)['post /cats']?.security).toEqual([{ session: [] }]);
    expect(Object.keys(document.components?.securitySchemes ?? {})).toEqual(['session']);
  });

  it('of a named pool have schemes of their own', async () => {
    @Controller()
    class StaffController {
      @Post()
      @Auth({ pool: 'staff' })
      post(): string {
        return '';
      }

      @Get('both')
      @Auth()
      @Pool('staff', 'default')
      both(): string {
        return '';
      }
    }
    const staff = { ...poolOptions, userPoolId: 'eu-west-1_Staff0001', clientId: '7staffclientid0123456789' };
    const imports = [
      MandateModule.forRoot({ ...poolOptions, extractors }),
      MandateModule.forRoot({ ...staff, name: 'staff', extractors }),
      MandateSessionModule.forRoot({ session }),
      MandateSessionModule.forRoot({ name: 'staff', session }),
    ];
    const document = documentOf(await create({ imports, controllers: [StaffController] }));
    const found = operationsOf(document);
    expect(found['post /']?.security).toEqual([{ bearer: [] }, { 'session-staff': [], 'csrf-staff': [] }]);
    expect(found['get /both']?.security).toEqual([{ bearer: [] }, { 'session-staff': [] }, { session: [] }]);
    expect(Object.keys(document.components?.securitySchemes ?? {}).sort()).toEqual([
      'bearer',
      'csrf',
      'csrf-staff',
      'session',
      'session-staff',
    ]);
  });
});

describe('refusals as problem details', () => {
  const PROBLEM = { content: { 'application/problem+json': expect.anything() } };

  it.each([
    ['for the application', { providers: [{ provide: APP_FILTER, useClass: ProblemDetailsFilter }] }],
    [
      'for the application, as a class of its own',
      { providers: [{ provide: APP_FILTER, useClass: class extends ProblemDetailsFilter {} }] },
    ],
  ])('are described where the filter is used: %s', async (_, metadata) => {
    const found = await operations({ ...metadata, controllers: [GuardedController] });
    expect(found['get /cats']?.responses['401']).toMatchObject(PROBLEM);
    expect(found['delete /cats']?.responses['403']).toMatchObject(PROBLEM);
  });

  it('are described if the filter is added after the application was created, or to a handler', async () => {
    @Controller()
    class FilteredController {
      @Get()
      @Auth()
      @UseFilters(ProblemDetailsFilter)
      get(): string {
        return '';
      }
    }
    expect((await operationOf(FilteredController))?.responses['401']).toMatchObject(PROBLEM);
    const app = await create({ controllers: [GuardedController] });
    app.useGlobalFilters(new ProblemDetailsFilter());
    expect(operationsOf(documentOf(app))['get /cats']?.responses['401']).toMatchObject(PROBLEM);
  });
});
