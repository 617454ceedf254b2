import type { ServerResponse } from 'node:http';

import { Controller, Get, type INestApplication, Logger, Res } from '@nestjs/common';
import { APP_FILTER } from '@nestjs/core';
import { lastValueFrom, type Observable } from 'rxjs';
import request from 'supertest';

import { AccessDeniedException } from '../../lib/auth/responses/access-denied.exception.js';
import { CognitoExceptionFilter } from '../../lib/auth/cognito-exception.filter.js';
import { EXCEPTION_CODES } from '../../lib/errors/cognito-exceptions.js';
import { CognitoServiceError, CognitoUnavailableError } from '../../lib/errors/cognito-service-error.js';
import { ERROR_STATUS } from '../../lib/errors/error-codes.js';
import type { MandateError } from '../../lib/errors/mandate-error.js';
import { SigningKeysUnavailableError, TokenRejectedError } from '../../lib/tokens/token-errors.js';
import { MandateModule } from '../../lib/module/mandate.module.js';
import { poolOptions } from '../e2e/support/door.js';
import { PLATFORMS, startApp } from '../e2e/support/http-apps.js';
import { hostOf } from './support.js';

function refused(exception: string, text: string, operation = 'InitiateAuth'): CognitoServiceError {
  return new CognitoServiceError({ operation, exception, text });
}

let thrown: Error = new Error('nothing');

@Controller()
class ThrowingController {
  @Get()
  get(): never {
    throw thrown;
  }

  /** Fails when the half of its answer is on its way. */
  @Get('half')
  half(@Res() response: ServerResponse | { readonly raw: ServerResponse }): never {
    const node = 'raw' in response ? response.raw : response;
    node.writeHead(200, { 'content-type': 'text/plain' }).write('the first half');
    throw thrown;
  }
}

const ERRORS_PAGE = 'https://mandate-nestjs.github.io/mandate/reference/errors';

let logged: jest.SpyInstance;
let debugged: jest.SpyInstance;

beforeEach(() => {
  logged = jest.spyOn(Logger.prototype, 'error').mockImplementation();
  debugged = jest.spyOn(Logger.prototype, 'debug').mockImplementation();
});

describe.each(PLATFORMS)('CognitoExceptionFilter on %s', (platform) => {
  let app: INestApplication;
  beforeAll(async () => {
    app = await startApp(platform, {
      controllers: [ThrowingController],
      providers: [{ provide: APP_FILTER, useClass: CognitoExceptionFilter }],
    });
  });
  afterAll(() => app.close());

  const answerTo = (error: Error) => {
    thrown = error;
    return request(app.getHttpServer()).get('/');
  };

  it('refuses a token that a handler verified itself as the guard does', async () => {
    const { status, headers } = await answerTo(new TokenRejectedError('TOKEN_EXPIRED'));
    expect(status).toBe(401);
    expect(headers['www-authenticate']).toMatch(/^Bearer realm="default", error="invalid_token"/);
  });

  it('names the page about an error in the log, and not in the answer', async () => {
    const wrong = refused('NotAuthorizedException', 'Incorrect username or password.');
    const { text } = await answerTo(wrong);
    expect(debugged).toHaveBeenCalledWith(
      `CREDENTIALS_INVALID: ${wrong.message} See ${ERRORS_PAGE}#CREDENTIALS_INVALID`,
    );
    const misconfigured = refused('NotAuthorizedException', 'Unable to verify secret hash for client 3n4b');
    const { text: hidden } = await answerTo(misconfigured);
    expect(logged).toHaveBeenCalledWith(
      `SECRET_HASH_INVALID: ${misconfigured.message} See ${ERRORS_PAGE}#SECRET_HASH_INVALID`,
      misconfigured.stack,
    );
    expect(`${text} ${hidden}`).not.toContain('http');
  });

  it.each([
    ['of the option', [{ realm: 'shop' }], 'shop'],
    ['of the only registration', [{ name: 'staff' }], 'staff'],
    ['of the registration without a name', [{ name: 'staff' }, { realm: 'shop' }], 'shop'],
    ['default where there is no such one', [{ name: 'staff' }, { name: 'shop' }], 'default'],
  ])('names the realm %s', async (_, registrations, realm) => {
    const withPools = await startApp(platform, {
      imports: registrations.map((registration) => MandateModule.forRoot({ ...poolOptions, ...registration })),
      controllers: [ThrowingController],
      providers: [{ provide: APP_FILTER, useClass: CognitoExceptionFilter }],
    });
    thrown = new TokenRejectedError('TOKEN_EXPIRED');
    const { headers } = await request(withPools.getHttpServer()).get('/');
    await withPools.close();
    expect(headers['www-authenticate']).toContain(`realm="${realm}"`);
  });

  it('answers what Cognito refuses with its status, its code and its own text', async () => {
    const { status, body } = await answerTo(refused('NotAuthorizedException', 'Incorrect username or password.'));
    expect(status).toBe(401);
    expect(body).toEqual({
      statusCode: 401,
      error: 'Unauthorized',
      code: 'CREDENTIALS_INVALID',
      message: 'Incorrect username or password.',
    });
  });

  it.each(Object.entries(EXCEPTION_CODES))('knows %s', async (exception, code) => {
    const { status, body } = await answerTo(refused(exception, 'Text.', 'AdminGetUser'));
    expect([status, body.statusCode, body.code]).toEqual([ERROR_STATUS[code], ERROR_STATUS[code], code]);
  });

  it('does not tell callers about faults in the set-up, and tells the log', async () => {
    const { status, body } = await answerTo(
      refused('NotAuthorizedException', 'Unable to verify secret hash for client x'),
    );
    expect(status).toBe(500);
    expect(body).toEqual({
      statusCode: 500,
      error: 'Internal Server Error',
      code: 'SECRET_HASH_INVALID',
      message: 'The service is not configured correctly.',
    });
    expect(logged.mock.calls.flat().join()).toContain('secret hash');
  });

  it('says when to come back, as the error does or by default', async () => {
    const { status, headers } = await answerTo(new SigningKeysUnavailableError(7));
    expect([status, headers['retry-after']]).toEqual([503, '7']);
    const unknown = await answerTo(new CognitoUnavailableError('InitiateAuth', 'no answer'));
    expect([unknown.status, unknown.headers['retry-after']]).toEqual([503, '5']);
  });

  it('answers what the guard throws as the guard meant it', async () => {
    const exception = new AccessDeniedException(new TokenRejectedError('TOKEN_EXPIRED'), {
      'WWW-Authenticate': 'Bearer',
    });
    const { status, body, headers } = await answerTo(exception);
    expect([status, body.code, headers['www-authenticate']]).toEqual([401, 'TOKEN_EXPIRED', 'Bearer']);
  });

  it('ends an answer that had begun, lest the client wait for the rest for ever', async () => {
    thrown = new TokenRejectedError('TOKEN_EXPIRED');
    const { status, text } = await request(app.getHttpServer()).get('/half').timeout(5_000);
    expect([status, text]).toEqual([200, 'the first half']);
  });

  it('leaves other errors alone', async () => {
    await answerTo(new Error('other')).expect(500, { statusCode: 500, message: 'Internal server error' });
  });
});

describe('CognitoExceptionFilter over other transports', () => {
  const filter = new CognitoExceptionFilter();
  const error: MandateError = new TokenRejectedError('TOKEN_MISSING');
  const payload = expect.objectContaining({ status: 'error', statusCode: 401, code: 'TOKEN_MISSING' });

  it('hands GraphQL an HttpException', () => {
    const result = filter.catch(error, hostOf('graphql', {}, {}, {}, {}));
    expect(result).toBeInstanceOf(AccessDeniedException);
    expect((result as AccessDeniedException).getStatus()).toBe(401);
    expect((result as AccessDeniedException).cause).toBe(error);
  });

  it('emits an exception to a socket of socket.io', () => {
    const client = { emit: jest.fn() };
    filter.catch(error, hostOf('ws', client, {}, 'event'));
    expect(client.emit).toHaveBeenCalledWith('exception', payload);
  });

  it('sends an exception to a plain WebSocket', () => {
    const client = { emit: jest.fn(), send: jest.fn<undefined, [string]>(), readyState: 1 };
    filter.catch(error, hostOf('ws', client, {}, 'event'));
    expect(client.emit).not.toHaveBeenCalled();
    expect(JSON.parse(client.send.mock.calls[0]?.[0] ?? '')).toEqual({ event: 'exception', data: payload });
  });

  it('gives the caller of a microservice an error', async () => {
    const result = filter.catch(error, hostOf('rpc', {}, {})) as Observable<never>;
    await expect(lastValueFrom(result)).rejects.toEqual(payload);
  });

  it.each([
    [new TokenRejectedError('TOKEN_EXPIRED'), 16],
    [new TokenRejectedError('GROUPS_INSUFFICIENT'), 7],
    [new TokenRejectedError('REQUEST_MALFORMED'), 3],
    [new SigningKeysUnavailableError(7), 14],
  ])('gives the caller over gRPC its status code: %s', async (refusal, status) => {
    /** As that of @grpc/grpc-js, where a code that is no integer is sent as UNKNOWN. */
    class Metadata {
      readonly #entries = new Map<string, string>();

      set(key: string, value: string): void {
        this.#entries.set(key, value);
      }

      getMap(): Record<string, string> {
        return Object.fromEntries(this.#entries);
      }
    }
    const request = new Metadata();
    request.set('authorization', 'Bearer secret');
    const result = filter.catch(refusal, hostOf('rpc', {}, request)) as Observable<never>;
    const failure = await lastValueFrom(result).catch((reason: unknown) => reason);
    const { code, details, metadata } = failure as { code: number; details: string; metadata: Metadata };
    expect([code, details, metadata.getMap()]).toEqual([status, refusal.message, { code: refusal.code }]);
  });

  it('adds nothing to an answer that has begun', () => {
    const response = { headersSent: true, header: jest.fn(), status: jest.fn(), end: jest.fn() };
    filter.catch(error, hostOf('http', {}, response));
    expect(response.status).not.toHaveBeenCalled();
    expect(response.header).not.toHaveBeenCalled();
    expect(response.end).toHaveBeenCalledWith();
  });
});
