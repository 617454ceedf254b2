// Installs the dependencies when they are missing or older than the lock file, so that `npm test`, `npm start`,
// `npm run build` and `npm run check` work as the first command on a fresh clone. Does nothing, in milliseconds, when
// all is there.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const stamp = new URL('node_modules/.mandate-installed', root);
const lockFile = readFileSync(new URL('package-lock.json', root));
const wanted = createHash('sha256').update(lockFile).update(process.version).digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.error('Installing what is missing (this takes a minute the first time) ...');
  // `npm install --no-save` keeps to the lock file and leaves it alone. Not `npm ci`: that refuses a lock file which
  // lacks the prebuilt binaries of platforms other than the one it was written on.
  // npm hands its own path to the scripts that it runs; a bare `npm` would need a shell on Windows.
  const npm = process.env.npm_execpath;
  const [command, ...prefix] = npm ? [process.execPath, npm] : ['npm'];
  const result = spawnSync(
    command,
    [...prefix, 'install', '--no-save', '--no-fund', '--no-audit', '--loglevel=error'],
    {
      cwd: root,
      stdio: ['ignore', 'inherit', 'inherit'],
    },
  );
  if (result.status !== 0) {
    console.error('The dependencies could not be installed; the lines above say why.');
    process.exit(result.status ?? 1);
  }
  writeFileSync(stamp, wanted);
}
