import { existsSync } from 'node:fs';

// CommonJS mode: half the CPU of Jest's ESM mode, and Nest 12 (ESM only) is transformed along.
const sources = {
  jsc: {
    target: 'es2023',
    keepClassNames: true,
    parser: { syntax: 'typescript', decorators: true, dynamicImport: true },
    transform: { legacyDecorator: true, decoratorMetadata: true, useDefineForClassFields: false },
  },
  module: { type: 'commonjs' },
  sourceMaps: true,
  swcrc: false,
};
const setup = './test/support/global-setup.ts';
const teardown = './test/support/global-teardown.ts';

export default {
  testEnvironment: '<rootDir>/test/support/environment.cjs',
  rootDir: '.',
  testMatch: ['<rootDir>/{apps,libs}/*/test/**/*.test.ts', '<rootDir>/test/**/*.test.ts'],
  modulePathIgnorePatterns: ['<rootDir>/.*/dist/', '<rootDir>/.tranche/'],
  moduleNameMapper: {
    '^@tranche/([^/]+)$': '<rootDir>/libs/$1/src/index.ts',
    '^(\\.{1,2}/.*)\\.js$': '$1',
    // exports nothing to `require`
    '^canonicalize$': '<rootDir>/node_modules/canonicalize/lib/canonicalize.js',
  },
  transform: {
    '/(libs|apps)/[^/]+/src/.+\\.ts$': ['<rootDir>/test/support/own-module.cjs', sources],
    '^.+\\.ts$': ['@swc/jest', sources],
    '/node_modules/.+\\.[cm]?js$': '<rootDir>/test/support/native-package.cjs',
  },
  transformIgnorePatterns: [],
  setupFiles: ['<rootDir>/test/support/property-tests.ts'],
  ...(existsSync(new URL(setup, import.meta.url)) ? { globalSetup: setup, globalTeardown: teardown } : {}),
  testSequencer: './test/support/sequencer.mjs',
  testTimeout: 30_000,
};
