import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';

import { root } from './packed-app.js';

/** What `npm start` reads of a clone. */
const PARTS = [
  '.ci',
  '.npmrc',
  'lib',
  'package-lock.json',
  'package.json',
  'sample',
  'tsconfig.build.json',
  'tsconfig.json',
];

/** A copy of the sources in a folder with a space in its name, where nothing is installed or built. */
export async function freshClone(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'mandate fresh clone '));
  const isSource = (path: string) => !['node_modules', 'dist'].includes(basename(path));
  for (const part of PARTS) {
    await cp(join(root, part), join(folder, part), { recursive: true, filter: isSource });
  }
  return folder;
}
