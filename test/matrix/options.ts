import { parseArgs } from 'node:util';

import { BUNDLERS, type Bundler } from '../package/bundled-app.js';
import { PACKAGE_MANAGERS, type PackageManager } from '../package/packed-app.js';

/** The versions that package.json promises: of Nest by its peer dependencies, of Node by `engines`. */
export const NEST_VERSIONS = [11, 12] as const;
export const NODE_VERSIONS = [20, 22, 24, 26] as const;

export type NestVersion = (typeof NEST_VERSIONS)[number];
export type NodeVersion = (typeof NODE_VERSIONS)[number];

/** The part of the matrix that runs. */
export interface MatrixOptions {
  readonly nest: readonly NestVersion[];
  readonly managers: readonly PackageManager[];
  readonly nodes: readonly NodeVersion[];
  readonly bundlers: readonly Bundler[];
  /** Prints the table as Markdown. */
  readonly markdown: boolean;
}

/** Says what is wrong with the arguments of the command. */
export class MatrixUsageError extends Error {}

export const USAGE = `Usage: npm run matrix -- [options]

Packs mandate, installs it in fresh applications and runs them. Without options it runs all of them.

  --nest      versions of Nest: ${NEST_VERSIONS.join(', ')}
  --manager   package managers: ${PACKAGE_MANAGERS.join(', ')}
  --node      versions of Node: ${NODE_VERSIONS.join(', ')}, or current for the one that runs this
  --bundles   bundlers: ${BUNDLERS.join(', ')}, or none
  --markdown  prints the table as Markdown

Several values are separated by commas: --node 20,22 --nest 12 --manager npm --bundles esbuild`;

/** @throws MatrixUsageError for an argument that the command does not know. */
export function parseOptions(args: readonly string[], currentNode = process.versions.node): MatrixOptions {
  const values = parse(args);
  return {
    nest: chosen('--nest', values.nest, NEST_VERSIONS),
    managers: chosen('--manager', values.manager, PACKAGE_MANAGERS),
    nodes: values.node === 'current' ? [majorOf(currentNode)] : chosen('--node', values.node, NODE_VERSIONS),
    bundlers: values.bundles === 'none' ? [] : chosen('--bundles', values.bundles, BUNDLERS),
    markdown: values.markdown ?? false,
  };
}

function parse(args: readonly string[]) {
  const list = { type: 'string' } as const;
  try {
    const options = { nest: list, manager: list, node: list, bundles: list, markdown: { type: 'boolean' } } as const;
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new MatrixUsageError((error as Error).message, { cause: error });
  }
}

function chosen<T extends string | number>(option: string, value: string | undefined, known: readonly T[]): T[] {
  if (value === undefined) {
    return [...known];
  }
  const names = value.split(',').map((name) => name.trim());
  for (const name of names) {
    if (!known.some((one) => String(one) === name)) {
      throw new MatrixUsageError(`${option} does not know "${name}". It knows ${known.join(', ')}.`);
    }
  }
  return known.filter((one) => names.includes(String(one)));
}

function majorOf(version: string): NodeVersion {
  const major = Number(version.split('.')[0]);
  const known = NODE_VERSIONS.find((one) => one === major);
  if (known === undefined) {
    throw new MatrixUsageError(`Node ${version} runs this, which is none of ${NODE_VERSIONS.join(', ')}.`);
  }
  return known;
}
