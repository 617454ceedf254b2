import type { INestApplication, Type } from '@nestjs/common';
import { IntersectionType, OmitType, PartialType, PickType } from '@nestjs/mapped-types';
import * as swagger from '@nestjs/swagger';
import { AccessTokenDto, AuthenticateDto, ChangePasswordDto, RegisterDto } from 'mandate/dto';
import request from 'supertest';

import { startBodiesApp } from './bodies-app.js';

class PickedDto extends PickType(RegisterDto, ['username']) {}
class OmittedDto extends OmitType(RegisterDto, ['attributes']) {}
class PartialDto extends PartialType(RegisterDto) {}
class TokenAndPasswordsDto extends IntersectionType(AccessTokenDto, ChangePasswordDto) {}
class SignInWithDeviceDto extends PickType(AuthenticateDto, ['device']) {}
class SwaggerPickedDto extends swagger.PickType(RegisterDto, ['username']) {}
class SwaggerPartialDto extends swagger.PartialType(RegisterDto) {}

const username = 'ada';
const password = 'Correct-Horse-42';

describe('mapped types', () => {
  let app: INestApplication;

  beforeAll(async () => {
    app = await startBodiesApp([
      PickedDto,
      OmittedDto,
      PartialDto,
      TokenAndPasswordsDto,
      SignInWithDeviceDto,
      SwaggerPickedDto,
      SwaggerPartialDto,
    ]);
  });

  afterAll(() => app.close());

  it.each<[Type<object>, object]>([
    [PickedDto, { username }],
    [OmittedDto, { username, password }],
    [PartialDto, {}],
    [PartialDto, { password }],
    [TokenAndPasswordsDto, { accessToken: 'a.b.c', proposedPassword: password }],
    [SignInWithDeviceDto, {}],
    [SwaggerPickedDto, { username }],
    [SwaggerPartialDto, { username }],
  ])('%p accepts the fields that it keeps: %j', async (type, body) => {
    const { status, body: answer } = await request(app.getHttpServer()).post(`/${type.name}`).send(body);
    expect([status, answer.handled, answer.body]).toEqual([201, type.name, body]);
  });

  it.each<[Type<object>, object, string]>([
    [PickedDto, { username: 'two words' }, 'username must be'],
    [PickedDto, { username, password }, 'property password should not exist'],
    [OmittedDto, { username, password, attributes: {} }, 'property attributes should not exist'],
    [OmittedDto, { username }, 'password must be'],
    [PartialDto, { password: 'short' }, 'password must be'],
    [TokenAndPasswordsDto, { proposedPassword: password }, 'accessToken must be'],
    [TokenAndPasswordsDto, { accessToken: 'a.b.c' }, 'proposedPassword must be'],
    [SignInWithDeviceDto, { device: 5 }, 'device must be'],
    [SwaggerPickedDto, {}, 'username must be'],
    [SwaggerPartialDto, { username: '' }, 'username must be'],
  ])('%p rejects %j', async (type, body, message) => {
    const { status, body: answer } = await request(app.getHttpServer()).post(`/${type.name}`).send(body);
    expect([status, answer.message]).toEqual([400, [expect.stringContaining(message)]]);
  });
});
