import type { LambdaConfigType } from '@aws-sdk/client-cognito-identity-provider';

import { invalidParameter } from '../cognito-fault.js';

/** The version of the events that `PreTokenGeneration` alone stands for. */
const FIRST_VERSION = 'V1_0';

/**
 * The `LambdaConfig` of a pool. The trigger PreTokenGeneration has two names: what is set by one is also shown by the other.
 */
export function lambdaConfigOf(given: LambdaConfigType = {}): LambdaConfigType {
  const { PreTokenGeneration: arn, PreTokenGenerationConfig: versioned } = given;
  if (versioned !== undefined) {
    return { ...given, PreTokenGeneration: versioned.LambdaArn };
  }
  return arn === undefined
    ? given
    : { ...given, PreTokenGenerationConfig: { LambdaVersion: FIRST_VERSION, LambdaArn: arn } };
}

/** @throws CognitoFault InvalidParameterException when the two names of PreTokenGeneration name two functions. */
export function assertLambdaConfig({ PreTokenGeneration: arn, PreTokenGenerationConfig }: LambdaConfigType = {}): void {
  const versioned = PreTokenGenerationConfig?.LambdaArn;
  if (arn !== undefined && versioned !== undefined && arn !== versioned) {
    throw invalidParameter(
      "Cannot use PreTokenGenerationLambda and PreTokenGeneration with different Lambda function ARN's",
      'LambdaConfig',
    );
  }
}
