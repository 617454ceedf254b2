import { Controller, Delete, Get, HttpCode, type INestApplication, Module, Post } from '@nestjs/common';
import { APP_GUARD, NestFactory } from '@nestjs/core';
import {
  ApiOkResponse,
  ApiUnauthorizedResponse,
  DocumentBuilder,
  type OpenAPIObject,
  SwaggerModule,
} from '@nestjs/swagger';
import { bearerToken, CognitoAuthGuard, Groups, MandateModule, Public } from 'mandate';
import { authSecuritySchemes, browserSession, MandateSessionModule } from 'mandate/http';
import { TestTokenIssuer } from 'mandate/testing';
import request from 'supertest';

import { signingKeysPem } from '../local/signing-keys.js';

// #region controller
@Controller('cats')
export class CatsController {
  @Public()
  @Get() // needs nothing
  list() {
    return ['Tom'];
  }

  @Post() // needs a token or a session, and answers 401 without one
  add() {
    return 'added';
  }

  @Groups('admins')
  @Delete() // 403 too
  @HttpCode(204)
  remove() {
    return undefined;
  }

  @Get('mine')
  @ApiOkResponse({ description: 'My cats.' })
  @ApiUnauthorizedResponse({ description: 'Sign in to see your cats.' }) // yours wins
  mine() {
    return [];
  }
}
// #endregion

interface Operation {
  readonly security?: readonly object[];
  readonly responses: Readonly<Record<string, { readonly description: string }>>;
}

describe('Swagger', () => {
  let app: INestApplication;
  let document: OpenAPIObject;

  beforeAll(async () => {
    const issuer = await TestTokenIssuer.create({ keys: signingKeysPem() });
    @Module({
      imports: [
        MandateModule.forRoot({ ...issuer.moduleOptions(), extractors: [bearerToken(), browserSession()] }),
        MandateSessionModule.forRoot({
          session: { secret: 'a secret of more than thirty-two characters', origin: 'https://app.example.com' },
        }),
      ],
      controllers: [CatsController],
      providers: [{ provide: APP_GUARD, useClass: CognitoAuthGuard }],
    })
    class AppModule {}
    // #region main
    app = await NestFactory.create(AppModule, { logger: ['error', 'warn'] });
    const description = {
      ...new DocumentBuilder().setTitle('Cats').build(),
      components: { securitySchemes: authSecuritySchemes(app) },
    };
    SwaggerModule.setup('docs', app, () => SwaggerModule.createDocument(app, description), {
      swaggerOptions: { requestInterceptor: addCsrfHeader },
    });

    /** Runs in the browser: unsafe requests with a session need this header. */
    function addCsrfHeader(request: { headers: Record<string, string> }): object {
      request.headers['x-mandate-csrf'] = '1';
      return request;
    }
    // #endregion
    await app.init();
    document = (await request(app.getHttpServer()).get('/docs-json').expect(200)).body;
  });

  afterAll(() => app.close());

  it('describes what the guard requires', () => {
    const cats = document.paths['/cats'] as Record<'get' | 'post' | 'delete', Operation>;
    expect(cats.get).toMatchObject({ security: [] });
    expect(Object.keys(cats.get.responses)).toEqual(['200']);
    expect(cats.post.security).toEqual([{ bearer: [] }, { session: [], csrf: [] }]);
    expect(Object.keys(cats.post.responses)).toEqual(['201', '401', '403']);
    expect(cats.delete.responses['403']?.description).toContain('GROUPS_INSUFFICIENT');
    const mine = (document.paths['/cats/mine'] as { get: Operation }).get;
    expect(mine.responses['401']).toEqual({ description: 'Sign in to see your cats.' });
    expect(Object.keys(document.components?.securitySchemes ?? {}).sort()).toEqual(['bearer', 'csrf', 'session']);
  });

  it('sends the header', async () => {
    const { text } = await request(app.getHttpServer()).get('/docs/swagger-ui-init.js').expect(200);
    expect(text).toContain("request.headers['x-mandate-csrf'] = '1'");
  });
});
