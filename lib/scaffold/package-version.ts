import { existsSync, readFileSync } from 'node:fs';

interface Manifest {
  readonly name?: string;
  readonly version?: string;
}

/** The version of this package, from the nearest package.json above this file. */
export function packageVersion(): string {
  for (let folder = new URL('./', import.meta.url); ; folder = new URL('../', folder)) {
    const file = new URL('package.json', folder);
    const { name, version } = existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as Manifest) : {};
    if (name === 'mandate' && version !== undefined) {
      return version;
    }
    if (folder.pathname === '/' || new URL('../', folder).href === folder.href) {
      throw new Error('The package.json of mandate is missing. Install mandate again.');
    }
  }
}
