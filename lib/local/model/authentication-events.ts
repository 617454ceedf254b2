import type { MaybeUserRequest, TriggerEvent, UserRequest } from './trigger-event.js';

/**
 * PreAuthentication_Authentication: runs before the first factor is checked.
 *
 * @publicApi
 */
export type PreAuthenticationEvent = TriggerEvent<
  Omit<MaybeUserRequest, 'clientMetadata'> & {
    /** ClientMetadata of InitiateAuth. */
    validationData?: Record<string, string> | undefined;
  },
  Record<string, never>
>;

/**
 * PostAuthentication_Authentication: runs after every factor has passed, before the tokens are issued.
 *
 * @publicApi
 */
export type PostAuthenticationEvent = TriggerEvent<
  UserRequest & {
    /** Whether the sign-in returns the keys of a new device. */
    newDeviceUsed: boolean;
  },
  Record<string, never>
>;

/**
 * UserMigration_Authentication, UserMigration_ForgotPassword: runs for an unknown user. `userName` is the name that the
 * call sent.
 *
 * @publicApi
 */
export type UserMigrationEvent = TriggerEvent<
  {
    /** UserMigration_Authentication only. */
    password?: string;
    /** ClientMetadata of InitiateAuth. */
    validationData?: Record<string, string> | undefined;
    /** ClientMetadata of ForgotPassword. */
    clientMetadata?: Record<string, string> | undefined;
  },
  {
    /** Attributes of the new user; `username` among them overrides the name. Omit them if the user does not exist. */
    userAttributes?: Record<string, string> | null;
    /** `CONFIRMED` keeps the password. Any other value requires a password reset. */
    finalUserStatus?: string | null;
    /** Ignored: the embedded Cognito sends no welcome messages. */
    messageAction?: string | null;
    desiredDeliveryMediums?: string[] | null;
    /** Moves an e-mail or phone alias from the user who owns it. */
    forceAliasCreation?: boolean | null;
    enableSMSMFA?: boolean | null;
  }
>;
