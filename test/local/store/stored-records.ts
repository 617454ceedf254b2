import { join } from 'node:path';

import { ClassicLevel } from 'classic-level';

/** What a data directory keeps that no server uses, by key. */
export async function storedRecords(directory: string): Promise<Map<string, string>> {
  const level = new ClassicLevel(join(directory, 'store'), { valueEncoding: 'utf8' });
  const entries = await level.iterator().all();
  await level.close();
  return new Map(entries.filter(([key]) => !key.startsWith('/writes/')));
}
