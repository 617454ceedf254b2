import { describedSchema, recordReferences, recordSchema, unionOf, type PropertySchema } from './openapi-schema.js';

/** A class whose schema the document holds. */
export type ResponseClass = new () => object;

/** Options of every member of a response. Members are described, never validated. */
export interface MemberOptions {
  readonly description: string;
  readonly example?: unknown;
  /** Whether the member may be absent. Default: never. */
  readonly optional?: true;
  readonly nullable?: true;
}

/** A string. */
export function TextMember(options: MemberOptions): PropertyDecorator {
  return member({ type: () => String }, options);
}

/** A URI. */
export function UriMember(options: MemberOptions): PropertyDecorator {
  return member({ type: () => String, format: 'uri' }, options);
}

/** One of several strings. */
export function ChoiceMember(choices: readonly string[], options: MemberOptions): PropertyDecorator {
  return member({ type: () => String, enum: choices }, { example: choices[0], ...options });
}

/** True or false. */
export function FlagMember(options: MemberOptions): PropertyDecorator {
  return member({ type: () => Boolean }, options);
}

/** A whole number. */
export function IntegerMember(options: MemberOptions): PropertyDecorator {
  return member({ type: () => 'integer' }, options);
}

/** A point in time, in milliseconds since the epoch. */
export function TimeMember(options: MemberOptions): PropertyDecorator {
  return member({ type: () => 'integer', format: 'int64' }, { example: 1_790_000_000_000, ...options });
}

/** A list of strings. */
export function TextListMember(options: MemberOptions): PropertyDecorator {
  return member({ type: () => String, isArray: true }, options);
}

/** A list of some of several strings. */
export function ChoiceListMember(choices: readonly string[], options: MemberOptions): PropertyDecorator {
  return member({ type: () => String, isArray: true, items: { type: 'string', enum: choices } }, options);
}

/** An object of strings. */
export function TextRecordMember(options: MemberOptions): PropertyDecorator {
  return member({ type: () => Object, additionalProperties: { type: 'string' } }, options);
}

/** An object of any members. */
export function RecordMember(options: MemberOptions): PropertyDecorator {
  return member({ type: () => Object, additionalProperties: true }, options);
}

/** An object without members. */
export function EmptyMember(options: MemberOptions): PropertyDecorator {
  return member({ type: () => Object, additionalProperties: false }, { example: {}, ...options });
}

/** An object of a class. */
export function ObjectMember(type: () => ResponseClass, options: MemberOptions): PropertyDecorator {
  return member({ type }, options);
}

/** A list of objects of a class. */
export function ObjectListMember(type: () => ResponseClass, options: MemberOptions): PropertyDecorator {
  return member({ type, isArray: true }, options);
}

/** An object of one of several classes, which the value of one of its properties tells apart. */
export function UnionMember(
  property: string,
  types: Readonly<Record<string, ResponseClass>>,
  options: MemberOptions,
): PropertyDecorator {
  const describe = member({ type: () => Object, ...unionOf(property, types) }, options);
  return (prototype, name) => {
    describe(prototype, name);
    recordReferences(prototype, [...new Set(Object.values(types))]);
  };
}

function member(schema: Omit<PropertySchema, 'description' | 'required'>, options: MemberOptions): PropertyDecorator {
  return (prototype, property) => {
    recordSchema(prototype, String(property), describedSchema(schema, options));
  };
}
