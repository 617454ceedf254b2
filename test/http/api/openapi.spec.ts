import { IsString } from 'class-validator';
import { type Type, VersioningType } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiSecurity } from '@nestjs/swagger';
import { RegisterDto, UserDto } from 'mandate/dto';

import type { AuthApiDelivery } from '../../../lib/http/index.js';
import { MandateSessionModule } from '../../../lib/http/index.js';
import { MandateModule } from '../../../lib/module/mandate.module.js';
import type { Schema } from '../../dto/documents.js';
import { SESSION } from './support/api-app.js';
import {
  apiDocument,
  apiModule,
  byRoute,
  codesOf,
  documentOf,
  type Operation,
  operationsOf,
  POOL,
} from './support/api-document.js';

/** Name, and what a success is with either delivery: status, schema. Null for a route that a delivery does not have. */
type Success = readonly [status: number, schema?: string] | null;
const OUTCOME = 'AuthenticatedDto|ChallengedDto';
const SHOWN = 'SignedInDto|ChallengeShownDto';
const ROUTES: Readonly<Record<string, readonly [name: string, body: Success, cookie?: Success]>> = {
  'POST /auth/register': ['register', [201, 'RegistrationDto']],
  'POST /auth/confirm': ['confirm', [200, 'ConfirmationDto']],
  'POST /auth/resend-code': ['resendCode', [202, 'CodeSentDto']],
  'POST /auth/authenticate': ['authenticate', [200, OUTCOME], [200, SHOWN]],
  'POST /auth/respond': ['respond', [200, OUTCOME], [200, SHOWN]],
  'POST /auth/respond/totp': ['setUpTotp', [200, 'SoftwareTokenSetupDto']],
  'POST /auth/renew': ['renew', [200, 'TokensDto'], null],
  'GET /auth/session': ['session', null, [200, 'BrowserSessionDto?']],
  'POST /auth/logout': ['logout', [204]],
  'POST /auth/forgot-password': ['forgotPassword', [202, 'CodeSentDto']],
  'POST /auth/confirm-forgot-password': ['confirmForgotPassword', [204]],
  'GET /auth/me': ['me', [200, 'UserDto']],
  'PATCH /auth/me': ['updateMe', [200, 'ProfileUpdateDto']],
  'DELETE /auth/me': ['deleteMe', [204]],
  'POST /auth/verification': ['sendVerification', [202, 'CodeSentDto']],
  'POST /auth/verification/confirm': ['validateVerification', [204]],
  'POST /auth/password': ['changePassword', [204]],
  'GET /auth/mfa': ['mfa', [200, 'AuthFactorsDto']],
  'PUT /auth/mfa': ['setMfa', [204]],
  'POST /auth/mfa/totp': ['associateTotp', [200, 'SoftwareTokenSetupDto']],
  'POST /auth/mfa/totp/verify': ['verifyTotp', [204]],
  'GET /auth/devices': ['devices', [200, 'DeviceDto[]']],
  'POST /auth/devices': ['confirmDevice', [200, 'ConfirmedDeviceDto'], [204]],
  'PATCH /auth/devices/{deviceKey}': ['updateDevice', [204]],
  'DELETE /auth/devices/{deviceKey}': ['forgetDevice', [204]],
  'GET /auth/passkeys': ['passkeys', [200, 'PasskeyDto[]']],
  'POST /auth/passkeys/start': ['startPasskey', [200, 'PasskeyCreationOptionsDto']],
  'POST /auth/passkeys/complete': ['completePasskey', [204]],
  'DELETE /auth/passkeys/{credentialId}': ['deletePasskey', [204]],
  'GET /auth/sessions': ['sessions', [200, 'UserSessionDto[]']],
  'DELETE /auth/sessions/{sessionId}': ['revokeSession', [204]],
};
const PUBLIC = [
  'register',
  'confirm',
  'resendCode',
  'authenticate',
  'respond',
  'setUpTotp',
  'renew',
  'session',
  'forgotPassword',
  'confirmForgotPassword',
];

function successOf({ responses }: Operation): Success {
  const [[status, { content }] = ['0', { description: '' }]] = Object.entries(responses);
  const schema = content?.['application/json']?.schema;
  return schema === undefined ? [Number(status)] : [Number(status), shown(schema)];
}

function shown({ $ref, items, allOf, oneOf, ...schema }: Schema): string {
  const name = ($ref ?? '').replace('#/components/schemas/', '');
  return items
    ? `${shown(items)}[]`
    : oneOf
      ? oneOf.map(shown).join('|')
      : allOf
        ? `${allOf.map(shown).join('&')}${'nullable' in schema ? '?' : ''}`
        : name;
}

describe.each<AuthApiDelivery>(['body', 'cookie'])('the document of an API with tokens by %s', (delivery) => {
  let found: Readonly<Record<string, Operation>>;
  let named: Readonly<Record<string, Operation>>;
  beforeAll(async () => {
    const document = await apiDocument(delivery);
    found = operationsOf(document);
    named = byRoute(document);
  });

  it('has the operations of the wire contract, with their successes', () => {
    const expected = Object.entries(ROUTES).flatMap(([key, [name, body, cookie = body]]) => {
      const success = delivery === 'body' ? body : cookie;
      return success === null ? [] : [[key, [name, success]]];
    });
    const actual = Object.entries(found).map(([key, operation]) => [
      key,
      [operation.operationId, successOf(operation)],
    ]);
    expect(Object.fromEntries(actual)).toEqual(Object.fromEntries(expected));
  });

  it('tells the outcomes of a sign-in apart', () => {
    const schema = named['authenticate']?.responses['200']?.content?.['application/json']?.schema;
    expect(schema?.discriminator?.propertyName).toBe('status');
    expect(Object.keys(schema?.discriminator?.mapping ?? {})).toEqual(['AUTHENTICATED', 'CHALLENGE']);
  });

  it('has a summary and a tag for each', () => {
    for (const { summary, tags } of Object.values(found)) {
      expect(summary).toMatch(/^[A-Z].{10,}/);
      expect(tags).toEqual(['auth']);
    }
  });

  it('puts a padlock on the guarded ones alone', () => {
    const open = Object.values(found).filter(({ security }) => security?.length === 0);
    const expected = [...PUBLIC, ...(delivery === 'cookie' ? ['logout'] : [])].filter((name) => name in named);
    expect(open.map(({ operationId }) => operationId).sort()).toEqual(expected.sort());
    const bearer = { bearer: [] };
    expect(named['me']?.security).toEqual(delivery === 'body' ? [bearer] : [bearer, { session: [] }]);
    expect(named['updateMe']?.security).toEqual(delivery === 'body' ? [bearer] : [bearer, { session: [], csrf: [] }]);
    expect(named['logout']?.security).toEqual(delivery === 'body' ? [{}, bearer] : []);
  });

  it('names the header of own pages where no session requires it', () => {
    const expected = delivery === 'body' ? [] : [{ name: 'x-mandate-csrf', in: 'header', required: true }];
    const headers = ({ parameters }: Operation) => parameters.filter((parameter) => parameter.in === 'header');
    for (const name of ['register', 'authenticate', 'logout']) {
      expect(headers(named[name] as Operation)).toEqual(expected.map((header) => expect.objectContaining(header)));
    }
    expect(
      ['session', 'me', 'updateMe'].flatMap((name) => (name in named ? headers(named[name] as Operation) : [])),
    ).toEqual([]);
  });

  it('has the body of each operation that has one', () => {
    const bodies = Object.values(found).flatMap(({ operationId, requestBody }) => {
      const schema = requestBody?.content['application/json']?.schema;
      return schema ? [[operationId, shown(schema)]] : [];
    });
    const common = {
      register: 'RegisterDto',
      resendCode: 'ResendConfirmationCodeDto',
      forgotPassword: 'InitiateForgotPasswordDto',
      confirmForgotPassword: 'ConfirmForgotPasswordDto',
      updateMe: 'UpdateProfileDto',
      sendVerification: 'SendVerificationDto',
      validateVerification: 'ValidateVerificationDto',
      changePassword: 'ChangePasswordDto',
      setMfa: 'MfaPreferenceDto',
      verifyTotp: 'VerifySoftwareTokenDto',
      updateDevice: 'UpdateDeviceDto',
      completePasskey: 'CompletePasskeyDto',
    };
    const own =
      delivery === 'body'
        ? {
            confirm: 'ConfirmSignUpDto',
            authenticate: 'AuthenticateDto',
            respond: 'RespondToChallengeDto',
            setUpTotp: 'AssociateSoftwareTokenDto',
            renew: 'RenewTokensDto',
            logout: 'LogoutDto',
            confirmDevice: 'ConfirmDeviceDto',
          }
        : {
            confirm: 'ConfirmCodeDto',
            authenticate: 'PasswordAuthenticateDto',
            respond: 'AnswerChallengeDto',
            logout: 'EndSessionDto',
            confirmDevice: 'NameDeviceDto',
          };
    expect(Object.fromEntries(bodies)).toEqual({ ...common, ...own });
  });

  it('has the parameters of paths and queries', () => {
    expect(named['updateDevice']?.parameters).toEqual([
      expect.objectContaining({ name: 'deviceKey', in: 'path', required: true }),
    ]);
    const parameters = named['revokeSession']?.parameters ?? [];
    expect(parameters.map((parameter) => [parameter.in, parameter.name, parameter.required]).sort()).toEqual([
      ['path', 'sessionId', true],
      ['query', 'revokeLinked', false],
    ]);
    expect(parameters.find(({ name }) => name === 'revokeLinked')?.schema.type).toBe('boolean');
  });

  it('lists the codes of each refusal', () => {
    const authenticate = named['authenticate'] as Operation;
    expect(codesOf(authenticate, 401)).toEqual(expect.arrayContaining(['CREDENTIALS_INVALID']));
    expect(codesOf(authenticate, 401)).not.toContain('TOKEN_MISSING');
    expect(codesOf(authenticate, 400)).toEqual(expect.arrayContaining(['REQUEST_INVALID']));
    expect(codesOf(authenticate, 415)).toEqual(['CONTENT_TYPE_UNSUPPORTED']);
    expect(codesOf(authenticate, 503)).toContain('SERVICE_UNAVAILABLE');
    expect(codesOf(authenticate, 403).includes('CSRF_CHECK_FAILED')).toBe(delivery === 'cookie');
    expect(codesOf(authenticate, 503).includes('SESSION_STORE_UNAVAILABLE')).toBe(delivery === 'cookie');
    expect(authenticate.responses['401']?.description).toContain('CREDENTIALS_INVALID');
    const me = named['me'] as Operation;
    expect(codesOf(me, 401)).toEqual(
      expect.arrayContaining(['TOKEN_MISSING', 'TOKEN_EXPIRED', 'ACCESS_TOKEN_REVOKED']),
    );
    expect(codesOf(me, 403)).not.toContain('CSRF_CHECK_FAILED');
    expect(me.responses).not.toHaveProperty('415');
  });

  it('shows a body for each refusal that has one of its codes', () => {
    for (const { responses } of Object.values(found)) {
      for (const [status, { content }] of Object.entries(responses).filter(([code]) => Number(code) >= 400)) {
        const { schema, example } = content?.['application/json'] ?? {};
        expect(schema?.allOf?.[0]?.$ref).toBe('#/components/schemas/ErrorDto');
        expect(example).toMatchObject({ statusCode: Number(status) });
        expect(schema?.allOf?.[1]?.properties?.['code']?.enum).toContain((example as { code: string }).code);
      }
    }
  });
});

describe('what the document says of the options', () => {
  it('reveals who exists only with revealUsers', async () => {
    const [hidden, revealed] = await Promise.all(
      [false, true].map(async (revealUsers) => byRoute(await apiDocument('body', { revealUsers }))),
    );
    expect(hidden?.['register']?.responses).not.toHaveProperty('409.USERNAME_EXISTS');
    expect(codesOf(hidden?.['register'] as Operation, 409)).toEqual(['ALIAS_EXISTS']);
    expect(codesOf(revealed?.['register'] as Operation, 409)).toEqual(['ALIAS_EXISTS', 'USERNAME_EXISTS']);
    expect(hidden?.['forgotPassword']?.responses).not.toHaveProperty('404');
    expect(codesOf(revealed?.['forgotPassword'] as Operation, 404)).toEqual(['USER_NOT_FOUND']);
  });

  it('says when to try again, where calls are limited', async () => {
    const limited = byRoute(await apiDocument('body', { throttle: { limits: { confirm: null } } }));
    const unlimited = byRoute(await apiDocument('body'));
    expect(codesOf(limited['register'] as Operation, 429)).toContain('REQUESTS_THROTTLED');
    expect(limited['register']?.responses['429']?.headers).toHaveProperty('Retry-After');
    expect(codesOf(limited['confirm'] as Operation, 429)).not.toContain('REQUESTS_THROTTLED');
    expect(codesOf(unlimited['register'] as Operation, 429)).not.toContain('REQUESTS_THROTTLED');
  });

  it('has the sign-in of a confirmation only with autoSignIn', async () => {
    const named = byRoute(await apiDocument('cookie', { autoSignIn: true }));
    expect(successOf(named['confirm'] as Operation)).toEqual([200, `ConfirmationDto|${SHOWN}`]);
  });

  it('has the flows of a sign-in', async () => {
    const named = byRoute(await apiDocument('cookie', { flows: ['USER_AUTH', 'USER_SRP_AUTH'] }));
    const schema = named['authenticate']?.requestBody?.content['application/json']?.schema ?? {};
    expect(shown(schema)).toBe('FlowSignInDto');
  });

  it('describes problem details', async () => {
    const document = await apiDocument('body', { problemDetails: true });
    for (const { responses } of Object.values(operationsOf(document))) {
      for (const [status, { content }] of Object.entries(responses).filter(([code]) => Number(code) >= 400)) {
        expect(Object.keys(content ?? {})).toEqual(['application/problem+json']);
        expect(content?.['application/problem+json']?.example).toMatchObject({ status: Number(status) });
      }
    }
    expect(document.components?.schemas).toHaveProperty('ProblemDto');
    expect(document.components?.schemas).not.toHaveProperty('ErrorDto');
  });

  it('names the header that the sessions have', async () => {
    const header = (named: Readonly<Record<string, Operation>>) =>
      named['register']?.parameters.filter((parameter) => parameter.in === 'header').map(({ name }) => name);
    const own = await apiDocument('cookie', { session: { ...SESSION, csrf: { header: 'x-own' } } });
    expect(header(byRoute(own))).toEqual(['x-own']);
    const without = byRoute(await apiDocument('cookie', { session: { ...SESSION, csrf: null } }));
    expect(header(without)).toEqual([]);
    expect(codesOf(without['updateMe'] as Operation, 403)).not.toContain('CSRF_CHECK_FAILED');
    const shared = await documentOf({
      imports: [
        MandateModule.forRoot(POOL),
        apiModule('cookie', { sharedSession: true }),
        MandateSessionModule.forRoot({ session: { ...SESSION, csrf: { header: 'x-shared' } } }),
      ],
    });
    expect(header(byRoute(shared))).toEqual(['x-shared']);
  });
});

describe('the paths of the document', () => {
  const pathsOf = (document: Awaited<ReturnType<typeof apiDocument>>) => Object.keys(document.paths);

  it('are those of the routes that exist, under their names', async () => {
    const document = await apiDocument('body', {
      prefix: 'account',
      features: ['register', 'profile'],
      paths: { register: 'sign-up', resendCode: null, deleteMe: null },
    });
    expect(Object.keys(operationsOf(document))).toEqual([
      'POST /account/sign-up',
      'POST /account/confirm',
      'GET /account/me',
      'PATCH /account/me',
      'POST /account/verification',
      'POST /account/verification/confirm',
    ]);
    expect(document.components?.schemas).not.toHaveProperty('TokensDto');
  });

  it('follow the prefix and the versions of the application', async () => {
    const document = await documentOf(
      { imports: [MandateModule.forRoot(POOL), apiModule('body', { features: ['password'] })] },
      (app) => {
        app.setGlobalPrefix('api');
        app.enableVersioning({ type: VersioningType.URI, defaultVersion: '1' });
      },
    );
    expect(pathsOf(document)).toEqual(['/api/auth/password']);
  });

  it('of several pools have names of their own', async () => {
    const staff = {
      ...POOL,
      name: 'staff-eu',
      userPoolId: 'eu-west-1_Staff0001',
      clientId: '7staffclientid0123456789',
    };
    const document = await documentOf({
      imports: [
        MandateModule.forRoot(POOL),
        MandateModule.forRoot(staff),
        apiModule('cookie'),
        apiModule('body', { name: 'staff-eu' }),
      ],
    });
    const found = operationsOf(document);
    const ids = Object.values(found).map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(found['POST /auth/register']).toMatchObject({ operationId: 'register', tags: ['auth'] });
    expect(found['POST /auth/staff-eu/confirm']).toMatchObject({ operationId: 'staffEuConfirm', tags: ['staff-eu'] });
    expect(shown(found['POST /auth/confirm']?.requestBody?.content['application/json']?.schema ?? {})).toBe(
      'ConfirmCodeDto',
    );
    expect(successOf(found['POST /auth/staff-eu/authenticate'] as Operation)).toEqual([200, OUTCOME]);
    expect(successOf(found['POST /auth/authenticate'] as Operation)).toEqual([200, SHOWN]);
    expect(found['GET /auth/staff-eu/me']?.security).toEqual([{ bearer: [] }]);
  });
});

describe('what the application changes', () => {
  class OwnRegisterDto extends RegisterDto<{ email: string }> {
    @ApiProperty({ description: 'The plan.', example: 'free' })
    @IsString()
    declare plan: string;
  }
  class OwnUserDto extends UserDto {
    @ApiProperty({ description: 'The plan.', example: 'free' })
    declare readonly plan: string;
  }

  it('is in the document: bodies and responses', async () => {
    const document = await apiDocument('body', {
      dto: { register: OwnRegisterDto },
      responseTypes: { me: OwnUserDto, devices: OwnUserDto, authenticate: OwnUserDto, logout: OwnUserDto },
    });
    const named = byRoute(document);
    expect(shown(named['register']?.requestBody?.content['application/json']?.schema ?? {})).toBe('OwnRegisterDto');
    expect(document.components?.schemas?.['OwnRegisterDto']).toMatchObject({
      required: expect.arrayContaining(['username', 'password', 'plan']),
      example: {
        username: 'ada',
        password: 'Correct-Horse-42',
        attributes: { email: 'ada@example.com' },
        plan: 'free',
      },
    });
    expect(successOf(named['me'] as Operation)).toEqual([200, 'OwnUserDto']);
    expect(successOf(named['devices'] as Operation)).toEqual([200, 'OwnUserDto[]']);
    expect(successOf(named['authenticate'] as Operation)).toEqual([200, 'OwnUserDto']);
    expect(successOf(named['logout'] as Operation)).toEqual([204]);
    expect(document.components?.schemas?.['OwnUserDto']).toMatchObject({
      required: expect.arrayContaining(['sub', 'username', 'plan']),
    });
  });

  it('wins by decorators of @nestjs/swagger', async () => {
    const named = byRoute(
      await apiDocument('body', {
        decorators: (route) =>
          route === 'me' ? [ApiOperation({ summary: 'Who am I?', operationId: 'whoAmI' }), ApiSecurity('own')] : [],
      }),
    );
    expect(named['whoAmI']).toMatchObject({ summary: 'Who am I?' });
    expect(Object.keys(named['whoAmI']?.responses ?? {})).toEqual(expect.arrayContaining(['200', '401']));
    expect(named['updateMe']?.summary).toBe('Changes attributes of the signed-in user');
  });

  it.each<[string, Type<object>]>([['responseTypes', 'text' as never]])(
    'must be classes: %s',
    async (option, value) => {
      await expect(apiModule('body', { [option]: { me: value } })).rejects.toThrow(option);
    },
  );
});
