import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { ProjectFiles } from '../../scaffold/project-files.js';
import { FileError } from './file-error.js';

/**
 * The files of a project in a folder of the disk.
 *
 * @throws FileError, by its functions, if a file that is there cannot be read, or one cannot be written.
 */
export function diskFiles(directory: string): ProjectFiles {
  const at = (path: string): string => join(directory, path);
  return {
    read: (path) => (existsSync(at(path)) ? naming(path, 'read', () => readFileSync(at(path), 'utf8')) : undefined),
    exists: (path) => existsSync(at(path)),
    write: (path, text) => {
      naming(path, 'written', () => {
        mkdirSync(dirname(at(path)), { recursive: true });
        writeFileSync(at(path), text);
      });
    },
  };
}

function naming<T>(path: string, verb: 'read' | 'written', access: () => T): T {
  try {
    return access();
  } catch (error) {
    throw new FileError(path, verb, error);
  }
}
