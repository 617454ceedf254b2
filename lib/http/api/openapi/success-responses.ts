// Loaded late: these classes bring class-validator, which `mandate/http` needs for this module alone.
import type { Type } from '@nestjs/common';

import { referenceTo, unionOf } from '../../../dto/openapi-schema.js';
import { BrowserSessionDto } from '../../../dto/responses/browser-session.dto.js';
import { CodeSentDto } from '../../../dto/responses/code-delivery.dto.js';
import { ConfirmedDeviceDto, DeviceDto } from '../../../dto/responses/device.dto.js';
import { AuthenticatedDto, ChallengedDto, ChallengeShownDto, SignedInDto } from '../../../dto/responses/outcome.dto.js';
import { PasskeyCreationOptionsDto, PasskeyDto } from '../../../dto/responses/passkey.dto.js';
import { ConfirmationDto, RegistrationDto } from '../../../dto/responses/registration.dto.js';
import { SoftwareTokenSetupDto } from '../../../dto/responses/software-token-setup.dto.js';
import { TokensDto } from '../../../dto/responses/tokens.dto.js';
import { UserSessionDto } from '../../../dto/responses/user-session.dto.js';
import { AuthFactorsDto, ProfileUpdateDto, UserDto } from '../../../dto/responses/user.dto.js';
import { routeOf, type AuthApiRoute } from '../auth-api-routes.js';
import type { DocumentFacts } from './document-facts.js';

/** The body of a success. */
export interface SuccessBody {
  /** What the document shows it as: one class, a list of it, it or null, or one of several by the value of `status`. */
  readonly kind: 'none' | 'one' | 'list' | 'nullable' | 'union';
  readonly types: readonly Type<object>[];
  /** The value of `status` of each type of a union. */
  readonly statuses?: readonly string[];
}

const NOTHING: SuccessBody = { kind: 'none', types: [] };

/** Of the routes whose body does not depend on the settings. */
const BODIES: Readonly<Record<Exclude<AuthApiRoute, 'confirm' | 'authenticate' | 'respond'>, SuccessBody>> = {
  register: one(RegistrationDto),
  resendCode: one(CodeSentDto),
  setUpTotp: one(SoftwareTokenSetupDto),
  renew: one(TokensDto),
  session: { kind: 'nullable', types: [BrowserSessionDto] },
  logout: NOTHING,
  forgotPassword: one(CodeSentDto),
  confirmForgotPassword: NOTHING,
  me: one(UserDto),
  updateMe: one(ProfileUpdateDto),
  deleteMe: NOTHING,
  sendVerification: one(CodeSentDto),
  validateVerification: NOTHING,
  changePassword: NOTHING,
  mfa: one(AuthFactorsDto),
  setMfa: NOTHING,
  associateTotp: one(SoftwareTokenSetupDto),
  verifyTotp: NOTHING,
  devices: list(DeviceDto),
  confirmDevice: one(ConfirmedDeviceDto),
  updateDevice: NOTHING,
  forgetDevice: NOTHING,
  passkeys: list(PasskeyDto),
  startPasskey: one(PasskeyCreationOptionsDto),
  completePasskey: NOTHING,
  deletePasskey: NOTHING,
  sessions: list(UserSessionDto),
  revokeSession: NOTHING,
};

/** The HTTP status of a success. */
export function successStatus(route: AuthApiRoute, { delivery }: Pick<DocumentFacts, 'delivery'>): number {
  const { status, cookieStatus } = routeOf(route);
  return delivery === 'cookie' ? (cookieStatus ?? status) : status;
}

/**
 * The body of a success.
 *
 * @param own - the application's class of it, or of the items of a list.
 */
export function successBody(route: AuthApiRoute, own: Type<object> | undefined, facts: DocumentFacts): SuccessBody {
  const body = successStatus(route, facts) === 204 ? NOTHING : standardBody(route, facts);
  if (own === undefined || body.kind === 'none') {
    return body;
  }
  return body.kind === 'union' ? one(own) : { ...body, types: [own] };
}

function standardBody(route: AuthApiRoute, { delivery, autoSignIn }: DocumentFacts): SuccessBody {
  const outcome =
    delivery === 'cookie'
      ? { AUTHENTICATED: SignedInDto, CHALLENGE: ChallengeShownDto }
      : { AUTHENTICATED: AuthenticatedDto, CHALLENGE: ChallengedDto };
  switch (route) {
    case 'authenticate':
    case 'respond':
      return union(outcome);
    case 'confirm':
      return autoSignIn ? union({ CONFIRMED: ConfirmationDto, ...outcome }) : one(ConfirmationDto);
    default:
      return BODIES[route];
  }
}

function one(type: Type<object>): SuccessBody {
  return { kind: 'one', types: [type] };
}

function list(type: Type<object>): SuccessBody {
  return { kind: 'list', types: [type] };
}

function union(types: Readonly<Record<string, Type<object>>>): SuccessBody {
  return { kind: 'union', types: Object.values(types), statuses: Object.keys(types) };
}

/** The response, as @nestjs/swagger takes it. The document must have the schemas of a nullable type and of a union. */
export function successResponse({ kind, types, statuses = [] }: SuccessBody): object {
  const [type] = types;
  if (type === undefined) {
    return { description: 'Done.' };
  }
  switch (kind) {
    case 'list':
      return { description: 'The list.', type, isArray: true };
    case 'nullable':
      return { description: 'What there is, or null.', ...json({ nullable: true, allOf: [referenceTo(type)] }) };
    case 'union': {
      const byStatus = Object.fromEntries(statuses.map((status, index) => [status, types[index] ?? type]));
      return { description: 'The outcome: `status` tells which.', ...json(unionOf('status', byStatus)) };
    }
    default:
      return { description: 'The result.', type };
  }
}

function json(schema: object): object {
  return { content: { 'application/json': { schema } } };
}
