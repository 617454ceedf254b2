import { existsSync, readFileSync } from 'node:fs';

/** The package.json of this package, as far as it matters here. */
export interface PackageManifest {
  readonly name?: string;
  readonly version: string;
  readonly engines?: { readonly node?: string };
  readonly peerDependencies?: Readonly<Record<string, string>>;
}

/** The nearest package.json of this package above this file, which may be in a bundle. */
export function packageManifest(): PackageManifest {
  for (let folder = new URL('./', import.meta.url); ; folder = new URL('../', folder)) {
    const file = new URL('package.json', folder);
    if (existsSync(file)) {
      const manifest = JSON.parse(readFileSync(file, 'utf8')) as PackageManifest;
      if (manifest.name === 'mandate') {
        return manifest;
      }
    }
    if (new URL('../', folder).href === folder.href) {
      throw new Error('The package.json of mandate is missing. Install mandate again.');
    }
  }
}

/** The version of this package. */
export function packageVersion(): string {
  return packageManifest().version;
}
