import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { ProjectFiles } from '../../scaffold/project-files.js';

/** The files of a project in a folder of the disk. */
export function diskFiles(directory: string): ProjectFiles {
  const at = (path: string): string => join(directory, path);
  return {
    read: (path) => (existsSync(at(path)) ? readFileSync(at(path), 'utf8') : undefined),
    exists: (path) => existsSync(at(path)),
    write: (path, text) => {
      mkdirSync(dirname(at(path)), { recursive: true });
      writeFileSync(at(path), text);
    },
  };
}
