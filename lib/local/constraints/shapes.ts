import { CORRECTED_REQUIRED, CORRECTED_SHAPES } from './corrections.js';
import { MODEL_OPERATIONS, MODEL_SHAPES } from './model-shapes.js';
import { NEWER_MEMBERS, NEWER_OPERATIONS, NEWER_SHAPES } from './newer-shapes.js';
import type { Shape } from './shape.js';

const OPERATIONS: Readonly<Record<string, string>> = { ...MODEL_OPERATIONS, ...NEWER_OPERATIONS };

/** The operations that have a request shape. */
export const OPERATION_NAMES: readonly string[] = Object.keys(OPERATIONS);

/** The name of the shape of an operation's request. */
export function inputShapeOf(operation: string): string {
  const name = OPERATIONS[operation];
  if (name === undefined) {
    throw new Error(`There is no request shape for ${operation}.`);
  }
  return name;
}

/** A shape: of the model or newer, corrected where the service differs. */
export function shapeOf(name: string): Shape {
  const shape = CORRECTED_SHAPES[name] ?? MODEL_SHAPES[name] ?? NEWER_SHAPES[name];
  if (shape === undefined) {
    throw new Error(`There is no shape ${name}.`);
  }
  if (shape.type === 'structure') {
    return {
      ...shape,
      required: [...(shape.required ?? []), ...(CORRECTED_REQUIRED[name] ?? [])],
      members: { ...shape.members, ...NEWER_MEMBERS[name] },
    };
  }
  return shape;
}
