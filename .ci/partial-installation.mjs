import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/** The name that npm writes into `node_modules` when `npm start` has installed the packages of some samples only. */
export const PARTIAL = 'packages-to-start';

/**
 * What npm wrote about the last installation that it finished; undefined when there is none.
 *
 * @param {string} root the folder of the repository
 */
export function installedPackages(root) {
  return readJson(join(root, 'node_modules', '.package-lock.json'));
}

/**
 * The samples whose packages are installed; undefined when there is no installation, or one by npm itself.
 *
 * @param {string} root
 * @returns {string[] | undefined}
 */
export function partialInstallation(root) {
  return installedPackages(root)?.name === PARTIAL ? (readJson(samplesFile(root)) ?? []) : undefined;
}

/**
 * @param {string} root
 * @param {readonly string[]} samples
 */
export function rememberSamples(root, samples) {
  writeFileSync(samplesFile(root), JSON.stringify(samples));
}

function samplesFile(root) {
  return join(root, 'node_modules', '.mandate-samples.json');
}

/** Undefined when there is no such file, or half of one. */
function readJson(path) {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch {
    return undefined;
  }
}
