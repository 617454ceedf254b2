/** The constraints of a string. */
export interface TextRule {
  /** Characters. Default: 1. */
  readonly minLength?: number;
  /** Characters. Default: no limit. */
  readonly maxLength?: number;
  readonly pattern?: RegExp;
  /** The rest of a message that starts with the field's name and "must be". */
  readonly requirement: string;
  /** The OpenAPI format. `password` hides the value in user interfaces. */
  readonly format?: 'password' | 'byte';
}

/*
 * The limits of the Cognito API model: a request that Cognito would reject in any case is rejected here. Cognito itself
 * checks what depends on the user pool, such as the password policy.
 */

export const USERNAME = {
  maxLength: 128,
  pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u,
  requirement: 'a string of 1 to 128 characters without spaces',
} as const satisfies TextRule;

/** A new password. The service allows spaces inside, although the API model does not. */
export const NEW_PASSWORD = {
  minLength: 6,
  maxLength: 256,
  pattern: /^\S(?:.*\S)?$/,
  requirement: 'a string of 6 to 256 characters that does not begin or end with a space',
  format: 'password',
} as const satisfies TextRule;

/** A current password. It may be older than the rules of today, or come from a system that users migrate from. */
export const PASSWORD = {
  maxLength: 256,
  requirement: 'a string of 1 to 256 characters',
  format: 'password',
} as const satisfies TextRule;

export const CODE = {
  maxLength: 2048,
  pattern: /^\S+$/,
  requirement: 'a string of 1 to 2048 characters without spaces',
} as const satisfies TextRule;

/** The code of an authenticator app. */
export const TOTP_CODE = {
  minLength: 6,
  maxLength: 6,
  pattern: /^[0-9]+$/,
  requirement: 'a string of 6 digits',
} as const satisfies TextRule;

export const SESSION = {
  minLength: 20,
  maxLength: 2048,
  requirement: 'a string of 20 to 2048 characters, as the previous step returned it',
} as const satisfies TextRule;

export const TOKEN = {
  pattern: /^[A-Za-z0-9\-_=.]+$/,
  requirement: 'a token: letters, digits and the characters "-", "_", "=" and "."',
} as const satisfies TextRule;

/** Names in Cognito have at most 32 characters. The application's own name for an attribute may be longer. */
export const ATTRIBUTE_NAME = {
  maxLength: 128,
  pattern: USERNAME.pattern,
  requirement: 'an attribute name: a string of 1 to 128 characters without spaces',
} as const satisfies TextRule;

/** Maximum length of an attribute value, in characters. */
export const ATTRIBUTE_VALUE_MAX_LENGTH = 2048;

export const EMAIL = {
  maxLength: ATTRIBUTE_VALUE_MAX_LENGTH,
  pattern: /^[^\s@]+@[^\s@]+$/,
  requirement: 'an e-mail address',
} as const satisfies TextRule;

export const DEVICE_KEY = {
  maxLength: 55,
  pattern: /^[\w-]+_[0-9a-f-]+$/,
  requirement: 'the key of a device, as a sign-in returned it: at most 55 characters, such as "eu-west-1_5ac3..."',
} as const satisfies TextRule;

export const DEVICE_GROUP_KEY = {
  maxLength: 55,
  pattern: /^\S+$/,
  requirement: 'the group key of a device, as a sign-in returned it: a string of 1 to 55 characters without spaces',
} as const satisfies TextRule;

export const DEVICE_NAME = {
  maxLength: 1024,
  requirement: 'a string of 1 to 1024 characters',
} as const satisfies TextRule;

export const BASE64URL = {
  pattern: /^[\w-]+=*$/,
  requirement: 'a base64url string',
} as const satisfies TextRule;

export const SESSION_ID = {
  maxLength: 128,
  pattern: /^[0-9A-Za-z_-]+$/,
  requirement: 'the id of a session, as the list of sessions returned it',
} as const satisfies TextRule;

/** The answer to a custom challenge, which only the trigger of the pool can check. */
export const CUSTOM_ANSWER = { requirement: 'a non-empty string' } as const satisfies TextRule;

/** A value of an open list, such as an authentication context class or the transport of an authenticator. */
export const WORD = {
  maxLength: 256,
  pattern: /^\S+$/,
  requirement: 'a string of 1 to 256 characters without spaces',
} as const satisfies TextRule;

/** The flows of sign-ins without AWS credentials. */
export const SIGN_IN_FLOWS = ['USER_SRP_AUTH', 'USER_PASSWORD_AUTH', 'USER_AUTH', 'CUSTOM_AUTH'] as const;

/** The attributes that a code can verify. */
export const VERIFIABLE_ATTRIBUTES = ['email', 'phone_number'] as const;

/** Whether the value is a string that satisfies the rule. */
export function satisfies({ minLength = 1, maxLength = Infinity, pattern }: TextRule, value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length >= minLength &&
    value.length <= maxLength &&
    (pattern?.test(value) ?? true)
  );
}
