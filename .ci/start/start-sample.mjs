import { existsSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import { pathToFileURL } from 'node:url';

import { build } from './build.mjs';
import { installFor } from './install.mjs';
import { Progress } from './progress.mjs';
import { StartError } from './start-error.mjs';

/**
 * Runs a sample in this process, so that Ctrl-C and the exit code are its own. Installs and builds before that what is
 * missing or out of date, and nothing else.
 *
 * @param {string} root the folder of the repository
 * @param {string} sample the folder of the sample, from the current folder
 */
export async function startSample(root, sample) {
  const progress = new Progress(process.stderr);
  try {
    const folder = relative(root, resolve(sample)).split(sep).join('/');
    if (!existsSync(join(root, folder, 'src', 'main.ts'))) {
      throw new StartError(`There is no sample in ${resolve(sample)}: src/main.ts is missing.`);
    }
    await installFor(root, folder, progress);
    await build({ root, folder: '', sources: 'lib', name: 'mandate' }, progress);
    await build({ root, folder, sources: 'src', name: folder }, progress);
    progress.say(`Starting ${folder} ...`);
    process.argv = [process.argv[0], join(root, folder, 'dist', 'main.js')];
    await import(pathToFileURL(process.argv[1]).href);
  } catch (error) {
    progress.say(error instanceof StartError ? error.message : error.stack);
    process.exitCode = error.exitCode ?? 1;
  }
}
