import { isObject } from '../types/is-object.js';
import type { ProjectFiles } from './project-files.js';
import { parseJson } from './source/json.js';
import { ScaffoldError } from './scaffold-options.js';

type Versions = Readonly<Record<string, string>>;

/** The package.json of the application, as far as it matters here. */
export interface Manifest {
  readonly type?: string;
  readonly dependencies?: Versions;
  readonly devDependencies?: Versions;
  readonly scripts?: Versions;
  readonly jest?: Readonly<Record<string, unknown>>;
}

/** A program that installs packages. */
export type PackageManager = 'npm' | 'pnpm' | 'yarn' | 'bun';

/** A program that runs tests. */
export type TestRunner = 'jest' | 'vitest';

const LOCK_FILES: readonly (readonly [string, PackageManager])[] = [
  ['pnpm-lock.yaml', 'pnpm'],
  ['yarn.lock', 'yarn'],
  ['bun.lock', 'bun'],
  ['bun.lockb', 'bun'],
  ['package-lock.json', 'npm'],
];

/** @throws ScaffoldError if the folder has no package.json of a NestJS application. */
export function readManifest(files: ProjectFiles): Manifest {
  const text = files.read('package.json');
  if (text === undefined) {
    throw new ScaffoldError('There is no package.json here. Run this in the folder of a NestJS application.');
  }
  let manifest: unknown;
  try {
    manifest = parseJson(text);
  } catch {
    throw new ScaffoldError('package.json is not valid JSON. Correct it, then run this again.');
  }
  if (!isObject(manifest) || !isObject(manifest['dependencies']) || !('@nestjs/core' in manifest['dependencies'])) {
    throw new ScaffoldError(
      'package.json does not have @nestjs/core among its dependencies. Run this in the folder of a NestJS application.',
    );
  }
  return manifest;
}

/** Whether the application has a package. */
export function hasPackage({ dependencies = {}, devDependencies = {} }: Manifest, name: string): boolean {
  return name in dependencies || name in devDependencies;
}

/**
 * The major version of NestJS: 11 or 12. A range such as `latest` or a tag counts as 12.
 *
 * @throws ScaffoldError for an older one.
 */
export function nestMajor({ dependencies = {} }: Manifest): 11 | 12 {
  const range = dependencies['@nestjs/core'] ?? '';
  const [major] = /\d+/.exec(range) ?? ['12'];
  if (Number(major) < 11) {
    throw new ScaffoldError(
      `mandate works with NestJS 11 and 12, and this application has "${range}". Update it first.`,
    );
  }
  return major === '11' ? 11 : 12;
}

export function testRunner(manifest: Manifest): TestRunner | undefined {
  return (['vitest', 'jest'] as const).find((name) => hasPackage(manifest, name));
}

/**
 * Whether Jest is started so that it loads ES modules as they are, which `nest new` of NestJS 12 does for CommonJS. Compiled by
 * Jest they would fail there.
 */
export function loadsModulesNatively({ scripts = {} }: Manifest): boolean {
  return Object.values(scripts).some((script) => script.includes('--experimental-vm-modules'));
}

/**
 * The package manager by the member `packageManager`, or by the lock file, of the first folder that has one of them; npm if
 * none has. In a workspace they are in a folder above that of the application.
 */
export function packageManagerOf(folders: readonly Pick<ProjectFiles, 'read' | 'exists'>[]): PackageManager {
  for (const folder of folders) {
    const [, named] = /^(npm|pnpm|yarn|bun)@/.exec(namedManager(folder.read('package.json'))) ?? [];
    const [, locked] = LOCK_FILES.find(([file]) => folder.exists(file)) ?? [];
    const found = (named as PackageManager | undefined) ?? locked;
    if (found !== undefined) {
      return found;
    }
  }
  return 'npm';
}

function namedManager(text = '{}'): string {
  try {
    const manifest = parseJson(text);
    return isObject(manifest) ? String(manifest['packageManager']) : '';
  } catch {
    // That of a folder above is not for this program to complain about.
    return '';
  }
}
