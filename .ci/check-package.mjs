// Packs the package as npm would publish it and lets publint and attw judge the tarball.
import { spawnSync } from 'node:child_process';
import { rmSync } from 'node:fs';

import { pack } from './pack.mjs';

function run(command, ...args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell: process.platform === 'win32' });
  return status === 0;
}

const { folder, tarball } = await pack({ isBuilt: true });
try {
  const isSound =
    run('npx', '--no-install', 'publint', 'run', tarball, '--strict') &&
    run('npx', '--no-install', 'attw', tarball, '--profile', 'esm-only');
  process.exitCode = isSound ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
