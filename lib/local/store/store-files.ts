import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';

const OWNER_ONLY = 0o600;
/** The files that LevelDB replaces when it opens a store. */
const REPLACED = /\.log$|^MANIFEST-|^CURRENT$/;

/** Files of a store, by name. */
export type StoreFiles = ReadonlyMap<string, Buffer>;

/** Reads the files that opening a store replaces, so that a damaged one can be left as it was. */
export async function filesBefore(path: string): Promise<StoreFiles> {
  const names = (await readdir(path)).filter((name) => REPLACED.test(name));
  return new Map(await Promise.all(names.map(async (name) => [name, await readFile(join(path, name))] as const)));
}

/** Puts files back. */
export async function putBack(path: string, files: StoreFiles): Promise<void> {
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
