import 'reflect-metadata';

import { Type } from 'class-transformer';
import { Validate, ValidateNested, ValidatorConstraint, type ValidatorConstraintInterface } from 'class-validator';

import { field, isObject, OBJECT, should, type About } from './field.decorators.js';
import { recordReferences, referenceTo } from './openapi-facts.js';

/** An object of a class. */
export function NestedField(type: () => new () => object, about: About): PropertyDecorator {
  return field(about, { type }, ...nested(type));
}

/** An object of one of several classes, which the object that holds the field chooses. */
export function AlternativesField(
  alternatives: readonly (new () => object)[],
  choose: (owner: object) => new () => object,
  about: About,
): PropertyDecorator {
  const decorate = field(about, { type: () => Object, oneOf: alternatives.map(referenceTo) }, ...nested(choose));
  return (prototype, property) => {
    decorate(prototype, property);
    recordReferences(prototype, alternatives);
  };
}

function nested(choose: (owner: object) => new () => object): PropertyDecorator[] {
  return [
    Type((help) => choose((help?.object ?? {}) as object)),
    Validate(OneObject),
    ValidateNested({ message: should(OBJECT) }),
  ];
}

/** What ValidateNested lets pass: absence, lists and, in some versions, null. By its name, so that it is said once. */
@ValidatorConstraint({ name: 'nestedValidation' })
class OneObject implements ValidatorConstraintInterface {
  validate = isObject;
  defaultMessage = () => should(OBJECT);
}
