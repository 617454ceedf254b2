/**
 * Reason for a message: the suffix of the custom-message trigger's source.
 *
 * @publicApi
 */
export type MessageKind =
  | 'SignUp'
  | 'AdminCreateUser'
  | 'ResendCode'
  | 'ForgotPassword'
  | 'UpdateUserAttribute'
  | 'VerifyUserAttribute'
  | 'Authentication'
  | 'AccountTakeOverNotification';

/**
 * An e-mail or SMS that Amazon Cognito would have sent.
 *
 * @publicApi
 */
export interface LocalMessage {
  /** The e-mail address or phone number. */
  readonly to: string;
  readonly medium: 'EMAIL' | 'SMS';
  readonly kind: MessageKind;
  /** The pool's name. */
  readonly pool: string;
  readonly poolId: string;
  /** The internal username. */
  readonly username: string;
  /** The confirmation code, or the temporary password of an invitation. */
  readonly code: string;
  /** E-mail only. */
  readonly subject?: string;
  /** The text, including the code. */
  readonly text: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
}
