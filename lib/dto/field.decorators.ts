import { IsBoolean, IsIn, ValidateBy, ValidateIf } from 'class-validator';

import { fits, type TextRule } from './constraints.js';
import { recordFacts, type OpenApiFacts } from './openapi-facts.js';

/** What each field says about itself besides its rule. */
export interface About {
  readonly description: string;
  readonly example?: unknown;
  readonly default?: unknown;
  /** Whether the field may be left out: always, or depending on its object. Default: never. null is not an absence. */
  readonly optional?: true | ((owner: object) => boolean);
  /** Whether null is allowed, too. */
  readonly nullable?: true;
  /** When the field is looked at, depending on its object. Default: always. */
  readonly when?: (owner: object) => boolean;
}

/** A text within a rule. */
export function TextField(rule: TextRule, about: About): PropertyDecorator {
  const { minLength, maxLength, pattern, format, requirement } = rule;
  const facts = {
    type: () => String,
    ...(format !== undefined && { format }),
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
    ...(pattern !== undefined && { pattern: pattern.source }),
  };
  return field(
    about,
    facts,
    check('text', requirement, (value) => fits(rule, value)),
  );
}

/** A list of texts, each within a rule. */
export function TextListField(rule: TextRule, about: About, minItems = 1): PropertyDecorator {
  const isList = (value: unknown): boolean =>
    Array.isArray(value) && value.length >= minItems && value.every((item) => fits(rule, item));
  const facts = { type: () => String, isArray: true, minItems };
  return field(about, facts, check('list', `a list of at least ${minItems}, each ${rule.requirement}`, isList));
}

/** One of some words. */
export function ChoiceField(choices: readonly string[], about: About): PropertyDecorator {
  const message = should(`one of ${choices.join(', ')}`);
  return field(about, { type: () => String, enum: choices }, IsIn([...choices], { message }));
}

/** True or false. */
export function FlagField(about: About): PropertyDecorator {
  return field(about, { type: () => Boolean }, IsBoolean({ message: should('true or false') }));
}

/** A whole number that is not negative. */
export function CountField(about: About): PropertyDecorator {
  const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
  const facts = { type: () => Number, minimum: 0 };
  return field(about, facts, check('count', 'a whole number that is not negative', isCount));
}

/** Any whole number. */
export function IntegerField(about: About): PropertyDecorator {
  return field(about, { type: () => Number }, check('integer', 'a whole number', Number.isSafeInteger));
}

/** An object whose content is not this package's to judge. */
export function ObjectField(about: About): PropertyDecorator {
  const facts = { type: () => Object, additionalProperties: true };
  return field(about, facts, check('object', OBJECT, isObject));
}

/** A field with a check of its own. */
export function field(
  about: About,
  facts: Omit<OpenApiFacts, 'description' | 'required'>,
  ...decorators: readonly PropertyDecorator[]
): PropertyDecorator {
  const { description, example, default: standard, optional, nullable } = about;
  return (prototype, property) => {
    for (const decorate of [...decorators, ValidateIf(isChecked(about))]) {
      decorate(prototype, property);
    }
    recordFacts(prototype, String(property), {
      ...facts,
      description,
      required: optional === undefined,
      ...(nullable !== undefined && { nullable }),
      ...(example !== undefined && { example }),
      ...(standard !== undefined && { default: standard }),
    });
  };
}

function isChecked({ optional, nullable, when }: About): (owner: object, value: unknown) => boolean {
  const mayMiss = typeof optional === 'function' ? optional : () => optional === true;
  return (owner, value) =>
    (when?.(owner) ?? true) && !(value === undefined && mayMiss(owner)) && !(value === null && nullable === true);
}

/**
 * A check with one sentence, which names the field and never its value.
 *
 * @param name - the key of the sentence among a `ValidationError`'s constraints.
 */
export function check(name: string, requirement: string, validate: (value: unknown) => boolean): PropertyDecorator {
  return ValidateBy({ name, validator: { validate, defaultMessage: () => should(requirement) } });
}

export function should(requirement: string): string {
  return `$property should be ${requirement}`;
}

export const OBJECT = 'an object';

export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
