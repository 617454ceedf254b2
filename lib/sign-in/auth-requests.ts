import type { AdminCallContext, CallContext } from '../client/shapes/call-context.js';
import type { AdminPasswordSignIn, PasswordSignIn, SrpSignIn, UserSignIn } from '../protocol/auth-flow.js';
import type { RememberedDevice } from '../protocol/challenge.js';

// TypeScript measures a request that names no flow against the last member of these unions, so the default flow comes
// last: `authenticate({ username })` then reports that `password` is missing, not `flow`.

/**
 * Credentials and context of a sign-in without AWS credentials (InitiateAuth). Default flow: USER_SRP_AUTH.
 *
 * @publicApi
 */
export type AuthenticateRequest = (Exclude<UserSignIn, SrpSignIn> & CallContext) | (SrpSignIn & CallContext);

/**
 * Context of an answer to a challenge (RespondToAuthChallenge).
 *
 * @publicApi
 */
export interface RespondOptions extends CallContext {
  /**
   * The remembered device that the sign-in started with. If Cognito asks for the device after this answer, the device
   * challenges are answered without the user.
   */
  readonly device?: RememberedDevice | undefined;
}

/**
 * Credentials and context of a sign-in with AWS credentials (AdminInitiateAuth). Default flow: ADMIN_USER_PASSWORD_AUTH.
 * Cognito refuses USER_PASSWORD_AUTH here.
 *
 * @publicApi
 */
export type AdminAuthenticateRequest =
  | (Exclude<UserSignIn, PasswordSignIn> &
      AdminCallContext & { readonly flow: Exclude<NonNullable<UserSignIn['flow']>, PasswordSignIn['flow']> })
  | (Omit<AdminPasswordSignIn, 'flow'> &
      AdminCallContext & { readonly flow?: AdminPasswordSignIn['flow'] | undefined });

/**
 * Context of an answer to a challenge of a privileged sign-in (AdminRespondToAuthChallenge).
 *
 * @publicApi
 */
export interface AdminRespondOptions extends AdminCallContext {
  /**
   * The remembered device that the sign-in started with. If Cognito asks for the device after this answer, the device
   * challenges are answered without the user.
   */
  readonly device?: RememberedDevice | undefined;
}
