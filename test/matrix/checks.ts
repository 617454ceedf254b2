import { readFile } from 'node:fs/promises';
import { delimiter, dirname, join } from 'node:path';

import { bundle, BUNDLES, type Bundler, FOUND, goThroughBundle } from '../package/bundled-app.js';
import { compile, root, run, runWith, sourceOf, toolPath, writeFiles } from '../package/packed-app.js';
import { GONE_THROUGH, goThrough, readmeApp, readmeSuites } from '../package/readme-app.js';
import { type Check, expectFound } from './check.js';

/** The code of the README and the first pages, compiled: it starts, refuses, signs in by SRP and lets the user pass the guard. */
export function compiled(type: 'commonjs' | 'module'): Check {
  return {
    name: type === 'module' ? 'ES modules' : 'CommonJS',
    async prepare(app) {
      await writeFiles(app, await readmeApp());
      await compile(app, type);
    },
    async run(app, node) {
      expectFound(await goThrough(app, `dist/${type}`, node.path), GONE_THROUGH);
    },
  };
}

/** Against tests that hang, in milliseconds; the five seconds of Jest and Vitest are few on a busy machine. */
const TEST_TIMEOUT = '120000';

/** The tests of an application with the settings of docs/how-to/jest.md, in CommonJS. */
export function jestSuite(): Check {
  return {
    name: 'Jest',
    async prepare(app) {
      const files = Object.entries(await readmeSuites());
      await writeFiles(join(app, 'jest'), {
        'package.json': JSON.stringify({ type: 'commonjs' }),
        'jest.config.json': await sourceOf('test/docs/files/jest.config.json'),
        // A CommonJS project leaves the extension out: Jest does not look for the source of a `.js`.
        ...Object.fromEntries(files.map(([path, code]) => [path, code.replaceAll(/ '(\.\/.+)\.js';/g, " '$1';")])),
      });
    },
    async run(app, { path, version }) {
      const cache = join(app, `.jest-cache-${version}`);
      const options = ['--config', 'jest.config.json', '--testTimeout', TEST_TIMEOUT, '--cacheDirectory', cache];
      await run(join(app, 'jest'), path, toolPath('jest', 'jest'), ...options);
    },
  };
}

/** The same tests in Vitest, with the settings of docs/how-to/vitest.md, which are those of `nest new`. */
export function vitestSuite(): Check {
  return {
    name: 'Vitest',
    async prepare(app) {
      await writeFiles(join(app, 'vitest'), {
        'package.json': JSON.stringify({ type: 'module' }),
        'vitest.config.ts': await sourceOf('test/docs/files/tooling/vitest.config.ts'),
        'tsconfig.json': await sourceOf('test/docs/files/vitest.tsconfig.json'),
        ...(await readmeSuites()),
      });
    },
    async run(app, { path }) {
      const timeouts = ['--testTimeout', TEST_TIMEOUT, '--hookTimeout', TEST_TIMEOUT];
      await run(join(app, 'vitest'), path, join(app, 'node_modules', 'vitest', 'vitest.mjs'), 'run', ...timeouts);
    },
  };
}

/** The command of the package, as its manager links it. */
export function command(): Check {
  return {
    name: 'npx mandate',
    async run(app, node) {
      // The link starts the `node` that it finds, as `npx` does.
      const PATH = [dirname(node.path), process.env['PATH']].join(delimiter);
      const printed = await runWith({ PATH }, app, join('node_modules', '.bin', 'mandate'), '--version');
      const manifest = await readFile(join(root, 'package.json'), 'utf8');
      expectFound(printed.trim(), (JSON.parse(manifest) as { version: string }).version);
    },
  };
}

/** An application of two pools, compiled and not bundled, and bundled in each way of these bundlers. */
export function bundled(bundlers: readonly Bundler[]): Check[] {
  const isChosen = (bundler?: Bundler) => bundler === undefined || bundlers.includes(bundler);
  const variants = bundlers.length === 0 ? [] : Object.keys(BUNDLES).filter((name) => isChosen(BUNDLES[name]?.bundler));
  return variants.map((variant) => ({
    name: variant,
    prepare: (app) => bundle(app, variant),
    async run(app, node) {
      expectFound(await goThroughBundle(app, variant, node.path), FOUND);
    },
  }));
}
