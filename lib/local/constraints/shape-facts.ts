import type { SimpleShape } from './constraints.js';
import type { Shape } from './shape.js';
import { shapeOf } from './shapes.js';

/** Whether a shape has no parts. */
export function isSimple(shape: Shape): shape is SimpleShape {
  return shape.type !== 'list' && shape.type !== 'map' && shape.type !== 'structure';
}

/** Whether values of the shape are not printed. Bytes are not printed either: nobody could read them. */
export function isSensitive(name: string): boolean {
  const shape = shapeOf(name);
  return shape.type === 'blob' || ('sensitive' in shape && shape.sensitive);
}

/** Whether something sensitive may be inside a value of the shape. */
export function containsSensitive(name: string): boolean {
  return isSensitive(name) || partsOf(shapeOf(name)).some(containsSensitive);
}

function partsOf(shape: Shape): readonly string[] {
  switch (shape.type) {
    case 'structure':
      return Object.values(shape.members);
    case 'list':
      return [shape.member];
    case 'map':
      return [shape.key, shape.value];
    default:
      return [];
  }
}
