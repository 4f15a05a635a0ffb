import { afterAll, beforeAll } from '@jest/globals';
import { type Simulator, startSimulator } from './bank-simulator.js';
import { openWorld, type World, type WorldOptions } from './world.js';

/** A seeded sandbox and the bank it pays through, for all tests of a file; filled before the first of them. */
export function useBankWorld(parts: WorldOptions['parts'] = {}): { readonly bank: Simulator; readonly world: World } {
  const [bank, world] = [{} as Simulator, {} as World];
  beforeAll(async () => {
    Object.assign(bank, await startSimulator());
    Object.assign(world, await openWorld({ bankUrl: bank.address, parts }));
  });
  afterAll(async () => {
    await world.close?.();
    await bank.kill?.();
  });
  return { bank, world };
}
