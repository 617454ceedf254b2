import { mkdir, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';

const OWNER_ONLY = 0o600;
/** The files that LevelDB replaces when it opens a store. */
const REPLACED = /\.log$|^MANIFEST-|^CURRENT$/;

/** Files of a store, by name. */
export type StoreFiles = ReadonlyMap<string, Buffer>;

/** The files of an open store were deleted or replaced. */
export class FilesGoneError extends Error {
  override readonly name = 'FilesGoneError';

  constructor() {
    super('The files of the data directory were deleted or replaced, so nothing can be stored');
  }
}

/**
 * Creates a directory and those above it. Node.js has `recursive` for that, which never ends in file systems that create
 * nothing, such as /proc.
 */
export async function makeDirectory(path: string, mode: number): Promise<void> {
  try {
    await mkdir(path, { mode });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && (await stat(path)).isDirectory()) {
      return;
    }
    if (code !== 'ENOENT' || (await isThere(dirname(path)))) {
      throw error;
    }
    await makeDirectory(dirname(path), mode);
    await makeDirectory(path, mode);
  }
}

/** Reads the files that opening a store replaces, so that a damaged one can be left as it was. */
export async function filesBefore(path: string): Promise<StoreFiles> {
  const names = (await readdir(path)).filter((name) => REPLACED.test(name));
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(path, name))] as const)));
}

async function isThere(path: string): Promise<boolean> {
  return stat(path).then(
    () => true,
    () => false,
  );
}

/** Puts files back, and removes those of their kinds that have come since. */
export async function putBack(path: string, files: StoreFiles): Promise<void> {
  for (const name of (await filesBefore(path)).keys()) {
    if (!files.has(name)) {
      await rm(join(path, name));
    }
  }
  for (const [name, content] of files) {
    await writeFile(join(path, name), content, { mode: OWNER_ONLY });
  }
}

/** How many writes a store must have at least. 0: unknown. */
export async function knownWrites(directory: string): Promise<number> {
  const text = await readFile(join(directory, 'writes'), 'utf8').catch(() => '0');
  return Number(text);
}

/** Notes how many writes a store has. A disk that is full loses the note, not more. */
export async function noteWrites(directory: string, writes: number): Promise<void> {
  const path = join(directory, 'writes');
  try {
    await writeFile(`${path}.new`, String(writes), { mode: OWNER_ONLY });
    await rename(`${path}.new`, path);
  } catch {
    // The note of before is still right: it is a minimum.
  }
}
