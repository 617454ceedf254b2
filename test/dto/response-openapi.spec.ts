import type { Type } from '@nestjs/common';
import { ApiProperty } from '@nestjs/swagger';
import * as dto from 'mandate/dto';

import { references, sampleOf, schemasOf, type Schema, type Schemas } from './documents.js';

const RESPONSES = [
  dto.AuthFactorsDto,
  dto.AuthenticatedDto,
  dto.BrowserSessionDto,
  dto.ChallengeShownDto,
  dto.ChallengedDto,
  dto.CodeDeliveryDto,
  dto.CodeSentDto,
  dto.ConfirmationDto,
  dto.ConfirmedDeviceDto,
  dto.DeviceDto,
  dto.ErrorDto,
  dto.FieldErrorDto,
  dto.NewDeviceDto,
  dto.PasskeyCreationOptionsDto,
  dto.PasskeyDto,
  dto.ProblemDto,
  dto.ProfileUpdateDto,
  dto.RegistrationDto,
  dto.SignedInDto,
  dto.SoftwareTokenSetupDto,
  dto.TokensDto,
  dto.UserDto,
  dto.UserSessionDto,
] as const satisfies readonly Type<object>[];

/** What a user can be asked, and the members of the parameters. */
const PARAMETERS: Readonly<Record<dto.AnswerableChallengeName, readonly string[]>> = {
  CUSTOM_CHALLENGE: [],
  EMAIL_OTP: ['medium', 'destination'],
  MFA_SETUP: ['choices'],
  NEW_PASSWORD_REQUIRED: ['requiredAttributes', 'userAttributes'],
  PASSWORD: [],
  PASSWORD_SRP: [],
  SELECT_CHALLENGE: ['choices'],
  SELECT_MFA_TYPE: ['choices'],
  SMS_MFA: ['medium', 'destination'],
  SMS_OTP: ['medium', 'destination'],
  SOFTWARE_TOKEN_MFA: ['deviceName'],
  WEB_AUTHN: ['credentialRequestOptions'],
};

let schemas: Schemas;

beforeAll(async () => {
  schemas = await schemasOf(...RESPONSES);
});

function schema(name: string): Schema {
  return schemas[name.replace('#/components/schemas/', '')] ?? {};
}

describe('the OpenAPI document of responses', () => {
  it('has every class of the entry that is no request', () => {
    const responses = RESPONSES.map(({ name }) => name);
    expect(Object.keys(schemas)).toEqual(expect.arrayContaining(responses));
    expect(Object.keys(dto)).toEqual(expect.arrayContaining(responses));
  });

  it('describes every property, of the nested classes too', () => {
    const properties = Object.entries(schemas).flatMap(([name, { properties: members = {} }]) =>
      Object.entries(members).map(([property, { description }]) => [`${name}.${property}`, description] as const),
    );
    expect(properties.length).toBeGreaterThan(120);
    expect(properties.filter(([, description]) => !description)).toEqual([]);
  });

  it('has no reference to a missing schema', () => {
    const dangling = Object.values(schemas)
      .flatMap(references)
      .filter((name) => !(name in schemas));
    expect(dangling).toEqual([]);
  });

  it.each(RESPONSES.map(({ name }) => [name]))('has an example of %s without dummies', (name) => {
    const sample = JSON.stringify(sampleOf(schema(name), schemas));
    expect(sample).not.toContain('a dummy');
    expect(sample.length).toBeGreaterThan(10);
  });

  it('says what is always there', () => {
    expect(schema('TokensDto').required).toEqual(['accessToken', 'expiresAt', 'tokenType']);
    expect(schema('DeviceDto').required).toEqual(['key', 'attributes']);
    expect(schema('UserDto').required).toEqual(['sub', 'username', 'attributes', 'mfa']);
    expect(schema('RegistrationDto').required).toEqual(['confirmed']);
    expect(schema('CodeSentDto').required).toBeUndefined();
    expect(schema('PasskeyCreationOptionsDto').required).toEqual(['challenge', 'rp', 'user', 'pubKeyCredParams']);
  });

  it('has the types of members', () => {
    expect(schema('TokensDto').properties).toMatchObject({
      accessToken: { type: 'string' },
      expiresAt: { type: 'integer', format: 'int64' },
      grantType: { type: 'string', enum: ['authorization_code'] },
    });
    expect(schema('PasskeyDto').properties).toMatchObject({ transports: { type: 'array', items: { type: 'string' } } });
    expect(schema('DeviceDto').properties).toMatchObject({
      remembered: { type: 'boolean' },
      attributes: { type: 'object', additionalProperties: { type: 'string' } },
    });
    expect(schema('PasskeyCreationOptionsDto').properties).toMatchObject({
      rp: { allOf: [{ $ref: '#/components/schemas/RelyingPartyDto' }] },
      pubKeyCredParams: { type: 'array', items: { $ref: '#/components/schemas/PasskeyAlgorithmDto' } },
    });
    expect(schema('ErrorDto').properties).toMatchObject({
      errors: { type: 'array', items: { $ref: '#/components/schemas/FieldErrorDto' } },
    });
  });
});

describe.each([
  ['ChallengedDto', ['name', 'parameters', 'username', 'session']],
  ['ChallengeShownDto', ['name', 'parameters']],
])('the challenge of %s', (name, members) => {
  const challenge = (): Schema => schema(name).properties?.['challenge'] ?? {};

  it('is told apart by its name', () => {
    const { oneOf = [], discriminator } = challenge();
    expect(discriminator?.propertyName).toBe('name');
    expect(Object.keys(discriminator?.mapping ?? {}).sort()).toEqual(Object.keys(PARAMETERS));
    expect(new Set(oneOf.map(({ $ref }) => $ref))).toEqual(new Set(Object.values(discriminator?.mapping ?? {})));
    expect('type' in challenge()).toBe(false);
  });

  it.each(Object.entries(PARAMETERS))('has the parameters of %s', (challengeName, expected) => {
    const type = schema(challenge().discriminator?.mapping[challengeName] ?? '');
    expect(type.required).toEqual(members);
    expect(type.properties?.['name']?.enum).toContain(challengeName);
    const parameters = type.properties?.['parameters'] ?? {};
    const [reference] = references(parameters);
    expect(Object.keys(schema(reference ?? '').properties ?? {})).toEqual(expected);
    expect(parameters.additionalProperties).toEqual(
      challengeName === 'CUSTOM_CHALLENGE' ? { type: 'string' } : expected.length === 0 ? false : undefined,
    );
  });
});

describe('an application', () => {
  class Profile {
    @ApiProperty()
    declare firstName: string;
  }

  class OwnUserDto extends dto.UserDto<Profile> {
    @ApiProperty({ type: Profile })
    declare readonly attributes: Profile;
  }

  it('describes attributes of its own in a subclass', async () => {
    const own = await schemasOf(OwnUserDto, dto.UserDto);
    expect(references(own['OwnUserDto']?.properties?.['attributes'] ?? {})).toEqual(['Profile']);
    expect(own['OwnUserDto']?.required).toEqual(expect.arrayContaining(['sub', 'username', 'attributes', 'mfa']));
    expect(own['UserDto']?.properties).toMatchObject({ attributes: { additionalProperties: true } });
  });
});
