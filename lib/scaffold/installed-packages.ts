import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

/** A folder and all folders above it, the nearest first. */
export function foldersUp(directory: string): string[] {
  const folder = resolve(directory);
  const parent = dirname(folder);
  return parent === folder ? [folder] : [folder, ...foldersUp(parent)];
}

/** Whether an application in the folder can load a package. */
export function isInstalled(directory: string, name: string): boolean {
  return manifestFile(directory, name) !== undefined;
}

/** The version of a package as an application in the folder would load it; undefined if it is not installed. */
export function installedVersion(directory: string, name: string): string | undefined {
  const file = manifestFile(directory, name);
  return file === undefined ? undefined : (JSON.parse(readFileSync(file, 'utf8')) as { version: string }).version;
}

function manifestFile(directory: string, name: string): string | undefined {
  return foldersUp(directory)
    .map((folder) => join(folder, 'node_modules', name, 'package.json'))
    .find((path) => existsSync(path));
}
