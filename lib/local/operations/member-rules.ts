import type { RequiredMember } from './required-member.js';

/** What one member of a request must be. Taken from the service's model; see `violationsOf` for the texts. */
export interface MemberRule {
  /** `texts` is a list of strings, `attributes` one of names with values, `map` has strings for values. */
  readonly type: 'string' | 'integer' | 'boolean' | 'texts' | 'attributes' | 'structures' | 'map' | 'structure';
  readonly required?: true;
  /** The value never appears in a message. */
  readonly sensitive?: true;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly min?: number;
  readonly max?: number;
  /** The pattern's text as the service prints it; tested as a whole-string match with the `u` flag. */
  readonly pattern?: string;
  readonly values?: readonly string[];
  /** The rules for the members of a structure. */
  readonly members?: Readonly<Record<string, MemberRule>>;
}

/** Rules for a request: required members must have one, and it must say so. Members without one are not checked. */
export type MemberRules<Input> = Readonly<Record<RequiredMember<Input>, RequiredMemberRule>> &
  Readonly<Partial<Record<keyof Input, MemberRule>>>;

/** The rule of a member that an operation cannot do without. */
export type RequiredMemberRule = MemberRule & { readonly required: true };

/** The same rule for an operation that cannot do without the member. */
export function required(rule: MemberRule): RequiredMemberRule {
  return { ...rule, required: true };
}

export const TEXT: MemberRule = { type: 'string' };
export const FLAG: MemberRule = { type: 'boolean' };
export const TEXTS: MemberRule = { type: 'texts' };
export const ATTRIBUTES: MemberRule = { type: 'attributes' };
export const STRUCTURES: MemberRule = { type: 'structures' };
export const MAP: MemberRule = { type: 'map' };
export const STRUCTURE: MemberRule = { type: 'structure' };

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
  pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+',
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
  pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+',
};
export const GROUP_NAME: MemberRule = {
  type: 'string',
  minLength: 1,
  maxLength: 128,
  pattern: '[\\p{L}\\p{M}\\p{S}\\p{N}\\p{P}]+',
};
export const PRECEDENCE: MemberRule = { type: 'integer', min: 0 };
export const RESOURCE_NAME: MemberRule = { type: 'string', minLength: 1, maxLength: 128, pattern: '[\\w\\s+=,.@-]+' };
export const LIMIT: MemberRule = { type: 'integer', min: 0, max: 60 };
export const MAX_RESULTS: MemberRule = { type: 'integer', min: 1, max: 60 };
export const PAGINATION_TOKEN: MemberRule = { type: 'string', minLength: 1, pattern: '[\\S]+' };
export const FILTER: MemberRule = { type: 'string', maxLength: 256 };
