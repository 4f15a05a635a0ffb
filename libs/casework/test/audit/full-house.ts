import { createHash, randomBytes } from 'node:crypto';
import {
  approveCalendarYear,
  decideStatus,
  generateKeyFile,
  type ImportKind,
  importFile,
  importList,
  listsOf,
  parseKeyFile,
  proposeCalendarYear,
  proposeStatus,
  recomputeDeadlines,
  sha256Of,
} from '@tranche/casework';
import { type Policy, policies, type Role, speaksOf, type WorkedExample, workExample, workedExamples } from '@tranche/policies';
import { v7 } from 'uuid';
import { AnyCase, everywhere, newPayee } from '../../../../test/support/any-case.js';
import { type BankEntry, statementFile } from '../../../../test/support/bank-files.js';
import { attendanceFile, inventPeople, resultsFile, rosterFile } from '../../../../test/support/class-files.js';
import { inventNumbers, listFile } from '../../../../test/support/list-file.js';
import { soundAccount } from '../../../../test/support/payee-account.js';
import { CaseStory, handOver, runAll, signBatch } from '../../../../test/support/story.js';
import { classFacts, type World } from '../../../../test/support/world.js';
import { imported } from '../receipts/bank-day.js';

const parsed = parseKeyFile(generateKeyFile(randomBytes));
if (!parsed.ok) throw new Error(parsed.code);
const sealing = { keys: parsed.keys, randomBytes };

/** Rows in every table that a verification vouches for, beyond those of `manyStories`. */
export async function fillEveryTable(world: World): Promise<void> {
  const noticed = await inClass(world);
  await objected(noticed);
  const released = await CaseStory.inTraining(world);
  await released.hear('supervisor', 'case.held', { reason: '举报核查' });
  await released.hear('supervisor', 'case.released', { reason: '查无实据' });
  await listed(world);
  await capped(world);
  await byFile(world);
  await suspended(world);
  await newYear(world);
}

/** A class with its roster read twice, two attendance lists and the results, its notice posted. */
async function inClass(world: World): Promise<CaseStory> {
  const story = await CaseStory.open(world, { ...classFacts(), startsOn: '2020-12-18', endsOn: '2021-01-20', plannedHours: 12 });
  const people = inventPeople(4);
  const bring = (role: Role, kind: ImportKind, content: string) => brought(world, story, role, kind, content);
  await bring('institution', 'roster', rosterFile(people.slice(0, 3)));
  await bring('institution', 'roster', rosterFile(people));
  await (await story.approved()).started();
  await bring('institution', 'attendance', attendanceFile('2020-12-18', 2, 4));
  await bring('institution', 'attendance', attendanceFile('2020-12-19', 1, 4));
  await story.hear('inspector', 'milestone.halfway');
  await story.ended();
  await bring('inspector', 'results', resultsFile(people, 3));
  await story.hear('inspector', 'acceptance.passed');
  return story.hear('officer', 'notice.posted');
}

async function brought(world: World, { id }: CaseStory, role: Role, kind: ImportKind, content: string): Promise<void> {
  const bytes = Buffer.from(content);
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const key = v7();
  const file = { caseId: id, kind, fileName: `${kind}.csv`, bytes, sha256, key, requestSha256: sha256Of({ key }) };
  const { answer, report } = await importFile(world.house, sealing, world.by(role), file);
  if (!answer.ok) throw new Error(`${kind}: ${answer.code} ${JSON.stringify(report?.problems ?? answer.errors ?? answer.detail)}`);
}

async function objected(story: CaseStory): Promise<void> {
  const [first, second] = [v7(), v7()];
  await story.hear('officer', 'objection.raised', { objection: first, ground: '名单不实' });
  await story.hear('reviewer', 'objection.rejected', { objection: first, decision: '经核查名单属实' });
  await story.hear('officer', 'objection.raised', { objection: second, ground: '课时不足' });
}

const liveExample = (policy: Policy, fits: (example: WorkedExample) => boolean): WorkedExample | undefined =>
  workedExamples(policy.id).find((each) => {
    if (each.set || !speaksOf(policy, each) || !fits(each)) return false;
    const { eligible, inWindow } = workExample(policy, each);
    return eligible === true && inWindow;
  });

/** A policy of the city whose list of people is told with a month. */
async function listed(world: World): Promise<void> {
  const all = everywhere(world);
  const [found] = policies().flatMap((policy) => {
    const fact = listsOf(policy).find((name) => policy.facts[name]?.per === 'period');
    const example = policy.jurisdiction === 'CN-2102' && fact ? liveExample(policy, ({ period }) => period !== undefined) : undefined;
    return fact && example ? [{ policy, fact, example }] : [];
  });
  const { policy, fact, example } = found!;
  const { id: period, facts: told, claim = policy.plan.claims![0]!.id } = example.period!;
  const lived = await AnyCase.open(all, policy, example);
  await lived.intake();
  await lived.begun(period);
  const others = Object.fromEntries(Object.entries(told).filter(([name]) => name !== fact));
  const { answer } = await importList(all.house, sealing, all.by('officer'), {
    caseId: lived.story.id,
    fact,
    data: { claim, period, facts: others },
    fileName: 'list.csv',
    bytes: Buffer.from(listFile(policy, fact, told, inventNumbers())),
    key: v7(),
    requestSha256: sha256Of({ period }),
  });
  if (!answer.ok) throw new Error(`list: ${answer.code} ${answer.detail.en}`);
}

/** A policy whose claims by key stand under a cap. */
async function capped(world: World): Promise<void> {
  const [found] = policies().flatMap((policy) => {
    const key = policy.exclusions.some((each) => 'key' in each && typeof each.limit === 'object');
    const example = key ? liveExample(policy, (each) => (workExample(policy, each).keys?.length ?? 0) > 0) : undefined;
    return example ? [{ policy, example }] : [];
  });
  const lived = await AnyCase.open(everywhere(world), found!.policy, found!.example);
  await lived.intake();
}

/** Paid by a file, and the bank's statement of it: one booking of ours, one credit that nobody knows. */
async function byFile(world: World): Promise<void> {
  await soundAccount(world);
  const story = await CaseStory.inTraining(world, classFacts(2));
  await runAll(world);
  const [due] = await world.rows<{ id: string }>(`SELECT id FROM disbursements WHERE case_id = $1 AND state = 'requested'`, [story.id]);
  const { batchId } = await signBatch(world, 'file', [due!.id]);
  await handOver(world, batchId);
  const [sent] = await world.rows<{ reference: string; fen: string; account: string }>(
    `SELECT t.end_to_end_id AS reference, t.amount_fen::text AS fen, f.debtor_account_no AS account FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id
     JOIN funds f ON f.id = d.fund_id WHERE t.batch_id = $1`,
    [batchId],
  );
  const { reference, fen, account } = sent!;
  const on = await world.today();
  const entries: BankEntry[] = [
    { fen: BigInt(fen), reference, on },
    { direction: 'credit', fen: 12_345n, on },
  ];
  const answer = await imported(world, statementFile(entries, { account, on }));
  if (!('file' in answer) || answer.file.state !== 'imported')
    throw new Error(`the statement was not imported: ${JSON.stringify(Object.keys(answer))}`);
}

async function suspended(world: World): Promise<void> {
  const { organisationId } = await newPayee(everywhere(world), 'enterprise', '210200');
  const by = (role: Role) => ({ actor: { ...world.by(role), district: null }, key: v7(), requestSha256: sha256Of({ role }) });
  const proposed = await proposeStatus(world.house, by('supervisor'), { organisationId, status: 'suspended', reason: '核查' });
  if (!proposed.ok) throw new Error(proposed.detail.en);
  const decision = { organisationId, changeId: proposed.answer.id, decision: 'approved', on: await world.today() } as const;
  const decided = await decideStatus(world.house, by('approver'), decision);
  if (!decided.ok) throw new Error(decided.detail.en);
}

/** A year of the calendar that two people put in force. */
async function newYear(world: World): Promise<void> {
  const cite = { doc: '国务院办公厅关于2027年部分节假日安排的通知（示例）', clause: '一', basis: 'external' } as const;
  const year = { year: 2027, publishedOn: '2026-11-01', off: ['2027-01-01'], work: ['2027-01-03'], cite, reason: '公布2027年安排' };
  const by = (role: Role) => ({ actor: world.by(role), key: v7(), requestSha256: sha256Of(year) });
  const proposed = await proposeCalendarYear(world.house, by('supervisor'), year);
  if (!proposed.ok) throw new Error(proposed.detail.en);
  const { id, touched } = proposed.answer;
  const approved = await approveCalendarYear(world.house, by('approver'), id, touched.sha256);
  if (!approved.ok) throw new Error(approved.detail.en);
  await recomputeDeadlines(world.house);
}
