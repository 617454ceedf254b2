import { spawn } from 'node:child_process';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

import { npmCommand } from './npm.mjs';

const root = fileURLToPath(new URL('../', import.meta.url));

/**
 * @typedef {object} Packed
 * @property {string} folder holds nothing but the tarball; the caller removes it
 * @property {string} tarball
 * @property {{ path: string, size: number }[]} files what lies in the tarball
 */

/**
 * Packs the package as npm would publish it, which builds it first. Two of these at once would build in the same folder.
 *
 * @param {{ isBuilt?: boolean }} [options] `isBuilt`: take `dist` as it is
 * @returns {Promise<Packed>}
 * @throws {Error} with what npm printed, when it fails
 */
export async function pack({ isBuilt = false } = {}) {
  const folder = await mkdtemp(join(tmpdir(), 'mandate-packed-'));
  const scripts = isBuilt ? ['--ignore-scripts'] : [];
  const printed = await npm('pack', '--json', '--silent', ...scripts, '--pack-destination', folder);
  // `prepack` builds first and may print; the list is the last JSON array.
  const [{ filename, files }] = JSON.parse(printed.slice(printed.lastIndexOf('\n[') + 1));
  return { folder, tarball: join(folder, filename), files };
}

function npm(...args) {
  const [command, ...prefix] = npmCommand();
  const child = spawn(command, [...prefix, ...args], {
    cwd: root,
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let printed = '';
  let errors = '';
  child.stdout.on('data', (chunk) => (printed += chunk));
  child.stderr.on('data', (chunk) => (errors += chunk));
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) =>
      code === 0 ? resolve(printed) : reject(new Error(`npm ${args.join(' ')} failed.\n${printed}\n${errors}`)),
    );
  });
}

/** What the npm or Jest that called this has set would change how another npm behaves. */
function environment() {
  const others = /^(npm_|NODE_ENV$|NODE_OPTIONS$|JEST_)/i;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !others.test(name)));
}
