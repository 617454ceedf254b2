/** A way in which somebody proved who they are. */
export type AuthMethod = 'password' | 'email' | 'sms' | 'totp' | 'passkey';
