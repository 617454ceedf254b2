import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';

import type { Packed } from '../../../.ci/pack.mjs';
import { loadedInPage } from '../loaded-in-page.js';
import { root, run } from '../packed-app.js';
import { packedPackage } from './packed-package.js';

jest.setTimeout(300_000);

/** The parts of a source map that lead to a source. */
interface MapFile {
  readonly sourceRoot: string;
  readonly sources: readonly string[];
}

/** What lies in the tarball. That it works in applications is shown by `npm run matrix`. */
describe('the packed package', () => {
  const { tarball, files } = packedPackage();

  it('holds what users need and nothing else', () => {
    const paths = files.map(({ path }) => path);
    const unexpected = paths.filter(
      (path) => !/^dist\/[\w./-]+\.(js|d\.ts)(\.map)?$/.test(path) && !/^lib\/[\w./-]+\.ts$/.test(path),
    );
    expect(unexpected.sort()).toEqual([
      'CHANGELOG.md',
      'LICENSE',
      'README.md',
      'dist/schematics/collection.json',
      'dist/schematics/nest-add.schema.json',
      'package.json',
    ]);
    expect(paths).toEqual(expect.arrayContaining(['dist/index.js', 'dist/index.d.ts', 'dist/cli/mandate.js']));
  });

  it('is what npm would publish', async () => {
    const printed = await run(root, 'npm', 'publish', tarball, '--dry-run', '--json', '--access', 'public');
    const published = JSON.parse(printed) as Record<string, Pick<Packed, 'files'>>;
    expect(published['mandate']?.files.map(({ path }) => path)).toEqual(files.map(({ path }) => path));
  });

  it('holds every file that its exports and its command name', async () => {
    const manifest = JSON.parse(await readFile(join(root, 'package.json'), 'utf8')) as {
      exports: Record<string, string | Record<string, string>>;
      bin: Record<string, string>;
    };
    const named = [...Object.values(manifest.exports), manifest.bin].flatMap((entry) =>
      typeof entry === 'string' ? [entry] : Object.values(entry),
    );
    const paths = files.map(({ path }) => path);
    expect(named.map((path) => path.replace('./', '')).filter((path) => !paths.includes(path))).toEqual([]);
  });

  it('leads from each declaration to its TypeScript source', async () => {
    const paths = new Set(files.map(({ path }) => path));
    const declarations = [...paths].filter((path) => path.endsWith('.d.ts'));
    expect(declarations.length).toBeGreaterThan(100);
    for (const path of declarations) {
      const map = JSON.parse(await readFile(join(root, `${path}.map`), 'utf8')) as MapFile;
      const sources = map.sources.map((source) => posix.join(posix.dirname(path), map.sourceRoot, source));
      expect({ path, missing: [path, `${path}.map`, ...sources].filter((file) => !paths.has(file)) }).toEqual({
        path,
        missing: [],
      });
      expect(sources).toHaveLength(1);
    }
  });

  it('has a client of the auth API that a page can load as it is', async () => {
    const code = await readFile(join(root, 'dist', 'browser', 'index.js'), 'utf8');
    expect(await loadedInPage(code)).toEqual(['AuthClientError', 'createAuthClient']);
  });

  it('keeps the documentation in the types', async () => {
    const types = await readFile(join(root, 'dist', 'module', 'options.d.ts'), 'utf8');
    expect(types).toContain("/** The user pool's id");
  });
});
