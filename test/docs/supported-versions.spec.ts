import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { applications } from '../matrix/applications.js';
import { parseOptions } from '../matrix/options.js';
import { root } from '../package/packed-app.js';

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const page = read('docs/reference/supported-versions.md');

/** The cells of a table by the name of its first column. */
function rowsOf(firstColumn: string): string[][] {
  const lines = page.split('\n');
  const start = lines.findIndex((line) => line.startsWith(`| ${firstColumn} `));
  const rest = lines.slice(start);
  const table = rest.slice(
    0,
    rest.findIndex((line) => !line.startsWith('|')),
  );
  return table.map((line) =>
    line
      .split('|')
      .slice(1, -1)
      .map((cell) => cell.trim()),
  );
}

describe('docs/reference/supported-versions.md', () => {
  it('has the table of the matrix', () => {
    const options = parseOptions([]);
    const columns = applications(options);
    const checks = [...new Set(columns.flatMap((application) => application.checks.map(({ name }) => name)))];
    const [header, , ...rows] = rowsOf('what runs');
    expect(header).toEqual(['what runs', ...columns.map(({ nest, manager }) => `Nest ${nest}, ${manager}`)]);
    expect(rows).toEqual(
      checks.map((check) => [
        check,
        ...columns.map((application) =>
          application.checks.some(({ name }) => name === check) ? options.nodes.join(', ') : '-',
        ),
      ]),
    );
  });

  it('names each peer dependency', () => {
    const { peerDependencies } = JSON.parse(read('package.json')) as { peerDependencies: object };
    const named = rowsOf('what ').flatMap(([name = '']) => [...name.matchAll(/`([^`]+)`/g)].map(([, peer]) => peer));
    expect(Object.keys(peerDependencies).filter((peer) => !named.includes(peer))).toEqual([]);
  });
});
