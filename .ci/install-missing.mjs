// Installs the dependencies when they are missing or older than the lock file, so that `npm test`, `npm start`,
// `npm run build` and `npm run check` work as the first command on a fresh clone. Otherwise it returns in milliseconds.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

const root = new URL('../', import.meta.url);
const modules = new URL('node_modules/', root);
const stamp = new URL('.mandate-installed', modules);
const lockFile = readFileSync(new URL('package-lock.json', root));
const wanted = createHash('sha256').update(lockFile).update(process.version).digest('hex');

if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
  console.error('Installing the dependencies (about a minute the first time) ...');
  // On a fresh clone exactly what the lock file has. Later only the difference: `npm ci` would delete everything first.
  const install = existsSync(modules) ? ['install', '--no-save'] : ['ci'];
  // npm hands its own path to the scripts that it runs; a bare `npm` would need a shell on Windows.
  const npm = process.env.npm_execpath;
  const [command, ...prefix] = npm ? [process.execPath, npm] : ['npm'];
  const result = spawnSync(command, [...prefix, ...install, '--no-fund', '--no-audit', '--loglevel=error'], {
    cwd: root,
    stdio: ['ignore', 'inherit', 'inherit'],
  });
  if (result.status !== 0) {
    console.error('Could not install the dependencies. The lines above say why.');
    process.exit(result.status ?? 1);
  }
  writeFileSync(stamp, wanted);
}
