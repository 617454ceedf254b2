import type { MaybeUserRequest, TriggerEvent, UserRequest } from './trigger-event.js';

/** PreAuthentication_Authentication: before a password or another first factor is looked at. */
export type PreAuthenticationEvent = TriggerEvent<
  Omit<MaybeUserRequest, 'clientMetadata'> & {
    /** ClientMetadata of InitiateAuth. */
    validationData?: Record<string, string>;
  },
  Record<string, never>
>;

/** PostAuthentication_Authentication: when everything is proven, before the tokens are made. */
export type PostAuthenticationEvent = TriggerEvent<
  UserRequest & {
    /** Whether the sign-in is about to be given the keys of a new device. */
    newDeviceUsed: boolean;
  },
  Record<string, never>
>;

/** UserMigration_Authentication, UserMigration_ForgotPassword: `userName` is what was typed. */
export type UserMigrationEvent = TriggerEvent<
  {
    /** Only when somebody signs in. */
    password?: string;
    /** ClientMetadata of InitiateAuth. */
    validationData?: Record<string, string>;
    /** ClientMetadata of ForgotPassword. */
    clientMetadata?: Record<string, string>;
  },
  {
    /** The new user's attributes; left out or null: there is no such user. `username` may name them differently. */
    userAttributes?: Record<string, string> | null;
    /** `CONFIRMED` keeps the password; anything else makes the user reset it. */
    finalUserStatus?: string | null;
    /** The embedded Cognito sends no welcome messages, so this changes nothing. */
    messageAction?: string | null;
    desiredDeliveryMediums?: string[] | null;
    /** Takes an e-mail or phone alias from the user who has it. */
    forceAliasCreation?: boolean | null;
    enableSMSMFA?: boolean | null;
  }
>;
