import { IntersectionType, OmitType, PartialType, PickType } from '@nestjs/mapped-types';
import type * as Dto from 'mandate/dto';
import { AccessTokenDto, ChangePasswordDto, RegisterDto } from 'mandate/dto';

import type { AttributesOf } from '../../lib/attributes/attribute-definitions.js';
import type { ChallengeAnswers } from '../../lib/protocol/challenge.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';

/* Compiled, never run: bodies go to the service as they are, or with the access token beside them. */

type Request<Method extends (...parameters: never[]) => unknown> = Parameters<Method>[0];
type WithToken<Body> = Body & { readonly accessToken: string };
type KeyOfAny<Union> = Union extends Union ? keyof Union : never;

/** Whether a body can be given for a request, and holds nothing that the request does not know. */
type Fits<Body, Request> = [Body] extends [Request]
  ? [Exclude<keyof Body, KeyOfAny<Request>>] extends [never]
    ? true
    : false
  : false;
type Proof<Result extends true> = Result;

type Service = CognitoService;
type Family<Name extends 'attributes' | 'mfa' | 'devices' | 'passkeys' | 'sessions'> = Service[Name];

export type ServiceRequests = [
  Proof<Fits<Dto.RegisterDto, Request<Service['register']>>>,
  Proof<Fits<Dto.PasswordlessRegisterDto, Request<Service['register']>>>,
  Proof<Fits<Dto.ConfirmSignUpDto, Request<Service['confirmSignUp']>>>,
  Proof<Fits<Dto.ConfirmCodeDto, Request<Service['confirmSignUp']>>>,
  Proof<Fits<Dto.PasswordAuthenticateDto, Request<Service['authenticate']>>>,
  Proof<Fits<Dto.ResendConfirmationCodeDto, Request<Service['resendConfirmationCode']>>>,
  Proof<Fits<Dto.AuthenticateDto, Request<Service['authenticate']>>>,
  Proof<Fits<Dto.AuthenticateDto & { flow: 'USER_PASSWORD_AUTH' }, Request<Service['authenticate']>>>,
  Proof<Fits<Dto.CustomAuthenticateDto, Request<Service['authenticate']>>>,
  Proof<Fits<Dto.ChoiceAuthenticateDto, Request<Service['authenticate']>>>,
  Proof<Fits<WithToken<Dto.ChoiceAuthenticateDto>, Request<Service['authenticate']>>>,
  Proof<Fits<Dto.InitiateForgotPasswordDto, Request<Service['initiateForgotPassword']>>>,
  Proof<Fits<Dto.ConfirmForgotPasswordDto, Request<Service['confirmForgotPassword']>>>,
  Proof<Fits<WithToken<Dto.ChangePasswordDto>, Request<Service['changePassword']>>>,
  Proof<Fits<WithToken<Dto.UpdateProfileDto>, Request<Service['updateProfile']>>>,
  Proof<Fits<WithToken<Dto.SendVerificationDto>, Request<Service['sendVerification']>>>,
  Proof<Fits<WithToken<Dto.ValidateVerificationDto>, Request<Service['validateVerification']>>>,
  Proof<Fits<Dto.RenewTokensDto, Request<Service['renewTokens']>>>,
  Proof<Fits<Dto.RevokeTokenDto['refreshToken'], Request<Service['revokeToken']>>>,
  Proof<Fits<Dto.AccessTokenDto['accessToken'], Request<Service['logout']>>>,
  Proof<Fits<Dto.AccessTokenDto['accessToken'], Request<Service['deleteUser']>>>,
];

export type FamilyRequests = [
  Proof<Fits<WithToken<Dto.UpdateProfileDto>, Request<Family<'attributes'>['update']>>>,
  Proof<Fits<WithToken<Dto.DeleteAttributesDto>, Request<Family<'attributes'>['delete']>>>,
  Proof<Fits<WithToken<Dto.SendVerificationDto>, Request<Family<'attributes'>['sendVerification']>>>,
  Proof<Fits<WithToken<Dto.ValidateVerificationDto>, Request<Family<'attributes'>['validateVerification']>>>,
  Proof<Fits<Dto.AssociateSoftwareTokenDto, Request<Family<'mfa'>['associateSoftwareToken']>>>,
  Proof<Fits<WithToken<Dto.VerifySoftwareTokenDto>, Request<Family<'mfa'>['verifySoftwareToken']>>>,
  Proof<Fits<WithToken<Dto.MfaPreferenceDto>, Request<Family<'mfa'>['setPreference']>>>,
  Proof<Fits<WithToken<Dto.ConfirmDeviceDto>, Request<Family<'devices'>['confirm']>>>,
  Proof<Fits<WithToken<Dto.DeviceKeyDto>, Request<Family<'devices'>['remember']>>>,
  Proof<Fits<WithToken<Dto.DeviceKeyDto>, Request<Family<'devices'>['doNotRemember']>>>,
  Proof<Fits<WithToken<Dto.DeviceKeyDto>, Request<Family<'devices'>['get']>>>,
  Proof<Fits<WithToken<Dto.DeviceKeyDto>, Request<Family<'devices'>['forget']>>>,
  Proof<Fits<WithToken<Dto.CompletePasskeyDto>, Request<Family<'passkeys'>['completeRegistration']>>>,
  Proof<Fits<WithToken<Dto.DeletePasskeyDto>, Request<Family<'passkeys'>['delete']>>>,
  Proof<Fits<WithToken<Dto.RevokeSessionDto>, Request<Family<'sessions'>['revoke']>>>,
];

/** MFA_SETUP and SELECT_CHALLENGE are left out: that one of their fields needs another, only the validation knows. */
export type Answers = [
  Proof<Fits<Dto.PasswordAnswerDto, ChallengeAnswers['PASSWORD' | 'PASSWORD_SRP']>>,
  Proof<Fits<Dto.NewPasswordAnswerDto, ChallengeAnswers['NEW_PASSWORD_REQUIRED']>>,
  Proof<Fits<Dto.CodeAnswerDto, ChallengeAnswers['EMAIL_OTP' | 'SMS_OTP' | 'SMS_MFA']>>,
  Proof<Fits<Dto.SoftwareTokenAnswerDto, ChallengeAnswers['SOFTWARE_TOKEN_MFA']>>,
  Proof<Fits<Dto.SelectMfaTypeAnswerDto, ChallengeAnswers['SELECT_MFA_TYPE']>>,
  Proof<Fits<Dto.CustomAnswerDto, ChallengeAnswers['CUSTOM_CHALLENGE']>>,
  Proof<Fits<Dto.PasskeyAnswerDto, ChallengeAnswers['WEB_AUTHN']>>,
];

/** The call that answers a challenge, which takes the body's parts one by one. */
export async function answerFits(cognito: Service, body: Dto.RespondToChallengeDto): Promise<void> {
  await cognito.respondToChallenge(body.challenge, body.answer, { device: body.device });
}

/** Applications with names of their own for attributes. */
type OwnAttributes = AttributesOf<{ firstName: 'given_name'; tenant: 'custom:tenant' }>;
type OwnService = CognitoService<OwnAttributes>;

export type OwnNames = [
  Proof<Fits<Dto.RegisterDto<OwnAttributes>, Request<OwnService['register']>>>,
  Proof<Fits<Dto.PasswordlessRegisterDto<OwnAttributes>, Request<OwnService['register']>>>,
  Proof<Fits<WithToken<Dto.UpdateProfileDto<OwnAttributes>>, Request<OwnService['updateProfile']>>>,
  Proof<Fits<WithToken<Dto.DeleteAttributesDto<OwnAttributes>>, Request<OwnService['attributes']['delete']>>>,
  // @ts-expect-error an attribute's value has the wrong type
  Proof<Fits<Dto.RegisterDto<{ firstName: number }>, Request<OwnService['register']>>>,
];

class TokenAndPasswords extends IntersectionType(AccessTokenDto, ChangePasswordDto) {}
class NameAndPassword extends PickType(RegisterDto, ['username', 'password']) {}
class WithoutAttributes extends OmitType(RegisterDto, ['attributes']) {}
class Draft extends PartialType(RegisterDto) {}

export type MappedTypes = [
  Proof<Fits<TokenAndPasswords, Request<Service['changePassword']>>>,
  Proof<Fits<NameAndPassword, Request<Service['register']>>>,
  Proof<Fits<WithoutAttributes, Request<Service['register']>>>,
  // @ts-expect-error the username may be missing
  Proof<Fits<Draft, Request<Service['register']>>>,
];

export type Misfits = [
  // @ts-expect-error the access token is missing
  Proof<Fits<Dto.ChangePasswordDto, Request<Service['changePassword']>>>,
  // @ts-expect-error the code is missing
  Proof<Fits<Dto.ResendConfirmationCodeDto, Request<Service['confirmSignUp']>>>,
  // @ts-expect-error the request has no such field
  Proof<Fits<Dto.InitiateForgotPasswordDto & { surname?: string }, Request<Service['initiateForgotPassword']>>>,
  // @ts-expect-error a sign-in by SRP needs a password
  Proof<Fits<Omit<Dto.ChoiceAuthenticateDto, 'flow'>, Request<Service['authenticate']>>>,
];
