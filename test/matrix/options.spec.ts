import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { root } from '../package/packed-app.js';
import { applications } from './applications.js';
import { MatrixUsageError, NEST_VERSIONS, NODE_VERSIONS, parseOptions } from './options.js';

describe('the options of npm run matrix', () => {
  it('are the whole matrix when there are none', () => {
    expect(parseOptions([])).toEqual({
      nest: [11, 12],
      managers: ['npm', 'pnpm'],
      nodes: [20, 22, 24, 26],
      bundlers: ['esbuild', 'webpack', 'rspack'],
      markdown: false,
    });
  });

  it('choose a part', () => {
    const args = ['--nest', '12', '--manager', 'pnpm', '--node', '26, 20', '--bundles', 'rspack', '--markdown'];
    expect(parseOptions(args)).toEqual({
      nest: [12],
      managers: ['pnpm'],
      nodes: [20, 26],
      bundlers: ['rspack'],
      markdown: true,
    });
    expect(parseOptions(['--bundles', 'none', '--node', 'current'], '24.1.0')).toMatchObject({
      bundlers: [],
      nodes: [24],
    });
  });

  it.each([
    [['--node', '21'], '--node does not know "21". It knows 20, 22, 24, 26.'],
    [['--nest', '12,'], '--nest does not know "". It knows 11, 12.'],
    [['--manager', 'yarn'], '--manager does not know "yarn". It knows npm, pnpm.'],
    [['--bundles', 'vite'], '--bundles does not know "vite". It knows esbuild, webpack, rspack.'],
    [['--nod', '20'], /--nod/],
    [['22'], /22/],
  ])('refuse %j', (args, message) => {
    expect(() => parseOptions(args)).toThrow(MatrixUsageError);
    expect(() => parseOptions(args)).toThrow(message);
  });

  it('refuse a current Node that is not supported', () => {
    expect(() => parseOptions(['--node', 'current'], '18.20.0')).toThrow('Node 18.20.0 runs this');
  });

  it('cover what package.json promises', () => {
    const { engines, peerDependencies } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as {
      engines: { node: string };
      peerDependencies: Record<string, string>;
    };
    expect(engines.node).toMatch(new RegExp(`^>=${String(Math.min(...NODE_VERSIONS))}\\.`));
    expect(peerDependencies['@nestjs/core']).toBe(NEST_VERSIONS.map((version) => `^${version}.0.0`).join(' || '));
  });
});

describe('the applications of the matrix', () => {
  const namesOf = (...args: string[]) =>
    applications(parseOptions(args)).map(({ nest, manager, checks }) => [nest, manager, checks.length]);

  it('are one for each Nest and manager, of which the first of each Nest is bundled', () => {
    expect(namesOf()).toEqual([
      [11, 'npm', 16],
      [11, 'pnpm', 5],
      [12, 'npm', 16],
      [12, 'pnpm', 5],
    ]);
    expect(namesOf('--nest', '12', '--manager', 'pnpm', '--bundles', 'none')).toEqual([[12, 'pnpm', 5]]);
    expect(namesOf('--nest', '12', '--manager', 'pnpm', '--bundles', 'rspack')).toEqual([[12, 'pnpm', 8]]);
  });
});
