import type { SendVerificationDto, UpdateProfileDto, ValidateVerificationDto } from '../../dto/attributes.dto.js';
import type { AnswerChallengeDto, RespondToChallengeDto } from '../../dto/challenge.dto.js';
import type { ConfirmDeviceDto, DeviceKeyDto, NameDeviceDto, UpdateDeviceDto } from '../../dto/devices.dto.js';
import type { FlowAuthenticateDto } from '../../dto/flow-sign-in.dto.js';
import type { LogoutDto } from '../../dto/logout.dto.js';
import type { AssociateSoftwareTokenDto, MfaPreferenceDto, VerifySoftwareTokenDto } from '../../dto/mfa.dto.js';
import type { CompletePasskeyDto, DeletePasskeyDto } from '../../dto/passkeys.dto.js';
import type { ChangePasswordDto, ConfirmForgotPasswordDto, InitiateForgotPasswordDto } from '../../dto/password.dto.js';
import type {
  ConfirmSignUpDto,
  PasswordlessRegisterDto,
  ResendConfirmationCodeDto,
} from '../../dto/registration.dto.js';
import type { BrowserSessionDto } from '../../dto/responses/browser-session.dto.js';
import type { CodeSentDto } from '../../dto/responses/code-delivery.dto.js';
import type { ConfirmedDeviceDto, DeviceDto } from '../../dto/responses/device.dto.js';
import type {
  AuthenticatedDto,
  ChallengedDto,
  ChallengeShownDto,
  SignedInDto,
} from '../../dto/responses/outcome.dto.js';
import type { PasskeyCreationOptionsDto, PasskeyDto } from '../../dto/responses/passkey.dto.js';
import type { ConfirmationDto, RegistrationDto } from '../../dto/responses/registration.dto.js';
import type { SoftwareTokenSetupDto } from '../../dto/responses/software-token-setup.dto.js';
import type { TokensDto } from '../../dto/responses/tokens.dto.js';
import type { UserSessionDto } from '../../dto/responses/user-session.dto.js';
import type { AuthFactorsDto, ProfileUpdateDto, UserDto } from '../../dto/responses/user.dto.js';
import type { RevokeSessionDto } from '../../dto/sessions.dto.js';
import type { RenewTokensDto } from '../../dto/tokens.dto.js';

/**
 * The result of a step of a sign-in, as the API returns it. Narrow by `status`.
 *
 * @publicApi
 */
export type AuthApiOutcome = AuthenticatedDto | SignedInDto | ChallengedDto | ChallengeShownDto;

/**
 * What each route receives: the members of its body, of its path and of its query together.
 *
 * @publicApi
 */
export interface AuthApiInputs {
  register: PasswordlessRegisterDto & { readonly password?: string };
  confirm: ConfirmSignUpDto;
  resendCode: ResendConfirmationCodeDto;
  authenticate: FlowAuthenticateDto;
  respond: RespondToChallengeDto | AnswerChallengeDto;
  setUpTotp: Partial<AssociateSoftwareTokenDto>;
  renew: RenewTokensDto;
  session: object;
  logout: LogoutDto;
  forgotPassword: InitiateForgotPasswordDto;
  confirmForgotPassword: ConfirmForgotPasswordDto;
  me: object;
  updateMe: UpdateProfileDto;
  deleteMe: object;
  sendVerification: SendVerificationDto;
  validateVerification: ValidateVerificationDto;
  changePassword: ChangePasswordDto;
  mfa: object;
  setMfa: MfaPreferenceDto;
  associateTotp: object;
  verifyTotp: VerifySoftwareTokenDto;
  devices: object;
  confirmDevice: ConfirmDeviceDto | NameDeviceDto;
  updateDevice: DeviceKeyDto & UpdateDeviceDto;
  forgetDevice: DeviceKeyDto;
  passkeys: object;
  startPasskey: object;
  completePasskey: CompletePasskeyDto;
  deletePasskey: DeletePasskeyDto;
  sessions: object;
  revokeSession: RevokeSessionDto;
}

/* eslint-disable @typescript-eslint/no-invalid-void-type -- handlers without a body return a promise of nothing */
/**
 * What each route returns.
 *
 * @publicApi
 */
export interface AuthApiOutputs {
  register: RegistrationDto;
  confirm: ConfirmationDto | AuthApiOutcome;
  resendCode: CodeSentDto;
  authenticate: AuthApiOutcome;
  respond: AuthApiOutcome;
  setUpTotp: SoftwareTokenSetupDto;
  renew: TokensDto;
  session: BrowserSessionDto | null;
  logout: void;
  forgotPassword: CodeSentDto;
  confirmForgotPassword: void;
  me: UserDto;
  updateMe: ProfileUpdateDto;
  deleteMe: void;
  sendVerification: CodeSentDto;
  validateVerification: void;
  changePassword: void;
  mfa: AuthFactorsDto;
  setMfa: void;
  associateTotp: SoftwareTokenSetupDto;
  verifyTotp: void;
  devices: DeviceDto[];
  confirmDevice: ConfirmedDeviceDto | undefined;
  updateDevice: void;
  forgetDevice: void;
  passkeys: PasskeyDto[];
  startPasskey: PasskeyCreationOptionsDto;
  completePasskey: void;
  deletePasskey: void;
  sessions: UserSessionDto[];
  revokeSession: void;
}
