/** Why a message is sent: the suffix of the custom-message trigger's source. */
export type MessageKind =
  | 'SignUp'
  | 'AdminCreateUser'
  | 'ResendCode'
  | 'ForgotPassword'
  | 'UpdateUserAttribute'
  | 'VerifyUserAttribute'
  | 'Authentication';

/** A mail or SMS that Cognito would have sent. */
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
  /** Mails only. */
  readonly subject?: string;
  /** The text with the code in it. */
  readonly text: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
}
