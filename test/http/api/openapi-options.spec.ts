import { type Type, VersioningType } from '@nestjs/common';
import { ApiOperation, ApiProperty, ApiSecurity } from '@nestjs/swagger';
import { IsString } from 'class-validator';
import { RegisterDto, UserDto } from 'mandate/dto';

import { MandateSessionModule } from '../../../lib/http/index.js';
import { MandateModule } from '../../../lib/module/mandate.module.js';
import { SESSION } from './support/api-app.js';
import {
  apiDocument,
  apiModule,
  bodyOf,
  byId,
  codesOf,
  documentOf,
  headersOf,
  operationsOf,
  POOL,
  successOf,
} from './support/api-document.js';

const OUTCOME = 'AuthenticatedDto|ChallengedDto';
const SHOWN = 'SignedInDto|ChallengeShownDto';

describe('what the document says of the options', () => {
  it('reveals who exists only with revealUsers', async () => {
    const hidden = byId(await apiDocument('body'));
    const revealed = byId(await apiDocument('body', { revealUsers: true }));
    expect(codesOf(hidden('register'), 409)).toEqual(['ALIAS_EXISTS']);
    expect(codesOf(revealed('register'), 409)).toEqual(['ALIAS_EXISTS', 'USERNAME_EXISTS']);
    expect(hidden('forgotPassword').responses).not.toHaveProperty('404');
    expect(codesOf(revealed('forgotPassword'), 404)).toEqual(['USER_NOT_FOUND']);
  });

  it('says when to try again, where calls are limited', async () => {
    const limited = byId(await apiDocument('body', { throttle: { limits: { confirm: null } } }));
    const unlimited = byId(await apiDocument('body'));
    expect(codesOf(limited('register'), 429)).toContain('REQUESTS_THROTTLED');
    expect(limited('register').responses['429']?.headers).toHaveProperty('Retry-After');
    expect(codesOf(limited('confirm'), 429)).not.toContain('REQUESTS_THROTTLED');
    expect(codesOf(unlimited('register'), 429)).not.toContain('REQUESTS_THROTTLED');
  });

  it('has the sign-in of a confirmation only with autoSignIn', async () => {
    const named = byId(await apiDocument('cookie', { autoSignIn: true }));
    expect(successOf(named('confirm'))).toEqual([200, `ConfirmationDto|${SHOWN}`]);
  });

  it('has the flows of a sign-in', async () => {
    const named = byId(await apiDocument('cookie', { flows: ['USER_AUTH', 'USER_SRP_AUTH'] }));
    expect(bodyOf(named('authenticate'))).toBe('FlowSignInDto');
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
    const own = await apiDocument('cookie', { session: { ...SESSION, csrf: { header: 'x-own' } } });
    expect(headersOf(byId(own)('register'))).toEqual(['x-own']);
    const without = byId(await apiDocument('cookie', { session: { ...SESSION, csrf: null } }));
    expect(headersOf(without('register'))).toEqual([]);
    expect(codesOf(without('updateMe'), 403)).not.toContain('CSRF_CHECK_FAILED');
    const shared = await documentOf({
      imports: [
        MandateModule.forRoot(POOL),
        apiModule('cookie', { sharedSession: true }),
        MandateSessionModule.forRoot({ session: { ...SESSION, csrf: { header: 'x-shared' } } }),
      ],
    });
    expect(headersOf(byId(shared)('register'))).toEqual(['x-shared']);
  });
});

describe('the paths of the document', () => {
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
    expect(Object.keys(document.paths)).toEqual(['/api/auth/password']);
  });

  it('of two registrations of one pool have names of their own', async () => {
    const document = await documentOf({
      imports: [
        MandateModule.forRoot(POOL),
        apiModule('cookie'),
        apiModule('body', { prefix: 'mobile/auth', features: ['signIn'] }),
      ],
    });
    const ids = Object.values(operationsOf(document)).map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(ids).toEqual(expect.arrayContaining(['authenticate', 'mobileAuthenticate', 'mobileRenew']));
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
    const named = byId(document);
    const ids = Object.values(found).map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    expect(found['POST /auth/register']).toMatchObject({ operationId: 'register', tags: ['auth'] });
    expect(found['POST /auth/staff-eu/confirm']).toMatchObject({ operationId: 'staffEuConfirm', tags: ['staff-eu'] });
    expect(bodyOf(named('confirm'))).toBe('ConfirmCodeDto');
    expect(successOf(named('staffEuAuthenticate'))).toEqual([200, OUTCOME]);
    expect(successOf(named('authenticate'))).toEqual([200, SHOWN]);
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
    const named = byId(document);
    expect(bodyOf(named('register'))).toBe('OwnRegisterDto');
    expect(document.components?.schemas?.['OwnRegisterDto']).toMatchObject({
      required: expect.arrayContaining(['username', 'password', 'plan']),
      example: {
        username: 'ada',
        password: 'Correct-Horse-42',
        attributes: { email: 'ada@example.com' },
        plan: 'free',
      },
    });
    expect(successOf(named('me'))).toEqual([200, 'OwnUserDto']);
    expect(successOf(named('devices'))).toEqual([200, 'OwnUserDto[]']);
    expect(successOf(named('authenticate'))).toEqual([200, 'OwnUserDto']);
    expect(successOf(named('logout'))).toEqual([204]);
    expect(document.components?.schemas?.['OwnUserDto']).toMatchObject({
      required: expect.arrayContaining(['sub', 'username', 'plan']),
    });
  });

  it('wins by decorators of @nestjs/swagger', async () => {
    const named = byId(
      await apiDocument('body', {
        decorators: (route) =>
          route === 'me' ? [ApiOperation({ summary: 'Who am I?', operationId: 'whoAmI' }), ApiSecurity('own')] : [],
      }),
    );
    expect(named('whoAmI')).toMatchObject({ summary: 'Who am I?' });
    expect(Object.keys(named('whoAmI').responses)).toEqual(expect.arrayContaining(['200', '401']));
    expect(named('updateMe').summary).toBe('Changes attributes of the signed-in user');
  });

  it.each<[string, Type<object>]>([['responseTypes', 'text' as never]])(
    'must be classes: %s',
    async (option, value) => {
      await expect(apiModule('body', { [option]: { me: value } })).rejects.toThrow(option);
    },
  );
});
