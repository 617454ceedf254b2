// @ts-check
// Compiles a program and bundles it for Node. Usage: node bundle.mjs VARIANT SOURCE FOLDER; the folder then has app.mjs, the
// compiled program, and main.mjs or main.cjs, the bundle.
import { join } from 'node:path';
import { mkdirSync, writeFileSync } from 'node:fs';

import { rspack } from '@rspack/core';
import { transformFileSync } from '@swc/core';
import { build } from 'esbuild';
import Minimizer from 'minimizer-webpack-plugin';
import webpack from 'webpack';

const [variant = '', source = '', folder = ''] = process.argv.slice(2);
const program = join(folder, 'app.mjs');

/** Nest names these for applications that have them. */
const ABSENT = ['@nestjs/microservices', '@nestjs/websockets'];

/** An ES module has no `require`, which the CommonJS packages in it call for Node's own modules. */
// #region banner
const REQUIRE = `import { createRequire as requireOf } from 'node:module';
const require = requireOf(import.meta.url);`;
// #endregion

/** @param {import('esbuild').BuildOptions} options */
// #region esbuild
const byEsbuild = (options) =>
  build({
    entryPoints: { main: program },
    outdir: folder,
    outExtension: { '.js': options.format === 'esm' ? '.mjs' : '.cjs' },
    bundle: true,
    platform: 'node',
    external: ABSENT,
    logLevel: 'warning',
    ...(options.format === 'esm' && { banner: { js: REQUIRE } }),
    ...options,
  });
// #endregion

const forNode = /** @type {const} */ ({
  mode: 'production',
  target: 'node20',
  entry: program,
  output: { path: folder, filename: 'main.cjs' },
});
const absent = { resourceRegExp: new RegExp(`^(${ABSENT.join('|')})`) };

// #region webpack
/** @param {import('webpack').Configuration['optimization']} optimization */
const byWebpack = (optimization) =>
  finished((done) =>
    webpack(
      {
        ...forNode,
        // Terser, webpack's default, takes half a minute.
        optimization: { ...optimization, minimizer: [new Minimizer({ minify: Minimizer.swcMinify })] },
        plugins: [new webpack.IgnorePlugin(absent)],
      },
      done,
    ),
  );
// #endregion

/**
 * Nest 11 asks where `file-type` lies, which has no file for `require` but one for `module-sync`: a condition of Node and
 * webpack that rspack has to be told of.
 *
 * @param {NonNullable<import('@rspack/core').Configuration['optimization']>} optimization
 */
const byRspack = (optimization) =>
  finished((done) =>
    rspack(
      {
        ...forNode,
        optimization,
        resolve: { conditionNames: ['module-sync', '...'] },
        plugins: [new rspack.IgnorePlugin(absent)],
      },
      done,
    ),
  );

/**
 * @typedef {{ hasErrors(): boolean; toString(options: object): string }} Stats
 * @param {(done: (error: Error | null, stats?: Stats) => void) => unknown} start
 */
const finished = (start) =>
  new Promise((resolve, reject) => {
    start((error, stats) => {
      if (error || stats?.hasErrors()) {
        reject(error ?? new Error(stats?.toString({ all: false, errors: true })));
      } else {
        resolve(undefined);
      }
    });
  });

/** @type {Record<string, () => Promise<unknown>>} */
const VARIANTS = {
  'esbuild --format=esm': () => byEsbuild({ format: 'esm' }),
  'esbuild --format=esm --splitting': () => byEsbuild({ format: 'esm', splitting: true }),
  'esbuild --format=esm --splitting --minify': () => byEsbuild({ format: 'esm', splitting: true, minify: true }),
  'esbuild --format=cjs': () => byEsbuild({ format: 'cjs' }),
  'esbuild --format=cjs --minify': () => byEsbuild({ format: 'cjs', minify: true }),
  'webpack, minimized': () => byWebpack({}),
  'webpack, minimized, modules not concatenated': () => byWebpack({ concatenateModules: false }),
  'webpack, not minimized, modules not concatenated': () => byWebpack({ minimize: false, concatenateModules: false }),
  'rspack, minimized': () => byRspack({}),
  'rspack, not minimized, modules not concatenated': () => byRspack({ minimize: false, concatenateModules: false }),
};

const { code } = transformFileSync(source, {
  swcrc: false,
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
  },
});
mkdirSync(folder, { recursive: true });
writeFileSync(program, code);
await VARIANTS[variant]?.();
