import type { AuthApiDelivery } from '../../../lib/http/index.js';
import {
  apiDocument,
  bodyOf,
  byId,
  codesOf,
  headersOf,
  type Operation,
  operationsOf,
  successOf,
} from './support/api-document.js';

/** The status and the schema of a success. Null for a route that a delivery does not have. */
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

describe.each<AuthApiDelivery>(['body', 'cookie'])('the document of an API with tokens by %s', (delivery) => {
  let found: Readonly<Record<string, Operation>>;
  let named: (id: string) => Operation;
  let ids: readonly string[];
  beforeAll(async () => {
    const document = await apiDocument(delivery);
    found = operationsOf(document);
    named = byId(document);
    ids = Object.values(found).map(({ operationId }) => operationId);
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
    const schema = named('authenticate').responses['200']?.content?.['application/json']?.schema;
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
    const expected = [...PUBLIC, ...(delivery === 'cookie' ? ['logout'] : [])].filter((name) => ids.includes(name));
    expect(open.map(({ operationId }) => operationId).sort()).toEqual(expected.sort());
    const bearer = { bearer: [] };
    expect(named('me').security).toEqual(delivery === 'body' ? [bearer] : [bearer, { session: [] }]);
    expect(named('updateMe').security).toEqual(delivery === 'body' ? [bearer] : [bearer, { session: [], csrf: [] }]);
    expect(named('logout').security).toEqual(delivery === 'body' ? [{}, bearer] : []);
  });

  it('names the header of own pages where no session requires it', () => {
    const expected = delivery === 'body' ? [] : ['x-mandate-csrf'];
    for (const id of ['register', 'authenticate', 'logout']) {
      expect(headersOf(named(id))).toEqual(expected);
    }
    for (const id of ['session', 'me', 'updateMe'].filter((name) => ids.includes(name))) {
      expect(headersOf(named(id))).toEqual([]);
    }
  });

  it('has the body of each operation that has one', () => {
    const bodies = ids.map((id) => [id, bodyOf(named(id))]).filter(([, body]) => body !== undefined);
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
    expect(named('updateDevice').parameters).toEqual([
      expect.objectContaining({ name: 'deviceKey', in: 'path', required: true }),
    ]);
    const parameters = named('revokeSession').parameters;
    expect(parameters.map((parameter) => [parameter.in, parameter.name, parameter.required]).sort()).toEqual([
      ['path', 'sessionId', true],
      ['query', 'revokeLinked', false],
    ]);
    expect(parameters.find(({ name }) => name === 'revokeLinked')?.schema.type).toBe('boolean');
  });

  it('lists the codes of each refusal', () => {
    const authenticate = named('authenticate');
    expect(codesOf(authenticate, 401)).toEqual(expect.arrayContaining(['CREDENTIALS_INVALID']));
    expect(codesOf(authenticate, 401)).not.toContain('TOKEN_MISSING');
    expect(codesOf(authenticate, 400)).toEqual(expect.arrayContaining(['REQUEST_INVALID']));
    expect(codesOf(authenticate, 415)).toEqual(['CONTENT_TYPE_UNSUPPORTED']);
    expect(codesOf(authenticate, 503)).toContain('SERVICE_UNAVAILABLE');
    expect(codesOf(authenticate, 403).includes('CSRF_CHECK_FAILED')).toBe(delivery === 'cookie');
    expect(codesOf(authenticate, 503).includes('SESSION_STORE_UNAVAILABLE')).toBe(delivery === 'cookie');
    expect(authenticate.responses['401']?.description).toContain('CREDENTIALS_INVALID');
    const me = named('me');
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
