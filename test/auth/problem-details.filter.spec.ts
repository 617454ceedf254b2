import {
  BadRequestException,
  Body,
  Controller,
  ForbiddenException,
  Get,
  HttpException,
  type INestApplication,
  Logger,
  Post,
} from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { ProblemDetailsFilter } from 'mandate';
import { lastValueFrom, type Observable } from 'rxjs';
import request from 'supertest';

import { CognitoServiceError } from '../../lib/errors/cognito-service-error.js';
import { MandateConfigurationError } from '../../lib/errors/configuration-error.js';
import { RequestInvalidError } from '../../lib/errors/request-invalid-error.js';
import { TokenRejectedError } from '../../lib/tokens/token-errors.js';
import { PLATFORMS, startApp } from '../e2e/support/http-apps.js';
import { hostOf } from './support.js';

let thrown: Error = new Error('nothing');

@Controller()
class ThrowingController {
  @Get()
  get(): never {
    throw thrown;
  }

  @Post()
  post(@Body() body: object): object {
    return body;
  }
}

beforeEach(() => {
  jest.spyOn(Logger.prototype, 'error').mockImplementation();
});

describe.each(PLATFORMS)('ProblemDetailsFilter on %s', (platform) => {
  let app: INestApplication;
  beforeAll(async () => {
    app = await startApp(platform, {
      controllers: [ThrowingController],
      providers: [{ provide: APP_FILTER, useClass: ProblemDetailsFilter }],
    });
  });
  afterAll(() => app.close());

  const answerTo = (error: Error) => {
    thrown = error;
    return request(app.getHttpServer()).get('/');
  };

  it('answers a MandateError with its code, as application/problem+json', async () => {
    const text = 'Incorrect username or password.';
    const error = new CognitoServiceError({ operation: 'InitiateAuth', exception: 'NotAuthorizedException', text });
    const { status, type, body } = await answerTo(error);
    expect([status, type]).toEqual([401, 'application/problem+json']);
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Unauthorized',
      status: 401,
      detail: error.message,
      code: 'CREDENTIALS_INVALID',
    });
  });

  it('keeps the headers of a rejected token', async () => {
    const { headers, body } = await answerTo(new TokenRejectedError('TOKEN_EXPIRED'));
    expect(headers['www-authenticate']).toMatch(/^Bearer realm="default", error="invalid_token"/);
    expect(body).toMatchObject({ status: 401, code: 'TOKEN_EXPIRED' });
  });

  it('lists invalid fields', async () => {
    const errors = [{ field: 'attributes.email', message: 'must be a string' }];
    const { body } = await answerTo(new RequestInvalidError(errors));
    expect(body).toEqual({
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      detail: 'The request is not valid: attributes.email must be a string.',
      code: 'REQUEST_INVALID',
      errors,
    });
  });

  it('does not explain a faulty configuration to callers', async () => {
    const { body } = await answerTo(new MandateConfigurationError('clientSecret', 'is required'));
    expect(body).toMatchObject({ status: 500, code: 'CONFIGURATION_INVALID' });
    expect(body.detail).not.toContain('clientSecret');
  });

  it.each([
    [new ForbiddenException('Cats only.'), 403, 'Forbidden', 'Cats only.'],
    [new ForbiddenException(), 403, 'Forbidden', 'Forbidden'],
    [
      new BadRequestException(['name must be a string', 'age must be a number']),
      400,
      'Bad Request',
      'name must be a string; age must be a number',
    ],
    [new HttpException({ reason: 'own' }, 418), 418, "I'm a Teapot", 'Http Exception'],
    [new HttpException('gone', 599), 599, 'Error', 'gone'],
  ])('answers %p of Nest, without a code', async (error, status, title, detail) => {
    const response = await answerTo(error);
    expect([response.status, response.type]).toEqual([status, 'application/problem+json']);
    expect(response.body).toEqual({ type: 'about:blank', title, status, detail });
  });

  it('answers an unknown path, and a body that is no JSON', async () => {
    const unknown = await request(app.getHttpServer()).get('/nowhere');
    expect([unknown.type, unknown.body]).toEqual([
      'application/problem+json',
      { type: 'about:blank', title: 'Not Found', status: 404, detail: 'Cannot GET /nowhere' },
    ]);
    const broken = await request(app.getHttpServer()).post('/').set('Content-Type', 'application/json').send('{');
    expect([broken.status, broken.type]).toEqual([400, 'application/problem+json']);
    expect(broken.body).toMatchObject({ title: 'Bad Request', status: 400 });
  });

  it('leaves other errors to Nest', async () => {
    const { status, type } = await answerTo(new Error('secret'));
    expect([status, type]).toEqual([500, 'application/json']);
  });
});

describe('ProblemDetailsFilter over other transports', () => {
  const filter = new ProblemDetailsFilter();

  it('answers a MandateError as CognitoExceptionFilter does', async () => {
    const result = filter.catch(new TokenRejectedError('TOKEN_EXPIRED'), hostOf('rpc')) as Observable<never>;
    await expect(lastValueFrom(result)).rejects.toMatchObject({ status: 'error', code: 'TOKEN_EXPIRED' });
  });

  it('answers an exception of Nest: microservices', async () => {
    const result = filter.catch(new ForbiddenException('Cats only.'), hostOf('rpc')) as Observable<never>;
    await expect(lastValueFrom(result)).rejects.toEqual({
      status: 'error',
      statusCode: 403,
      error: 'Forbidden',
      message: 'Cats only.',
    });
  });

  it('answers an exception of Nest: GraphQL', () => {
    const exception = new ForbiddenException('Cats only.');
    expect(filter.catch(exception, hostOf('graphql'))).toBe(exception);
  });

  it('answers an exception of Nest: WebSockets', () => {
    const emit = jest.fn();
    filter.catch(new ForbiddenException('Cats only.'), hostOf('ws', { emit }, 'data', undefined, 'cats'));
    expect(emit).toHaveBeenCalledWith('exception', {
      status: 'error',
      statusCode: 403,
      error: 'Forbidden',
      message: 'Cats only.',
      cause: { pattern: 'cats', data: 'data' },
    });
  });
});
