import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';

import { installedPackages, partialInstallation, rememberSamples } from '../partial-installation.mjs';
import { isInstalled, neededPackages, runsOn } from './needed-packages.mjs';
import { npmCi } from './npm-ci.mjs';
import { StartError } from './start-error.mjs';

const COMPILER = 'node_modules/@swc/core';

/**
 * Installs the packages that running this sample needs, in the versions of the lock file, unless they are installed. A
 * complete installation stays complete.
 *
 * @param {string} root
 * @param {string} sample
 * @param {import('./progress.mjs').Progress} progress
 */
export async function installFor(root, sample, progress) {
  const modules = join(root, 'node_modules');
  const { packages } = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'));
  const installed = installedPackages(root)?.packages;
  const isThere = (path) => isInstalled(packages, installed, path);
  if (
    installed &&
    neededPackages(packages, [sample, COMPILER]).every(isThere) &&
    existsSync(join(modules, 'mandate'))
  ) {
    return;
  }
  const partial = partialInstallation(root);
  const samples = [...new Set([...(partial ?? []), sample])].filter((path) => packages[path] !== undefined);
  const needed = neededPackages(packages, [...samples, COMPILER]);
  // npm puts a second version of a package below the workspace that needs it: then npm has to know the workspaces.
  const isFlat = needed.every((path) => path.startsWith('node_modules/'));
  if (isFlat && (partial !== undefined || installed === undefined)) {
    await installOnly(root, packages, needed, samples, progress);
  } else {
    installAll(root);
  }
}

/** Prepares the new `node_modules` beside the old one, so that an interrupted installation is never taken for a whole one. */
async function installOnly(root, packages, needed, samples, progress) {
  const [modules, staging] = [join(root, 'node_modules'), join(root, '.start', 'install')];
  const start = progress.now();
  const system = thisSystem();
  const expected = needed.filter((path) => runsOn(path, packages[path], system));
  const count = `${expected.length} packages`;
  progress.say(`Installing ${count} for ${samples.join(', ')}, without the tools for tests and checks ...`);
  const isThere = (path) => existsSync(join(staging, path, 'package.json'));
  const report = () => {
    progress.update(`Installing: ${expected.filter(isThere).length} of ${count}, ${progress.since(start)}`);
  };
  await npmCi(staging, packages, needed, report);
  rmSync(modules, { recursive: true, force: true, maxRetries: 5 });
  renameSync(join(staging, 'node_modules'), modules);
  symlinkSync(process.platform === 'win32' ? root : '..', join(modules, 'mandate'), 'junction');
  rememberSamples(root, samples);
  rmSync(staging, { recursive: true, force: true });
  progress.say(`Installed ${count}, ${Math.round(bytesIn(modules) / 1e6)} MB, in ${progress.since(start)}.`);
}

/** What `npm test` does first. */
function installAll(root) {
  const { status } = spawnSync(process.execPath, [join(root, '.ci', 'install-missing.mjs')], { stdio: 'inherit' });
  if (status !== 0) {
    throw new StartError('Without its packages the sample cannot start.', status ?? 1);
  }
}

function thisSystem() {
  const { header } = process.report.getReport();
  return { platform: process.platform, arch: process.arch, libc: header.glibcVersionRuntime ? 'glibc' : 'musl' };
}

function bytesIn(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? bytesIn(path) : entry.isSymbolicLink() ? 0 : statSync(path).size);
  }, 0);
}
