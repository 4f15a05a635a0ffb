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
  sourceMaps: 'inline',
  swcrc: false,
};
const esmPackages = { jsc: { target: 'es2022' }, module: { type: 'commonjs' }, swcrc: false };
const setup = './test/support/global-setup.ts';
const teardown = './test/support/global-teardown.ts';

export default {
  testEnvironment: 'node',
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
    '^.+\\.ts$': ['@swc/jest', sources],
    '/node_modules/.+\\.m?js$': ['@swc/jest', esmPackages],
  },
  transformIgnorePatterns: [
    '/node_modules/(?!(@nestjs|cookie|content-disposition|@marcbachmann|uuid|canonicalize|string-width|strip-ansi|ansi-regex|get-east-asian-width|csv-parse|libxml2-wasm)/)',
  ],
  // tests run inside a vm, where every look at a global is slow: these are handed to each module instead
  sandboxInjectedGlobals: ['Array', 'BigInt', 'JSON', 'Map', 'Math', 'Number', 'Object', 'Set', 'String'],
  setupFiles: ['<rootDir>/test/support/property-tests.ts'],
  ...(existsSync(new URL(setup, import.meta.url)) ? { globalSetup: setup, globalTeardown: teardown } : {}),
  testSequencer: './test/support/sequencer.mjs',
  testTimeout: 30_000,
};
