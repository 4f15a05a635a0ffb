import { afterAll, afterEach, beforeAll, describe, expect, it } from '@jest/globals';
import {
  casePolicies,
  checkPacket,
  openCase,
  type Packet,
  packetPage,
  readBankFeed,
  readPacket,
  sandboxDistrict,
  sealOf,
  sha256Of,
} from '@tranche/casework';
import { loadPolicy, type Policy, policies, policyHash } from '@tranche/policies';
import { v7 } from 'uuid';
import { fund, newPayee, type Payee } from '../../../test/support/any-case.js';
import { useBankWorld } from '../../../test/support/bank-world.js';
import { ledgerFaults, trialBalance } from '../../../test/support/ledger.js';
import { CaseStory, payWhatIsDue, runAll } from '../../../test/support/story.js';
import { until } from '../../../test/support/worker.js';
import { asOwner } from '../../../test/support/world.js';
import { type Answer, serve } from './server.js';

const registered = policies().filter(({ id }) => id === 'job-stabilisation-refund');
/** The same refund under a document that permits a set-off, and may be had more than once. */
const permittingAs = (id: string) =>
  registered.map((policy) => {
    const draft = JSON.parse(JSON.stringify(policy)) as { -readonly [K in keyof Policy]: Policy[K] };
    const cite = { doc: '示例办法', clause: '第八条', basis: 'external' as const, note: { zh: '示例', en: 'a sample' } };
    draft.id = id;
    draft.exclusions = [];
    const { notice: _, ...plan } = draft.plan;
    draft.plan = { ...plan, recovery: { ...policy.plan.recovery!, setOff: { cite } } };
    return loadPolicy(draft);
  });
const permitting = permittingAs('refund-with-set-off');
/** Permits it in this process only: what was published, and lies in the database, does not. */
const tampered = permittingAs('refund-tampered');

const { bank, world } = useBankWorld({ policies: casePolicies([...policies(), ...permitting, ...tampered]) });
let api: Awaited<ReturnType<typeof serve>>;
let payee: Payee;
beforeAll(async () => {
  const silent = ({ plan: { recovery, ...plan }, ...policy }: Policy) => ({
    ...policy,
    plan: { ...plan, recovery: { ...recovery, setOff: undefined } },
  });
  for (const [policy, definition] of [
    ...permitting.map((each) => [each, each] as const),
    ...tampered.map((each) => [each, silent(each)] as const),
  ])
    await asOwner(world, 'INSERT INTO policy_versions (id, version, jurisdiction, hash, definition) VALUES ($1, $2, $3, $4, $5)', [
      policy.id,
      policy.version,
      policy.jurisdiction,
      policyHash(policy),
      JSON.stringify(definition),
    ]);
  api = await serve(world.house);
  payee = await newPayee(world, 'enterprise', sandboxDistrict);
  await fund(world, ['F2'], sandboxDistrict, 2020);
});
afterAll(() => api?.close());
afterEach(async () => {
  expect(await ledgerFaults(world)).toMatchObject(tampered.map(() => ({ kind: 'papers-differ', table: 'policy_versions' })));
  expect((await trialBalance(world))['2105']).toBe(0n);
});

const firm = {
  insured: true,
  firmSize: 'SMALL',
  affectedByEpidemic: false,
  insuredHeadcount: 100,
  staff: 100,
  benefitClaimants: 2,
  netDecrease: 0,
  employerPremiumsFen: '500000',
  employeePremiumsFen: '500000',
};

/** Approved: 8,000 yuan are due. */
async function approved(policyId: string, by: Payee = payee): Promise<CaseStory> {
  const key = v7();
  const opened = await openCase(world.house, by.actor, {
    policyId,
    organisationId: by.organisationId,
    payeeAccountId: by.payeeAccountId,
    facts: firm,
    key,
    requestSha256: sha256Of({ key }),
  });
  if (!opened.ok) throw new Error(opened.detail.en);
  const story = CaseStory.known(world, opened.caseId);
  await story.hear('enterprise', 'application.submitted', {}, { by: by.actor });
  for (const [role, type] of [
    ['officer', 'application.accepted'],
    ['reviewer', 'application.reviewed'],
    ['approver', 'application.approved'],
  ] as const)
    await story.hear(role, type);
  return story;
}

/** Paid 8,000 yuan, of which 4,000 were not due, demanded and not repaid in time. */
async function debtor(policyId = 'refund-with-set-off'): Promise<{ readonly story: CaseStory; readonly recovery: string }> {
  const story = await approved(policyId);
  await payWhatIsDue(world);
  const facts = { employeePremiumsFen: '0' };
  const said = { correction: { type: 'fact.corrected', data: { facts } }, reason: '缴费核减', cite: '核查报告' };
  await story.hear('reviewer', 'correction.proposed', said);
  await story.hear('supervisor', 'fact.corrected', { proposal: (await story.view()).proposals[0]?.proposal, facts });
  const [row] = await world.rows<{ id: string }>('SELECT id FROM recoveries WHERE case_id = $1', [story.id]);
  const recovery = row?.id ?? '';
  expect(await post('maker', `${recovery}/demand`, { amountFen: '400000' })).toMatchObject({ status: 200 });
  return { story, recovery };
}
const overdue = async (...debts: { readonly story: CaseStory }[]): Promise<void> => {
  const days = await Promise.all(
    debts.map(async ({ story }) => (await story.deadlines()).find(({ key }) => key === 'recovery:repay:1')?.lastDay),
  );
  const last = days.sort().at(-1) ?? '';
  const [next] = await world.rows<{ day: string }>('SELECT ($1::date + 1)::text AS day', [last]);
  await world.goTo(next?.day ?? '');
};

/** Another case of the same payee: 8,000 yuan asked for and not sent yet. */
async function asked(policyId = 'refund-with-set-off', by: Payee = payee) {
  const story = await approved(policyId, by);
  await runAll(world);
  const [row] = await world.rows<{ id: string }>("SELECT id FROM disbursements WHERE case_id = $1 AND state = 'requested'", [story.id]);
  return { story, disbursement: row?.id ?? '' };
}

const post = (as: string, path: string, body: object): Promise<Answer> => api.ask('POST', `/api/v1/recoveries/${path}`, { as, body });
const wish = (disbursementId: string, amountFen: string) => ({
  disbursementId,
  amountFen,
  reason: '另案应付',
  cite: '抵扣决定〔2020〕1号',
});

async function setOff(recovery: string, debt: CaseStory, disbursement: string, amountFen: string): Promise<Answer> {
  expect(await post('officer', `${recovery}/set-offs`, wish(disbursement, amountFen))).toMatchObject({ status: 200 });
  const proposal = (await debt.view()).proposals[0]?.proposal;
  return post('supervisor', `${recovery}/set-offs`, { proposal });
}
const choices = async (recovery: string) => (await api.ask('GET', `/api/v1/recoveries/${recovery}/set-offs`, { as: 'officer' })).body;
/** The packet of a case as somebody reads it from a file. */
async function packetOf({ id: caseId }: CaseStory, payment: string | null = null): Promise<Packet> {
  const read = await readPacket(world.house, world.by('auditor'), { caseId, payment, signedLines: false });
  if (!read) throw new Error('no packet');
  return JSON.parse(JSON.stringify(read)) as Packet;
}
const findingsOf = (packet: Packet): string[] =>
  checkPacket(world.house.policies, packet).findings.map(({ kind, text }) => `${kind}: ${text.en}`);
/** Somebody changes what was set off, in the one place or the other, and seals it anew. */
function forged(packet: Packet, place: 'story' | 'witnesses', change: Record<string, unknown>): Packet {
  const copy = structuredClone(packet);
  const [first] = (place === 'story' ? copy.story.setOffs : copy.witnesses.setOffs) ?? [];
  Object.assign(first ?? {}, change);
  return { ...copy, seal: sealOf(copy) };
}
const asOwnPerson = (sql: string) => world.database.transaction(world.by('supervisor'), (tx) => tx.query(sql));
const owed = async ({ story }: { readonly story: CaseStory }) => (await story.view()).recovery?.outstandingFen;
const states = () => world.rows<{ state: string }>('SELECT state FROM set_offs ORDER BY id');
const fault = (kind: string, more: Record<string, unknown> = {}) => bank.call('POST', '/faults', { kind, ...more });

describe('a debt kept back of a payment of another case', () => {
  let debt: Awaited<ReturnType<typeof debtor>>;
  let silent: Awaited<ReturnType<typeof debtor>>;
  let early: Awaited<ReturnType<typeof choices>>;
  beforeAll(async () => {
    debt = await debtor();
    early = await choices(debt.recovery);
    silent = await debtor('job-stabilisation-refund');
    await overdue(debt, silent);
  });

  it('is refused by the name of the policy that has no clause for it, whichever of the two it is', async () => {
    const [paying, plain] = [await asked(), await asked('job-stabilisation-refund', await newPayee(world, 'enterprise', sandboxDistrict))];
    const answers = [
      await post('officer', `${silent.recovery}/set-offs`, wish(paying.disbursement, '100000')),
      await post('officer', `${debt.recovery}/set-offs`, wish(plain.disbursement, '100000')),
    ];
    for (const { status, body } of answers) {
      expect([status, body['code']]).toEqual([409, 'set-off-not-permitted']);
      expect(body['detail']).toMatch(/稳岗返还.*没有任何条款允许抵扣/);
    }
    const [barred, possible] = [await choices(silent.recovery), await choices(debt.recovery)];
    expect(barred).toMatchObject({ barred: { zh: expect.stringMatching(/没有任何条款允许抵扣/) }, cite: null, payments: [], setOffs: [] });
    expect(possible).toMatchObject({ barred: null, cite: { doc: '示例办法' }, openFen: '400000' });
    expect(possible['payments']).toMatchObject([
      { disbursementId: paying.disbursement, mostFen: '400000', refusal: null, cite: { clause: '第八条' } },
    ]);
    await payWhatIsDue(world);
  });

  it('is only of the same payee, out of what is not sent, and not more than the payment or the debt', async () => {
    const [paying, other] = [await asked(), await asked('refund-with-set-off', await newPayee(world, 'enterprise', sandboxDistrict))];
    const code = async (disbursement: string, amountFen: string) =>
      (await post('officer', `${debt.recovery}/set-offs`, wish(disbursement, amountFen))).body['code'];
    expect(await code(other.disbursement, '100000')).toBe('set-off-not-possible');
    expect(await code(paying.disbursement, '800001')).toBe('set-off-not-possible');
    expect(await code(paying.disbursement, '400001')).toBe('event-not-allowed');
    const [own] = await world.rows<{ id: string }>('SELECT id FROM disbursements WHERE case_id = $1', [debt.story.id]);
    expect(await code(own?.id ?? '', '1')).toBe('set-off-not-possible');
    await payWhatIsDue(world);
    expect(await code(paying.disbursement, '100000')).toBe('set-off-not-possible');
    expect((await choices(debt.recovery))['payments']).toEqual([]);
  });

  it('is not offered while the payment is on hold, or the time for repayment still runs', async () => {
    expect(early).toMatchObject({ barred: { zh: expect.stringMatching(/退款期限未过/) }, cite: { doc: '示例办法' }, payments: [] });
    const held = await asked();
    await held.story.hear('supervisor', 'case.held', { reason: '核查' });
    expect((await choices(debt.recovery))['payments']).toMatchObject([
      { disbursementId: held.disbursement, mostFen: '0', refusal: { zh: '不能抵扣：该案件已暂停付款。' } },
    ]);
    expect((await post('officer', `${debt.recovery}/set-offs`, wish(held.disbursement, '1'))).body['code']).toBe('set-off-not-possible');
    await held.story.hear('supervisor', 'case.released', { reason: '查清' });
    await payWhatIsDue(world);
  });

  it('two people agree on; the rest is paid and says so; it is owed again when the rest comes back', async () => {
    const paying = await asked();
    expect(await post('approver', `${debt.recovery}/set-offs`, wish(paying.disbursement, '300000'))).toMatchObject({ status: 200 });
    const proposal = (await debt.story.view()).proposals[0]?.proposal;
    expect((await post('approver', `${debt.recovery}/set-offs`, { proposal })).body['code']).toBe('event-not-allowed');
    expect(await states()).toEqual([]);
    expect(await post('supervisor', `${debt.recovery}/set-offs`, { proposal })).toMatchObject({ status: 200 });
    expect([await owed(debt), (await paying.story.view()).paidFen]).toEqual(['100000', '300000']);
    expect(await debt.story.view()).toMatchObject({ recoveredFen: '300000', setOffFen: '300000' });
    expect(await paying.story.tranche('payment')).toMatchObject({ amountFen: '500000', setOffFen: '300000' });
    expect((await trialBalance(world))['2105']).toBe(0n);

    await payWhatIsDue(world);
    const [transfer] = await world.rows<{ fen: string; words: string; reference: string }>(
      `SELECT t.end_to_end_id AS reference, t.amount_fen::text AS fen, t.remittance AS words FROM transfers t JOIN disbursements d ON d.id = t.disbursement_id WHERE d.case_id = $1`,
      [paying.story.id],
    );
    expect(transfer?.fen).toBe('500000');
    expect(transfer?.words).toMatch(/ 已抵扣应退款3000.00元$/);
    const explained = await api.ask('GET', `/api/v1/cases/${paying.story.id}/explanation`, { as: 'supervisor' });
    expect(explained.body['setOffs']).toMatchObject([{ side: 'payment', amountFen: '300000', state: 'active', cite: { doc: '示例办法' } }]);
    const listed = await api.ask('GET', `/api/v1/recoveries?caseId=${debt.story.id}`, { as: 'maker' });
    expect(listed.body.items).toMatchObject([{ state: 'overdue', setOffFen: '300000', receivedFen: '0' }]);

    await bank.call('POST', `/returns/${transfer?.reference}`, { code: 'MD06', text: '收款人退回' });
    await until('the payment to come back', async () => {
      await readBankFeed(world.house, world.house.bank!);
      return (await states()).at(-1)?.state !== 'active';
    });
    await runAll(world);
    expect((await states()).at(-1)).toEqual({ state: 'restored' });
    expect(await owed(debt)).toBe('400000');
    expect((await choices(debt.recovery))['setOffs']).toMatchObject([
      { payingCaseId: paying.story.id, amountFen: '300000', state: 'restored' },
    ]);
    expect((await debt.story.view()).setOffFen).toBeUndefined();
    expect(await paying.story.view()).toMatchObject({ paidFen: '0' });
    expect(await paying.story.tranche('payment')).toMatchObject({ amountFen: '800000' });
    await payWhatIsDue(world);
    expect(await paying.story.view()).toMatchObject({ paidFen: '800000', standing: 'closed' });

    const told = { amountFen: '300000', cite: { doc: '示例办法' } };
    const [owing, paid] = [await packetOf(debt.story), await packetOf(paying.story, 'payment')];
    expect(owing.story.setOffs).toMatchObject([{ ...told, side: 'debt', undone: { type: 'recovery.restored' } }]);
    expect(paid.story.setOffs).toMatchObject([{ ...told, side: 'payment', undone: { type: 'disbursement.returned' } }]);
    expect(paid.witnesses.setOffs).toMatchObject([{ amountFen: '300000', state: 'restored', disbursementId: paying.disbursement }]);
    expect([findingsOf(owing), findingsOf(paid)]).toEqual([[], []]);
    expect(packetPage(paid)).toMatch(/抵另案应退款.*3,?000\.00.*撤销，债务恢复/s);
    for (const packet of [owing, paid]) {
      expect(findingsOf(forged(packet, 'witnesses', { amountFen: '300001' }))).toEqual([
        expect.stringMatching(/^payment-differs: set-off/),
      ]);
      expect(findingsOf(forged(packet, 'witnesses', { state: 'active' }))).toEqual([expect.stringMatching(/^payment-differs: set-off/)]);
      expect(findingsOf(forged(packet, 'story', { amountFen: '300001' }))[0]).toMatch(/^story-differs: story.setOffs.0.amountFen/);
    }
    const { setOffs: _, ...without } = paid.witnesses;
    const silent = { ...paid, witnesses: without };
    expect(findingsOf({ ...silent, seal: sealOf(silent) })).toEqual([expect.stringMatching(/^payment-differs: set-off/)]);
  });

  it('is owed again when the rest is refused, and the payment is due as it was', async () => {
    const paying = await asked();
    expect(await setOff(debt.recovery, debt.story, paying.disbursement, '100000')).toMatchObject({ status: 200 });
    await fault('reject', { code: 'NARR', text: '其他原因' });
    await payWhatIsDue(world);
    expect([await owed(debt), (await states()).at(-1)]).toEqual(['400000', { state: 'restored' }]);
    await bank.call('DELETE', '/faults');
    await payWhatIsDue(world);
    expect(await paying.story.view()).toMatchObject({ paidFen: '800000', standing: 'closed' });
  });

  it('may be all that is owed and pays off the recovery; nobody says one side of it alone', async () => {
    const [paying, unpublished] = [await asked(), await asked('refund-tampered')];
    expect((await setOff(debt.recovery, debt.story, unpublished.disbursement, '400000')).body['code']).toBe('set-off-not-permitted');
    const [proposal] = (await debt.story.view()).proposals;
    await debt.story.hear('supervisor', 'correction.dismissed', { proposal: proposal?.proposal });
    const [of] = await world.rows<{ fund: string }>('SELECT fund_id AS fund FROM disbursements WHERE id = $1', [paying.disbursement]);
    const data = { payment: 'payment', amountFen: '1', fund: of?.fund, setOff: v7(), debtorCase: debt.story.id };
    const alone = await paying.story.tell('supervisor', 'payment.setOff', data);
    expect(!alone.ok && alone.code).toBe('set-off-not-possible');

    expect(await setOff(debt.recovery, debt.story, paying.disbursement, '400000')).toMatchObject({ status: 200 });
    const skipped = asOwnPerson("UPDATE set_offs SET state = 'restored', ended_on = '2021-01-01' WHERE state = 'active'");
    await expect(skipped).rejects.toMatchObject({ constraint: 'set_offs_moves' });
    await expect(asOwnPerson('DELETE FROM set_offs')).rejects.toMatchObject({ code: '42501' });
    expect((await debt.story.view()).standing).toBe('closed');
    await payWhatIsDue(world);
    expect(await paying.story.view()).toMatchObject({ paidFen: '800000', standing: 'closed' });
    const packet = await packetOf(paying.story);
    expect(packet.story.setOffs).toMatchObject([{ side: 'payment', amountFen: '400000', undone: null }]);
    expect([findingsOf(packet), findingsOf(await packetOf(debt.story))]).toEqual([[], []]);
  });
});
