import { spawnSync } from 'node:child_process';
import { mkdtemp, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { removeFolder, root, writeFiles } from '../package/packed-app.js';
import { deviations } from './budgets.js';
import { brokenRules } from './rules.js';

const MANIFEST = {
  name: 'small',
  type: 'module',
  exports: { '.': { default: './dist/index.js' }, './verifier': { default: './dist/verifier.js' } },
  peerDependenciesMeta: { keyv: { optional: true } },
};
const CODE = `export const sizes = ['${'ab'.repeat(500)}'];\n`;

/** The measuring program of `npm run size` and `npm run check:size`, on a small package. */
describe('the sizes of the entries', () => {
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'mandate-size-'));
    const fake = (name: string, code = 'export default 1;') => ({
      [`node_modules/${name}/package.json`]: JSON.stringify({ name, type: 'module', exports: './index.js' }),
      [`node_modules/${name}/index.js`]: code,
    });
    await writeFiles(folder, {
      ...fake('@nestjs/core'),
      ...fake('keyv'),
      ...fake('open', `import 'keyv';`),
      'package.json': JSON.stringify(MANIFEST),
      'dist/index.js': CODE,
      'dist/verifier.js': CODE,
    });
  });

  afterAll(() => removeFolder(folder));

  function size(...args: string[]) {
    const program = ['--import', '@swc-node/register/esm-register', 'test/size/size.ts'];
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [...program, '--package', folder, '--budgets', join(folder, 'budgets.json'), '--rounds', '1', ...args],
      { cwd: root, encoding: 'utf8', env: { ...process.env, NODE_OPTIONS: '' } },
    );
    return { status, stdout, faults: stderr.split('\n').filter((line) => line !== '') };
  }

  it('are shown and accepted, and then checked without a word', () => {
    const { status, stdout } = size('--update');
    expect(status).toBe(0);
    expect(stdout).toMatch(/^entry +bytes +gzipped +own files +packages +ms +of @nestjs\/core +imports$/m);
    expect(stdout).toMatch(/^small +10\d\d +\d+ +1 +0 +-?\d+ +-?[\d.]+ *$/m);
    expect(size('--check')).toEqual({ status: 0, stdout: '', faults: [] });
  });

  it('may not grow, import more or be of other entries unseen', async () => {
    const exports = { '.': MANIFEST.exports['.'], './more': MANIFEST.exports['./verifier'] };
    await writeFiles(folder, {
      'package.json': JSON.stringify({ ...MANIFEST, exports }),
      'dist/index.js': `import 'open';\n${CODE}`,
    });
    const { status, faults } = size('--check');
    expect(status).toBe(1);
    expect(faults).toEqual([
      // of what `open` loads
      'small loads keyv when it is imported, which it must not.',
      expect.stringMatching(
        /^small minified has grown from \d+ to \d+ bytes \(\d\.\d %\)\..*"npm run size -- --update" accepts it\.$/,
      ),
      expect.stringMatching(/^small gzipped has grown/),
      expect.stringMatching(/^small imports open, which it did not\./),
      expect.stringMatching(/^small\/more has no budget\./),
      expect.stringMatching(/^There is a budget for "\.\/verifier", which package\.json does not export\./),
    ]);
  });

  it('cannot be accepted with Nest in the verifier, or an optional package where it does not belong', async () => {
    await writeFiles(folder, {
      'package.json': JSON.stringify(MANIFEST),
      'dist/index.js': `import 'keyv';\n${CODE}`,
      'dist/verifier.js': `import '@nestjs/core';\n${CODE}`,
    });
    const { status, faults } = size('--update');
    expect(status).toBe(1);
    expect(faults).toEqual([
      'small loads keyv when it is imported, which it must not.',
      'small/verifier loads @nestjs/core when it is imported, which it must not.',
    ]);
  });
});

describe('a budget', () => {
  const entry = { key: '.', name: 'small', file: './dist/index.js' };
  const sizeOf = (bytes: number) => ({ bytes, gzip: 100, modules: 1, imported: [], packages: [] });
  const deviationsOf = (bytes: number) => deviations(entry, sizeOf(bytes), { bytes: 1000, gzip: 100, imported: [] });

  it('bears a change of one in a hundred', () => {
    expect([deviationsOf(1010), deviationsOf(960)]).toEqual([[], []]);
    expect(deviationsOf(1011)).toEqual([expect.stringContaining('has grown from 1000 to 1011 bytes (1.1 %)')]);
  });

  it('gets lower when the entry has shrunk', () => {
    expect(deviationsOf(949)).toEqual([expect.stringMatching(/has shrunk .*\(-5\.1 %\)\. Lower its budget: /)]);
  });

  it('of the client of pages cannot be 6,000 bytes', () => {
    const page = { key: './browser', name: 'small/browser', file: './dist/index.js' };
    expect(brokenRules(page, { ...sizeOf(15_000), gzip: 5_999 }, [])).toEqual([]);
    expect(brokenRules(page, { ...sizeOf(15_000), gzip: 6_000 }, [])).toEqual([
      'small/browser has 6000 bytes gzipped, and must not have more than 5999.',
    ]);
  });

  it('is there for each entry of package.json', async () => {
    const json = async (path: string) => JSON.parse(await readFile(join(root, path), 'utf8')) as Record<string, object>;
    const { exports = {} } = await json('package.json');
    const entries = Object.keys(exports).filter((key) => key !== './package.json');
    expect(Object.keys(await json('test/size/budgets.json')).sort()).toEqual(entries.sort());
  });
});
