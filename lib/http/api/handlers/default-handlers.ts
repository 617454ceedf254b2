import type { Type } from '@nestjs/common';

import type { AuthApiHandler } from '../auth-api-handler.js';
import type { AuthApiRoute } from '../auth-api-routes.js';
import { ConfirmDeviceHandler, DevicesHandler, ForgetDeviceHandler, UpdateDeviceHandler } from './devices.handlers.js';
import { AssociateTotpHandler, MfaHandler, SetMfaHandler, VerifyTotpHandler } from './mfa.handlers.js';
import {
  CompletePasskeyHandler,
  DeletePasskeyHandler,
  PasskeysHandler,
  StartPasskeyHandler,
} from './passkeys.handlers.js';
import {
  ChangePasswordHandler,
  DeleteMeHandler,
  MeHandler,
  SendVerificationHandler,
  UpdateMeHandler,
  ValidateVerificationHandler,
} from './profile.handlers.js';
import { ConfirmForgotPasswordHandler, ForgotPasswordHandler } from './recovery.handlers.js';
import { ConfirmSignUpHandler, RegisterHandler, ResendCodeHandler } from './registration.handlers.js';
import { RevokeSessionHandler, SessionsHandler } from './sessions.handlers.js';
import {
  AuthenticateHandler,
  LogoutHandler,
  RenewHandler,
  RespondHandler,
  SessionHandler,
  SetUpTotpHandler,
} from './sign-in.handlers.js';

/** The handler of each route, unless the application replaces it. */
export const DEFAULT_HANDLERS: { readonly [Route in AuthApiRoute]: Type<AuthApiHandler<Route>> } = {
  register: RegisterHandler,
  confirm: ConfirmSignUpHandler,
  resendCode: ResendCodeHandler,
  authenticate: AuthenticateHandler,
  respond: RespondHandler,
  setUpTotp: SetUpTotpHandler,
  renew: RenewHandler,
  session: SessionHandler,
  logout: LogoutHandler,
  forgotPassword: ForgotPasswordHandler,
  confirmForgotPassword: ConfirmForgotPasswordHandler,
  me: MeHandler,
  updateMe: UpdateMeHandler,
  deleteMe: DeleteMeHandler,
  sendVerification: SendVerificationHandler,
  validateVerification: ValidateVerificationHandler,
  changePassword: ChangePasswordHandler,
  mfa: MfaHandler,
  setMfa: SetMfaHandler,
  associateTotp: AssociateTotpHandler,
  verifyTotp: VerifyTotpHandler,
  devices: DevicesHandler,
  confirmDevice: ConfirmDeviceHandler,
  updateDevice: UpdateDeviceHandler,
  forgetDevice: ForgetDeviceHandler,
  passkeys: PasskeysHandler,
  startPasskey: StartPasskeyHandler,
  completePasskey: CompletePasskeyHandler,
  deletePasskey: DeletePasskeyHandler,
  sessions: SessionsHandler,
  revokeSession: RevokeSessionHandler,
};
