/** Where a prototype keeps the name of its class. Copies of this package in one process share it. */
const BRAND = Symbol.for('mandate.class');

interface Branded {
  readonly [BRAND]?: unknown;
}

/** A class, for `brandClass` and `isInstance`. */
interface BrandableClass {
  readonly prototype: object;
}

/**
 * Names a class for other copies of this package, which a package manager may install beside this one. The name is a
 * literal, because minifiers rename classes.
 */
export function brandClass({ prototype }: BrandableClass, name: string): void {
  Object.defineProperty(prototype, BRAND, { value: name });
}

/**
 * What `instanceof` returns for a branded class: whether the value is an instance of it, or of the same class in another
 * copy of this package. A subclass without a brand of its own has the instances that it created and no others.
 */
export function isInstance({ prototype }: BrandableClass, value: unknown): boolean {
  if (typeof value !== 'object' || value === null) {
    return false;
  }
  if (Object.prototype.isPrototypeOf.call(prototype, value)) {
    return true;
  }
  const brand = brandOf(prototype);
  return brand !== undefined && ancestorsOf(value).some((ancestor) => brandOf(ancestor) === brand);
}

function brandOf(prototype: object): unknown {
  // An inherited brand is that of a base class.
  return Object.hasOwn(prototype, BRAND) ? (prototype as Branded)[BRAND] : undefined;
}

function ancestorsOf(value: object): readonly object[] {
  const ancestor = Object.getPrototypeOf(value) as object | null;
  return ancestor === null ? [] : [ancestor, ...ancestorsOf(ancestor)];
}
