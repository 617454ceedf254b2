// Loaded late: these classes bring class-validator, which `mandate/http` needs for this module alone.
import type { Type } from '@nestjs/common';

import { SendVerificationDto, UpdateProfileDto, ValidateVerificationDto } from '../../dto/attributes.dto.js';
import { AnswerChallengeDto, RespondToChallengeDto } from '../../dto/challenge.dto.js';
import { ConfirmDeviceDto, DeviceKeyDto, NameDeviceDto, UpdateDeviceDto } from '../../dto/devices.dto.js';
import { FlowAuthenticateDto, FlowSignInDto } from '../../dto/flow-sign-in.dto.js';
import { EndSessionDto, LogoutDto } from '../../dto/logout.dto.js';
import { AssociateSoftwareTokenDto, MfaPreferenceDto, VerifySoftwareTokenDto } from '../../dto/mfa.dto.js';
import { CompletePasskeyDto, DeletePasskeyDto } from '../../dto/passkeys.dto.js';
import { ChangePasswordDto, ConfirmForgotPasswordDto, InitiateForgotPasswordDto } from '../../dto/password.dto.js';
import {
  ConfirmCodeDto,
  ConfirmSignUpDto,
  RegisterDto,
  ResendConfirmationCodeDto,
} from '../../dto/registration.dto.js';
import { RevokeSessionQueryDto, SessionIdDto } from '../../dto/sessions.dto.js';
import { AuthenticateDto, PasswordAuthenticateDto } from '../../dto/sign-in.dto.js';
import { RenewTokensDto } from '../../dto/tokens.dto.js';
import type { SignInFlow } from '../../dto/flow-sign-in.dto.js';
import type { MandateAuthApiModuleExtras } from './auth-api-options.js';
import type { AuthApiRoute } from './auth-api-routes.js';

/** The classes that validate what a route receives. */
export interface RouteInput {
  readonly body?: Type<object> | undefined;
  readonly params?: Type<object> | undefined;
  readonly query?: Type<object> | undefined;
}

type Inputs = Readonly<Partial<Record<AuthApiRoute, RouteInput>>>;

/** The same with both deliveries. */
const COMMON: Inputs = {
  register: { body: RegisterDto },
  resendCode: { body: ResendConfirmationCodeDto },
  renew: { body: RenewTokensDto },
  forgotPassword: { body: InitiateForgotPasswordDto },
  confirmForgotPassword: { body: ConfirmForgotPasswordDto },
  updateMe: { body: UpdateProfileDto },
  sendVerification: { body: SendVerificationDto },
  validateVerification: { body: ValidateVerificationDto },
  changePassword: { body: ChangePasswordDto },
  setMfa: { body: MfaPreferenceDto },
  verifyTotp: { body: VerifySoftwareTokenDto },
  updateDevice: { body: UpdateDeviceDto, params: DeviceKeyDto },
  forgetDevice: { params: DeviceKeyDto },
  completePasskey: { body: CompletePasskeyDto },
  deletePasskey: { params: DeletePasskeyDto },
  revokeSession: { params: SessionIdDto, query: RevokeSessionQueryDto },
};

/** The client keeps tokens, the sessions of challenges and devices. */
const IN_BODIES: Inputs = {
  confirm: { body: ConfirmSignUpDto },
  respond: { body: RespondToChallengeDto },
  setUpTotp: { body: AssociateSoftwareTokenDto },
  logout: { body: LogoutDto },
  confirmDevice: { body: ConfirmDeviceDto },
};

/** Cookies keep them. */
const IN_COOKIES: Inputs = {
  confirm: { body: ConfirmCodeDto },
  respond: { body: AnswerChallengeDto },
  logout: { body: EndSessionDto },
  confirmDevice: { body: NameDeviceDto },
};

/** Flows whose body is a name and a password. */
const BY_PASSWORD: readonly SignInFlow[] = ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH'];

/** What each route receives, as the settings of a registration say. */
export function routeInputs({
  delivery,
  flows = ['USER_SRP_AUTH'],
  dto = {},
}: MandateAuthApiModuleExtras): (route: AuthApiRoute) => RouteInput {
  const isInCookies = delivery === 'cookie';
  const [password, choice] = isInCookies
    ? [PasswordAuthenticateDto, FlowSignInDto]
    : [AuthenticateDto, FlowAuthenticateDto];
  const onlyByPassword = flows.length === 1 && flows.every((flow) => BY_PASSWORD.includes(flow));
  const inputs: Inputs = {
    ...COMMON,
    ...(isInCookies ? IN_COOKIES : IN_BODIES),
    authenticate: { body: onlyByPassword ? password : choice },
  };
  return (route) => {
    const input = inputs[route] ?? {};
    const own = dto[route];
    return own === undefined ? input : { ...input, body: own };
  };
}
