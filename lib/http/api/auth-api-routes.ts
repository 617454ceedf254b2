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
}

/** The routes, in the order in which the OpenAPI document shows them. */
export const AUTH_API_ROUTES = {
  register: {
    method: 'POST',
    path: 'register',
    feature: 'register',
    status: 201,
    summary: 'Signs up a new user',
  },
  confirm: {
    method: 'POST',
    path: 'confirm',
    feature: 'register',
    status: 200,
    summary: 'Confirms a sign-up with the code that was sent',
  },
  resendCode: {
    method: 'POST',
    path: 'resend-code',
    feature: 'register',
    status: 202,
    summary: 'Sends the code of a sign-up again',
  },
  authenticate: {
    method: 'POST',
    path: 'authenticate',
    feature: 'signIn',
    status: 200,
    summary: 'Signs in, or returns a challenge',
  },
  respond: {
    method: 'POST',
    path: 'respond',
    feature: 'signIn',
    status: 200,
    summary: 'Answers the challenge of a sign-in',
  },
  setUpTotp: {
    method: 'POST',
    path: 'respond/totp',
    feature: 'signIn',
    status: 200,
    summary: 'Returns the secret of an authenticator app, for the challenge MFA_SETUP of a sign-in',
  },
  renew: {
    method: 'POST',
    path: 'renew',
    feature: 'signIn',
    status: 200,
    delivery: 'body',
    summary: 'Renews tokens',
  },
  session: {
    method: 'GET',
    path: 'session',
    feature: 'signIn',
    status: 200,
    delivery: 'cookie',
    summary: 'Returns the session of this browser, or null',
  },
  logout: {
    method: 'POST',
    path: 'logout',
    feature: 'signIn',
    status: 204,
    summary: 'Ends this sign-in, or all sign-ins of the user',
  },
  forgotPassword: {
    method: 'POST',
    path: 'forgot-password',
    feature: 'recovery',
    status: 202,
    summary: 'Sends a code for a new password',
  },
  confirmForgotPassword: {
    method: 'POST',
    path: 'confirm-forgot-password',
    feature: 'recovery',
    status: 204,
    summary: 'Sets a new password with the code that was sent',
  },
  me: {
    method: 'GET',
    path: 'me',
    feature: 'profile',
    status: 200,
    guarded: true,
    summary: 'Returns the signed-in user',
  },
  updateMe: {
    method: 'PATCH',
    path: 'me',
    feature: 'profile',
    status: 200,
    guarded: true,
    summary: 'Changes attributes of the signed-in user',
  },
  deleteMe: {
    method: 'DELETE',
    path: 'me',
    feature: 'profile',
    status: 204,
    guarded: true,
    summary: 'Deletes the account of the signed-in user',
  },
  sendVerification: {
    method: 'POST',
    path: 'verification',
    feature: 'profile',
    status: 202,
    guarded: true,
    summary: 'Sends a code that verifies an e-mail address or a phone number',
  },
  validateVerification: {
    method: 'POST',
    path: 'verification/confirm',
    feature: 'profile',
    status: 204,
    guarded: true,
    summary: 'Verifies an e-mail address or a phone number with the code that was sent',
  },
  changePassword: {
    method: 'POST',
    path: 'password',
    feature: 'password',
    status: 204,
    guarded: true,
    summary: 'Changes the password of the signed-in user',
  },
  mfa: {
    method: 'GET',
    path: 'mfa',
    feature: 'mfa',
    status: 200,
    guarded: true,
    summary: 'Returns the factors that the user can sign in with',
  },
  setMfa: {
    method: 'PUT',
    path: 'mfa',
    feature: 'mfa',
    status: 204,
    guarded: true,
    summary: 'Turns second factors on or off',
  },
  associateTotp: {
    method: 'POST',
    path: 'mfa/totp',
    feature: 'mfa',
    status: 200,
    guarded: true,
    summary: 'Returns the secret of a new authenticator app',
  },
  verifyTotp: {
    method: 'POST',
    path: 'mfa/totp/verify',
    feature: 'mfa',
    status: 204,
    guarded: true,
    summary: 'Verifies the first code of an authenticator app, and turns it on',
  },
  devices: {
    method: 'GET',
    path: 'devices',
    feature: 'devices',
    status: 200,
    guarded: true,
    summary: 'Lists the devices of the user',
  },
  confirmDevice: {
    method: 'POST',
    path: 'devices',
    feature: 'devices',
    status: 200,
    cookieStatus: 204,
    guarded: true,
    summary: 'Remembers the device of the sign-in',
  },
  updateDevice: {
    method: 'PATCH',
    path: 'devices/:deviceKey',
    feature: 'devices',
    status: 204,
    guarded: true,
    summary: 'Changes whether a device is remembered',
  },
  forgetDevice: {
    method: 'DELETE',
    path: 'devices/:deviceKey',
    feature: 'devices',
    status: 204,
    guarded: true,
    summary: 'Forgets a device',
  },
  passkeys: {
    method: 'GET',
    path: 'passkeys',
    feature: 'passkeys',
    status: 200,
    guarded: true,
    summary: 'Lists the passkeys of the user',
  },
  startPasskey: {
    method: 'POST',
    path: 'passkeys/start',
    feature: 'passkeys',
    status: 200,
    guarded: true,
    summary: 'Returns the options with which the browser creates a passkey',
  },
  completePasskey: {
    method: 'POST',
    path: 'passkeys/complete',
    feature: 'passkeys',
    status: 204,
    guarded: true,
    summary: 'Registers the passkey that the browser has created',
  },
  deletePasskey: {
    method: 'DELETE',
    path: 'passkeys/:credentialId',
    feature: 'passkeys',
    status: 204,
    guarded: true,
    summary: 'Deletes a passkey',
  },
  sessions: {
    method: 'GET',
    path: 'sessions',
    feature: 'sessions',
    status: 200,
    guarded: true,
    summary: 'Lists the sessions of the user in all app clients',
  },
  revokeSession: {
    method: 'DELETE',
    path: 'sessions/:sessionId',
    feature: 'sessions',
    status: 204,
    guarded: true,
    summary: 'Ends another session of the user',
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
