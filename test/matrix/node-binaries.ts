import { existsSync } from 'node:fs';
import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

import { root, run } from '../package/packed-app.js';
import type { NodeVersion } from './options.js';

/** A Node to run applications with. */
export interface NodeBinary {
  readonly version: NodeVersion;
  /** All of its version, such as `22.23.3`. */
  readonly fullVersion: string;
  readonly path: string;
}

const CACHE = join(root, 'node_modules', '.cache', 'mandate-matrix');

/**
 * The Node that runs this when it has the version; else the newest of that version from npm, which publishes Node's own
 * binaries as packages for each platform. They stay in `node_modules/.cache`: delete that folder to get newer ones.
 */
export async function nodeBinary(version: NodeVersion): Promise<NodeBinary> {
  if (process.versions.node.startsWith(`${version}.`)) {
    return { version, fullVersion: process.versions.node, path: process.execPath };
  }
  const name = `node-${process.platform === 'win32' ? 'win' : process.platform}-${process.arch}`;
  const folder = join(CACHE, `node-${version}`);
  const path = join(folder, 'node_modules', name, 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
  if (!existsSync(path)) {
    await mkdir(folder, { recursive: true });
    // A manifest of its own, so that npm installs here and not in the repository.
    await writeFile(join(folder, 'package.json'), JSON.stringify({ name: 'node-of-the-matrix', private: true }));
    await run(folder, 'npm', 'install', `${name}@${version}`, '--no-audit', '--no-fund', '--ignore-scripts');
  }
  const printed = await run(folder, path, '--version');
  return { version, fullVersion: printed.trim().replace('v', ''), path };
}
