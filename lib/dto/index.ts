/**
 * Classes of the bodies of requests and answers, for validation and for Swagger.
 *
 * @module mandate/dto
 */

export {
  DeleteAttributesDto,
  SendVerificationDto,
  UpdateProfileDto,
  ValidateVerificationDto,
  type VerifiableAttribute,
} from './attributes.dto.js';
export {
  CodeAnswerDto,
  CustomAnswerDto,
  MfaSetupAnswerDto,
  NewPasswordAnswerDto,
  PasskeyAnswerDto,
  PasswordAnswerDto,
  SelectChallengeAnswerDto,
  SelectMfaTypeAnswerDto,
  SoftwareTokenAnswerDto,
  type AnswerableChallengeName,
} from './challenge-answers.dto.js';
export {
  AnswerChallengeDto,
  ChallengeDto,
  MfaSetupChallengeDto,
  RespondToChallengeDto,
  type AnswerableChallenge,
} from './challenge.dto.js';
export {
  ConfirmDeviceDto,
  DeviceKeyDto,
  NameDeviceDto,
  NewDeviceDto,
  RememberedDeviceDto,
  UpdateDeviceDto,
} from './devices.dto.js';
export { FlowAuthenticateDto, FlowSignInDto, type SignInFlow } from './flow-sign-in.dto.js';
export { EndSessionDto, LogoutDto } from './logout.dto.js';
export {
  AssociateSoftwareTokenDto,
  FactorPreferenceDto,
  FactorSwitchDto,
  MfaPreferenceDto,
  VerifySoftwareTokenDto,
} from './mfa.dto.js';
export { CompletePasskeyDto, DeletePasskeyDto } from './passkeys.dto.js';
export { ChangePasswordDto, ConfirmForgotPasswordDto, InitiateForgotPasswordDto } from './password.dto.js';
export {
  ConfirmCodeDto,
  ConfirmSignUpDto,
  PasswordlessRegisterDto,
  RegisterDto,
  ResendConfirmationCodeDto,
} from './registration.dto.js';
export { BrowserSessionDto } from './responses/browser-session.dto.js';
export type { ShownChallenge } from './responses/challenges.js';
export { CodeDeliveryDto, CodeSentDto } from './responses/code-delivery.dto.js';
export { ConfirmedDeviceDto, DeviceDto } from './responses/device.dto.js';
export { ErrorDto, FieldErrorDto, ProblemDto } from './responses/errors.dto.js';
export { AuthenticatedDto, ChallengedDto, ChallengeShownDto, SignedInDto } from './responses/outcome.dto.js';
export { PasskeyCreationOptionsDto, PasskeyDto } from './responses/passkey.dto.js';
export { ConfirmationDto, RegistrationDto } from './responses/registration.dto.js';
export { SoftwareTokenSetupDto } from './responses/software-token-setup.dto.js';
export { TokensDto } from './responses/tokens.dto.js';
export { AuthFactorsDto, ProfileUpdateDto, UserDto } from './responses/user.dto.js';
export { UserSessionDto } from './responses/user-session.dto.js';
export { RevokeSessionDto, RevokeSessionQueryDto, SessionIdDto } from './sessions.dto.js';
export {
  AuthenticateDto,
  ChoiceAuthenticateDto,
  CustomAuthenticateDto,
  PasswordAuthenticateDto,
} from './sign-in.dto.js';
export { AccessTokenDto, RenewTokensDto, RevokeTokenDto } from './tokens.dto.js';
export {
  AssertionResponseDto,
  AttestationResponseDto,
  CredentialAssertionDto,
  CredentialRegistrationDto,
} from './web-authn-credential.dto.js';
