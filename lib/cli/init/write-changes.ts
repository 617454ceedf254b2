import { existsSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import type { PlannedChange } from '../../scaffold/plan.js';
import { diskFiles } from './disk-files.js';
import { FileError } from './file-error.js';

/** Takes back one change. */
type Undo = () => void;

/**
 * Writes all files of a plan, or none: if one cannot be written, those before it become what they were.
 *
 * @throws FileError for the file that cannot be written. Its message says what has become of the other ones.
 */
export function writeChanges(directory: string, changes: readonly PlannedChange[]): void {
  const files = diskFiles(directory);
  const done: { path: string; undo: Undo }[] = [];
  try {
    for (const { path, text } of changes) {
      done.unshift({ path, undo: undoOf(directory, path) });
      files.write(path, text);
    }
  } catch (error) {
    const left = done.filter(({ undo }) => !succeeds(undo)).map(({ path }) => path);
    if (error instanceof FileError && left.length > 0) {
      error.message += ` These files are changed, and could not be restored: ${left.join(', ')}.`;
    } else if (error instanceof FileError) {
      error.message += ' Nothing has been changed.';
    }
    throw error;
  }
}

function succeeds(undo: Undo): boolean {
  try {
    undo();
    return true;
  } catch {
    return false;
  }
}

/** What brings a file back to what it is now. */
function undoOf(directory: string, path: string): Undo {
  const file = join(directory, path);
  if (existsSync(file)) {
    const before = readFileSync(file);
    return () => {
      // A file that may not be written has not changed.
      if (!readFileSync(file).equals(before)) {
        writeFileSync(file, before);
      }
    };
  }
  const folder = firstMissingFolder(dirname(file));
  return () => {
    if (existsSync(file)) {
      // A symbolic link was there before; what it leads to was not.
      rmSync(realpathSync(file));
    }
    if (folder !== undefined) {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}

/** The uppermost folder that a file needs and that is not there. */
function firstMissingFolder(folder: string): string | undefined {
  return existsSync(folder) ? undefined : (firstMissingFolder(dirname(folder)) ?? folder);
}
