import { isObject } from '../../types/is-object.js';
import { CognitoFault } from '../engine/cognito-fault.js';
import { type Constraint, lengthConstraints, rulesOf, type SimpleShape } from './constraints.js';
import { printedValue } from './printed-value.js';
import { containsSensitive, isSensitive, isSimple } from './shape-facts.js';
import type { ListShape, MapShape, StructureShape } from './shape.js';
import { inputShapeOf, shapeOf } from './shapes.js';
import { Violations } from './violations.js';

/** Checks a value that is there. @throws CognitoFault SerializationException for a value of the wrong JSON type. */
type Check = (value: unknown, violations: Violations) => void;

const NOT_NULL = 'Member must not be null';
const MAX_KEY_IN_PATH = 128;

/** Checks by shape, and by whether the value is inside a sensitive one. Each is made when it is first needed. */
const checks = { outside: new Map<string, Check>(), insideSensitive: new Map<string, Check>() };

/**
 * Checks a request against the constraints of the API. Members that are null count as absent; unknown ones are ignored.
 * The time is linear in the size of the request.
 *
 * @throws CognitoFault SerializationException for a value of the wrong JSON type, InvalidParameterException
 *   (`N validation error(s) detected: ...`) for values that violate constraints.
 */
export function checkRequest(operation: string, input: Readonly<Record<string, unknown>>): void {
  const violations = new Violations();
  checkOf(inputShapeOf(operation), false)(input, violations);
  const fault = violations.fault();
  if (fault !== undefined) {
    throw fault;
  }
}

function checkOf(name: string, isInside: boolean): Check {
  const known = isInside ? checks.insideSensitive : checks.outside;
  let check = known.get(name);
  if (check === undefined) {
    check = newCheck(name, isInside);
    known.set(name, check);
  }
  return check;
}

function newCheck(name: string, isInside: boolean): Check {
  const shape = shapeOf(name);
  const isHidden = isInside || containsSensitive(name);
  switch (shape.type) {
    case 'structure':
      return structureCheck(shape, isInside || shape.sensitive === true);
    case 'list':
      return listCheck(shape, isHidden, isInside);
    case 'map':
      return mapCheck(shape, isHidden, isInside || shape.sensitive === true);
    default:
      return simpleCheck(shape, isHidden);
  }
}

function structureCheck({ members, required = [] }: StructureShape, isInside: boolean): Check {
  const parts = Object.entries(members).map(([member, shape]) => ({
    member,
    segment: member.charAt(0).toLowerCase() + member.slice(1),
    shape,
    isRequired: required.includes(member),
  }));
  return (value, violations) => {
    const structure = object(value);
    for (const { member, segment, shape, isRequired } of parts) {
      const inner = structure[member];
      if (isPresent(inner)) {
        violations.within(segment, () => {
          checkOf(shape, isInside)(inner, violations);
        });
      } else if (isRequired) {
        violations.within(segment, () => {
          violations.add(null, NOT_NULL, isInside || isSensitive(shape));
        });
      }
    }
  };
}

/** The service reports elements without parts together, and structures one by one, counted from 1. */
function listCheck(shape: ListShape, isHidden: boolean, isInside: boolean): Check {
  const lengths = lengthConstraints<unknown[]>(shape, ({ length }) => length);
  const together = jointCheck(shape.member);
  return (value, violations) => {
    const list = array(value);
    report(list, lengths, isHidden, violations);
    if (together !== undefined) {
      reportJoint('Member must satisfy constraint', list, together(list), isHidden, violations);
      return;
    }
    list.forEach((inner, index) => {
      violations.within(`${index + 1}.member`, () => {
        checkOf(shape.member, isInside)(inner, violations);
      });
    });
  };
}

function mapCheck(shape: MapShape, isHidden: boolean, isInside: boolean): Check {
  const lengths = lengthConstraints<object>(shape, (map) => Object.keys(map).length);
  const keysTogether = jointCheck(shape.key) ?? noViolations;
  const valuesTogether = jointCheck(shape.value);
  return (value, violations) => {
    const map = object(value);
    const entries = Object.entries(map).filter(([, inner]) => isPresent(inner));
    report(map, lengths, isHidden, violations);
    const keys = entries.map(([key]) => key);
    reportJoint('Map keys must satisfy constraint', map, keysTogether(keys), isHidden, violations);
    if (valuesTogether !== undefined) {
      const values = entries.map(([, inner]) => inner);
      reportJoint('Map value must satisfy constraint', map, valuesTogether(values), isHidden, violations);
      return;
    }
    for (const [key, inner] of entries) {
      violations.within(`${printedValue(key, MAX_KEY_IN_PATH)}.member`, () => {
        checkOf(shape.value, isInside)(inner, violations);
      });
    }
  };
}

function simpleCheck(shape: SimpleShape, isHidden: boolean): Check {
  const { hasType, constraints } = rulesOf(shape);
  return (value, violations) => {
    if (!hasType(value)) {
      throw new CognitoFault('SerializationException');
    }
    report(value, constraints, isHidden, violations);
  };
}

/**
 * What the values of a list or a map violate: all constraints of the shape, also those that hold. `undefined` for values
 * that have parts.
 */
function jointCheck(name: string): ((values: readonly unknown[]) => readonly string[]) | undefined {
  const shape = shapeOf(name);
  if (!isSimple(shape)) {
    return undefined;
  }
  const { hasType, constraints } = rulesOf(shape);
  const texts = constraints.map(({ text }) => text);
  return (values) => {
    if (!values.every(hasType)) {
      throw new CognitoFault('SerializationException');
    }
    return values.some((value) => constraints.some(({ holds }) => !holds(value))) ? texts : [];
  };
}

function report<Value>(
  value: Value,
  constraints: readonly Constraint<Value>[],
  isHidden: boolean,
  violations: Violations,
): void {
  for (const { text, holds } of constraints) {
    if (!holds(value)) {
      violations.add(value, text, isHidden);
    }
  }
}

function reportJoint(
  introduction: string,
  value: unknown,
  violated: readonly string[],
  isHidden: boolean,
  violations: Violations,
): void {
  if (violated.length > 0) {
    violations.add(value, `${introduction}: [${violated.join(', ')}]`, isHidden);
  }
}

function noViolations(): readonly string[] {
  return [];
}

function isPresent(value: unknown): boolean {
  return value !== undefined && value !== null;
}

function object(value: unknown): Record<string, unknown> {
  if (!isObject(value)) {
    throw new CognitoFault('SerializationException');
  }
  return value;
}

function array(value: unknown): unknown[] {
  if (!Array.isArray(value)) {
    throw new CognitoFault('SerializationException');
  }
  return value;
}
