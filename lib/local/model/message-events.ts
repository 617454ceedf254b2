import type { TriggerEvent, UserRequest } from './trigger-event.js';

/**
 * CustomMessage_SignUp, _AdminCreateUser, _ResendCode, _ForgotPassword, _UpdateUserAttribute, _VerifyUserAttribute and
 * _Authentication: customizes a message.
 *
 * @publicApi
 */
export type CustomMessageEvent = TriggerEvent<
  UserRequest & {
    /** Placeholder for the code. Every text must contain it. */
    codeParameter: string;
    /** Placeholder for the verification link. */
    linkParameter: string;
    /** Placeholder for the username, which an invitation must contain. Null for other messages. */
    usernameParameter: string | null;
  },
  {
    /** Null keeps the pool's text. */
    smsMessage: string | null;
    emailMessage: string | null;
    emailSubject: string | null;
  }
>;

/**
 * CustomEmailSender_… and CustomSMSSender_…: sends a message in Cognito's place. Such messages do not appear in the
 * outbox. The code is plain text, or with the option `customSenderKey` a message of the AWS Encryption SDK, base64.
 *
 * @publicApi
 */
export type CustomSenderEvent = TriggerEvent<
  UserRequest & { type: 'customEmailSenderRequestV1' | 'customSMSSenderRequestV1'; code: string },
  Record<string, never>
>;
