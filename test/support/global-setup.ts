import Module, { createRequire } from 'node:module';
import { join } from 'node:path';

type Resolve = (request: string, ...rest: unknown[]) => string;

/**
 * Settles the seed of the property tests and starts one embedded Postgres for the whole run. Jest compiles this file but does not
 * map module names for it, so source files are found here: `@tranche/x` in libs/x/src, and `./y.js` as `./y.ts`.
 */
export default async function globalSetup(): Promise<void> {
  const loader = Module as unknown as { _resolveFilename: Resolve };
  const original = loader._resolveFilename;
  const root = join(import.meta.dirname, '..', '..');
  loader._resolveFilename = function resolveSource(request, ...rest) {
    const library = /^@tranche\/([a-z]+)$/.exec(request)?.[1];
    if (library) return original.call(this, join(root, 'libs', library, 'src', 'index.ts'), ...rest);
    try {
      return original.call(this, request, ...rest);
    } catch (error) {
      if (!request.startsWith('.') || !request.endsWith('.js')) throw error;
      return original.call(this, request.replace(/\.js$/, '.ts'), ...rest);
    }
  };
  try {
    const { settlePropertySeed } = createRequire(import.meta.url)('./property-seed.ts') as typeof import('./property-seed.js');
    settlePropertySeed(process.env, Math.random, console.error);
    const { startTestServer } = createRequire(import.meta.url)('./test-server.ts') as typeof import('./test-server.js');
    await startTestServer();
  } finally {
    loader._resolveFilename = original;
  }
}
