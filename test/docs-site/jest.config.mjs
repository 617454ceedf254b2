/**
 * Apart from the other tests, because it needs the built site: `npm run check:docs` builds it first.
 *
 * @type {import('jest').Config}
 */
export default {
  displayName: 'site',
  rootDir: '../..',
  roots: ['<rootDir>/test/docs-site'],
  testMatch: ['**/*.spec.ts'],
  testEnvironment: 'node',
  moduleNameMapper: { '^(\\.{1,2}/.*)\\.js$': '$1' },
  transform: {
    '\\.(ts|mjs|js)$': [
      '@swc/jest',
      { jsc: { target: 'es2023', parser: { syntax: 'typescript' } }, module: { type: 'commonjs' } },
    ],
  },
  // The parser of HTML and its parts are ES modules only.
  transformIgnorePatterns: [
    '/node_modules/(?!(.*/)?(htmlparser2|dom-serializer|domelementtype|domhandler|domutils|entities)/)',
  ],
  // Only against tests that hang: a busy machine must not fail one.
  testTimeout: 120_000,
};
