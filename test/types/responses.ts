import type * as Dto from 'mandate/dto';

import type { AttributesOf } from '../../lib/attributes/attribute-definitions.js';
import type { ErrorResponseBody } from '../../lib/auth/responses/mandate-http.exception.js';
import type { FieldError } from '../../lib/errors/field-error.js';
import type { BrowserSession } from '../../lib/http/session/browser-session.js';
import type { Authenticated, Challenged, TokenSet } from '../../lib/protocol/authentication-outcome.js';
import type { Challenge, ChallengeOf } from '../../lib/protocol/challenge.js';
import type { AuthenticateRequest } from '../../lib/sign-in/auth-requests.js';
import type { CognitoService } from '../../lib/user/cognito.service.js';
import type { Registration } from '../../lib/user/registration.flow.js';

/* Compiled, never run: what the services return can be sent as a response DTO, and has nothing else. */

type Same<A, B> = [A] extends [B]
  ? [B] extends [A]
    ? [keyof A] extends [keyof B]
      ? KeysBack<A, B>
      : false
    : false
  : false;
type KeysBack<A, B> = [keyof B] extends [keyof A] ? true : false;
type Proof<Result extends true> = Result;
type Result<Method extends (...parameters: never[]) => unknown> = Awaited<ReturnType<Method>>;
type Item<Method extends (...parameters: never[]) => AsyncIterable<unknown>> =
  ReturnType<Method> extends AsyncIterable<infer Value> ? Value : never;

export type Results = [
  Proof<Same<Dto.TokensDto, TokenSet>>,
  Proof<Same<Dto.AuthenticatedDto, Authenticated>>,
  Proof<Same<Dto.ChallengedDto, Challenged>>,
  Proof<Same<Dto.AuthenticatedDto | Dto.ChallengedDto, Result<CognitoService['authenticate']>>>,
  Proof<Same<Dto.BrowserSessionDto, BrowserSession>>,
  Proof<Same<Dto.CodeDeliveryDto, Result<CognitoService['resendConfirmationCode']>>>,
  Proof<Same<Dto.UserDto, Result<CognitoService['getUser']>>>,
  Proof<Same<Dto.ProfileUpdateDto['deliveries'][number], Result<CognitoService['updateProfile']>[number]>>,
  Proof<Same<Dto.AuthFactorsDto, Result<CognitoService['mfa']['factors']>>>,
  Proof<Same<Dto.SoftwareTokenSetupDto, Result<CognitoService['mfa']['associateSoftwareToken']>>>,
  Proof<Same<Dto.DeviceDto, Item<CognitoService['devices']['list']>>>,
  Proof<Same<Dto.PasskeyDto, Item<CognitoService['passkeys']['list']>>>,
  Proof<Same<Dto.PasskeyCreationOptionsDto, Result<CognitoService['passkeys']['startRegistration']>>>,
  Proof<Same<Dto.UserSessionDto, Item<CognitoService['sessions']['list']>>>,
  Proof<Same<Dto.ConfirmedDeviceDto, Result<CognitoService['devices']['confirm']>>>,
  Proof<Same<Omit<Dto.ConfirmationDto, 'status'>, Result<CognitoService['confirmSignUp']>>>,
  // The user's id is hidden unless the application shows it.
  Proof<Same<Dto.RegistrationDto & Pick<Registration, 'userSub'>, Registration>>,
  Proof<Same<Dto.ErrorDto, ErrorResponseBody>>,
  Proof<Same<Dto.FieldErrorDto, FieldError>>,
  Proof<Same<Dto.SignInFlow, NonNullable<AuthenticateRequest['flow']>>>,
];

/** A challenge without what only the server may know. */
type Shown = Dto.ChallengeShownDto['challenge'];
export type ShownChallenges = [
  Proof<Same<Shown['name'], Dto.AnswerableChallengeName>>,
  Proof<Same<Shown['parameters'], ChallengeOf<Dto.AnswerableChallengeName>['parameters']>>,
  Proof<Same<keyof Shown, Exclude<keyof Challenge, 'session' | 'username'>>>,
];

/** Applications with names of their own for attributes. */
type OwnAttributes = AttributesOf<{ firstName: 'given_name'; tenant: 'custom:tenant' }>;
export type OwnNames = [
  Proof<Same<Dto.UserDto<OwnAttributes>, Result<CognitoService<OwnAttributes>['getUser']>>>,
  // @ts-expect-error an attribute's value has the wrong type
  Proof<Same<Dto.UserDto<{ firstName: number }>, Result<CognitoService<OwnAttributes>['getUser']>>>,
];

export type Misfits = [
  // @ts-expect-error a member is missing
  Proof<Same<Omit<Dto.DeviceDto, 'name'>, Item<CognitoService['devices']['list']>>>,
  // @ts-expect-error a member is unknown
  Proof<Same<Dto.PasskeyDto & { readonly color?: string }, Item<CognitoService['passkeys']['list']>>>,
];
