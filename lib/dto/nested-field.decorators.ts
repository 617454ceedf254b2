import 'reflect-metadata';

import { Type } from 'class-transformer';
import { Validate, ValidateNested, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';

import { isObject } from '../types/is-object.js';

import { field, mustBe, OBJECT, type FieldOptions } from './field.decorators.js';
import { recordReferences, referenceTo } from './openapi-schema.js';

/** A nested object of a class. */
export function NestedField(type: () => new () => object, options: FieldOptions): PropertyDecorator {
  return field(options, { type }, ...nested(type));
}

/** A nested object of one of several classes. The owner of the field decides which. */
export function AlternativesField(
  alternatives: readonly (new () => object)[],
  choose: (owner: object) => new () => object,
  options: FieldOptions,
): PropertyDecorator {
  const decorate = field(options, { type: () => Object, oneOf: alternatives.map(referenceTo) }, ...nested(choose));
  return (prototype, property) => {
    decorate(prototype, property);
    recordReferences(prototype, alternatives);
  };
}

function nested(choose: (owner: object) => new () => object): PropertyDecorator[] {
  return [
    Type((context) => choose((context?.object ?? {}) as object)),
    Validate(OneObject),
    ValidateNested({ message: mustBe(OBJECT) }),
  ];
}

/** Rejects what ValidateNested accepts: absent values, lists and, in some versions, null. */
// The constraint name of ValidateNested, so that an error has one message and not two.
@ValidatorConstraint({ name: 'nestedValidation' })
class OneObject implements ValidatorConstraintInterface {
  validate = isObject;
  defaultMessage = () => mustBe(OBJECT);
}
