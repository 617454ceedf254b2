import { emptyApp, install, type PackageManager } from '../package/packed-app.js';
import type { Check } from './check.js';
import { bundled, command, compiled, jestSuite, vitestSuite } from './checks.js';
import type { MatrixOptions, NestVersion } from './options.js';

/** An application that installs the package, and what is tried in it. */
export interface Application {
  readonly nest: NestVersion;
  readonly manager: PackageManager;
  /** Creates and installs it, and returns its folder. */
  create(tarball: string): Promise<string>;
  readonly checks: readonly Check[];
}

const VERSIONS = {
  11: { nest: '^11.0.0', config: '^4.0.0' },
  12: { nest: '^12.0.0', config: '^12.0.0' },
} as const;

/**
 * The applications of the matrix. One that another tool creates, such as `nest new`, is another entry here: with a
 * `create` of its own and the checks that it can pass.
 */
export function applications({ nest, managers, bundlers }: MatrixOptions): Application[] {
  return nest.flatMap((version) =>
    managers.map((manager) => ({
      nest: version,
      manager,
      create: (tarball: string) => emptyNestApp(tarball, version, manager),
      checks: [
        compiled('commonjs'),
        compiled('module'),
        jestSuite(),
        vitestSuite(),
        command(),
        // A bundle is made of the same files with each manager.
        ...(manager === managers[0] ? bundled(bundlers) : []),
      ],
    })),
  );
}

async function emptyNestApp(tarball: string, version: NestVersion, manager: PackageManager): Promise<string> {
  const app = await emptyApp(dependencies(tarball, version));
  await install(app, manager);
  return app;
}

function dependencies(tarball: string, version: NestVersion): Record<string, string> {
  const { nest, config } = VERSIONS[version];
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
