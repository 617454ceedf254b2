import type { RequiredMember } from './required-member.js';

/** The constraints of one request member, from the API model. `checkMembers` writes the messages. */
export interface MemberRule {
  /** `strings` is a list of strings, `attributes` a list of name-value pairs, `map` an object with string values. */
  readonly type: 'string' | 'integer' | 'boolean' | 'strings' | 'attributes' | 'structures' | 'map' | 'structure';
  readonly required?: true;
  /** The value never appears in a message. */
  readonly sensitive?: true;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  /** The pattern as the service prints it. It must match the whole value, with the `u` flag. */
  readonly pattern?: string;
  readonly values?: readonly string[];
  /** The rules for the members of a structure. */
  readonly members?: Readonly<Record<string, MemberRule>>;
  /** The rules for the members of each structure in a list. */
  readonly element?: Readonly<Record<string, MemberRule>>;
}

/**
 * The rules of a request. Each required member has a rule that marks it as required. A member without a rule is not
 * checked.
 */
export type MemberRules<Input> = Readonly<Record<RequiredMember<Input>, RequiredMemberRule>> &
  Readonly<Partial<Record<keyof Input, MemberRule>>>;

/** The rule of a required member. */
export type RequiredMemberRule = MemberRule & { readonly required: true };

/** The same rule for a required member. */
export function required(rule: MemberRule): RequiredMemberRule {
  return { ...rule, required: true };
}

export const STRING: MemberRule = { type: 'string' };
export const BOOLEAN: MemberRule = { type: 'boolean' };
export const STRINGS: MemberRule = { type: 'strings' };
export const ATTRIBUTES: MemberRule = { type: 'attributes' };
export const STRUCTURES: MemberRule = { type: 'structures' };
export const MAP: MemberRule = { type: 'map' };
export const STRUCTURE: MemberRule = { type: 'structure' };

/** Letters, marks, symbols, numbers and punctuation; no spaces. */
const NAME_PATTERN = '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+';

export const USER_POOL_ID: MemberRule = {
  type: 'string',
  minLength: 1,
  maxLength: 55,
  pattern: '[\\w-]+_[0-9a-zA-Z]+',
};
export const CLIENT_ID: MemberRule = {
  type: 'string',
  sensitive: true,
  minLength: 1,
  maxLength: 128,
  pattern: '[\\w+]+',
};
export const CLIENT_SECRET: MemberRule = {
  type: 'string',
  sensitive: true,
  minLength: 24,
  maxLength: 64,
  pattern: '[\\w+]+',
};
export const SECRET_HASH: MemberRule = {
  type: 'string',
  sensitive: true,
  minLength: 1,
  maxLength: 128,
  pattern: '[\\w+=/]+',
};
export const USERNAME: MemberRule = {
  type: 'string',
  sensitive: true,
  minLength: 1,
  maxLength: 128,
  pattern: NAME_PATTERN,
};
export const PASSWORD: MemberRule = {
  type: 'string',
  sensitive: true,
  minLength: 6,
  maxLength: 256,
  pattern: '^[\\S]+.*[\\S]+$',
};
export const CONFIRMATION_CODE: MemberRule = { type: 'string', minLength: 1, maxLength: 2048, pattern: '[\\S]+' };
export const SESSION: MemberRule = { type: 'string', sensitive: true, minLength: 20, maxLength: 2048 };
export const TOKEN: MemberRule = { type: 'string', sensitive: true, pattern: '[A-Za-z0-9-_=.]+' };
export const DEVICE_KEY: MemberRule = { type: 'string', minLength: 1, maxLength: 55, pattern: '[\\w-]+_[0-9a-f-]+' };
export const ATTRIBUTE_NAME: MemberRule = {
  type: 'string',
  minLength: 1,
  maxLength: 32,
  pattern: NAME_PATTERN,
};
export const GROUP_NAME: MemberRule = {
  type: 'string',
  minLength: 1,
  maxLength: 128,
  pattern: NAME_PATTERN,
};
export const PROVIDER_NAME: MemberRule = {
  type: 'string',
  minLength: 1,
  maxLength: 32,
  pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}\\p{Z}]+',
};
export const PRECEDENCE: MemberRule = { type: 'integer', min: 0 };
export const RESOURCE_NAME: MemberRule = { type: 'string', minLength: 1, maxLength: 128, pattern: '[\\w\\s+=,.@-]+' };
export const LIMIT: MemberRule = { type: 'integer', min: 0, max: 60 };
export const MAX_RESULTS: MemberRule = { type: 'integer', min: 1, max: 60 };
export const PAGINATION_TOKEN: MemberRule = { type: 'string', minLength: 1, pattern: '[\\S]+' };
export const FILTER: MemberRule = { type: 'string', maxLength: 256 };

/** The members of an operation that the signed-in user calls. */
export const BEARER = { AccessToken: required(TOKEN) };
/** The members of a paged listing. */
export const PAGE = { Limit: LIMIT, NextToken: PAGINATION_TOKEN };
