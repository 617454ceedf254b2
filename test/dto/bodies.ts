import type { Type } from '@nestjs/common';
import * as dto from 'mandate/dto';

/** A valid body and its faults: a field, its invalid value, and the name of the field in the message if it differs. */
export interface BodyCase {
  readonly type: Type<object>;
  readonly right: Readonly<Record<string, unknown>>;
  readonly faults: readonly (readonly [field: string, sent: unknown, named?: string])[];
}

/** Leaves the field out. */
export const MISSING = Symbol('missing');

const username = 'ada@example.com';
const password = 'Correct-Horse-42';
const code = '123456';
const token = 'eyJhbGciOiJSUzI1NiJ9.eyJzdWIiOiJhIn0.c2ln-_4';
const session = 'AYABeFake-session-of-a-sign-in';
const deviceKey = 'eu-west-1_5ac3f0d2-1111-2222-3333-444455556666';
const newDevice = { key: deviceKey, groupKey: '-v7w9UcY6' };
const device = { ...newDevice, password: 'q83vEjRWeJA=' };
const registration = {
  id: 'AQIDBA',
  rawId: 'AQIDBA',
  type: 'public-key',
  clientExtensionResults: { credProps: { rk: true } },
  authenticatorAttachment: 'platform',
  response: {
    clientDataJSON: 'eyJ0eXBlIjoid2ViYXV0aG4uY3JlYXRlIn0',
    attestationObject: 'o2NmbXRkbm9uZQ',
    transports: ['internal', 'hybrid'],
    authenticatorData: 'SZYN5YgO',
    publicKey: 'MFkwEwYH',
    publicKeyAlgorithm: -7,
  },
};

const NAME_FAULTS = [
  ['username', MISSING],
  ['username', ''],
  ['username', 'ada lovelace'],
  ['username', 'a'.repeat(129)],
  ['username', { $ne: 'x' }],
  ['username', ['ada']],
  ['username', null],
] as const;
const NEW_PASSWORD_FAULTS = (field: string) =>
  [
    [field, MISSING],
    [field, 'short'],
    [field, ' Correct-Horse-42'],
    [field, 'Correct-Horse-42 '],
    [field, 'x'.repeat(257)],
    [field, 12345678],
    [field, null],
  ] as const;
const CODE_FAULTS = [
  ['code', MISSING],
  ['code', ''],
  ['code', '123 456'],
  ['code', 'x'.repeat(2049)],
  ['code', 123456],
] as const;
const TOTP_FAULTS = [
  ['code', MISSING],
  ['code', '12345'],
  ['code', '1234567'],
  ['code', 'abcdef'],
  ['code', 123456],
] as const;
const TOKEN_FAULTS = (field: string) =>
  [
    [field, MISSING],
    [field, ''],
    [field, 'Bearer eyJ.eyJ.c2ln'],
    [field, 'eyJ.eyJ.c2ln\n'],
    [field, [token]],
  ] as const;
const DEVICE_FAULTS = [
  ['device', 'eu-west-1_5ac3f0d2'],
  ['device', null],
  ['device', []],
  ['device.key', MISSING],
  ['device.key', 'no-underscore'],
  ['device.groupKey', MISSING],
  ['device.groupKey', ''],
  ['device.password', MISSING],
  ['device.password', 7],
] as const;

export const BODIES: readonly BodyCase[] = [
  {
    type: dto.RegisterDto,
    right: {
      username,
      password,
      attributes: { email: username, updated_at: 1_700_000_000, address: { locality: 'London' }, 'custom:vip': true },
    },
    faults: [
      ...NAME_FAULTS,
      ...NEW_PASSWORD_FAULTS('password'),
      ['attributes', 'email=ada'],
      ['attributes', null],
      ['attributes', [{ Name: 'email' }]],
      ['attributes', { email: 5 }, 'attributes.email'],
      ['attributes', { email: null }, 'attributes.email'],
      ['attributes', { name: 'x'.repeat(2049) }, 'attributes.name'],
      ['attributes', { email_verified: 1 }, 'attributes.email_verified'],
      ['attributes', { updated_at: false }, 'attributes.updated_at'],
      ['attributes', { address: { locality: 5 } }, 'attributes.address'],
      ['attributes', { address: { formatted: 'x'.repeat(2049) } }, 'attributes.address'],
      ['attributes', { 'custom:roles': ['admin'] }, 'attributes.custom:roles'],
      ['attributes', { 'two words': 'x' }, 'attributes'],
      ['attributes', { '': 'x' }, 'attributes'],
    ],
  },
  {
    type: dto.PasswordlessRegisterDto,
    right: { username, attributes: { email: username } },
    faults: [...NAME_FAULTS, ['attributes', 1]],
  },
  {
    type: dto.ConfirmSignUpDto,
    right: { username, code, session },
    faults: [
      ...NAME_FAULTS,
      ...CODE_FAULTS,
      ['session', 'too-short'],
      ['session', null],
      ['session', 'x'.repeat(2049)],
    ],
  },
  { type: dto.ConfirmCodeDto, right: { username, code }, faults: [...NAME_FAULTS, ...CODE_FAULTS] },
  { type: dto.ResendConfirmationCodeDto, right: { username }, faults: NAME_FAULTS },
  {
    type: dto.PasswordAuthenticateDto,
    right: { username, password },
    faults: [...NAME_FAULTS, ['password', MISSING], ['password', ''], ['password', { $gt: '' }]],
  },
  {
    type: dto.FlowSignInDto,
    right: { username, password, flow: 'USER_AUTH', preferredChallenge: 'PASSWORD_SRP' },
    faults: [
      ...NAME_FAULTS,
      ['password', ''],
      ['password', 5],
      ['flow', 'ADMIN_USER_PASSWORD_AUTH'],
      ['flow', null],
      ['preferredChallenge', 'PASSKEY'],
    ],
  },
  {
    type: dto.FlowAuthenticateDto,
    right: { username, password, flow: 'USER_SRP_AUTH', device, session },
    faults: [
      ...NAME_FAULTS,
      ['flow', 'REFRESH_TOKEN_AUTH'],
      ['password', null],
      ['session', 'short'],
      ...DEVICE_FAULTS,
    ],
  },
  {
    type: dto.AuthenticateDto,
    right: { username, password, device },
    faults: [
      ...NAME_FAULTS,
      ['password', MISSING],
      ['password', ''],
      ['password', 'x'.repeat(257)],
      ['password', { $gt: '' }],
      ['password', null],
      ...DEVICE_FAULTS,
    ],
  },
  {
    type: dto.CustomAuthenticateDto,
    right: { username, flow: 'CUSTOM_AUTH', password, device },
    faults: [...NAME_FAULTS, ['flow', 'USER_SRP_AUTH'], ['flow', null], ['password', ''], ...DEVICE_FAULTS],
  },
  {
    type: dto.ChoiceAuthenticateDto,
    right: {
      username,
      flow: 'USER_AUTH',
      preferredChallenge: 'PASSWORD_SRP',
      password,
      session,
      targetAcrValues: ['urn:cognito:loa:2'],
      maxAgeSeconds: 300,
      device,
    },
    faults: [
      ...NAME_FAULTS,
      ['flow', 'ADMIN_USER_PASSWORD_AUTH'],
      ['preferredChallenge', 'PASSKEY'],
      ['preferredChallenge', ['EMAIL_OTP']],
      ['password', 1],
      ['session', 'short'],
      ['targetAcrValues', 'urn:cognito:loa:2'],
      ['targetAcrValues', []],
      ['targetAcrValues', ['two words']],
      ['maxAgeSeconds', -1],
      ['maxAgeSeconds', 1.5],
      ['maxAgeSeconds', '300'],
      ...DEVICE_FAULTS,
    ],
  },
  { type: dto.InitiateForgotPasswordDto, right: { username }, faults: NAME_FAULTS },
  {
    type: dto.ConfirmForgotPasswordDto,
    right: { username, code, password },
    faults: [...NAME_FAULTS, ...CODE_FAULTS, ...NEW_PASSWORD_FAULTS('password')],
  },
  {
    type: dto.ChangePasswordDto,
    right: { previousPassword: 'old', proposedPassword: password },
    faults: [
      ['previousPassword', ''],
      ['previousPassword', null],
      ['previousPassword', 5],
      ...NEW_PASSWORD_FAULTS('proposedPassword'),
    ],
  },
  {
    type: dto.UpdateProfileDto,
    right: { attributes: { given_name: 'Ada', nickname: null } },
    faults: [
      ['attributes', MISSING],
      ['attributes', []],
      ['attributes', { given_name: 5 }, 'attributes.given_name'],
    ],
  },
  {
    type: dto.DeleteAttributesDto,
    right: { names: ['nickname', 'custom:tenant'] },
    faults: [
      ['names', MISSING],
      ['names', []],
      ['names', 'nickname'],
      ['names', [5]],
      ['names', ['']],
    ],
  },
  {
    type: dto.SendVerificationDto,
    right: { attribute: 'phone_number' },
    faults: [
      ['attribute', 'nickname'],
      ['attribute', null],
    ],
  },
  {
    type: dto.ValidateVerificationDto,
    right: { code, attribute: 'email' },
    faults: [...CODE_FAULTS, ['attribute', 'sub']],
  },
  {
    type: dto.RenewTokensDto,
    right: { refreshToken: token, accessToken: token, deviceKey, grantType: 'authorization_code' },
    faults: [
      ...TOKEN_FAULTS('refreshToken'),
      ['grantType', 'password'],
      ['grantType', null],
      ['accessToken', 'not a token'],
      ['deviceKey', 'x'],
      ['deviceKey', `eu-west-1_${'a'.repeat(50)}`],
    ],
  },
  { type: dto.RevokeTokenDto, right: { refreshToken: token }, faults: TOKEN_FAULTS('refreshToken') },
  { type: dto.AccessTokenDto, right: { accessToken: token }, faults: TOKEN_FAULTS('accessToken') },
  {
    type: dto.AssociateSoftwareTokenDto,
    right: {
      challenge: { name: 'MFA_SETUP', username, session, parameters: { choices: ['SOFTWARE_TOKEN_MFA'] } },
    },
    faults: [
      ['challenge', MISSING],
      ['challenge', 'MFA_SETUP'],
      ['challenge.name', 'EMAIL_OTP'],
      ['challenge.username', MISSING],
      ['challenge.session', MISSING],
      ['challenge.parameters', 'none'],
    ],
  },
  {
    type: dto.VerifySoftwareTokenDto,
    right: { code, deviceName: "Ada's phone" },
    faults: [...TOTP_FAULTS, ['deviceName', ''], ['deviceName', 'x'.repeat(1025)]],
  },
  {
    type: dto.MfaPreferenceDto,
    right: {
      sms: { enabled: false },
      email: { enabled: true, preferred: false },
      softwareToken: { enabled: true, preferred: true },
      passkey: { enabled: true },
    },
    faults: [
      ['sms', true],
      ['sms', null],
      ['sms.enabled', MISSING],
      ['email.enabled', 'yes'],
      ['softwareToken.preferred', 1],
      ['passkey.enabled', null],
    ],
  },
  {
    type: dto.ConfirmDeviceDto,
    right: { newDevice, name: "Ada's laptop" },
    faults: [
      ['newDevice', MISSING],
      ['newDevice', deviceKey],
      ['newDevice.key', MISSING],
      ['newDevice.groupKey', MISSING],
      ['name', 5],
    ],
  },
  {
    type: dto.DeviceKeyDto,
    right: { deviceKey },
    faults: [
      ['deviceKey', MISSING],
      ['deviceKey', 'laptop'],
    ],
  },
  {
    type: dto.CompletePasskeyDto,
    right: { credential: registration },
    faults: [
      ['credential', MISSING],
      ['credential', JSON.stringify(registration)],
      ['credential.id', MISSING],
      ['credential.rawId', 'not base64url!'],
      ['credential.type', 'password'],
      ['credential.clientExtensionResults', []],
      ['credential.authenticatorAttachment', 5],
      ['credential.response', MISSING],
      ['credential.response.clientDataJSON', MISSING],
      ['credential.response.attestationObject', MISSING],
      ['credential.response.transports', 'usb'],
      ['credential.response.authenticatorData', 5],
      ['credential.response.publicKey', '+/'],
      ['credential.response.publicKeyAlgorithm', '-7'],
    ],
  },
  {
    type: dto.DeletePasskeyDto,
    right: { credentialId: 'AQIDBA' },
    faults: [
      ['credentialId', MISSING],
      ['credentialId', '../x'],
    ],
  },
  {
    type: dto.RevokeSessionDto,
    right: { sessionId: 'tkn0123456789abcdefghijklm01', revokeLinked: true },
    faults: [
      ['sessionId', MISSING],
      ['sessionId', 'a b'],
      ['revokeLinked', 'true'],
    ],
  },
  {
    type: dto.AnswerChallengeDto,
    right: { name: 'EMAIL_OTP', answer: { code } },
    faults: [
      ['name', MISSING],
      ['name', 'PASSWORD_VERIFIER'],
      ['name', 'toString'],
      ['name', { $ne: 'x' }],
      ['answer', MISSING],
      ['answer', null],
      ['answer', code],
      ['answer.code', '1 2'],
    ],
  },
  { type: dto.NameDeviceDto, right: { name: "Ada's laptop" }, faults: [['name', '']] },
  {
    type: dto.UpdateDeviceDto,
    right: { remembered: false },
    faults: [
      ['remembered', MISSING],
      ['remembered', 'true'],
    ],
  },
  { type: dto.EndSessionDto, right: { everywhere: true }, faults: [['everywhere', 'yes']] },
  {
    type: dto.LogoutDto,
    right: { everywhere: false, refreshToken: token },
    faults: [
      ['everywhere', 1],
      ['refreshToken', 'not a token'],
      ['refreshToken', null],
    ],
  },
  {
    type: dto.SessionIdDto,
    right: { sessionId: 'tkn0123456789abcdefghijklm01' },
    faults: [
      ['sessionId', MISSING],
      ['sessionId', '../x'],
    ],
  },
  {
    type: dto.RevokeSessionQueryDto,
    right: { revokeLinked: true },
    faults: [
      ['revokeLinked', 'yes'],
      ['revokeLinked', ''],
      ['revokeLinked', ['true']],
    ],
  },
];
