import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { isAbsolute, join, relative, sep } from 'node:path';

import { foldersUp, isInstalled } from './installed-packages.js';
import type { ProjectFiles } from './project-files.js';

/** What counts of the disk around the files of an application. */
export interface Surroundings {
  /** Whether a package can be loaded from the folder of the application. */
  readonly isInstalled: (name: string) => boolean;
  /** The folders above that of the application, the nearest first, up to that of the repository. */
  readonly parents: readonly Pick<ProjectFiles, 'read' | 'exists'>[];
}

/** What is around a folder of the disk. */
export function surroundingsOf(directory: string): Surroundings {
  const folders = foldersUp(directory);
  // Plug'n'Play of Yarn has no folders of packages: what it has installed is not known here.
  const isUnknown = folders.some((folder) => existsSync(join(folder, '.pnp.cjs')));
  return {
    isInstalled: (name) => isUnknown || isInstalled(directory, name),
    parents: parentsWithin(folders).map((folder) => ({
      exists: (path) => existsSync(join(folder, path)),
      read: (path) => readIfThere(join(folder, path)),
    })),
  };
}

/** The path of a file from a folder, with `/` between folders, for one that is named by an absolute path. */
export function pathFrom(directory: string, path: string): string {
  if (!isAbsolute(path) || !existsSync(path)) {
    return path;
  }
  const inside = relative(realpathSync(directory), realpathSync(path));
  return inside.startsWith('..') || isAbsolute(inside) ? path : inside.split(sep).join('/');
}

function parentsWithin(folders: readonly string[]): string[] {
  const repository = folders.findIndex((folder) => existsSync(join(folder, '.git')));
  return folders.slice(1, repository === -1 ? undefined : repository + 1);
}

/** The text of a file; undefined if it is missing or may not be read, as can be above the application. */
function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}
