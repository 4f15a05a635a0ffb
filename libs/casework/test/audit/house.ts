import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AuditReport, keyOfSeed, publicKeysIn, takeCheckpoint, verifyHouse } from '@tranche/casework';
import { databaseUrl, openAuditReader } from '@tranche/database';
import { Client } from 'pg';
import { type Simulator, startSimulator } from '../../../../test/support/bank-simulator.js';
import { CaseStory, payWhatIsDue, runAll, signBatch } from '../../../../test/support/story.js';
import { openWorld, type World } from '../../../../test/support/world.js';

export const signingKey = keyOfSeed(new Uint8Array(32).fill(7));

/** A house with cases in many states, a folder of exported checkpoints, and a superuser who can do anything to the tables. */
export type AuditedHouse = {
  readonly world: World;
  readonly cases: readonly string[];
  readonly dir: string;
  readonly superuser: Client;
  verify(): Promise<AuditReport>;
  checkpoint(): Promise<void>;
  close(): Promise<void>;
};

/** `more` happens before the first checkpoint. */
export async function auditedHouse(more: (world: World) => Promise<void> = async () => undefined): Promise<AuditedHouse> {
  const bank = await startSimulator();
  const world = await openWorld({ bankUrl: bank.address });
  const dir = mkdtempSync(join(tmpdir(), 'tranche-checkpoints-'));
  const superuser = new Client({
    connectionString: databaseUrl(process.env['TRANCHE_TEST_SERVER'] ?? '', { database: new URL(world.test.appUrl).pathname.slice(1) }),
  });
  await superuser.connect();
  await superuser.query('SET session_replication_role = replica');
  const house: AuditedHouse = {
    world,
    cases: await manyStories(world),
    dir,
    superuser,
    verify: () => verifyAs(world.test.auditUrl, dir, world),
    checkpoint: async () => {
      const taken = await takeCheckpoint(world.house, { dir, key: signingKey, daily: false });
      if (!taken.ok) throw new Error(taken.detail.en);
    },
    close: () => closeAll(world, bank, superuser, dir),
  };
  await more(world);
  await house.checkpoint();
  return house;
}

export async function verifyAs(auditUrl: string, dir: string | null, world: World): Promise<AuditReport> {
  const reader = await openAuditReader(auditUrl);
  try {
    return await verifyHouse(reader, {
      policies: world.house.policies,
      witness: { dir, publicKeys: publicKeysIn(dir === null ? [] : [dir]) },
      systemNow: Date.now,
    });
  } finally {
    await reader.close();
  }
}

async function closeAll(world: World, bank: Simulator, superuser: Client, dir: string): Promise<void> {
  await superuser.end();
  await world.close();
  await bank.kill();
  rmSync(dir, { recursive: true, force: true });
}

/** Draft, submitted, approved, half paid, requested, signed but not sent, repaid, written off, corrected, paid in full. */
async function manyStories(world: World): Promise<string[]> {
  const open = () => CaseStory.open(world);
  const training = async () => (await (await open()).approved()).started();
  const draft = await open();
  const submitted = await (await open()).hear('institution', 'application.submitted');
  const approved = await (await open()).approved();

  const failed = await training();
  const writtenOff = await training();
  const paid = await training();
  await payWhatIsDue(world);
  await failed.hear('inspector', 'delivery.aborted', { reason: '停办' });
  await failed.hear('cashier', 'recovery.received', { amountFen: '5000000', reference: 'HK-1' });
  await writtenOff.hear('inspector', 'delivery.aborted', { reason: '停办' });
  await writeOff(writtenOff);
  await world.goTo('2020-12-07');
  await paid.halfway();
  await payWhatIsDue(world);
  await paid.ended();
  await paid.accepted(90);
  await paid.hear('officer', 'notice.posted');
  await world.goTo('2020-12-20');
  await payWhatIsDue(world);

  const held = await training();
  await held.hear('supervisor', 'case.held', { reason: '举报核查' });
  const signed = await training();
  await runAll(world);
  await signBatch(world);
  await signed.hear('inspector', 'delivery.aborted', { reason: '停办' });
  const requested = await training();
  await runAll(world);
  const stories = [draft, submitted, approved, failed, writtenOff, paid, held, signed, requested];
  return stories.map(({ id }) => id);
}

async function writeOff(story: CaseStory): Promise<void> {
  const correction = { type: 'recovery.writtenOff', data: { amountFen: '15000000' } };
  await story.hear('approver', 'correction.proposed', { correction, reason: '机构注销', cite: '财政部门批复' });
  const [{ seq = 0 } = {}] = await story.world.rows<{ seq: number }>(
    "SELECT seq FROM case_events WHERE case_id = $1 AND type = 'correction.proposed'",
    [story.id],
  );
  await story.hear('supervisor', 'recovery.writtenOff', { proposal: seq, amountFen: '15000000' });
}
