import { readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

import { MandateArgumentError } from '../../errors/argument-error.js';
import { isObject } from '../../types/is-object.js';
import type { KeptPools, NumberedRecord } from './restore-pools.js';

/** The file in which earlier versions kept everything. */
const FILE = 'pools.json';
const FORMAT = 1;

/** The member by which the records of a kind are told apart. */
const KEY_MEMBERS: Readonly<Record<string, string>> = {
  schema: 'Name',
  clients: 'id',
  groups: 'name',
  identityProviders: 'name',
  resourceServers: 'identifier',
  brandings: 'clientId',
  users: 'sub',
  signIns: 'eventId',
};

type Json = Readonly<Record<string, unknown>>;

/**
 * Reads the pools that an earlier version has kept.
 *
 * @returns undefined if there are none.
 * @throws MandateArgumentError when the file is not readable.
 */
export async function readPoolsFile(directory: string): Promise<KeptPools | undefined> {
  const path = join(directory, FILE);
  try {
    const { format, pools } = JSON.parse(await readFile(path, 'utf8')) as { format?: unknown; pools?: unknown };
    if (format === FORMAT && Array.isArray(pools)) {
      return keptPools(pools as Json[]);
    }
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') {
      return undefined;
    }
  }
  throw new MandateArgumentError(
    'dataDirectory',
    `must contain data of this version of mandate, but ${path} is not readable. Delete the file to start with new pools`,
  );
}

/** Keeps the file under another name, so that it is taken over once. */
export async function retirePoolsFile(directory: string): Promise<void> {
  await rename(join(directory, FILE), join(directory, `${FILE}.imported`));
}

function keptPools(pools: readonly Json[]): KeptPools {
  const kept: KeptPools = { pools: new Map(), keys: new Map(), contents: new Map() };
  for (const [index, { keys, ...pool }] of pools.entries()) {
    const id = String(pool['id']);
    const isContent = ([name]: readonly [string, unknown]) => Object.hasOwn(KEY_MEMBERS, name);
    const members = Object.entries(pool);
    kept.pools.set(id, [index + 1, Object.fromEntries(members.filter((member) => !isContent(member)))]);
    kept.keys.set(id, [index + 1, keys]);
    kept.contents.set(id, new Map(members.filter(isContent).map(([kind, list]) => [kind, byKey(kind, list)])));
  }
  return kept;
}

/** Revoked sign-ins were kept once. */
function byKey(kind: string, list: unknown): Map<string, NumberedRecord> {
  const records = (Array.isArray(list) ? list : []).filter(isObject).filter(({ revokedAt }) => revokedAt === undefined);
  return new Map(
    records.map((record, index) => [String(record[KEY_MEMBERS[kind] ?? '']), [index + 1, record] as const]),
  );
}
