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
 * A trigger. Fills in `response` and returns the event. Throwing rejects the call.
 *
 * @publicApi
 */
export type Trigger<Event extends TriggerEvent = TriggerEvent> = (event: Event) => Event | Promise<Event>;

/** Members of nearly every request. */
export interface UserRequest {
  /** Include `cognito:user_status` once the user exists. */
  userAttributes: Record<string, string>;
  /** ClientMetadata of the call. That of InitiateAuth is in `validationData` instead. */
  clientMetadata?: Record<string, string>;
}

/** Members of a request whose user may be unknown. */
export interface MaybeUserRequest extends UserRequest {
  /** Whether the user is unknown; `userAttributes` is empty then. Only with PreventUserExistenceErrors. */
  userNotFound?: boolean;
}
