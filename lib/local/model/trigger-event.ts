import type { TriggerCallback, TriggerContext } from './trigger-context.js';

/**
 * Event of a trigger: AWS Lambda's event for user pools.
 *
 * @publicApi
 */
export interface TriggerEvent<Request extends object = object, Response extends object = object> {
  version: string;
  triggerSource: string;
  region: string;
  userPoolId: string;
  userName: string;
  callerContext: { awsSdkVersion: string; clientId: string };
  request: Request;
  response: Response;
}

/**
 * A trigger, in either style of AWS Lambda: it returns the event with `response` filled in, or a promise of it, or it
 * calls back with it. Throwing refuses the call. Handlers typed by @types/aws-lambda fit, such as `PreSignUpTriggerHandler`.
 *
 * @publicApi
 */
export type Trigger<Event extends TriggerEvent = TriggerEvent> = {
  // The parameters of a method may be narrower, as the events of @types/aws-lambda are, which name each source.
  // eslint-disable-next-line @typescript-eslint/no-invalid-void-type -- what a trigger returns that calls back
  invoke(event: Event, context: TriggerContext, callback: TriggerCallback<Event>): Event | Promise<Event> | void;
}['invoke'];

/**
 * What runs as a trigger: a function of this process; the path of a module that exports one as `handler` or by default; or
 * the ARN of a Lambda function.
 *
 * @publicApi
 */
export type TriggerTarget<Event extends TriggerEvent = TriggerEvent> = Trigger<Event> | string;

/** Members of nearly every request. */
export interface UserRequest {
  /** Include `cognito:user_status` once the user exists. */
  userAttributes: Record<string, string>;
  /** ClientMetadata of the call. That of InitiateAuth is in `validationData` instead. */
  clientMetadata?: Record<string, string> | undefined;
}

/** Members of a request whose user may be unknown. */
export interface MaybeUserRequest extends UserRequest {
  /** Whether the user is unknown; `userAttributes` is empty then. Only with PreventUserExistenceErrors. */
  userNotFound?: boolean | undefined;
}
