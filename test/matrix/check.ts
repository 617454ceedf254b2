import type { NodeBinary } from './node-binaries.js';

/** Something to try in an application: a row of the table. */
export interface Check {
  readonly name: string;
  /** Compiles or bundles, once; by the Node that runs the matrix. */
  prepare?(app: string): Promise<void>;
  /** Runs in a cell of the row. Those of a row run side by side. */
  run(app: string, node: NodeBinary): Promise<void>;
}

/** @throws Error that shows both when they differ. */
export function expectFound(found: unknown, expected: unknown): void {
  const [foundText, expectedText] = [JSON.stringify(found), JSON.stringify(expected)];
  if (foundText !== expectedText) {
    throw new Error(`Found ${foundText}, expected ${expectedText}`);
  }
}
