/**
 * The `context` of a trigger, with the members of the context of AWS Lambda.
 *
 * @publicApi
 */
export interface TriggerContext {
  /** Has no effect here: the result is what the trigger returns or calls back with first. */
  callbackWaitsForEmptyEventLoop: boolean;
  readonly functionName: string;
  readonly functionVersion: string;
  readonly invokedFunctionArn: string;
  readonly memoryLimitInMB: string;
  readonly awsRequestId: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** Milliseconds until Cognito gives up. */
  getRemainingTimeInMillis(): number;
  /** Ends the invocation, as `callback` does. */
  done(error?: unknown, result?: unknown): void;
  fail(error?: unknown): void;
  succeed(result?: unknown): void;
}

/**
 * Ends the invocation of a trigger that returns no promise: with an error, which refuses the call, or with the event.
 *
 * @publicApi
 */
export type TriggerCallback<Event> = (error?: Error | string | null, result?: Event) => void;
