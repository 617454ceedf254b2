import { isObject } from '../../types/is-object.js';
import type { StructureShape } from './shape.js';
import { inputShapeOf, shapeOf } from './shapes.js';

/** Reduces a checked value to what its shape knows. */
type Reduction = (value: unknown) => unknown;

/** Reductions by shape; `undefined` for shapes whose values are known whole. Each is made when it is first needed. */
const reductions = new Map<string, Reduction | undefined>();

/**
 * A request without the members that the API does not know: the service ignores them, so that nothing stores or shows
 * them. Free keys (of tags, metadata and the like) stay.
 *
 * @param input - that `checkRequest` has accepted.
 */
export function knownMembers(operation: string, input: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return structureReduction(inputShapeOf(operation))(input);
}

function reductionOf(name: string): Reduction | undefined {
  if (!reductions.has(name)) {
    reductions.set(name, newReduction(name));
  }
  return reductions.get(name);
}

function isPresent(value: unknown): boolean {
  return value !== null && value !== undefined;
}

/** A document is a structure of the model without members: it may have any. */
function isDocument({ members }: StructureShape): boolean {
  return Object.keys(members).length === 0;
}

function newReduction(name: string): Reduction | undefined {
  const shape = shapeOf(name);
  switch (shape.type) {
    case 'structure':
      return isDocument(shape) ? undefined : structureReduction(name);
    case 'list': {
      const inner = reductionOf(shape.member);
      return inner && ((list) => (Array.isArray(list) ? list.map(inner) : list));
    }
    case 'map': {
      const inner = reductionOf(shape.value);
      return (
        inner &&
        ((map) =>
          isObject(map) ? Object.fromEntries(Object.entries(map).map(([key, value]) => [key, inner(value)])) : map)
      );
    }
    default:
      return undefined;
  }
}

/** The members are looked up when a value comes, since shapes may contain themselves. */
function structureReduction(name: string): (value: unknown) => Record<string, unknown> {
  const shape = shapeOf(name);
  const members = new Map(Object.entries(shape.type === 'structure' ? shape.members : {}));
  return (value) => {
    const known: Record<string, unknown> = {};
    for (const [member, inner] of Object.entries(isObject(value) ? value : {})) {
      const memberShape = members.get(member);
      if (memberShape !== undefined) {
        const reduce = isPresent(inner) ? reductionOf(memberShape) : undefined;
        known[member] = reduce === undefined ? inner : reduce(inner);
      }
    }
    return known;
  };
}
