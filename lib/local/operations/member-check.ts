import { CognitoFault, invalidParameter } from '../engine/cognito-fault.js';
import { isObject } from '../../types/is-object.js';
import type { MemberRule } from './member-rules.js';

type Rules = Readonly<Record<string, MemberRule | undefined>>;
type Structure = Readonly<Record<string, unknown>>;

/**
 * Validates a request before any lookup, as the service does.
 *
 * @throws CognitoFault SerializationException for a value of the wrong JSON type, InvalidParameterException
 *   (`N validation error(s) detected: ...`) for a value that violates a constraint.
 */
export function checkMembers(input: Readonly<Record<string, unknown>>, rules: Rules): void {
  const violations = violationsWithin(input, rules, '');
  if (violations.length > 0) {
    const noun = violations.length === 1 ? 'error' : 'errors';
    throw invalidParameter(`${violations.length} validation ${noun} detected: ${violations.join('; ')}`);
  }
}

function violationsWithin(input: Readonly<Record<string, unknown>>, rules: Rules, prefix: string): string[] {
  return Object.entries(rules).flatMap(([member, rule]) => {
    const path = prefix + member.charAt(0).toLowerCase() + member.slice(1);
    return rule === undefined ? [] : violationsOf(input[member], path, rule);
  });
}

function violationsOf(value: unknown, path: string, rule: MemberRule): string[] {
  if (value === undefined) {
    return rule.required ? [violation(value, path, 'Member must not be null', rule)] : [];
  }
  if (!TYPES[rule.type](value)) {
    throw new CognitoFault('SerializationException');
  }
  return [
    ...violatedConstraints(value, rule).map((constraint) => violation(value, path, constraint, rule)),
    ...(rule.members === undefined ? [] : violationsWithin(value as Structure, rule.members, `${path}.`)),
    ...(rule.element === undefined ? [] : violationsInList(value as Structure[], rule.element, path)),
  ];
}

/** The service counts the elements of a list from 1. */
function violationsInList(list: readonly Structure[], rules: Rules, path: string): string[] {
  return list.flatMap((element, index) => violationsWithin(element, rules, `${path}.${index + 1}.member.`));
}

const TYPES: Readonly<Record<MemberRule['type'], (value: unknown) => boolean>> = {
  string: isString,
  integer: Number.isInteger,
  boolean: (value) => typeof value === 'boolean',
  strings: (value) => Array.isArray(value) && value.every(isString),
  attributes: (value) => Array.isArray(value) && value.every(isAttribute),
  structures: (value) => Array.isArray(value) && value.every(isObject),
  map: (value) => isObject(value) && Object.values(value).every(isString),
  structure: isObject,
};

function isString(value: unknown): boolean {
  return typeof value === 'string';
}

function isAttribute(value: unknown): boolean {
  return isObject(value) && Object.values(value).every(isString);
}

function violatedConstraints(value: unknown, rule: MemberRule): string[] {
  const found: string[] = [];
  if (typeof value === 'number') {
    if (rule.min !== undefined && value < rule.min) {
      found.push(`Member must have value greater than or equal to ${rule.min}`);
    }
    if (rule.max !== undefined && value > rule.max) {
      found.push(`Member must have value less than or equal to ${rule.max}`);
    }
  }
  if (typeof value === 'string' || Array.isArray(value)) {
    found.push(...violatedLengths(value.length, rule));
  }
  if (typeof value === 'string') {
    if (rule.pattern !== undefined && !new RegExp(`^(?:${rule.pattern})$`, 'u').test(value)) {
      found.push(`Member must satisfy regular expression pattern: ${rule.pattern}`);
    }
    if (rule.values !== undefined && !rule.values.includes(value)) {
      found.push(`Member must satisfy enum value set: [${rule.values.join(', ')}]`);
    }
  }
  return found;
}

function violatedLengths(length: number, rule: MemberRule): string[] {
  if (rule.minLength !== undefined && length < rule.minLength) {
    return [`Member must have length greater than or equal to ${rule.minLength}`];
  }
  if (rule.maxLength !== undefined && length > rule.maxLength) {
    return [`Member must have length less than or equal to ${rule.maxLength}`];
  }
  return [];
}

function violation(value: unknown, path: string, constraint: string, rule: MemberRule): string {
  return `Value${printed(value, rule)} at '${path}' failed to satisfy constraint: ${constraint}`;
}

function printed(value: unknown, rule: MemberRule): string {
  if (value === undefined) {
    return ' null';
  }
  return rule.sensitive ? '' : ` '${typeof value === 'string' ? value : JSON.stringify(value)}'`;
}
