/** What a text must be like. */
export interface TextRule {
  /** Characters; default 1. */
  readonly minLength?: number;
  /** Characters; default: as many as the HTTP layer lets through. */
  readonly maxLength?: number;
  readonly pattern?: RegExp;
  /** The rest of a sentence that begins with the field's name and "should be". */
  readonly requirement: string;
  /** The OpenAPI format; `password` keeps a value from being shown while it is typed. */
  readonly format?: 'password' | 'byte';
}

/*
 * Cognito's own limits (the constraints of the API's model), so that what can never be right is refused before it is
 * sent. What depends on how a pool is set up, such as its password policy, stays with Cognito.
 */

export const USERNAME = {
  maxLength: 128,
  pattern: /^[\p{L}\p{M}\p{S}\p{N}\p{P}]+$/u,
  requirement: 'a string of 1 to 128 characters without spaces',
} as const satisfies TextRule;

/** A password to be set. The pattern is what the service enforces; its model would refuse spaces inside, too. */
export const NEW_PASSWORD = {
  minLength: 6,
  maxLength: 256,
  pattern: /^\S(?:.*\S)?$/,
  requirement: 'a string of 6 to 256 characters that neither begins nor ends with a space',
  format: 'password',
} as const satisfies TextRule;

/** A password that exists. It may be older than today's rules, or come from the system that users migrate from. */
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

/** Of an authenticator app. */
export const TOTP_CODE = {
  minLength: 6,
  maxLength: 6,
  pattern: /^[0-9]+$/,
  requirement: 'a string of 6 digits',
} as const satisfies TextRule;

export const SESSION = {
  minLength: 20,
  maxLength: 2048,
  requirement: 'a string of 20 to 2048 characters, as the step before returned it',
} as const satisfies TextRule;

export const TOKEN = {
  pattern: /^[A-Za-z0-9\-_=.]+$/,
  requirement: 'a token: letters, digits and the characters "-", "_", "=" and "."',
} as const satisfies TextRule;

/** Cognito's names have at most 32 characters; an application's own name for an attribute may be longer. */
export const ATTRIBUTE_NAME = {
  maxLength: 128,
  pattern: USERNAME.pattern,
  requirement: 'the name of an attribute: a string of 1 to 128 characters without spaces',
} as const satisfies TextRule;

/** Characters of an attribute's value. */
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

/** What a custom challenge is answered with: only the pool's trigger knows what is right. */
export const CUSTOM_ANSWER = { requirement: 'a string that is not empty' } as const satisfies TextRule;

/** A word of a registry that grows, such as authentication context classes and transports of authenticators. */
export const WORD = {
  maxLength: 256,
  pattern: /^\S+$/,
  requirement: 'a string of 1 to 256 characters without spaces',
} as const satisfies TextRule;

/** The attributes that a code can prove. */
export const VERIFIABLE_ATTRIBUTES = ['email', 'phone_number'] as const;

/** Whether the value is a string that the rule allows. */
export function fits({ minLength = 1, maxLength = Infinity, pattern }: TextRule, value: unknown): value is string {
  return (
    typeof value === 'string' &&
    value.length >= minLength &&
    value.length <= maxLength &&
    (pattern?.test(value) ?? true)
  );
}
