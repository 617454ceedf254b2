/**
 * Browser sessions, the routes of managed login, and the auth API.
 *
 * @module mandate/http
 */

export { MandateValidationPipe, type MandateValidationPipeOptions } from './api/validation-pipe.js';
export { authSecuritySchemes } from './openapi/auth-security-schemes.js';
export type { AuthSecurityScheme } from '../module/openapi/security-schemes.js';
export type { BrowserSession } from './session/browser-session.js';
export type { BrowserSessionOptions, CsrfOptions, SessionCookieOptions } from './session/browser-session.options.js';
export type { BrowserSessionStore } from './session/browser-session-store.js';
export { browserSession } from './session/browser-session.extractor.js';
export { BrowserSessionService } from './session/browser-session.service.js';
export type { EndSessionOptions } from './session/session-lifecycle.js';
export { getBrowserSessionsToken, InjectBrowserSessions } from './session/injection-tokens.js';
export {
  MandateSessionModule,
  type MandateSessionModuleAsyncOptions,
  type MandateSessionModuleExtras,
  type MandateSessionModuleOptions,
} from './session/mandate-session.module.js';
export { Session } from './session/session.decorator.js';
export { MandateOAuthModule } from './oauth/mandate-oauth.module.js';
export type {
  LoginErrorContext,
  LoginEvent,
  MandateOAuthModuleAsyncOptions,
  MandateOAuthModuleExtras,
  MandateOAuthModuleOptions,
  OAuthPaths,
  ReturnToSettings,
} from './oauth/oauth-module.options.js';
export { AuthApi } from './api/auth-api.js';
export type { AuthApiCall } from './api/auth-api-call.js';
export type { AuthApiContext } from './api/auth-api-context.js';
export { AuthApiHandler } from './api/auth-api-handler.js';
export type {
  AuthApiAttempt,
  AuthApiBodies,
  AuthApiResponseTypes,
  AuthApiHandlers,
  MandateAuthApiModuleAsyncOptions,
  MandateAuthApiModuleExtras,
  MandateAuthApiModuleOptions,
} from './api/auth-api-options.js';
export { AuthApiResponses } from './api/auth-api-responses.js';
export type { AuthApiDelivery, AuthApiFeature, AuthApiRoute } from './api/auth-api-routes.js';
export type { AuthApiInputs, AuthApiOutcome, AuthApiOutputs } from './api/auth-api-types.js';
export type { ChallengeAnswer, TokenDelivery } from './api/delivery/token-delivery.js';
export {
  ConfirmDeviceHandler,
  DevicesHandler,
  ForgetDeviceHandler,
  UpdateDeviceHandler,
} from './api/handlers/devices.handlers.js';
export { AssociateTotpHandler, MfaHandler, SetMfaHandler, VerifyTotpHandler } from './api/handlers/mfa.handlers.js';
export {
  CompletePasskeyHandler,
  DeletePasskeyHandler,
  PasskeysHandler,
  StartPasskeyHandler,
} from './api/handlers/passkeys.handlers.js';
export {
  ChangePasswordHandler,
  DeleteMeHandler,
  MeHandler,
  SendVerificationHandler,
  UpdateMeHandler,
  ValidateVerificationHandler,
} from './api/handlers/profile.handlers.js';
export { ConfirmForgotPasswordHandler, ForgotPasswordHandler } from './api/handlers/recovery.handlers.js';
export { ConfirmSignUpHandler, RegisterHandler, ResendCodeHandler } from './api/handlers/registration.handlers.js';
export { RevokeSessionHandler, SessionsHandler } from './api/handlers/sessions.handlers.js';
export {
  AuthenticateHandler,
  LogoutHandler,
  RenewHandler,
  RespondHandler,
  SessionHandler,
  SetUpTotpHandler,
} from './api/handlers/sign-in.handlers.js';
export { AuthCall } from './api/auth-call.decorator.js';
export { getAuthApiToken, InjectAuthApi } from './api/injection-tokens.js';
export { MandateAuthApiModule } from './api/mandate-auth-api.module.js';
export type { PasswordPolicy } from './api/password-policy.js';
export { RequestsThrottledError } from './api/throttle/requests-throttled-error.js';
export type {
  AuthApiLimit,
  AuthApiRouteLimits,
  AuthApiThrottleOptions,
  AuthApiThrottleStorage,
} from './api/throttle/throttle-options.js';
