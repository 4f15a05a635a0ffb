import type { TestServer } from './test-server.js';

/** Stops the server of the run and removes its folder, also after failures. */
export default async function globalTeardown(): Promise<void> {
  const { trancheTestServer } = globalThis as { trancheTestServer?: TestServer };
  await trancheTestServer?.stop();
}
