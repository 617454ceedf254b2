import type { TriggerEvent, UserRequest } from './trigger-event.js';

/** CustomMessage_SignUp, _AdminCreateUser, _ResendCode, _ForgotPassword, _UpdateUserAttribute, _VerifyUserAttribute and _Authentication. */
export type CustomMessageEvent = TriggerEvent<
  UserRequest & {
    /** What stands for the code: every text must contain it. */
    codeParameter: string;
    linkParameter: string;
    /** What stands for the username in an invitation, which must contain it; null for other messages. */
    usernameParameter: string | null;
  },
  {
    /** Null: the pool's own text. */
    smsMessage: string | null;
    emailMessage: string | null;
    emailSubject: string | null;
  }
>;

/**
 * CustomEmailSender_… and CustomSMSSender_…: sends a message in Cognito's place, so it is not in the outbox.
 *
 * The code is readable here; the real service encrypts it with a KMS key.
 */
export type CustomSenderEvent = TriggerEvent<
  UserRequest & { type: 'customEmailSenderRequestV1' | 'customSMSSenderRequestV1'; code: string },
  Record<string, never>
>;
