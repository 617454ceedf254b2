// Packs the package as npm would publish it and lets publint and attw judge the tarball.
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const shell = process.platform === 'win32';
const folder = mkdtempSync(join(tmpdir(), 'mandate-pack-'));

function run(command, ...args) {
  const { status } = spawnSync(command, args, { stdio: 'inherit', shell });
  return status === 0;
}

function pack() {
  const args = ['pack', '--ignore-scripts', '--json', '--pack-destination', folder];
  const { status, stdout } = spawnSync('npm', args, { encoding: 'utf8', shell, stdio: ['ignore', 'pipe', 'inherit'] });
  return status === 0 ? join(folder, JSON.parse(stdout)[0].filename) : undefined;
}

try {
  const tarball = pack();
  const isSound =
    tarball !== undefined &&
    run('npx', '--no-install', 'publint', 'run', tarball, '--strict') &&
    run('npx', '--no-install', 'attw', tarball, '--profile', 'esm-only');
  process.exitCode = isSound ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}
