import type { Config } from 'jest';

/**
 * Jest runs in CommonJS mode: on Node 20 its real-ESM mode cannot load jwks-rsa 4, which `require()`s jose 6. So swc
 * turns our own TypeScript and the ES modules among the dependencies into CommonJS. That the package works as ES
 * modules in plain Node is shown by test/package.
 */
const decorators = {
  jsc: {
    target: 'es2023',
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: true },
    keepClassNames: true,
  },
  module: { type: 'commonjs', ignoreDynamic: false },
};
const plain = { jsc: { target: 'es2023', parser: { syntax: 'ecmascript' } }, module: { type: 'commonjs' } };

/** Dependencies that ship ES modules only. */
const esModules = [
  '@nestjs',
  'jose',
  'load-esm',
  'file-type',
  'strtok3',
  'token-types',
  'uint8array-extras',
  '@tokenizer',
  '@borewit',
  'uuid',
  '@simplewebauthn',
  '@sparticuz',
  '@graphql-tools',
  '@fastify/cookie',
  'cookie',
  'oauth4webapi',
  'openid-client',
  '@auth',
  'oidc-provider',
  'preact',
];

const notTests = ['/node_modules/', '/dist/', '/fixtures/'];

const shared: Config = {
  testEnvironment: 'node',
  testPathIgnorePatterns: notTests,
  modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/sample/[^/]+/dist/'],
  moduleFileExtensions: ['js', 'mjs', 'cjs', 'ts', 'json', 'node'],
  moduleNameMapper: {
    '^mandate$': '<rootDir>/lib/index.ts',
    '^mandate/verifier$': '<rootDir>/lib/verifier.ts',
    '^mandate/(testing|dto|health|http|browser)$': '<rootDir>/lib/$1/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
  },
  transform: {
    '\\.ts$': ['@swc/jest', decorators],
    '\\.m?js$': ['@swc/jest', plain],
  },
  transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
  setupFiles: ['reflect-metadata'],
  // A test file's globals are looked up through the interceptors of its vm context, which from Node 22 on makes arithmetic
  // that calls `Math.floor` for each digit a hundred times slower. Handed to each module as a parameter, `Math` is a local
  // name. The clients that compute like that have a process of their own (test/interop/peers).
  sandboxInjectedGlobals: ['Math'],
};

const config: Config = {
  // One worker a core. Jest would leave one core to itself, half of a small machine.
  maxWorkers: '100%',
  // A worker slows down with every suite that it has run: what one leaves behind (the stores of AsyncLocalStorage among it)
  // is looked at by all later ones. A fresh process costs less, but it has to load everything again: with half of this limit
  // the same suites took a sixth longer.
  workerIdleMemoryLimit: '1GB',
  testSequencer: '<rootDir>/test/support/longest-first.mjs',
  // Only against tests that hang: a busy machine must not fail one. Jest ignores this option inside a project.
  testTimeout: 120_000,
  projects: [
    {
      ...shared,
      displayName: 'library',
      roots: ['<rootDir>/test', '<rootDir>/sample'],
      testMatch: ['**/*.spec.ts'],
      // test/docs-site needs the built site: `npm run check:docs` builds it and runs them.
      testPathIgnorePatterns: [...notTests, '<rootDir>/test/package/', '<rootDir>/test/docs-site/'],
    },
    {
      ...shared,
      displayName: 'package',
      roots: ['<rootDir>/test/package'],
      testMatch: ['**/*.spec.ts'],
      testPathIgnorePatterns: [...notTests, '<rootDir>/test/package/packed/'],
    },
    {
      ...shared,
      displayName: 'packed',
      roots: ['<rootDir>/test/package/packed'],
      testMatch: ['**/*.spec.ts'],
      globalSetup: '<rootDir>/test/package/packed/pack-once.mjs',
      globalTeardown: '<rootDir>/test/package/packed/remove-packed.mjs',
    },
  ],
};

export default config;
