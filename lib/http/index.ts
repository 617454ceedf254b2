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
