import type { TriggerContext } from '../../model/trigger-context.js';

/** How long Cognito waits for a function. */
export const LIMIT_MS = 5000;

/** The AWS account of the functions of this process. */
const ACCOUNT_ID = '123456789012';

/** A function that triggers run. */
export interface LambdaFunction {
  /**
   * Invokes the function.
   *
   * @param event - plain JSON.
   * @returns its output, plain JSON; undefined if there is none.
   * @throws FunctionError, InvocationError
   */
  invoke(event: object): Promise<unknown>;
}

/** A handler in one of Lambda's two styles. */
export type Handler = (
  event: never,
  context: TriggerContext,
  callback: (error?: unknown, result?: unknown) => void,
) => unknown;

/** The ARN of a function of this process. */
export function functionArn(region: string, functionName: string): string {
  return `arn:aws:lambda:${region}:${ACCOUNT_ID}:function:${functionName}`;
}
