import { isObject } from '../types/is-object.js';

/** What is wrong with the value of an option. */
export interface OptionFault {
  /** The path of the member at fault, such as `.timeout`; empty for the value itself. */
  readonly member: string;
  /** What the value must be: the rest of a sentence that begins with the option. */
  readonly requirement: string;
}

/** Checks the value of an option; undefined if it is valid. */
export type OptionRule = (value: unknown) => OptionFault | undefined;

/** A rule about a value as a whole. */
export function rule(requirement: string, isValid: (value: unknown) => boolean): OptionRule {
  return (value) => (isValid(value) ? undefined : { member: '', requirement });
}

/** The option may be omitted. */
export function optional(inner: OptionRule): OptionRule {
  return (value) => (value === undefined ? undefined : inner(value));
}

/** `null` is allowed; it turns a check off. */
export function nullable(inner: OptionRule): OptionRule {
  return (value) => {
    const fault = value === null ? undefined : inner(value);
    return fault && { ...fault, requirement: `${fault.requirement}, or null` };
  };
}

/** A string of the given form. */
export function matching(isValid: (value: string) => boolean, requirement: string): OptionRule {
  return (value) => {
    if (value === undefined || value === null || value === '') {
      return { member: '', requirement: `is required and ${requirement}` };
    }
    return rule(requirement, (text) => typeof text === 'string' && isValid(text))(value);
  };
}

/** One of a few values. */
export function oneOf(...values: readonly unknown[]): OptionRule {
  const names = values.map((value) => JSON.stringify(value)).join(', ');
  return rule(`must be one of ${names}`, (value) => values.includes(value));
}

/** The longest delay of a Node.js timer. A longer one fires at once. */
const MAX_NUMBER = 2 ** 31 - 1;

/** A whole number. */
export function atLeast(minimum: number, unit: string): OptionRule {
  return rule(
    `must be a whole number of ${unit}, ${String(minimum)} or more`,
    (value) => Number.isSafeInteger(value) && (value as number) >= minimum && (value as number) <= MAX_NUMBER,
  );
}

export const url = rule(
  'must be a URL that begins with https:// or http://',
  (value) => typeof value === 'string' && /^https?:\/\//.test(value) && URL.canParse(value),
);

export const aFunction = rule('must be a function', (value) => typeof value === 'function');

/** An object that passes a test. */
export function object(
  requirement: string,
  isValid: (value: Readonly<Record<string, unknown>>) => boolean = () => true,
): OptionRule {
  return rule(requirement, (value) => isObject(value) && isValid(value));
}

/** Either a function or what the other rule accepts. */
export function functionOr(requirement: string, isValid: (value: unknown) => boolean): OptionRule {
  return rule(requirement, (value) => typeof value === 'function' || isValid(value));
}

/** A non-empty list. */
export function listOf(what: string, isValid: (item: unknown) => boolean): OptionRule {
  return rule(
    `must be a non-empty list of ${what}`,
    (value) => Array.isArray(value) && value.length > 0 && value.every(isValid),
  );
}

/** A non-empty list of non-empty strings. */
export function listOfStrings(what: string): OptionRule {
  return listOf(what, (item) => typeof item === 'string' && item !== '');
}

/** An object of known members, each with a rule of its own. */
export function objectOf(members: Readonly<Record<string, OptionRule>>): OptionRule {
  return (value) => {
    if (!isObject(value)) {
      return { member: '', requirement: 'must be an object' };
    }
    const unknown = Object.keys(value).find((name) => !Object.hasOwn(members, name));
    if (unknown !== undefined) {
      const known = Object.keys(members).join(', ');
      return { member: `.${unknown}`, requirement: `is unknown. Known members: ${known}` };
    }
    for (const [name, inner] of Object.entries(members)) {
      const fault = inner(value[name]);
      if (fault !== undefined) {
        return { ...fault, member: `.${name}${fault.member}` };
      }
    }
    return undefined;
  };
}
