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
  ChallengeDto,
  MfaSetupChallengeDto,
  RespondToChallengeDto,
  type AnswerableChallenge,
} from './challenge.dto.js';
export { ConfirmDeviceDto, DeviceKeyDto, NewDeviceDto, RememberedDeviceDto } from './devices.dto.js';
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
  ConfirmSignUpDto,
  PasswordlessRegisterDto,
  RegisterDto,
  ResendConfirmationCodeDto,
} from './registration.dto.js';
export { RevokeSessionDto } from './sessions.dto.js';
export { AuthenticateDto, ChoiceAuthenticateDto, CustomAuthenticateDto } from './sign-in.dto.js';
export { AccessTokenDto, RenewTokensDto, RevokeTokenDto } from './tokens.dto.js';
export {
  AssertionResponseDto,
  AttestationResponseDto,
  CredentialAssertionDto,
  CredentialRegistrationDto,
} from './web-authn-credential.dto.js';
