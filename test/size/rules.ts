import type { Entry } from './entries.js';
import type { EntrySize } from './measure.js';

/** What holds whatever the budgets say. */
interface EntryRule {
  /** Optional packages that an import of the entry may load: those that it is about. */
  readonly optional?: readonly string[];
  /** Packages that it must not load. */
  readonly without?: RegExp;
  readonly maximalGzip?: number;
}

const RULES: Readonly<Record<string, EntryRule>> = {
  // The parts of managed login load these when they are first needed.
  '.': { without: /^(jose|oauth4webapi|@aws-sdk\/.*)$/ },
  './verifier': { without: /^(@nestjs|@aws-sdk)\// },
  './testing': {},
  './dto': { optional: ['class-transformer', 'class-validator'] },
  './health': { optional: ['@nestjs/terminus'] },
  './http': { without: /^oauth4webapi$/ },
  './browser': { without: /./, maximalGzip: 5_999 },
};

/** Packages that an application may leave out, and that are not even peers. */
const NOT_PEERS = [
  '@nestjs/graphql',
  '@nestjs/microservices',
  '@nestjs/swagger',
  '@nestjs/websockets',
  'graphql',
  'socket.io',
];

/** The rules that an entry breaks, as sentences. */
export function brokenRules({ key, name }: Entry, size: EntrySize, optionalPeers: readonly string[]): string[] {
  const { optional = [], without, maximalGzip = Infinity } = RULES[key] ?? {};
  const forbidden = [...optionalPeers, ...NOT_PEERS].filter((other) => !optional.includes(other));
  const wrong = size.packages.filter((loaded) => forbidden.includes(loaded) || without?.test(loaded) === true);
  return [
    ...wrong.map((loaded) => `${name} loads ${loaded} when it is imported, which it must not.`),
    ...(size.gzip > maximalGzip
      ? [`${name} has ${size.gzip} bytes gzipped, and must not have more than ${maximalGzip}.`]
      : []),
  ];
}
