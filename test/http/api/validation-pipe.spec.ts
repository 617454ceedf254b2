import { Body, Controller, type INestApplication, Post, type Type } from '@nestjs/common';
import { APP_FILTER, APP_PIPE } from '@nestjs/core';
import { Type as TypeOf } from 'class-transformer';
import { IsEmail, IsInt, ValidateNested } from 'class-validator';
import { CognitoExceptionFilter, ProblemDetailsFilter } from 'mandate';
import * as dto from 'mandate/dto';
import { MandateValidationPipe } from 'mandate/http';
import request from 'supertest';

import { PLATFORMS, startApp } from '../../e2e/support/http-apps.js';

class Leg {
  @IsInt()
  declare length: number;
}

class CatDto {
  @IsEmail({}, { message: 'Please give an address.' })
  declare email: string;

  @IsInt({ message: '$property is no number: it has to be one' })
  declare age: number;

  @ValidateNested({ each: true })
  @TypeOf(() => Leg)
  declare legs: Leg[];
}

/** A route per body class. */
function controllerOf(path: string, type: Type<object>): Type<object> {
  class BodyController {
    handle(body: object): object {
      return { handled: body.constructor.name, body };
    }
  }
  const { prototype } = BodyController;
  Post()(prototype, 'handle', Object.getOwnPropertyDescriptor(prototype, 'handle') ?? {});
  Body()(prototype, 'handle', 0);
  Reflect.defineMetadata('design:paramtypes', [type], prototype, 'handle');
  Controller(path)(BodyController);
  return BodyController;
}

const controllers = [
  controllerOf('register', dto.RegisterDto),
  controllerOf('respond', dto.RespondToChallengeDto),
  controllerOf('cats', CatDto),
];
const SECRET = 'Not-A-Word-For-Logs';

describe.each(PLATFORMS)('MandateValidationPipe on %s', (platform) => {
  let app: INestApplication;
  beforeAll(async () => {
    app = await startApp(platform, {
      controllers,
      providers: [
        { provide: APP_PIPE, useClass: MandateValidationPipe },
        { provide: APP_FILTER, useClass: CognitoExceptionFilter },
      ],
    });
  });
  afterAll(() => app.close());

  const post = (path: string, body: object) => request(app.getHttpServer()).post(`/${path}`).send(body);

  it('makes an instance of a valid body', async () => {
    const body = { username: 'ada', password: 'Correct-Horse-42' };
    const { status, body: answer } = await post('register', body);
    expect([status, answer]).toEqual([201, { handled: 'RegisterDto', body }]);
  });

  it('answers an invalid one with a stable code and the fields, never with values', async () => {
    const { status, body } = await post('register', {
      username: SECRET.repeat(9),
      attributes: { email: 5 },
      [SECRET]: 1,
    });
    const errors = [
      { field: SECRET, message: 'should not exist' },
      { field: 'username', message: 'must be a string of 1 to 128 characters without spaces' },
      { field: 'attributes.email', message: 'must be a string' },
      { field: 'password', message: expect.stringMatching(/^must be a string of 6 to 256 characters/) },
    ];
    expect([status, body]).toEqual([
      400,
      {
        statusCode: 400,
        error: 'Bad Request',
        code: 'REQUEST_INVALID',
        message: expect.stringMatching(/^The request is not valid: .*attributes\.email must be a string.*\.$/),
        errors: expect.arrayContaining(errors),
      },
    ]);
    expect(body.errors).toHaveLength(errors.length);
    expect(JSON.stringify(body)).not.toContain(SECRET.repeat(2));
  });

  it.each([
    [{ challenge: { name: 'EMAIL_OTP', username: 'ada' }, answer: { code: '123456' } }, 'challenge.session'],
    [{ challenge: { name: 'EMAIL_OTP', username: 'ada', session: 'x'.repeat(20) }, answer: {} }, 'answer.code'],
    [
      {
        challenge: { name: 'NEW_PASSWORD_REQUIRED', username: 'ada', session: 'x'.repeat(20) },
        answer: { password: 'Correct-Horse-43', attributes: { given_name: 1 } },
      },
      'answer.attributes.given_name',
    ],
  ])('names a nested field by its path: %j', async (sent, field) => {
    const { body } = await post('respond', sent);
    expect(body.errors).toEqual([{ field, message: expect.stringMatching(/^must be /) }]);
  });

  it('keeps the messages of the application', async () => {
    const { body } = await post('cats', { email: 'x', age: 'old', legs: [{ length: 3 }, { length: 'long' }] });
    expect(body.errors).toEqual([
      { field: 'email', message: 'Please give an address.' },
      { field: 'age', message: 'is no number: it has to be one' },
      { field: 'legs.1.length', message: 'must be an integer number' },
    ]);
  });

  it('refuses a key of attributes that no field can have', async () => {
    const { body } = await post('register', {
      username: 'ada',
      password: 'Correct-Horse-42',
      attributes: { 'two words': 'x' },
    });
    expect(body.errors).toEqual([
      { field: 'attributes', message: expect.stringMatching(/^each key must be an attribute name/) },
    ]);
  });
});

it('gives the fields to ProblemDetailsFilter', async () => {
  const app = await startApp(
    'express',
    { controllers, providers: [{ provide: APP_FILTER, useClass: ProblemDetailsFilter }] },
    (created) => void created.useGlobalPipes(new MandateValidationPipe({ stopAtFirstError: true })),
  );
  const { type, body } = await request(app.getHttpServer()).post('/cats').send({ email: 'a@b.example', legs: [] });
  await app.close();
  expect([type, body]).toEqual([
    'application/problem+json',
    {
      type: 'about:blank',
      title: 'Bad Request',
      status: 400,
      detail: 'The request is not valid: age is no number: it has to be one.',
      code: 'REQUEST_INVALID',
      errors: [{ field: 'age', message: 'is no number: it has to be one' }],
    },
  ]);
});
