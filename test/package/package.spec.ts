import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { gzipSync } from 'node:zlib';

import type { LocalCognito } from 'mandate/testing';

import { BUNDLES, FOUND, goThroughBundle, startPools } from './bundled-app.js';
import {
  compile,
  emptyApp,
  install,
  type PackedFile,
  packPackage,
  removeFolder,
  root,
  run,
  runTool,
  setModuleType,
  sourceOf,
  writeFiles,
} from './packed-app.js';
import { loadedInPage } from './loaded-in-page.js';
import { goThrough, readmeApp } from './readme-app.js';

jest.setTimeout(300_000);

/** Applications that install the package. pnpm keeps packages elsewhere: in `node_modules/.pnpm`. */
const APPS = {
  'Nest 12': { nest: '^12.0.0', config: '^12.0.0', manager: 'npm' },
  'Nest 11': { nest: '^11.0.0', config: '^4.0.0', manager: 'npm' },
  'Nest 12, with pnpm': { nest: '^12.0.0', config: '^12.0.0', manager: 'pnpm' },
} as const;

function dependencies(tarball: string, nest: string, config: string): Record<string, string> {
  return {
    '@nestjs/common': nest,
    '@nestjs/core': nest,
    '@nestjs/platform-express': nest,
    '@nestjs/passport': nest,
    '@nestjs/config': config,
    '@nestjs/throttler': '^6.7.1',
    'class-transformer': '^0.5.1',
    'class-validator': '^0.15.1',
    mandate: `file:${tarball}`,
    passport: '^0.7.0',
    'reflect-metadata': '^0.2.2',
    rxjs: '^7.8.2',
    '@types/node': '^20.0.0',
    // for the README's test
    '@nestjs/testing': nest,
  };
}

/** What `nest new` of Nest 12 writes for an application of ES modules, without its plugin for aliases of paths. */
const VITEST = `
import { defineConfig } from 'vitest/config';

export default defineConfig({ test: { globals: true, root: './', include: ['**/*.spec.ts'] } });
`;

/** The parts of a source map that lead to a source. */
interface MapFile {
  readonly sourceRoot: string;
  readonly sources: readonly string[];
}

describe('the packed package', () => {
  let folder: string;
  let tarball: string;
  let files: PackedFile[];
  /** Folders of applications, by name. */
  const apps: Record<string, string> = {};

  beforeAll(async () => {
    ({ folder, tarball, files } = await packPackage());
    const installed = Object.entries(APPS).map(async ([name, { nest, config, manager }]) => {
      apps[name] = await emptyApp(dependencies(tarball, nest, config));
      await install(apps[name], manager);
    });
    await Promise.all(installed);
  });

  afterAll(() => Promise.all([folder, ...Object.values(apps)].map(removeFolder)));

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
    expect(gzipSync(code, { level: 9 }).length).toBeLessThan(6_000);
    expect(await loadedInPage(code)).toEqual(['AuthClientError', 'createAuthClient']);
  });

  it('keeps the documentation in the types', async () => {
    const types = await readFile(join(root, 'dist', 'module', 'options.d.ts'), 'utf8');
    expect(types).toContain("/** The user pool's id");
  });

  describe.each(Object.keys(APPS))('in an empty app on %s', (name) => {
    const app = () => apps[name] ?? '';

    it("runs the README's test with the README's settings in CommonJS", async () => {
      const folder = 'test/package/readme/';
      const [module, spec] = await Promise.all([sourceOf(`${folder}app.module.ts`), sourceOf(`${folder}me.spec.ts`)]);
      await setModuleType(app(), 'commonjs');
      await writeFiles(app(), {
        'jest.config.json': await sourceOf('test/docs/files/jest.config.json'),
        'test/app.module.ts': module,
        // A CommonJS project leaves the extension out: Jest does not look for the source of a `.js`.
        'test/me.spec.ts': spec.replace('./app.module.js', './app.module'),
      });
      await runTool(app(), 'jest', 'jest', '--config', 'jest.config.json', '--cacheDirectory', '.jest-cache');
    });

    it('loads no optional package with mandate/http, and neither jose nor oauth4webapi with mandate', async () => {
      await setModuleType(app(), 'module');
      await writeFiles(app(), { 'loaded.mjs': await sourceOf('test/package/loaded.mjs') });
      const loadedWith = async (entry: string) =>
        JSON.parse(await run(app(), process.execPath, 'loaded.mjs', entry)) as Record<string, string[]>;
      const optional = ['keyv', '@nestjs/swagger', '@nestjs/throttler', '@nestjs/graphql', '@nestjs/websockets'];
      const http = await loadedWith('mandate/http');
      expect(http['names']).toEqual(expect.arrayContaining(['MandateOAuthModule', 'browserSession']));
      expect(http['packages']).toContain('jose');
      expect(http['packages']?.filter((found) => [...optional, 'oauth4webapi'].includes(found))).toEqual([]);
      const main = await loadedWith('mandate');
      expect(main['names']).toContain('MandateModule');
      expect(main['packages']?.filter((found) => [...optional, 'jose', 'oauth4webapi'].includes(found))).toEqual([]);
    });

    it("runs the README's test in Vitest, as `nest new` sets it up", async () => {
      const folder = 'test/package/readme/';
      const [module, spec] = await Promise.all([sourceOf(`${folder}app.module.ts`), sourceOf(`${folder}me.spec.ts`)]);
      await setModuleType(app(), 'module');
      await writeFiles(app(), {
        'vitest.config.ts': VITEST,
        // `nest new` writes one that includes every file; without it Vite would leave the decorators.
        'vitest/tsconfig.json': JSON.stringify({
          compilerOptions: { experimentalDecorators: true, emitDecoratorMetadata: true },
        }),
        'vitest/app.module.ts': module,
        'vitest/me.spec.ts': spec,
      });
      await run(app(), process.execPath, join('node_modules', 'vitest', 'vitest.mjs'), 'run', '--dir', 'vitest');
    });

    it('offers the command', async () => {
      expect(await run(app(), 'npx', '--no-install', 'mandate', '--help')).toContain('mandate local');
    });
  });

  describe.each([
    ['Nest 12', Object.keys(BUNDLES)],
    [
      'Nest 11',
      ['not bundled', 'esbuild --format=esm --splitting --minify', 'webpack, not minimized, modules not concatenated'],
    ],
  ])('compiled in an app on %s', (name, bundles) => {
    const app = () => apps[name] ?? '';
    let pools: LocalCognito;

    beforeAll(async () => {
      await writeFiles(app(), await readmeApp());
      pools = await startPools();
    });

    afterAll(() => pools.stop());

    it.each(['module', 'commonjs'])("the README's code runs in plain Node: %s", async (type) => {
      await compile(app(), type);
      expect(await goThrough(app(), `dist/${type}`)).toMatchObject({
        anonymous: 401,
        unknownMember: 400,
        me: 200,
        user: { username: 'ann' },
      });
    });

    it.each(bundles)('an application of two pools runs: %s', async (bundle) => {
      expect(await goThroughBundle(app(), bundle, pools)).toEqual(FOUND);
    });
  });
});
