/** The routes of the auth API, as `[method, path, guarded]`. A guarded route needs a signed-in user. */
export const ROUTES = {
  register: ['POST', 'register'],
  confirm: ['POST', 'confirm'],
  resendCode: ['POST', 'resend-code'],
  authenticate: ['POST', 'authenticate'],
  respond: ['POST', 'respond'],
  setUpTotp: ['POST', 'respond/totp'],
  renew: ['POST', 'renew'],
  session: ['GET', 'session'],
  logout: ['POST', 'logout'],
  forgotPassword: ['POST', 'forgot-password'],
  confirmForgotPassword: ['POST', 'confirm-forgot-password'],
  me: ['GET', 'me', true],
  updateMe: ['PATCH', 'me', true],
  deleteMe: ['DELETE', 'me', true],
  sendVerification: ['POST', 'verification', true],
  validateVerification: ['POST', 'verification/confirm', true],
  changePassword: ['POST', 'password', true],
  mfa: ['GET', 'mfa', true],
  setMfa: ['PUT', 'mfa', true],
  associateTotp: ['POST', 'mfa/totp', true],
  verifyTotp: ['POST', 'mfa/totp/verify', true],
  devices: ['GET', 'devices', true],
  confirmDevice: ['POST', 'devices', true],
  updateDevice: ['PATCH', 'devices/:deviceKey', true],
  forgetDevice: ['DELETE', 'devices/:deviceKey', true],
  passkeys: ['GET', 'passkeys', true],
  startPasskey: ['POST', 'passkeys/start', true],
  completePasskey: ['POST', 'passkeys/complete', true],
  deletePasskey: ['DELETE', 'passkeys/:credentialId', true],
  sessions: ['GET', 'sessions', true],
  revokeSession: ['DELETE', 'sessions/:sessionId', true],
} as const satisfies Record<string, readonly [method: string, path: string, guarded?: true]>;

/**
 * The name of a route of the auth API.
 *
 * @publicApi
 */
export type AuthRouteName = keyof typeof ROUTES;
