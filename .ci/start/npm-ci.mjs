import { spawn } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { constants } from 'node:os';
import { join } from 'node:path';
import { clearInterval, setInterval } from 'node:timers';

import { npmCommand, npmEnvironment } from '../npm.mjs';
import { PARTIAL } from '../partial-installation.mjs';
import { libcOf } from './needed-packages.mjs';
import { StartError } from './start-error.mjs';

const REGISTRY = 'https://registry.npmjs.org/';
// The one package of these with an install script (@scarf/scarf) reports the installation to its maker.
const OPTIONS = ['--ignore-scripts', '--no-fund', '--no-audit', '--loglevel=error', '--no-progress'];
const SIGNALS = ['SIGINT', 'SIGTERM'];
const HINTS = [
  [
    /ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ERR_SOCKET_TIMEOUT/,
    'The npm registry cannot be reached. Look at the network and at "npm config get registry" and "npm config get proxy".',
  ],
  [/ENOSPC/, 'The disk is full.'],
  [/EACCES|EPERM/, 'The folder cannot be written: look at its owner, or at a program that keeps its files open.'],
];

/**
 * Installs a part of a lock file, entry by entry as it is, into `folder`/node_modules.
 *
 * @param {string} folder is emptied before
 * @param {Record<string, import('./needed-packages.mjs').LockedPackage>} packages of the whole lock file
 * @param {readonly string[]} needed their paths
 * @param {() => void} report is called now and then
 */
export async function npmCi(folder, packages, needed, report) {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const { manifest, lockFile } = partOfLockFile(packages, needed, process.env.npm_config_registry ?? REGISTRY);
  writeFileSync(join(folder, 'package.json'), JSON.stringify(manifest));
  writeFileSync(join(folder, 'package-lock.json'), JSON.stringify(lockFile));

  const [command, ...prefix] = npmCommand();
  const child = spawn(command, [...prefix, 'ci', ...OPTIONS], {
    cwd: folder,
    env: npmEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let printed = '';
  child.stderr.on('data', (text) => (printed += text));
  let interrupted;
  const interrupt = (signal) => {
    interrupted = signal;
    // npm itself would end when the registry has answered. What it has done so far is thrown away.
    child.kill('SIGKILL');
  };
  SIGNALS.forEach((signal) => process.on(signal, interrupt));
  const timer = setInterval(report, 200);
  try {
    const status = await new Promise((resolve, reject) => child.once('error', reject).once('close', resolve));
    if (interrupted) {
      throw new StartError('Stopped. Nothing is installed.', 128 + constants.signals[interrupted]);
    }
    if (status !== 0) {
      throw new StartError(failure(printed));
    }
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw error.code === 'ENOENT'
      ? new StartError('npm was not found. It comes with Node: https://nodejs.org/en/download')
      : error;
  } finally {
    clearInterval(timer);
    SIGNALS.forEach((signal) => process.off(signal, interrupt));
  }
}

/**
 * A package.json and a lock file of these packages alone. The repository's lock file names no registry, so that it serves
 * all; npm then reads the description of each package, three times as much as the packages themselves. For the public
 * registry the addresses of the packages are known.
 *
 * @param {Record<string, import('./needed-packages.mjs').LockedPackage>} packages
 * @param {readonly string[]} needed
 * @param {string} registry
 */
export function partOfLockFile(packages, needed, registry) {
  const entries = needed.map((path) => {
    const { devOptional, ...entry } = packages[path];
    const name = path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);
    const file = `${name.split('/').at(-1)}-${entry.version}.tgz`;
    return [
      path,
      {
        ...entry,
        // Here each is asked for by name, whoever else does.
        dev: undefined,
        peer: undefined,
        ...(libcOf(path, entry) && { libc: libcOf(path, entry) }),
        ...(devOptional && { optional: true }),
        ...(registry === REGISTRY && { resolved: `${REGISTRY}${name}/-/${file}` }),
      },
    ];
  });
  // An optional one stays optional as long as only its dependents name it.
  const isDirect = ([path, { optional }]) => path.lastIndexOf('node_modules/') === 0 && !optional;
  const direct = entries.filter(isDirect).map(([path, { version }]) => [path.slice('node_modules/'.length), version]);
  const manifest = {
    name: PARTIAL,
    version: '0.0.0',
    private: true,
    dependencies: Object.fromEntries(direct),
  };
  return {
    manifest,
    lockFile: {
      ...manifest,
      lockfileVersion: 3,
      requires: true,
      packages: { '': manifest, ...Object.fromEntries(entries) },
    },
  };
}

function failure(printed) {
  const [, hint] = HINTS.find(([pattern]) => pattern.test(printed)) ?? [];
  const lines = printed.split('\n').filter((line) => line !== '' && !/A complete log of this run/.test(line));
  return ['The packages could not be installed. npm says:', ...lines.slice(0, 12).map((line) => `  ${line}`), hint]
    .filter(Boolean)
    .join('\n');
}
