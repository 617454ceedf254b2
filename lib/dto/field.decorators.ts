import { IsBoolean, IsIn, ValidateBy, ValidateIf } from 'class-validator';

import { isObject } from '../types/is-object.js';

import { satisfies, type TextRule } from './constraints.js';
import { recordExample, recordInExample } from './openapi-example.js';
import { describedSchema, recordSchema, type PropertySchema } from './openapi-schema.js';

/** Options of every field decorator. */
export interface FieldOptions {
  readonly description: string;
  readonly example?: unknown;
  readonly default?: unknown;
  /** Whether the field may be omitted, always or depending on its object. Default: never. `null` is a value. */
  readonly optional?: true | ((owner: object) => boolean);
  /** Whether examples have the field although it is optional. Default: no. */
  readonly inExample?: true;
  /** Whether `null` is valid. */
  readonly nullable?: true;
  /** Whether the field is validated, depending on its object. Default: always. */
  readonly when?: (owner: object) => boolean;
}

/** A string that satisfies a rule. */
export function TextField(rule: TextRule, options: FieldOptions): PropertyDecorator {
  const { minLength, maxLength, pattern, format, requirement } = rule;
  const schema = {
    type: () => String,
    ...(format !== undefined && { format }),
    ...(minLength !== undefined && { minLength }),
    ...(maxLength !== undefined && { maxLength }),
    ...(pattern !== undefined && { pattern: pattern.source }),
  };
  return field(
    options,
    schema,
    check('text', requirement, (value) => satisfies(rule, value)),
  );
}

/** A list of strings that satisfy a rule. */
export function TextListField(rule: TextRule, options: FieldOptions, minItems = 1): PropertyDecorator {
  const isList = (value: unknown): boolean =>
    Array.isArray(value) && value.length >= minItems && value.every((item) => satisfies(rule, item));
  const schema = { type: () => String, isArray: true, minItems };
  return field(options, schema, check('list', `a list of at least ${minItems}, each ${rule.requirement}`, isList));
}

/** One of several strings. */
export function ChoiceField(choices: readonly string[], options: FieldOptions): PropertyDecorator {
  const message = mustBe(`one of ${choices.join(', ')}`);
  return field(options, { type: () => String, enum: choices }, IsIn([...choices], { message }));
}

/** True or false. */
export function FlagField(options: FieldOptions): PropertyDecorator {
  return field(options, { type: () => Boolean }, IsBoolean({ message: mustBe('true or false') }));
}

/** A non-negative integer. */
export function CountField(options: FieldOptions): PropertyDecorator {
  const isCount = (value: unknown): boolean => Number.isSafeInteger(value) && Number(value) >= 0;
  const schema = { type: () => Number, minimum: 0 };
  return field(options, schema, check('count', 'a non-negative integer', isCount));
}

/** An integer. */
export function IntegerField(options: FieldOptions): PropertyDecorator {
  return field(options, { type: () => Number }, check('integer', 'an integer', Number.isSafeInteger));
}

/** An object whose content is not validated. */
export function ObjectField(options: FieldOptions): PropertyDecorator {
  const schema = { type: () => Object, additionalProperties: true };
  return field(options, schema, check('object', OBJECT, isObject));
}

/** A field with its own validators. */
export function field(
  options: FieldOptions,
  schema: Omit<PropertySchema, 'description' | 'required'>,
  ...decorators: readonly PropertyDecorator[]
): PropertyDecorator {
  return (prototype, property) => {
    for (const decorate of [...decorators, ValidateIf(isChecked(options))]) {
      decorate(prototype, property);
    }
    recordSchema(prototype, String(property), describedSchema(schema, options));
    recordExample(prototype);
    if (options.inExample) {
      recordInExample(prototype, String(property));
    }
  };
}

function isChecked({ optional, nullable, when }: FieldOptions): (owner: object, value: unknown) => boolean {
  const mayMiss = typeof optional === 'function' ? optional : () => optional === true;
  return (owner, value) =>
    (when?.(owner) ?? true) && !(value === undefined && mayMiss(owner)) && !(value === null && nullable === true);
}

/**
 * A validator whose message names the field and never its value.
 *
 * @param name - The key of the message in the `constraints` of a `ValidationError`.
 */
export function check(name: string, requirement: string, validate: (value: unknown) => boolean): PropertyDecorator {
  return ValidateBy({ name, validator: { validate, defaultMessage: () => mustBe(requirement) } });
}

/** The message of a validator, which class-validator completes with the field's name. */
export function mustBe(requirement: string): string {
  return `$property must be ${requirement}`;
}

export const OBJECT = 'an object';
