/**
 * The client of the auth API for pages: one file without dependencies.
 *
 * @module mandate/browser
 */

export type { FieldError } from '../errors/field-error.js';
export type { TokenSet } from '../protocol/authentication-outcome.js';
export type { CallOptions } from './api-calls.js';
export type { AuthClient, BodyAuthClient, CookieAuthClient, LogoutRequest, SignInCredentials } from './auth-client.js';
export type { AnswerOptions, BodyClientOptions, CookieClientOptions, SignInOptions } from './auth-client.options.js';
export { AuthClientError, type AuthClientErrorCode } from './auth-client-error.js';
export type { ClientDevices, ClientMfa, ClientPasskeys, ClientSessions } from './auth-client-families.js';
export type {
  AuthDelivery,
  ClientChallenge,
  GivenAnswer,
  PosedChallenge,
  SignedIn,
  SignInOutcome,
  TotpSecret,
} from './challenges.js';
export { createAuthClient } from './create-auth-client.js';
export type { PasskeyPrompt } from './passkey-ceremonies.js';
export type { AuthRouteName } from './routes.js';
export type { SessionEnd, SessionEndReason } from './session-watch.js';
export type { TokenStorage } from './token-storage.js';
