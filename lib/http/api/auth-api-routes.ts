import type { MandateErrorCode } from '../../errors/error-codes.js';

/**
 * A group of routes that can be left out together.
 *
 * @publicApi
 */
export type AuthApiFeature =
  'register' | 'signIn' | 'recovery' | 'profile' | 'password' | 'mfa' | 'devices' | 'passkeys' | 'sessions';

/**
 * How the API hands over tokens: `cookie` keeps them in a browser session, which scripts cannot read; `body` returns them to
 * the client, for mobile applications and other servers.
 *
 * @publicApi
 */
export type AuthApiDelivery = 'cookie' | 'body';

/** A route as the controller is made from it. */
export interface AuthApiRouteDefinition {
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** After the prefix of the module. */
  readonly path: string;
  readonly feature: AuthApiFeature;
  /** The HTTP status of success. */
  readonly status: number;
  /** The HTTP status of success with the delivery `cookie`. Default: `status`. */
  readonly cookieStatus?: number;
  /** Whether the caller must be signed in. */
  readonly guarded?: true;
  /** The only delivery that has the route. Default: both. */
  readonly delivery?: AuthApiDelivery;
  /** One line for the OpenAPI document. */
  readonly summary: string;
  /** Codes of refusals that are not those of every route. */
  readonly errors: readonly MandateErrorCode[];
}

const CODE = ['CODE_MISMATCH', 'CODE_EXPIRED', 'ATTEMPTS_EXCEEDED'] as const satisfies MandateErrorCode[];
const NEW_PASSWORD = ['PASSWORD_INVALID', 'PASSWORD_REUSED'] as const satisfies MandateErrorCode[];
const ATTRIBUTES = [
  'ATTRIBUTE_INVALID',
  'ATTRIBUTE_UNKNOWN',
  'ATTRIBUTE_NOT_WRITABLE',
] as const satisfies MandateErrorCode[];
const SIGN_IN = [
  'CREDENTIALS_INVALID',
  'USER_NOT_CONFIRMED',
  'USER_DISABLED',
  'PASSWORD_RESET_REQUIRED',
  'SIGN_IN_LOCKED',
  'SIGN_IN_BLOCKED',
] as const satisfies MandateErrorCode[];
const CHALLENGE = [
  'CODE_MISMATCH',
  'CODE_EXPIRED',
  'SESSION_EXPIRED',
  'SESSION_INVALID',
  'SESSION_USED',
] as const satisfies MandateErrorCode[];

/** The routes, in the order in which the OpenAPI document shows them. */
export const AUTH_API_ROUTES = {
  register: {
    method: 'POST',
    path: 'register',
    feature: 'register',
    status: 201,
    summary: 'Signs up a new user',
    errors: ['PASSWORD_INVALID', ...ATTRIBUTES, 'ATTRIBUTE_REQUIRED', 'USERNAME_INVALID', 'SIGN_UP_NOT_PERMITTED'],
  },
  confirm: {
    method: 'POST',
    path: 'confirm',
    feature: 'register',
    status: 200,
    summary: 'Confirms a sign-up with the code that was sent',
    errors: [...CODE, 'ALIAS_EXISTS'],
  },
  resendCode: {
    method: 'POST',
    path: 'resend-code',
    feature: 'register',
    status: 202,
    summary: 'Sends the code of a sign-up again',
    errors: [],
  },
  authenticate: {
    method: 'POST',
    path: 'authenticate',
    feature: 'signIn',
    status: 200,
    summary: 'Signs in, or returns a challenge',
    errors: SIGN_IN,
  },
  respond: {
    method: 'POST',
    path: 'respond',
    feature: 'signIn',
    status: 200,
    summary: 'Answers the challenge of a sign-in',
    errors: [...CHALLENGE, ...NEW_PASSWORD, ...SIGN_IN],
  },
  setUpTotp: {
    method: 'POST',
    path: 'respond/totp',
    feature: 'signIn',
    status: 200,
    summary: 'Returns the secret of an authenticator app, for the challenge MFA_SETUP of a sign-in',
    errors: ['SESSION_EXPIRED', 'SESSION_INVALID', 'SESSION_USED', 'SOFTWARE_TOKEN_NOT_OFFERED'],
  },
  renew: {
    method: 'POST',
    path: 'renew',
    feature: 'signIn',
    status: 200,
    delivery: 'body',
    summary: 'Renews tokens',
    errors: [
      'REFRESH_TOKEN_EXPIRED',
      'REFRESH_TOKEN_INVALID',
      'REFRESH_TOKEN_REVOKED',
      'REFRESH_TOKEN_REUSED',
      'REFRESH_TOKEN_USER_DELETED',
      'USER_DISABLED',
    ],
  },
  session: {
    method: 'GET',
    path: 'session',
    feature: 'signIn',
    status: 200,
    delivery: 'cookie',
    summary: 'Returns the session of this browser, or null',
    errors: [],
  },
  logout: {
    method: 'POST',
    path: 'logout',
    feature: 'signIn',
    status: 204,
    summary: 'Ends this sign-in, or all sign-ins of the user',
    errors: [],
  },
  forgotPassword: {
    method: 'POST',
    path: 'forgot-password',
    feature: 'recovery',
    status: 202,
    summary: 'Sends a code for a new password',
    errors: [],
  },
  confirmForgotPassword: {
    method: 'POST',
    path: 'confirm-forgot-password',
    feature: 'recovery',
    status: 204,
    summary: 'Sets a new password with the code that was sent',
    errors: [...CODE, ...NEW_PASSWORD],
  },
  me: {
    method: 'GET',
    path: 'me',
    feature: 'profile',
    status: 200,
    guarded: true,
    summary: 'Returns the signed-in user',
    errors: [],
  },
  updateMe: {
    method: 'PATCH',
    path: 'me',
    feature: 'profile',
    status: 200,
    guarded: true,
    summary: 'Changes attributes of the signed-in user',
    errors: [...ATTRIBUTES, 'ATTRIBUTE_IMMUTABLE', 'ALIAS_EXISTS'],
  },
  deleteMe: {
    method: 'DELETE',
    path: 'me',
    feature: 'profile',
    status: 204,
    guarded: true,
    summary: 'Deletes the account of the signed-in user',
    errors: [],
  },
  sendVerification: {
    method: 'POST',
    path: 'verification',
    feature: 'profile',
    status: 202,
    guarded: true,
    summary: 'Sends a code that verifies an e-mail address or a phone number',
    errors: ['ADDRESS_MISSING', 'ATTEMPTS_EXCEEDED'],
  },
  validateVerification: {
    method: 'POST',
    path: 'verification/confirm',
    feature: 'profile',
    status: 204,
    guarded: true,
    summary: 'Verifies an e-mail address or a phone number with the code that was sent',
    errors: [...CODE, 'ALIAS_EXISTS'],
  },
  changePassword: {
    method: 'POST',
    path: 'password',
    feature: 'password',
    status: 204,
    guarded: true,
    summary: 'Changes the password of the signed-in user',
    errors: ['CREDENTIALS_INVALID', ...NEW_PASSWORD, 'ATTEMPTS_EXCEEDED'],
  },
  mfa: {
    method: 'GET',
    path: 'mfa',
    feature: 'mfa',
    status: 200,
    guarded: true,
    summary: 'Returns the factors that the user can sign in with',
    errors: [],
  },
  setMfa: {
    method: 'PUT',
    path: 'mfa',
    feature: 'mfa',
    status: 204,
    guarded: true,
    summary: 'Turns second factors on or off',
    errors: ['MFA_FACTOR_NOT_SET_UP', 'SOFTWARE_TOKEN_NOT_OFFERED', 'PARAMETER_INVALID'],
  },
  associateTotp: {
    method: 'POST',
    path: 'mfa/totp',
    feature: 'mfa',
    status: 200,
    guarded: true,
    summary: 'Returns the secret of a new authenticator app',
    errors: ['SOFTWARE_TOKEN_NOT_OFFERED'],
  },
  verifyTotp: {
    method: 'POST',
    path: 'mfa/totp/verify',
    feature: 'mfa',
    status: 204,
    guarded: true,
    summary: 'Verifies the first code of an authenticator app, and turns it on',
    errors: ['SOFTWARE_TOKEN_NOT_ENABLED', 'CODE_MISMATCH'],
  },
  devices: {
    method: 'GET',
    path: 'devices',
    feature: 'devices',
    status: 200,
    guarded: true,
    summary: 'Lists the devices of the user',
    errors: ['DEVICES_NOT_TRACKED'],
  },
  confirmDevice: {
    method: 'POST',
    path: 'devices',
    feature: 'devices',
    status: 200,
    cookieStatus: 204,
    guarded: true,
    summary: 'Remembers the device of the sign-in',
    errors: ['DEVICE_KEY_INVALID', 'DEVICE_KEY_EXISTS', 'DEVICES_NOT_TRACKED'],
  },
  updateDevice: {
    method: 'PATCH',
    path: 'devices/:deviceKey',
    feature: 'devices',
    status: 204,
    guarded: true,
    summary: 'Changes whether a device is remembered',
    errors: ['DEVICE_NOT_FOUND'],
  },
  forgetDevice: {
    method: 'DELETE',
    path: 'devices/:deviceKey',
    feature: 'devices',
    status: 204,
    guarded: true,
    summary: 'Forgets a device',
    errors: ['DEVICE_NOT_FOUND'],
  },
  passkeys: {
    method: 'GET',
    path: 'passkeys',
    feature: 'passkeys',
    status: 200,
    guarded: true,
    summary: 'Lists the passkeys of the user',
    errors: ['PASSKEY_NOT_ENABLED'],
  },
  startPasskey: {
    method: 'POST',
    path: 'passkeys/start',
    feature: 'passkeys',
    status: 200,
    guarded: true,
    summary: 'Returns the options with which the browser creates a passkey',
    errors: ['PASSKEY_NOT_ENABLED', 'PASSKEY_LIMIT_EXCEEDED'],
  },
  completePasskey: {
    method: 'POST',
    path: 'passkeys/complete',
    feature: 'passkeys',
    status: 204,
    guarded: true,
    summary: 'Registers the passkey that the browser has created',
    errors: [
      'PASSKEY_CHALLENGE_NOT_FOUND',
      'PASSKEY_CREDENTIAL_INVALID',
      'PASSKEY_CREDENTIAL_UNSUPPORTED',
      'PASSKEY_ORIGIN_REFUSED',
      'PASSKEY_RELYING_PARTY_MISMATCH',
    ],
  },
  deletePasskey: {
    method: 'DELETE',
    path: 'passkeys/:credentialId',
    feature: 'passkeys',
    status: 204,
    guarded: true,
    summary: 'Deletes a passkey',
    errors: ['PASSKEY_NOT_FOUND'],
  },
  sessions: {
    method: 'GET',
    path: 'sessions',
    feature: 'sessions',
    status: 200,
    guarded: true,
    summary: 'Lists the sessions of the user in all app clients',
    errors: [],
  },
  revokeSession: {
    method: 'DELETE',
    path: 'sessions/:sessionId',
    feature: 'sessions',
    status: 204,
    guarded: true,
    summary: 'Ends another session of the user',
    errors: ['USER_SESSION_NOT_FOUND', 'USER_SESSION_CURRENT'],
  },
} as const satisfies Readonly<Record<string, AuthApiRouteDefinition>>;

/**
 * The name of a route.
 *
 * @publicApi
 */
export type AuthApiRoute = keyof typeof AUTH_API_ROUTES;

/** All names of routes. */
export const AUTH_API_ROUTE_NAMES = Object.keys(AUTH_API_ROUTES) as readonly AuthApiRoute[];

/** All features. */
export const AUTH_API_FEATURES = [
  ...new Set<AuthApiFeature>(Object.values(AUTH_API_ROUTES).map(({ feature }) => feature)),
];

/** The definition of a route. */
export function routeOf(name: AuthApiRoute): AuthApiRouteDefinition {
  return AUTH_API_ROUTES[name];
}
