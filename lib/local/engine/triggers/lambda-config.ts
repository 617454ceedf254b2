import type { LambdaConfigType } from '@aws-sdk/client-cognito-identity-provider';

import type { TriggerName } from '../../model/triggers.js';
import type { FunctionReference } from './lambda-endpoint.js';

type ConfigOf = (config: LambdaConfigType) => string | undefined;

/** `arn:aws:lambda:<region>:<account>:function:<name>`, and perhaps a version or alias. */
const FUNCTION_ARN = /^arn:[^:]*:lambda:([^:]*):[^:]*:function:([^:]+)(?::([^:]+))?$/;

/** Where `LambdaConfig` names the function of each trigger. */
const MEMBERS: Readonly<Record<TriggerName, ConfigOf>> = {
  preSignUp: ({ PreSignUp }) => PreSignUp,
  postConfirmation: ({ PostConfirmation }) => PostConfirmation,
  preAuthentication: ({ PreAuthentication }) => PreAuthentication,
  postAuthentication: ({ PostAuthentication }) => PostAuthentication,
  userMigration: ({ UserMigration }) => UserMigration,
  defineAuthChallenge: ({ DefineAuthChallenge }) => DefineAuthChallenge,
  createAuthChallenge: ({ CreateAuthChallenge }) => CreateAuthChallenge,
  verifyAuthChallengeResponse: ({ VerifyAuthChallengeResponse }) => VerifyAuthChallengeResponse,
  preTokenGeneration: ({ PreTokenGeneration, ...config }) =>
    tokenGeneration('V1_0')(config) ?? (config.PreTokenGenerationConfig === undefined ? PreTokenGeneration : undefined),
  preTokenGenerationV2: tokenGeneration('V2_0'),
  preTokenGenerationV3: tokenGeneration('V3_0'),
  customMessage: ({ CustomMessage }) => CustomMessage,
  customEmailSender: ({ CustomEmailSender }) => CustomEmailSender?.LambdaArn,
  customSmsSender: ({ CustomSMSSender }) => CustomSMSSender?.LambdaArn,
  inboundFederation: ({ InboundFederation }) => InboundFederation?.LambdaArn,
};

/** The ARN that a pool's `LambdaConfig` has for a trigger. */
export function arnOf(config: LambdaConfigType | undefined, name: TriggerName): string | undefined {
  return config === undefined ? undefined : MEMBERS[name](config);
}

/** What an ARN names. A text that is no ARN of a function is taken for its name, as by Lambda itself. */
export function referenceOf(arn: string, defaultRegion: string): FunctionReference {
  const [, region = defaultRegion, name = arn, qualifier] = FUNCTION_ARN.exec(arn) ?? [];
  return { region, name, qualifier };
}

function tokenGeneration(version: string): ConfigOf {
  return ({ PreTokenGenerationConfig: config }) => (config?.LambdaVersion === version ? config.LambdaArn : undefined);
}
