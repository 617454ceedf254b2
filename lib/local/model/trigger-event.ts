/** What every trigger is called with; AWS Lambda's event for user pools. */
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

/** A trigger: gets the event, fills in `response` and returns the event, at once or later. Throwing refuses the call. */
export type Trigger<Event extends TriggerEvent = TriggerEvent> = (event: Event) => Event | Promise<Event>;

/** Members that nearly every request has. */
export interface UserRequest {
  /** Values are strings, as on the wire; `cognito:user_status` is among them once the user exists. */
  userAttributes: Record<string, string>;
  /** ClientMetadata of the call; InitiateAuth's goes to `validationData` instead. */
  clientMetadata?: Record<string, string>;
}

/** What a client that hides who exists lets triggers know. */
export interface MaybeUserRequest extends UserRequest {
  /** True for a name that nobody has; `userAttributes` is empty then. Only with PreventUserExistenceErrors. */
  userNotFound?: boolean;
}
