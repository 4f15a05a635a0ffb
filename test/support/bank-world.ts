import { afterAll, beforeAll } from '@jest/globals';
import { type Simulator, startSimulator } from './bank-simulator.js';
import { openWorld, type World } from './world.js';

/** A seeded sandbox and the bank it pays through, for all tests of a file; filled before the first of them. */
export function useBankWorld(): { readonly bank: Simulator; readonly world: World } {
  const [bank, world] = [{} as Simulator, {} as World];
  beforeAll(async () => {
    Object.assign(bank, await startSimulator());
    Object.assign(world, await openWorld({ bankUrl: bank.address }));
  });
  afterAll(async () => {
    await world.close?.();
    await bank.kill?.();
  });
  return { bank, world };
}
