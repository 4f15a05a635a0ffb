import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { checkPacket, demandRepayment, isInformative, keyOfSeed, type Packet, readPacket, sealOf, takeCheckpoint } from '@tranche/casework';
import type { Role } from '@tranche/policies';
import { v7 } from 'uuid';
import { handedOver, imported } from '../../../libs/casework/test/receipts/bank-day.js';
import { statementFile } from '../../../test/support/bank-files.js';
import { type Simulator, startSimulator } from '../../../test/support/bank-simulator.js';
import { CaseStory, payWhatIsDue } from '../../../test/support/story.js';
import { asOwner, openWorld, type World } from '../../../test/support/world.js';
import { verifyPacket } from '../src/packet/verify.js';

const folder = mkdtempSync(join(tmpdir(), 'tranche-packet-'));
const key = keyOfSeed(new Uint8Array(32).fill(9));
let bank: Simulator;
let world: World;
/** paid in full over HTTP, with a notice and an objection; paid by file, settled by a statement, partly paid back; one of seven lines of a file */
let [whole, owing, among] = ['', '', ''];
let checkpoint = '';

beforeAll(async () => {
  bank = await startSimulator();
  world = await openWorld({ bankUrl: bank.address });
  // this one was signed before a batch was hashed as a tree
  await formOfNewBatches(1);
  owing = await aborted();
  await formOfNewBatches(2);
  among = (await handedOver(world, [4, 5, 6, 7, 8, 9, 10])).sent[2]?.story.id ?? '';
  whole = await paidInFull();
  const taken = await takeCheckpoint(world.house, { dir: folder, key, daily: false });
  if (!taken.ok || taken.no === null) throw new Error('no checkpoint');
  checkpoint = taken.path;
}, 60_000);
afterAll(async () => {
  await world?.close();
  await bank?.kill();
  rmSync(folder, { recursive: true, force: true });
});

const formOfNewBatches = (form: 1 | 2) => asOwner(world, `ALTER TABLE batches ALTER COLUMN content_form SET DEFAULT ${form}`);

async function aborted(): Promise<string> {
  const { sent } = await handedOver(world, [10, 12]);
  const [one] = sent;
  if (!one) throw new Error('nothing was sent');
  const { story, fen, reference, account } = one;
  await imported(world, statementFile([{ fen, reference, bankRef: 'B1' }], { account, id: 'S1', on: '2020-11-25' }));
  await story.hear('inspector', 'delivery.aborted', { reason: '停办' });
  const [recovery] = await world.rows<{ id: string }>('SELECT id FROM recoveries WHERE case_id = $1', [story.id]);
  const demand = { recoveryId: recovery?.id ?? '', amountFen: `${fen}`, key: v7(), requestSha256: '00' };
  expect(await demandRepayment(world.house, world.by('maker'), demand)).toMatchObject({ ok: true });
  await story.hear('cashier', 'recovery.received', { amountFen: '5000', reference: 'HK-1' });
  return story.id;
}

async function paidInFull(): Promise<string> {
  const story = await (await (await CaseStory.open(world)).approved()).started();
  await payWhatIsDue(world);
  await world.goTo('2020-12-07');
  await story.halfway();
  await payWhatIsDue(world);
  await story.ended();
  await story.accepted(90);
  await story.hear('officer', 'notice.posted');
  const objection = v7();
  await story.hear('officer', 'objection.raised', { objection, ground: '人数不符' });
  await story.hear('reviewer', 'objection.rejected', { objection, decision: '名单与考勤一致' });
  await world.goTo('2020-12-20');
  await payWhatIsDue(world);
  return story.id;
}

async function packetOf(caseId: string, role: Role = 'auditor', payment: string | null = null, signedLines = true): Promise<Packet> {
  const read = await readPacket(world.house, world.by(role), { caseId, payment, signedLines });
  if (!read) throw new Error(`no packet for ${role}`);
  return JSON.parse(JSON.stringify(read)) as Packet;
}
const check = (packet: Packet) => checkPacket(world.house.policies, packet);

type Path = readonly string[];
function leavesOf(value: unknown, at: Path = []): Path[] {
  if (typeof value !== 'object' || value === null) return [at];
  return Object.entries(value).flatMap(([name, part]) => leavesOf(part, [...at, name]));
}
const changed = (value: unknown): unknown => {
  if (typeof value === 'number') return value + 1;
  if (typeof value === 'boolean') return !value;
  if (typeof value !== 'string') return '1';
  // amounts and hashes stay well-formed: only what they say changes
  return /^-?\d+$|^[0-9a-f]{64}$/.test(value) ? value.slice(0, -1) + ((Number.parseInt(value.at(-1) ?? '0', 16) + 1) % 10) : `${value}1`;
};
function withChanged(packet: Packet, path: Path): Packet {
  const copy = structuredClone(packet);
  const parent = path.slice(0, -1).reduce<unknown>((part, name) => (part as Record<string, unknown>)[name], copy) as Record<
    string,
    unknown
  >;
  const last = path.at(-1) ?? '';
  parent[last] = changed(parent[last]);
  return copy;
}

/** Leaves tried per packet; PACKET_LEAVES=100000 tries one of every kind. */
const most = Number(process.env['PACKET_LEAVES'] ?? 80);

/** One leaf of every kind (places in lists do not make kinds) but those the seal alone covers; some of the kinds, chosen by a seed. */
function sample(packet: Packet, seed: number): Path[] {
  const kinds = new Map<string, Path[]>();
  for (const path of leavesOf(packet).filter((leaf) => leaf[0] !== 'seal' && !isInformative(leaf))) {
    const kind = path.map((name) => (/^\d+$/.test(name) ? '*' : name)).join('.');
    kinds.set(kind, [...(kinds.get(kind) ?? []), path]);
  }
  const step = Math.max(1, Math.floor(kinds.size / most));
  return [...kinds.values()].flatMap((paths, index) =>
    (index + seed) % step === 0 ? [paths[(seed + index * 104_729) % paths.length] ?? []] : [],
  );
}

describe('a packet', () => {
  it('is the same bytes for the same state, and nothing is found in it, whoever asked', async () => {
    for (const caseId of [whole, owing, among]) {
      expect(await packetOf(caseId)).toEqual(await packetOf(caseId));
      for (const role of ['auditor', 'supervisor', 'institution'] as const)
        expect(check(await packetOf(caseId, role))).toMatchObject({ findings: [], replayed: true });
    }
    expect(check(await packetOf(whole, 'auditor', 's2'))).toMatchObject({ findings: [] });
  });

  it('tells a payment from the facts to the bank and back', async () => {
    const paid = await packetOf(whole);
    expect(paid.story.decision).toMatchObject({ ok: true, rules: expect.arrayContaining([expect.objectContaining({ result: true })]) });
    expect(paid.witnesses.transfers.map(({ payment, state }) => `${payment} ${state}`)).toEqual(['s1 settled', 's2 settled', 's3 settled']);
    expect(paid.witnesses.notices).toEqual([expect.objectContaining({ state: 'clear' })]);
    expect(paid.witnesses.objections).toEqual([expect.objectContaining({ state: 'rejected', decision: '名单与考勤一致' })]);
    expect(paid.witnesses.attempts).toHaveLength(3);
    const { witnesses, record } = await packetOf(owing);
    expect(witnesses.files).toEqual([expect.objectContaining({ handedOverAt: expect.any(String) })]);
    expect(witnesses.statementLines).toEqual([expect.objectContaining({ matchedAs: 'settled', direction: 'debit' })]);
    expect(witnesses.evidence).toEqual([expect.objectContaining({ kind: 'letter' })]);
    expect(record.receipts).toEqual([expect.objectContaining({ amountFen: '5000' })]);
    expect(witnesses.batches[0]?.signedLines).toHaveLength(2);
  });

  it('shows accounts and other payees only to those who oversee, and only when they ask for what was signed', async () => {
    expect((await packetOf(owing, 'auditor', null, false)).witnesses.batches.map(({ signedLines }) => signedLines)).toEqual([null]);
    const own = await packetOf(owing, 'institution');
    expect(own.witnesses).toMatchObject({ batches: [], attempts: [], files: [], statementLines: [], people: [], checkpoint: null });
    expect(own.witnesses.transfers).toEqual([expect.objectContaining({ accountMasked: expect.stringMatching(/^\*+\d{4}$/) })]);
    for (const question of [
      { role: 'enterprise', payment: null },
      { role: 'auditor', payment: 's9' },
    ] as const)
      expect(
        await readPacket(world.house, world.by(question.role), { caseId: owing, payment: question.payment, signedLines: false }),
      ).toBeUndefined();
  });

  it('carries its own lines alone and the path from each to what was signed, of a batch of any size', async () => {
    const { witnesses, ...packet } = await packetOf(among);
    const [batch] = witnesses.batches;
    expect(batch).toMatchObject({ contentForm: 2, lineCount: 7, signedLines: null });
    expect(batch?.ownLines).toMatchObject([
      { index: 2, line: { caseId: among }, path: [expect.any(String), expect.any(String), expect.any(String)] },
    ]);
    const swapped = { ...packet, witnesses: { ...witnesses, batches: [{ ...batch!, ownLines: [] }] } };
    expect(check({ ...swapped, seal: sealOf(swapped) }).findings).toMatchObject([{ kind: 'batch-differs' }]);
  });

  it('finds out that another line of the batch is not what was signed', async () => {
    const neighbour = (amount: string) =>
      asOwner(
        world,
        `UPDATE transfers SET amount_fen = amount_fen + ${amount} WHERE line_no = 6 AND batch_id = (SELECT t.batch_id FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id WHERE d.case_id = $1)`,
        [among],
      );
    await asOwner(world, 'ALTER TABLE transfers DISABLE TRIGGER USER');
    await neighbour('1');
    expect(check(await packetOf(among)).findings).toMatchObject([
      { kind: 'batch-differs', text: { en: expect.stringContaining('does not lead to the hash that was signed') } },
    ]);
    await neighbour('-1');
    await asOwner(world, 'ALTER TABLE transfers ENABLE TRIGGER USER');
    expect(check(await packetOf(among)).findings).toEqual([]);
  });

  it('with any single value changed is found out, even when it was sealed anew', async () => {
    for (const [index, caseId] of [whole, owing, among].entries()) {
      const packet = await packetOf(caseId);
      const unseen = sample(packet, 20201125 + index).filter((path) => {
        const forged = withChanged(packet, path);
        return check({ ...forged, seal: sealOf(forged) }).findings.length === 0;
      });
      expect(unseen.map((path) => path.join('.'))).toEqual([]);
    }
  });

  it('that was only touched where nothing else says the same is found out by its seal', async () => {
    const packet = await packetOf(owing);
    for (const path of leavesOf(packet)
      .filter(isInformative)
      .slice(0, most / 4))
      expect(check(withChanged(packet, path)).findings).toContainEqual(expect.objectContaining({ kind: 'seal-differs' }));
    expect(check({ ...packet, seal: { ...packet.seal, sha256: '0'.repeat(64) } }).findings).toEqual([
      expect.objectContaining({ kind: 'seal-differs' }),
    ]);
  });

  it('whose whole chain was written anew is found out by the checkpoint', async () => {
    const said: string[] = [];
    const complained: string[] = [];
    const run = (file: string, options: object) =>
      verifyPacket(file, { lang: 'en', ...options }, { out: (line) => said.push(line), err: (line) => complained.push(line) });
    const file = join(folder, 'packet.json');
    const pem = join(folder, readdirSync(folder).find((name) => name.endsWith('.pem')) ?? '');
    const packet = await packetOf(whole);
    writeFileSync(file, JSON.stringify(packet));
    expect(await run(file, { checkpoint, key: pem })).toBe(0);
    expect(said.pop()).toMatch(/Checkpoint 1 bears out events 1 to (\d+) of \1; its signature holds[\s\S]*nothing was found/);
    expect(await run(file, {})).toBe(0);
    expect(said.pop()).toContain('No checkpoint given');

    const changedCheckpoint = join(folder, 'forged.txt');
    const lines = readFileSync(checkpoint, 'utf8').replace(packet.story.chain.headHash, '0'.repeat(64));
    writeFileSync(changedCheckpoint, lines);
    expect(await run(file, { checkpoint: changedCheckpoint, key: pem })).toBe(1);
    expect(said.pop()).toContain('do not give the root');
    const other = join(folder, 'other.pem');
    writeFileSync(other, keyOfSeed(new Uint8Array(32).fill(8)).publicPem);
    expect(await run(file, { checkpoint, key: other })).toBe(1);
    expect(said.pop()).toContain('signature of the checkpoint does not hold');

    writeFileSync(file, JSON.stringify(withChanged(packet, ['record', 'disbursements', '0', 'amountFen'])));
    expect(await run(file, { json: true })).toBe(1);
    expect(JSON.parse(said.pop() ?? '')).toMatchObject({ ok: false });
    writeFileSync(file, 'no json');
    expect(await run(file, {})).toBe(2);
    expect(complained).toHaveLength(1);
  });
});
