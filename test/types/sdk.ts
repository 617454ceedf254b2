/**
 * Compiled, never run: compares our unions with the AWS SDK's, member by member. A name that is new in the SDK fails here,
 * named by the compiler, and nowhere else: nobody's build depends on the SDK's unions.
 */
import type * as Sdk from '@aws-sdk/client-cognito-identity-provider';

import type { UserStatus } from '../../lib/admin/admin-user-record.js';
import type { CognitoExceptionName } from '../../lib/errors/cognito-exceptions.js';
import type { ChallengeName, FirstFactor, MfaType } from '../../lib/protocol/challenge.js';

/** Fails to compile, naming the members, unless there are none. */
type None<Members extends never> = Members;

type SdkExceptionName = Exclude<
  Extract<keyof typeof Sdk, `${string}Exception`>,
  'CognitoIdentityProviderServiceException'
>;

export type ChallengesToAdd = None<Exclude<Sdk.ChallengeNameType, ChallengeName>>;
export type ChallengesThatAreGone = None<Exclude<ChallengeName, Sdk.ChallengeNameType>>;

export type ExceptionsToAdd = None<Exclude<SdkExceptionName, CognitoExceptionName>>;
export type ExceptionsThatAreGone = None<Exclude<CognitoExceptionName, SdkExceptionName>>;

export type StatusesToAdd = None<Exclude<Sdk.UserStatusType, UserStatus>>;
export type StatusesThatAreGone = None<Exclude<UserStatus, Sdk.UserStatusType>>;

/** Every factor that a user can choose is answered as a challenge of the same name. */
export type FactorsThatAreNoChallenge = None<Exclude<FirstFactor | MfaType, ChallengeName>>;
/** In the SDK, PASSWORD stands for both ways to send the password, and SOFTWARE_TOKEN is a second factor only. */
export type FirstFactorsToAdd = None<Exclude<Sdk.AuthFactorType, FirstFactor | 'SOFTWARE_TOKEN'>>;
export type FirstFactorsThatAreGone = None<Exclude<FirstFactor, Sdk.AuthFactorType | 'PASSWORD_SRP'>>;
