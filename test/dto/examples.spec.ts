import type { INestApplication, Type } from '@nestjs/common';
import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import * as dto from 'mandate/dto';
import request from 'supertest';

import { exampleOf } from '../../lib/dto/openapi-example.js';
import { BODIES } from './bodies.js';
import { startBodiesApp } from './bodies-app.js';
import { CHALLENGE_BODIES } from './challenge-bodies.js';
import { sampleOf, schemasOf, type Schemas } from './documents.js';

const TYPES = [...new Set([...BODIES, ...CHALLENGE_BODIES].map(({ type }) => type))];

let app: INestApplication;
let schemas: Schemas;

beforeAll(async () => {
  app = await startBodiesApp(TYPES);
  schemas = await schemasOf(...TYPES);
});

afterAll(() => app.close());

function sampleFor(type: Type<object>): Record<string, unknown> {
  return sampleOf(schemas[type.name] ?? {}, schemas) as Record<string, unknown>;
}

describe('the body that Swagger UI fills in', () => {
  it.each(TYPES.map((type) => [type.name, type] as const))('of %s is valid', async (name, type) => {
    const { status, body } = await request(app.getHttpServer()).post(`/${name}`).send(sampleFor(type));
    expect([status, body.handled]).toEqual([201, name]);
  });

  it.each(TYPES.map((type) => [type.name, type] as const))('of %s has no dummies', (_, type) => {
    expect(JSON.stringify(sampleFor(type))).not.toMatch(/dummy|"text"|additionalProp/);
  });

  it('of a confirmation has no session, which only a sign-up returns', () => {
    expect(sampleFor(dto.ConfirmSignUpDto)).toEqual({ username: 'ada', code: '123456' });
  });

  it('has the optional fields without which the request is of no use', () => {
    expect(sampleFor(dto.RegisterDto)).toEqual({
      username: 'ada',
      password: 'Correct-Horse-42',
      attributes: { email: 'ada@example.com' },
    });
    expect(sampleFor(dto.FlowAuthenticateDto)).toEqual({ username: 'ada', password: 'Correct-Horse-42' });
    expect(sampleFor(dto.MfaPreferenceDto)).toEqual({ softwareToken: { enabled: true, preferred: true } });
    expect(sampleFor(dto.ChangePasswordDto)).toEqual({
      previousPassword: 'Correct-Horse-42',
      proposedPassword: 'Correct-Horse-43',
    });
  });

  it('of an answer has the challenge that it belongs to', () => {
    expect(sampleFor(dto.RespondToChallengeDto)).toEqual({
      challenge: { name: 'EMAIL_OTP', username: 'ada', session: 'AYABeExampleSessionOfTheChallenge' },
      answer: { code: '123456' },
    });
  });
});

describe('the example of a class of the application', () => {
  class InvitedDto extends dto.RegisterDto {
    @ApiProperty({ example: 'INV-7' })
    declare invitation: string;

    @ApiPropertyOptional({ example: 'de' })
    declare language?: string;

    @ApiProperty({ example: 'grace' })
    declare username: string;
  }

  it('has the fields of both, before and after the document was made', async () => {
    const expected = {
      username: 'grace',
      attributes: { email: 'ada@example.com' },
      password: 'Correct-Horse-42',
      invitation: 'INV-7',
    };
    expect(exampleOf(InvitedDto)).toEqual(expected);
    await schemasOf(InvitedDto);
    expect(exampleOf(InvitedDto)).toEqual(expected);
  });
});
