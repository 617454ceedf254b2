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
interface UserRequest {
  userAttributes: Record<string, string>;
  clientMetadata?: Record<string, string>;
}

/** PreSignUp_SignUp, PreSignUp_AdminCreateUser, PreSignUp_ExternalProvider. */
export type PreSignUpEvent = TriggerEvent<
  UserRequest & { validationData?: Record<string, string> },
  { autoConfirmUser: boolean; autoVerifyEmail: boolean; autoVerifyPhone: boolean }
>;

/** PostConfirmation_ConfirmSignUp, PostConfirmation_ConfirmForgotPassword. */
export type PostConfirmationEvent = TriggerEvent<UserRequest, Record<string, never>>;

/** The triggers of a pool as plain functions, by the names that LambdaConfig has for them. */
export interface Triggers {
  preSignUp?: Trigger<PreSignUpEvent>;
  postConfirmation?: Trigger<PostConfirmationEvent>;
}

/** The name of a trigger. */
export type TriggerName = keyof Triggers;

/** The event of a trigger. */
export type EventOf<Name extends TriggerName> = Parameters<NonNullable<Triggers[Name]>>[0];
