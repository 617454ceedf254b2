import type { ListShape, MapShape, Shape, StructureShape } from '../../../lib/local/constraints/shape.js';
import { inputShapeOf, shapeOf } from '../../../lib/local/constraints/shapes.js';
import { base64, invalidText, textsOf, validValue, violated } from './sample-values.js';

/** A request that is valid but for one value, and what the service says about it. */
export interface BrokenRequest {
  readonly operation: string;
  readonly input: unknown;
  readonly violations: readonly string[];
}

interface Place {
  readonly path: string;
  readonly isSensitive: boolean;
  /** The request with a value at this place. */
  readonly requestWith: (value: unknown) => unknown;
}

type Broken = Omit<BrokenRequest, 'operation'>;

/** One broken request for each constraint of an operation. */
export function brokenRequests(operation: string): BrokenRequest[] {
  const root = { path: '', isSensitive: false, requestWith: (value: unknown) => value };
  return brokenAt(inputShapeOf(operation), root).map((broken) => ({ operation, ...broken }));
}

function brokenAt(name: string, place: Place): Broken[] {
  const shape = shapeOf(name);
  const inside = { ...place, isSensitive: place.isSensitive || ('sensitive' in shape && shape.sensitive) };
  switch (shape.type) {
    case 'structure':
      return brokenStructures(name, shape, inside);
    case 'list':
      return brokenLists(shape, inside);
    case 'map':
      return brokenMaps(shape, inside);
    default:
      return brokenValues(shape).map(([value, texts]) =>
        broken(inside, value, texts, inside.isSensitive || shape.type === 'blob'),
      );
  }
}

function brokenStructures(name: string, { members, required = [] }: StructureShape, place: Place): Broken[] {
  const valid = validValue(name) as Record<string, unknown>;
  return Object.entries(members).flatMap(([member, shape]) => {
    const segment = member.charAt(0).toLowerCase() + member.slice(1);
    const inner = {
      ...place,
      path: place.path === '' ? segment : `${place.path}.${segment}`,
      requestWith: (value: unknown) => place.requestWith({ ...valid, [member]: value }),
    };
    const of = shapeOf(shape);
    const isHidden = place.isSensitive || ('sensitive' in of && of.sensitive);
    const missing = required.includes(member)
      ? [{ ...broken(inner, null, ['Member must not be null'], isHidden), input: inner.requestWith(undefined) }]
      : [];
    return [...missing, ...brokenAt(shape, inner)];
  });
}

function brokenLists(shape: ListShape, place: Place): Broken[] {
  const element = shapeOf(shape.member);
  const hides = place.isSensitive || isSensitiveInside(shape.member);
  const valid = validValue(shape.member);
  const sizes = brokenSizes(shape).map(([length, text]) =>
    broken(
      place,
      Array.from({ length }, () => valid),
      [text],
      hides,
    ),
  );
  if (isComposite(element)) {
    const second = {
      ...place,
      path: `${place.path}.2.member`,
      requestWith: (value: unknown) => place.requestWith([valid, value]),
    };
    return [...sizes, ...brokenAt(shape.member, second)];
  }
  const all = Object.values(textsOf(element)).join(', ');
  const joint = `Member must satisfy constraint: [${all}]`;
  return [...sizes, ...brokenValues(element).map(([value]) => broken(place, [valid, value], [joint], hides))];
}

function brokenMaps(shape: MapShape, place: Place): Broken[] {
  const [key, value] = [shapeOf(shape.key), shapeOf(shape.value)];
  const [validKey, valid] = [String(validValue(shape.key)), validValue(shape.value)];
  const sizes = brokenSizes(shape).map(([size, text]) => {
    const entries = Array.from({ length: size }, (_, index) => [`${validKey}${index}`, valid]);
    const keys = `Map keys must satisfy constraint: [${Object.values(textsOf(key)).join(', ')}]`;
    const isKeyBroken = key.type === 'string' && violated(key, `${validKey}0`).length > 0 && size > 0;
    return broken(place, Object.fromEntries(entries), isKeyBroken ? [text, keys] : [text]);
  });
  const badKeys = brokenValues(key).map(([bad]) =>
    broken(place, { [String(bad)]: valid }, [`Map keys must satisfy constraint: [${joined(key)}]`]),
  );
  if (isComposite(value)) {
    const inner = {
      ...place,
      path: `${place.path}.${validKey}.member`,
      requestWith: (each: unknown) => place.requestWith({ [validKey]: each }),
    };
    return [...sizes, ...badKeys, ...brokenAt(shape.value, inner)];
  }
  const badValues = brokenValues(value).map(([bad]) =>
    broken(place, { [validKey]: bad }, [`Map value must satisfy constraint: [${joined(value)}]`]),
  );
  return [...sizes, ...badKeys, ...badValues];
}

function joined(shape: Shape): string {
  return Object.values(textsOf(shape)).join(', ');
}

function brokenSizes(shape: ListShape | MapShape): [number, string][] {
  const { min, max } = textsOf(shape);
  return [
    ...(max === undefined ? [] : [[(shape.max ?? 0) + 1, max] satisfies [number, string]]),
    ...(min === undefined || shape.min === 0 ? [] : [[(shape.min ?? 0) - 1, min] satisfies [number, string]]),
  ];
}

/** Values that break each constraint of a shape without parts, and what is then said. */
function brokenValues(shape: Shape): [unknown, string[]][] {
  const texts = textsOf(shape);
  const { min = 0, max = 0 } = { ...shape } as { min?: number; max?: number };
  if (shape.type === 'string') {
    return Object.keys(texts).flatMap((constraint) => {
      const text = invalidText(shape, constraint as 'min');
      return text === undefined ? [] : [[text, violated(shape, text)] satisfies [unknown, string[]]];
    });
  }
  const at = (size: number): unknown => (shape.type === 'blob' ? base64(size) : size);
  return [
    ...(texts['max'] === undefined ? [] : [[at(max + 1), [texts['max']]] satisfies [unknown, string[]]]),
    ...(texts['min'] === undefined || (shape.type === 'blob' && min === 0)
      ? []
      : [[at(min - 1), [texts['min']]] satisfies [unknown, string[]]]),
  ];
}

function broken(place: Place, value: unknown, constraints: readonly string[], isHidden = place.isSensitive): Broken {
  const shown = isHidden ? '' : ` ${value === null ? 'null' : `'${cut(printed(value))}'`}`;
  return {
    input: place.requestWith(value),
    violations: constraints.map((text) => `Value${shown} at '${place.path}' failed to satisfy constraint: ${text}`),
  };
}

function cut(text: string): string {
  return text.length > 32_768 ? `${text.slice(0, 32_768)}…` : text;
}

function printed(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(printed).join(', ')}]`;
  }
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, each]) => `${key}=${printed(each)}`);
    return `{${entries.join(', ')}}`;
  }
  return String(value);
}

function isComposite({ type }: Shape): boolean {
  return type === 'structure' || type === 'list' || type === 'map';
}

function isSensitiveInside(name: string): boolean {
  const shape = shapeOf(name);
  const parts = shape.type === 'structure' ? Object.values(shape.members) : [];
  return ('sensitive' in shape && shape.sensitive) || shape.type === 'blob' || parts.some(isSensitiveInside);
}
