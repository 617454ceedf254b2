import type { MandateErrorCode } from '../../../errors/error-codes.js';
import type { AuthApiRoute } from '../auth-api-routes.js';

/** How a route can refuse a call, apart from what every route refuses. */
export interface RouteErrors {
  readonly codes: readonly MandateErrorCode[];
  /** Only with the option `revealUsers`: these tell which users exist, or in which state they are. */
  readonly revealing?: readonly MandateErrorCode[];
}

type Codes = readonly MandateErrorCode[];

const TRIGGERS: Codes = ['TRIGGER_REFUSED', 'TRIGGER_FAILED', 'TRIGGER_RESPONSE_INVALID'];
const CODE: Codes = ['CODE_MISMATCH', 'CODE_EXPIRED', 'ATTEMPTS_EXCEEDED'];
const NEW_PASSWORD: Codes = ['PASSWORD_INVALID', 'PASSWORD_REUSED'];
const ATTRIBUTES: Codes = ['ATTRIBUTE_INVALID', 'ATTRIBUTE_UNKNOWN', 'ATTRIBUTE_NOT_WRITABLE'];
const CHALLENGE_SESSION: Codes = ['SESSION_EXPIRED', 'SESSION_INVALID', 'SESSION_USED'];
const DELIVERY: Codes = ['CODE_DELIVERY_FAILED', 'EMAIL_LIMIT_EXCEEDED', 'EMAIL_ROLE_INVALID', 'SMS_ROLE_INVALID'];
const SIGN_IN: Codes = [
  'CREDENTIALS_INVALID',
  'TEMPORARY_PASSWORD_EXPIRED',
  'USER_NOT_CONFIRMED',
  'USER_DISABLED',
  'PASSWORD_RESET_REQUIRED',
  'SIGN_IN_LOCKED',
  'SIGN_IN_BLOCKED',
  'CHALLENGE_UNSUPPORTED',
  'SRP_PROTOCOL_VIOLATED',
  'AUTH_FLOW_NOT_ENABLED',
  'AUTH_FLOW_UNSUPPORTED',
  'CUSTOM_AUTH_NOT_CONFIGURED',
  ...DELIVERY,
  ...TRIGGERS,
];
const USER: Codes = ['USER_NOT_FOUND', 'USER_DISABLED', 'USER_STATE_UNSUPPORTED'];
const RECOVERY: Codes = [...USER, 'USER_NOT_CONFIRMED', 'PASSWORD_RECOVERY_NOT_PERMITTED'];
/** Of `DELIVERY`, without the code that tells that there was somebody to send a message to. */
const LIMITED_DELIVERY: Codes = DELIVERY.filter((code) => code !== 'CODE_DELIVERY_FAILED');
const SENDING: Codes = ['ATTEMPTS_EXCEEDED', 'CODE_DELIVERY_FAILED'];

/** What each route refuses: the `@throws` of the methods of `CognitoService` that its handler calls. */
const ROUTE_ERRORS: Readonly<Record<AuthApiRoute, RouteErrors>> = {
  register: {
    codes: [
      'USERNAME_INVALID',
      'PASSWORD_INVALID',
      ...ATTRIBUTES,
      'ATTRIBUTE_REQUIRED',
      'SIGN_UP_NOT_PERMITTED',
      'ALIAS_EXISTS',
      ...DELIVERY,
      ...TRIGGERS,
    ],
    revealing: ['USERNAME_EXISTS'],
  },
  confirm: {
    codes: [...CODE, 'ALIAS_EXISTS', ...TRIGGERS],
    revealing: [...USER, 'USER_ALREADY_CONFIRMED'],
  },
  resendCode: {
    codes: [...LIMITED_DELIVERY, ...TRIGGERS],
    revealing: [...USER, 'USER_ALREADY_CONFIRMED', 'AUTO_VERIFICATION_NOT_ENABLED', ...SENDING],
  },
  authenticate: { codes: [...SIGN_IN, ...CHALLENGE_SESSION], revealing: ['USER_NOT_FOUND'] },
  respond: {
    codes: [
      'CODE_MISMATCH',
      'CODE_EXPIRED',
      'CODE_USED',
      ...CHALLENGE_SESSION,
      ...SIGN_IN,
      ...NEW_PASSWORD,
      ...ATTRIBUTES,
      'ATTRIBUTE_REQUIRED',
      'ATTRIBUTE_ALREADY_SET',
      'ALIAS_EXISTS',
      'ARGUMENT_INVALID',
      'MFA_METHOD_NOT_FOUND',
      'SOFTWARE_TOKEN_NOT_FOUND',
      'SOFTWARE_TOKEN_NOT_ENABLED',
      'PASSKEY_CREDENTIAL_INVALID',
    ],
  },
  setUpTotp: { codes: [...CHALLENGE_SESSION, 'SOFTWARE_TOKEN_NOT_OFFERED'] },
  renew: {
    codes: [
      'REFRESH_TOKEN_EXPIRED',
      'REFRESH_TOKEN_INVALID',
      'REFRESH_TOKEN_REVOKED',
      'REFRESH_TOKEN_REUSED',
      'REFRESH_TOKEN_USER_DELETED',
      'USER_DISABLED',
      'ARGUMENT_INVALID',
      'DEVICE_NOT_FOUND',
      'RENEWAL_METHOD_UNSUPPORTED',
      ...TRIGGERS,
    ],
  },
  session: { codes: [] },
  logout: { codes: ['REVOCATION_NOT_RECORDED'] },
  forgotPassword: {
    codes: [...LIMITED_DELIVERY, ...TRIGGERS],
    revealing: [...RECOVERY, 'VERIFIED_ADDRESS_MISSING', ...SENDING],
  },
  confirmForgotPassword: { codes: [...CODE, ...NEW_PASSWORD, ...TRIGGERS], revealing: RECOVERY },
  me: { codes: [] },
  updateMe: {
    codes: [...ATTRIBUTES, 'ATTRIBUTE_IMMUTABLE', 'ATTRIBUTE_NOT_DELETABLE', 'ALIAS_EXISTS', ...DELIVERY, ...TRIGGERS],
  },
  deleteMe: { codes: ['REVOCATION_NOT_RECORDED'] },
  sendVerification: { codes: ['ADDRESS_MISSING', 'ATTEMPTS_EXCEEDED', ...DELIVERY, ...TRIGGERS] },
  validateVerification: { codes: [...CODE, 'ALIAS_EXISTS'] },
  changePassword: { codes: ['CREDENTIALS_INVALID', ...NEW_PASSWORD, 'ATTEMPTS_EXCEEDED'] },
  mfa: { codes: [] },
  setMfa: { codes: ['MFA_FACTOR_NOT_SET_UP', 'SOFTWARE_TOKEN_NOT_OFFERED'] },
  associateTotp: { codes: ['SOFTWARE_TOKEN_NOT_OFFERED'] },
  verifyTotp: { codes: ['CODE_MISMATCH', 'SOFTWARE_TOKEN_NOT_ENABLED', 'SOFTWARE_TOKEN_NOT_OFFERED'] },
  devices: { codes: ['DEVICES_NOT_TRACKED'] },
  confirmDevice: { codes: ['DEVICE_KEY_INVALID', 'DEVICE_KEY_EXISTS', 'DEVICE_NOT_FOUND', 'DEVICES_NOT_TRACKED'] },
  updateDevice: { codes: ['DEVICE_NOT_FOUND', 'DEVICES_NOT_TRACKED'] },
  forgetDevice: { codes: ['DEVICE_NOT_FOUND', 'DEVICES_NOT_TRACKED'] },
  passkeys: { codes: ['PASSKEY_NOT_ENABLED'] },
  startPasskey: { codes: ['PASSKEY_NOT_ENABLED', 'PASSKEY_NOT_CONFIGURED', 'PASSKEY_LIMIT_EXCEEDED'] },
  completePasskey: {
    codes: [
      'PASSKEY_CHALLENGE_NOT_FOUND',
      'PASSKEY_CLIENT_MISMATCH',
      'PASSKEY_CREDENTIAL_INVALID',
      'PASSKEY_CREDENTIAL_UNSUPPORTED',
      'PASSKEY_ORIGIN_REFUSED',
      'PASSKEY_RELYING_PARTY_MISMATCH',
      'PASSKEY_NOT_ENABLED',
      'PASSKEY_LIMIT_EXCEEDED',
    ],
  },
  deletePasskey: { codes: ['PASSKEY_NOT_FOUND', 'PASSKEY_NOT_ENABLED'] },
  sessions: { codes: ['OPERATION_NOT_ENABLED'] },
  revokeSession: { codes: ['USER_SESSION_NOT_FOUND', 'USER_SESSION_CURRENT', 'OPERATION_NOT_ENABLED'] },
};

/** How a route can refuse a call. */
export function routeErrors(route: AuthApiRoute): RouteErrors {
  return ROUTE_ERRORS[route];
}
