import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';

import { transform } from '@swc/core';

const ROOT = join(__dirname, '../..');

/** Compiles a file as an application compiles its own. */
async function compile(source: string, target: string): Promise<void> {
  const { code } = await transform(await readFile(source, 'utf8'), {
    configFile: false,
    swcrc: false,
    jsc: {
      target: 'es2023',
      parser: { syntax: 'typescript', decorators: true },
      transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
      keepClassNames: true,
    },
    module: { type: 'nodenext' },
  });
  await mkdir(dirname(target), { recursive: true });
  await writeFile(target, code);
}

describe('in node:test', () => {
  let directory: string;

  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'mandate-node-test-'));
    const exports = { '.': './lib/index.js', './testing': './lib/testing/index.js' };
    await writeFile(join(directory, 'package.json'), JSON.stringify({ name: 'mandate', type: 'module', exports }));
    await symlink(join(ROOT, 'node_modules'), join(directory, 'node_modules'), 'dir');
    const files = (await readdir(join(ROOT, 'lib'), { recursive: true })).filter((file) => file.endsWith('.ts'));
    await Promise.all(
      files.map(async (file) => compile(join(ROOT, 'lib', file), join(directory, 'lib', file.replace(/\.ts$/, '.js')))),
    );
  });

  afterAll(() => rm(directory, { recursive: true }));

  it('runs the tests of docs/how-to/node-test.md', async () => {
    await compile(join(ROOT, 'test/docs/files/node-test/orders.test.ts'), join(directory, 'dist/orders.test.js'));
    const page = await readFile(join(ROOT, 'docs/how-to/node-test.md'), 'utf8');
    const [, pattern = ''] = /^node --test '(.+)'$/m.exec(page) ?? [];
    const [, folder = ''] = /^Node 20 .*`node --test (.+?)`/m.exec(page) ?? [];
    const tests = process.versions.node.startsWith('20.') ? folder : pattern;
    const args = ['--test-reporter', 'tap', '--test', tests];
    const { stdout } = await promisify(execFile)(process.execPath, args, { cwd: directory });
    expect(stdout).toMatch(/^# pass 2$/m);
    expect(stdout).toMatch(/^# fail 0$/m);
  });
});
