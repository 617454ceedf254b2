/** A shape of the API model: what a value must look like. Names refer to other shapes. */
export type Shape = StringShape | NumberShape | BlobShape | PlainShape | ListShape | MapShape | StructureShape;

interface Sensitive {
  /** No message prints the value, nor anything inside it. */
  readonly sensitive?: true;
}

/** Bounds of a length or of a number. */
export interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** A text. `min` and `max` bound its length. */
export interface StringShape extends Sensitive, Bounds {
  readonly type: 'string';
  /** A regular expression of Java, as the service prints it. It must match the whole text. */
  readonly pattern?: string;
  /** The values that the service prints. */
  readonly enum?: readonly string[];
  /** Values that the service takes and the printed set does not have. */
  readonly unlisted?: readonly string[];
}

/** A number. `min` and `max` bound its value. */
export interface NumberShape extends Bounds {
  readonly type: 'integer';
}

/** Bytes, in base64. `min` and `max` bound their number. */
export interface BlobShape extends Bounds {
  readonly type: 'blob';
}

/** A value without constraints. */
export interface PlainShape {
  readonly type: 'boolean';
}

/** A list. `min` and `max` bound the number of elements. */
export interface ListShape extends Bounds {
  readonly type: 'list';
  readonly member: string;
}

/** An object with free keys. `min` and `max` bound their number. */
export interface MapShape extends Sensitive, Bounds {
  readonly type: 'map';
  readonly key: string;
  readonly value: string;
}

/** An object with known members. Others are ignored. */
export interface StructureShape extends Sensitive {
  readonly type: 'structure';
  readonly required?: readonly string[];
  readonly members: Readonly<Record<string, string>>;
}
