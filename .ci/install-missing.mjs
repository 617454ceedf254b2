// Installs the dependencies when they are missing or older than the lock file, so that `npm test`, `npm run build` and
// `npm run check` work as the first command on a fresh clone, or after `npm start`, which installs less. Otherwise it
// returns in milliseconds.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

import { npmCommand, npmEnvironment } from './npm.mjs';
import { partialInstallation } from './partial-installation.mjs';

const root = new URL('../', import.meta.url);
const modules = new URL('node_modules/', root);
const stamp = new URL('.mandate-installed', modules);
const lockFile = readFileSync(new URL('package-lock.json', root));
const wanted = createHash('sha256').update(lockFile).update(process.version).digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.error('Installing the dependencies (about a minute the first time) ...');
  // On a fresh clone exactly what the lock file has, also after `npm start` there. Later only the difference: `npm ci`
  // would delete everything first.
  const isFresh = !existsSync(modules) || partialInstallation(fileURLToPath(root)) !== undefined;
  const install = isFresh ? ['ci'] : ['install', '--no-save'];
  const [command, ...prefix] = npmCommand();
  const result = spawnSync(command, [...prefix, ...install, '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    env: npmEnvironment(),
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (result.status !== 0) {
    console.error('Could not install the dependencies. The lines above say why.');
    process.exit(result.status ?? 1);
  }
  writeFileSync(stamp, wanted);
}
