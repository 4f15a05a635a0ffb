import { httpBank } from '@tranche/bank';
import { bankRail } from '@tranche/casework';
import { type Simulator, startSimulator } from '../../../../test/support/bank-simulator.js';
import { openWorld, quickBank, type World } from '../../../../test/support/world.js';
import { FileDesk } from './file-desk.js';
import { UnreliableRail } from './unreliable-rail.js';

/** A sandbox, a bank, an unreliable line between them, and the people who bring files and papers. */
export type Scene = {
  readonly world: World;
  bank: Simulator;
  readonly line: UnreliableRail;
  readonly clock: { aheadMs: number };
  readonly desk: FileDesk;
};

export async function openScene(): Promise<Scene> {
  const bank = await startSimulator();
  const clock = { aheadMs: 0 };
  const line = new UnreliableRail(bankRail(httpBank({ baseUrl: bank.address, timeoutMs: quickBank.timeoutMs }), quickBank));
  const world = await openWorld({ bankUrl: bank.address, parts: { systemNow: () => Date.now() + clock.aheadMs } });
  Object.assign(world.house, { bank: line.rail });
  const scene = { world, bank, line, clock };
  return Object.assign(scene, { desk: new FileDesk(scene) });
}

export async function closeScene({ world, bank, line }: Scene): Promise<void> {
  await line.deliver();
  await world.close();
  await bank.kill();
}

/** Starts the bank again on its book, where it died. */
export async function revive(scene: Pick<Scene, 'bank'>): Promise<void> {
  const { bank } = scene;
  if (bank.child.exitCode === null && bank.child.signalCode === null) return;
  scene.bank = await startSimulator({ book: bank.book, port: bank.port });
}
