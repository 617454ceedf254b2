import type { Type } from '@nestjs/common';
import { DocumentBuilder, OmitType, PartialType, PickType, SwaggerModule, ApiProperty } from '@nestjs/swagger';
import { getMetadataStorage } from 'class-validator';
import * as dto from 'mandate/dto';

import { BODIES } from './bodies.js';
import { startBodiesApp } from './bodies-app.js';
import { CHALLENGE_BODIES, INVALID_CHALLENGE } from './challenge-bodies.js';

/** The members of a schema object that these tests read. */
interface Schema {
  readonly type?: string;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly description?: string;
  readonly $ref?: string;
  readonly allOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
}

class SignUpDto extends dto.RegisterDto {
  @ApiProperty({ description: 'Who invited you.' })
  declare invitation: string;

  @ApiProperty({ description: 'Your nickname.' })
  declare username: string;
}

class PickedDto extends PickType(dto.RegisterDto, ['username', 'password']) {}
class OmittedDto extends OmitType(dto.RegisterDto, ['attributes']) {}
class PartialDto extends PartialType(dto.RegisterDto) {}

async function schemasOf(...types: Type<object>[]): Promise<Readonly<Record<string, Schema>>> {
  const app = await startBodiesApp(types);
  const document = SwaggerModule.createDocument(app, new DocumentBuilder().build());
  await app.close();
  return document.components?.schemas as Readonly<Record<string, Schema>>;
}

async function schemaOf(type: Type<object>): Promise<Schema> {
  return (await schemasOf(type))[type.name] ?? {};
}

/** Whether class-validator knows the class. */
function isRequest(type: object): boolean {
  return getMetadataStorage().getTargetValidationMetadatas(type as never, '', false, false).length > 0;
}

function references(schema: Schema): string[] {
  const here = schema.$ref === undefined ? [] : [schema.$ref.replace('#/components/schemas/', '')];
  const below = [...Object.values(schema.properties ?? {}), ...(schema.allOf ?? []), ...(schema.oneOf ?? [])];
  return [...here, ...below.flatMap(references)];
}

describe('the OpenAPI document', () => {
  const cases = [...BODIES, ...CHALLENGE_BODIES, INVALID_CHALLENGE];
  let schemas: Readonly<Record<string, Schema>>;

  beforeAll(async () => {
    schemas = await schemasOf(...new Set(cases.map(({ type }) => type)));
  });

  it.each(cases.map(({ type, right }) => [type.name, right] as const))(
    'has a schema for %s that knows every field of a body: %j',
    (name, right) => {
      expect(Object.keys(schemas[name]?.properties ?? {})).toEqual(expect.arrayContaining(Object.keys(right)));
    },
  );

  it('has a schema for every class of request bodies, and no others', () => {
    const requests = Object.entries(dto).flatMap(([name, type]) => (isRequest(type) ? [name] : []));
    expect(requests.length).toBeGreaterThan(45);
    expect(Object.keys(schemas).sort()).toEqual(requests.sort());
  });

  it('describes every property', () => {
    const silent = Object.entries(schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties).flatMap(([property, { description }]) => (description ? [] : [`${name}.${property}`])),
    );
    expect(silent).toEqual([]);
  });

  it('has no reference to a missing schema', () => {
    const dangling = Object.values(schemas)
      .flatMap(references)
      .filter((name) => !(name in schemas));
    expect(dangling).toEqual([]);
    expect(Object.values(schemas).flatMap(references).length).toBeGreaterThan(15);
  });

  it.each(
    BODIES.map(({ type, faults }) => {
      const missing = faults.filter(([field, sent]) => typeof sent === 'symbol' && !field.includes('.'));
      return [type.name, missing.map(([field]) => field)] as const;
    }),
  )('lists as required of %s what the pipe requires: %j', (name, missed) => {
    expect([...(schemas[name]?.required ?? [])].sort()).toEqual([...missed].sort());
  });

  it('hides passwords, and nothing else', () => {
    const hidden = Object.entries(schemas).flatMap(([name, { properties = {} }]) =>
      Object.entries(properties).flatMap(([property, schema]) =>
        'format' in schema && schema.format === 'password' ? [`${name}.${property}`] : [],
      ),
    );
    const passwords = Object.entries(schemas).flatMap(([name, { properties = {} }]) =>
      Object.keys(properties).flatMap((property) => (/password$/i.test(property) ? [`${name}.${property}`] : [])),
    );
    expect(hidden).toEqual(passwords);
    expect(hidden).toContain('RegisterDto.password');
  });

  it('lists the constraints of strings', () => {
    expect(schemas['ConfirmForgotPasswordDto']).toEqual({
      type: 'object',
      example: { username: 'ada', code: '123456', password: 'Correct-Horse-43' },
      required: ['username', 'code', 'password'],
      properties: {
        username: {
          type: 'string',
          description: 'The username that requested the code.',
          example: 'ada',
          maxLength: 128,
          pattern: String.raw`^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$`,
        },
        code: {
          type: 'string',
          description: 'The code that Cognito sent.',
          example: '123456',
          maxLength: 2048,
          pattern: String.raw`^\S+$`,
        },
        password: {
          type: 'string',
          format: 'password',
          description: 'The new password.',
          example: 'Correct-Horse-43',
          minLength: 6,
          maxLength: 256,
          pattern: String.raw`^\S(?:.*\S)?$`,
        },
      },
    });
  });

  it('lists enums, numbers, booleans, arrays and objects', () => {
    expect(schemas['ChoiceAuthenticateDto']?.properties).toMatchObject({
      flow: { type: 'string', enum: ['USER_AUTH'], default: 'USER_AUTH' },
      preferredChallenge: { type: 'string', enum: ['PASSWORD', 'PASSWORD_SRP', 'EMAIL_OTP', 'SMS_OTP', 'WEB_AUTHN'] },
      targetAcrValues: { type: 'array', items: { type: 'string' }, minItems: 1 },
      maxAgeSeconds: { type: 'number', minimum: 0 },
      device: { allOf: [{ $ref: '#/components/schemas/RememberedDeviceDto' }] },
    });
    expect(schemas['FactorPreferenceDto']?.properties).toMatchObject({
      enabled: { type: 'boolean' },
      preferred: { type: 'boolean' },
    });
    expect(schemas['RegisterDto']?.properties).toMatchObject({
      attributes: { type: 'object', additionalProperties: true, example: { email: 'ada@example.com' } },
    });
    expect(schemas['AssertionResponseDto']?.properties).toMatchObject({ userHandle: { nullable: true } });
  });

  it('lists every class of answers', () => {
    const { challenge, answer } = schemas['RespondToChallengeDto']?.properties ?? {};
    expect(challenge).toMatchObject({ allOf: [{ $ref: '#/components/schemas/ChallengeDto' }] });
    expect(references(answer ?? {}).sort()).toEqual(
      Object.keys(dto)
        .filter((name) => name.endsWith('AnswerDto'))
        .sort(),
    );
  });
});

describe('derived classes', () => {
  it('inherit properties, add their own and override descriptions', async () => {
    const { required, properties } = await schemaOf(SignUpDto);
    expect([...(required ?? [])].sort()).toEqual(['invitation', 'password', 'username']);
    expect(properties).toMatchObject({
      invitation: { type: 'string', description: 'Who invited you.' },
      username: { type: 'string', description: 'Your nickname.', maxLength: 128 },
      password: { format: 'password' },
    });
  });

  it.each([
    ['PickType', PickedDto, ['password', 'username'], ['password', 'username']],
    ['OmitType', OmittedDto, ['password', 'username'], ['password', 'username']],
    ['PartialType', PartialDto, ['attributes', 'password', 'username'], []],
  ])('by %s of @nestjs/swagger appear in the document', async (_, type, names, needed) => {
    const { required = [], properties = {} } = await schemaOf(type);
    expect([Object.keys(properties).sort(), [...required].sort()]).toEqual([names, needed]);
  });

  it('do not change the class that they extend', async () => {
    await schemaOf(SignUpDto);
    const { properties = {} } = await schemaOf(dto.RegisterDto);
    expect(Object.keys(properties).sort()).toEqual(['attributes', 'password', 'username']);
  });
});
