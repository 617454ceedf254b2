import { posix } from 'node:path';

import { isObject } from '../types/is-object.js';
import type { ProjectFiles } from './project-files.js';
import { parseJson } from './source/json.js';
import { ScaffoldError, type ScaffoldOptions } from './scaffold-options.js';

/** Where an application keeps its files, by nest-cli.json. */
export interface SourceFolders {
  readonly sourceRoot: string;
  /** The folder that has `src` and `test`: `.`, or that of a project of a monorepo. */
  readonly projectRoot: string;
  /** The name of the file that starts the application, without its extension. */
  readonly entryFile: string;
}

/** @throws ScaffoldError if nest-cli.json does not have the project, or has several and none is chosen. */
export function sourceFolders(files: ProjectFiles, { project, sourceRoot }: ScaffoldOptions): SourceFolders {
  const settings = readJson(files, 'nest-cli.json');
  const projects = isObject(settings['projects']) ? settings['projects'] : {};
  const found = project === undefined ? bySourceRoot(projects, sourceRoot) : projects[project];
  if (project !== undefined && !isObject(found)) {
    throw new ScaffoldError(
      `nest-cli.json has no project "${project}". It has: ${Object.keys(projects).join(', ') || 'none'}.`,
    );
  }
  const chosen = isObject(found) ? found : settings;
  const root = text(chosen['sourceRoot']) ?? sourceRoot ?? 'src';
  const normalized = posix.normalize(root).replace(/\/$/, '');
  return {
    sourceRoot: normalized,
    projectRoot: posix.dirname(normalized),
    entryFile: text(chosen['entryFile']) ?? 'main',
  };
}

function bySourceRoot(projects: Record<string, unknown>, sourceRoot: string | undefined): unknown {
  return Object.values(projects).find((each) => isObject(each) && each['sourceRoot'] === sourceRoot);
}

function readJson(files: ProjectFiles, path: string): Record<string, unknown> {
  const content = files.read(path);
  if (content === undefined) {
    return {};
  }
  try {
    const value: unknown = parseJson(content);
    return isObject(value) ? value : {};
  } catch {
    throw new ScaffoldError(`${path} is not valid JSON. Correct it, then run this again.`);
  }
}

function text(value: unknown): string | undefined {
  return typeof value === 'string' && value !== '' ? value : undefined;
}
