import { readFileSync } from 'node:fs';
import { join } from 'node:path';

interface Manifest {
  readonly name: string;
  readonly exports: Readonly<Record<string, string | { readonly default: string }>>;
  readonly peerDependenciesMeta?: Readonly<Record<string, { readonly optional?: boolean }>>;
}

/** A package whose entries are measured. */
export interface MeasuredPackage {
  readonly folder: string;
  readonly entries: readonly Entry[];
  /** Peers that an application may leave out. */
  readonly optionalPeers: readonly string[];
}

export interface Entry {
  /** The name in `exports`: `.` or `./verifier`. */
  readonly key: string;
  /** What an application imports: `mandate` or `mandate/verifier`. */
  readonly name: string;
  /** The built file, in the folder of the package. */
  readonly file: string;
}

/** The entries that package.json exports, without package.json itself. */
export function readPackage(folder: string): MeasuredPackage {
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;
  const entries = Object.entries(manifest.exports).flatMap(([key, target]) =>
    typeof target === 'string' ? [] : [{ key, name: key.replace('.', manifest.name), file: target.default }],
  );
  const peers = Object.entries(manifest.peerDependenciesMeta ?? {});
  return { folder, entries, optionalPeers: peers.filter(([, { optional }]) => optional).map(([name]) => name) };
}
