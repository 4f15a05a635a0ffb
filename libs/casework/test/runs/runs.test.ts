import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import {
  advanceRuns,
  approveList,
  beginRun,
  confirmAccount,
  confirmList,
  optOut,
  previewRun,
  readOwnLines,
  runEffects,
  shownReason,
  verifyCase,
} from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { policies, policyVersion, workedExamples } from '@tranche/policies';
import { AnyCase, everywhere, sealing } from '../../../../test/support/any-case.js';
import { another, openWorld, type World } from '../../../../test/support/world.js';
import { answerOf, asked, code, csv, extractOf, type Firm, headerLine, lineOf, Story, sounds } from './run-world.js';

jest.setTimeout(60_000);

let world: World;
let story: Story;
beforeAll(async () => {
  world = await openWorld();
  story = new Story(world);
});
afterAll(() => world.close());

/** Firms of a test have codes of their own: an organisation or a claim of one test is none of another. */
let used = 1_000;
const fresh = (count = 1): number => {
  used += count;
  return used - count;
};

describe('the screening', () => {
  const rules = (...ids: string[]) => ({ outcome: 'excluded', code: 'rule', rules: ids });
  const included = { outcome: 'included', code: null, rules: [] as string[] };
  const table: readonly (readonly [string, Firm, object])[] = [
    ['10人', {}, included],
    ['11人', { insuredHeadcount: '11', staff: '11' }, rules('few-staff')],
    ['10人裁2人即20%', { benefitClaimants: '2' }, included],
    ['10人裁3人', { benefitClaimants: '3' }, rules('few-layoffs')],
    ['5人裁1人即20%', { insuredHeadcount: '5', benefitClaimants: '1' }, included],
    ['小型', { firmSize: '小型' }, included],
    ['中型', { firmSize: '中型' }, rules('small-or-micro')],
    ['30人裁6人即20%', { insuredHeadcount: '30', benefitClaimants: '6', firmSize: '小型' }, rules('few-staff')],
    ['30人裁7人', { insuredHeadcount: '30', benefitClaimants: '7', firmSize: '小型' }, rules('few-layoffs', 'few-staff')],
    ['31人裁2人', { insuredHeadcount: '31', benefitClaimants: '2', firmSize: '小型' }, rules('few-layoffs', 'few-staff')],
    ['200人裁11人即5.5%', { insuredHeadcount: '200', benefitClaimants: '11', firmSize: '小型' }, rules('few-staff')],
    ['100人裁6人', { insuredHeadcount: '100', benefitClaimants: '6', firmSize: '小型' }, rules('few-layoffs', 'few-staff')],
    ['5000人裁180人', { insuredHeadcount: '5000', benefitClaimants: '180', firmSize: '大型' }, rules('small-or-micro', 'few-staff')],
    [
      '5000人裁181人即3.62%',
      { insuredHeadcount: '5000', benefitClaimants: '181', firmSize: '大型' },
      rules('few-layoffs', 'small-or-micro', 'few-staff'),
    ],
    ['未参保', { insured: '否' }, rules('insured-enterprise')],
    ['已注销', { inBusiness: '否' }, rules('in-business')],
    ['失信', { dishonest: '是' }, rules('honest')],
    ['未缴费', { employer: '0', employee: '0' }, { outcome: 'excluded', code: 'nothing-to-pay', rules: [] }],
    ['规模不详', { firmSize: '' }, { outcome: 'excluded', code: 'facts-missing', rules: expect.arrayContaining(['small-or-micro']) }],
    ['负数', { benefitClaimants: '-1' }, { outcome: 'excluded', code: 'fact-negative', rules: [] }],
    ['文字', { staff: '三人' }, { outcome: 'excluded', code: 'fact-type', rules: [] }],
    ['三位小数', { employer: '1.234' }, { outcome: 'excluded', code: 'fact-type', rules: [] }],
    [
      '校验位不符',
      { uscc: code(7).replace(/.$/, (last) => (last === '1' ? '2' : '1')) },
      { outcome: 'excluded', code: 'uscc-check-failed', rules: [] },
    ],
    ['代码不全', { uscc: '9121' }, { outcome: 'excluded', code: 'uscc-malformed', rules: [] }],
    ['外地', { district: '210102' }, { outcome: 'excluded', code: 'district-outside', rules: [] }],
    ['区划不明', { district: '大连' }, { outcome: 'excluded', code: 'district-unknown', rules: [] }],
    ['没有账户', { accountNo: '' }, { outcome: 'pending', code: 'account-missing', rules: [] }],
    ['账户未核验', { accountKnown: '否' }, { outcome: 'pending', code: 'account-unconfirmed', rules: [] }],
    ['账号不全', { accountNo: '12' }, { outcome: 'pending', code: 'account-malformed', rules: [] }],
  ];
  let lines: Awaited<ReturnType<Story['lines']>>;
  beforeAll(async () => {
    const from = fresh(table.length);
    lines = await story.lines(await story.screened(csv(table.map(([, firm], index) => lineOf(from + index, firm)))));
  });

  it.each(table.map(([name, , expected], index) => [name, index, expected] as const))('judges %s', (_, index, expected) => {
    const line = lines[index];
    expect({ outcome: line?.outcome, code: line?.reason?.code ?? null, rules: line?.reason?.rules ?? [] }).toEqual(expected);
  });

  it('refunds 80 % of the premiums, in fen, and says from which fund', () => {
    expect(lines[0]).toMatchObject({ row: 2, fen: '800000', fund: 'F2' });
  });

  it('names each rule with its clause', () => {
    const policy = policyVersion('refund-direct-pay-micro', '2020-11-24', 'CN-2102');
    const shown = policy && lines[1]?.reason && shownReason(policy, lines[1].reason);
    expect(shown?.rules).toEqual([expect.objectContaining({ id: 'few-staff', cite: expect.objectContaining({ clause: '二' }) })]);
  });

  it('takes a firm once, and names the earlier row', async () => {
    const n = fresh();
    const runId = await story.screened(csv([lineOf(n), lineOf(n, { employer: '9' }), lineOf(fresh()), lineOf(n)]));
    const told = (await story.lines(runId)).map(({ row, outcome, reason }) => [row, outcome, reason?.row ?? null]);
    expect(told).toEqual([
      [2, 'included', null],
      [3, 'excluded', 2],
      [4, 'included', null],
      [5, 'excluded', 2],
    ]);
  });

  it('keeps a line that cannot be read as such', async () => {
    const runId = await story.screened(csv([lineOf(fresh()).split(',').slice(0, 9).join(','), `"${lineOf(fresh())}`, lineOf(fresh())]));
    expect((await story.lines(runId)).map(({ outcome, reason }) => [outcome, reason?.code])).toEqual([
      ['excluded', 'line-unreadable'],
      ['excluded', 'line-unreadable'],
      ['included', undefined],
    ]);
  });
});

describe('an extract', () => {
  it('is the same run however often it is sent', async () => {
    const text = csv(sounds(3, fresh(3)));
    const first = answerOf(await story.begin(text));
    const again = answerOf(await story.begin(text));
    expect(again.id).toBe(first.id);
    expect(await story.lines(first.id)).toHaveLength(3);
  });

  it.each([
    ['lacks a column', csv(sounds(1), headerLine.replace('在营', '状态')), 'file-invalid'],
    ['has a column twice', csv(sounds(1), headerLine.replace('在营', '企业规模')), 'file-invalid'],
    ['has no line', csv([]), 'file-invalid'],
    ['is nothing', 'x', 'file-invalid'],
  ])('that %s is refused', async (_, text, expected) => {
    const before = await world.rows('SELECT id FROM no_application_runs');
    expect(await story.begin(text)).toMatchObject({ ok: false, code: expected });
    expect(await world.rows('SELECT id FROM no_application_runs')).toEqual(before);
  });

  it('is for a policy that needs no application', async () => {
    const asks = { policyId: 'job-stabilisation-refund', jurisdiction: 'CN-2102', extract: extractOf(csv(sounds(1))) };
    expect(await beginRun(world.house, asked(world.by('officer')), asks, sealing)).toMatchObject({ ok: false, code: 'data-invalid' });
  });
});

describe('the cases of an approved list', () => {
  it('stand approved, one for each firm, provable event by event, due within five working days of the approval', async () => {
    const from = fresh(5);
    const runId = await story.opened(csv([...sounds(4, from), lineOf(from + 4, { insuredHeadcount: '11' })]));
    const lines = await story.lines(runId);
    expect(lines.map(({ outcome, caseId }) => [outcome, caseId !== null])).toEqual([
      ...Array.from({ length: 4 }, () => ['included', true]),
      ['excluded', false],
    ]);
    expect((await story.list(runId, 'opened')).opened).toBe(4);
    for (const { caseId } of lines.slice(0, 4))
      expect(await verifyCase(world.house, systemActor('test'), caseId ?? '')).toMatchObject({ ok: true, events: 5 });
    const [row] = await world.rows<{
      state: string;
      events: string[];
      duties: number;
      due: string;
      kind: string;
      fen: string;
      from: string;
    }>(
      `SELECT c.state, (SELECT array_agg(e.type ORDER BY e.seq) FROM case_events e WHERE e.case_id = c.id) AS events,
         (SELECT count(*)::int FROM case_duties d WHERE d.case_id = c.id) AS duties, d.last_day AS due, d.kind, d.from_date AS "from", c.snapshot::jsonb #>> '{context,entitledFen}' AS fen
       FROM cases c JOIN deadlines d ON d.case_id = c.id AND d.status = 'running' WHERE c.id = $1`,
      [lines[0]?.caseId],
    );
    expect(row).toMatchObject({
      events: ['case.opened', 'application.screened', 'application.confirmed', 'application.reviewed', 'application.approved'],
      duties: 3,
      from: '2020-11-25',
      due: '2020-12-02',
      kind: 'statutory',
      fen: '800000',
    });
  });

  it('are asked for their payment, and may be withdrawn by nobody twice', async () => {
    const runId = await story.opened(csv([lineOf(fresh())]));
    const [line] = await story.lines(runId);
    await runEffects(world.house, 'test');
    const rows = await world.rows('SELECT state, amount_fen FROM disbursements WHERE case_id = $1', [line?.caseId]);
    expect(rows).toEqual([{ state: 'requested', amount_fen: 800000n }]);
  });

  it('make the firm known, with the account of the signed line as its approved one', async () => {
    const n = fresh();
    const runId = await story.opened(csv([lineOf(n, { accountNo: '6228000000000000077' })]));
    const [row] = await world.rows(
      `SELECT o.kind, o.status, o.district, a.account_no AS account, a.state, a.proposed_by = $2 AS "byOfficer", a.decided_by = $3 AS "byApprover"
       FROM organisations o JOIN payee_accounts a ON a.organisation_id = o.id WHERE o.uscc = $1`,
      [code(n), world.by('officer').userId, world.by('approver').userId],
    );
    expect(row).toEqual({
      kind: 'enterprise',
      status: 'active',
      district: '210200',
      account: '6228000000000000077',
      state: 'approved',
      byOfficer: true,
      byApprover: true,
    });
    expect((await story.lines(runId))[0]?.caseId).not.toBeNull();
  });

  it('are not opened again by another extract of the year: the case is named', async () => {
    const n = fresh();
    const first = await story.opened(csv([lineOf(n)]));
    const [before] = await story.lines(first);
    const second = await story.screened(csv([lineOf(n, { employer: '7000' })]));
    const [row] = await world.rows<{ caseNo: string }>('SELECT case_no AS "caseNo" FROM cases WHERE id = $1', [before?.caseId]);
    expect((await story.lines(second))[0]).toMatchObject({ outcome: 'excluded', reason: { code: 'exclusion', caseNo: row?.caseNo } });
  });

  it('that were refunded on application are left out, by the case that says so; so are those refunded without, when they apply', async () => {
    const applied = policies().find(({ id, jurisdiction }) => id === 'job-stabilisation-refund' && jurisdiction === 'CN-2102')!;
    const [example] = workedExamples(applied.id);
    const refunded = await AnyCase.open(everywhere(world), applied, example!);
    await refunded.say('application.submitted');
    await refunded.say('application.accepted');
    const [firm] = await world.rows<{ uscc: string }>('SELECT uscc FROM organisations WHERE id = $1', [refunded.payee.organisationId]);
    const other = fresh();
    const runId = await story.opened(csv([lineOf(other), lineOf(fresh(), { uscc: firm!.uscc })]));
    const lines = await story.lines(runId);
    expect(lines.map(({ outcome, reason }) => [outcome, reason?.code])).toEqual([
      ['included', undefined],
      ['excluded', 'exclusion'],
    ]);
    expect(lines[1]?.reason).toMatchObject({ caseNo: await refunded.caseNo() });

    const [direct] = await world.rows<{ organisationId: string; payeeAccountId: string }>(
      `SELECT c.organisation_id AS "organisationId", c.payee_account_id AS "payeeAccountId" FROM cases c WHERE c.id = $1`,
      [lines[0]?.caseId],
    );
    const payee = { ...refunded.payee, ...direct!, actor: { ...refunded.payee.actor, organisationId: direct!.organisationId } };
    const late = await AnyCase.open(everywhere(world), applied, example!, { payee });
    await late.say('application.submitted');
    expect(await late.try('application.accepted')).toMatchObject({ ok: false, code: 'exclusion-conflict' });
  });

  it('are not opened where another list was faster: found out when the case would be opened', async () => {
    const n = fresh();
    const [first, second] = [
      await story.screened(csv([lineOf(n)])),
      await story.screened(csv([lineOf(n, { employee: '1' }), lineOf(fresh())])),
    ];
    await story.approved(first);
    await story.approved(second);
    await expect(advanceRuns(world.house, 'test')).resolves.toBeGreaterThan(0);
    const both = [(await story.lines(first))[0], (await story.lines(second))[0]];
    expect(both.map((line) => line?.outcome).sort()).toEqual(['excluded', 'included']);
    expect(both.filter((line) => line?.caseId).length).toBe(1);
    expect((await story.lines(second))[1]?.caseId).not.toBeNull();
  });
});

describe('four eyes', () => {
  it('whoever made the run neither checks nor approves it; whoever checked does not approve', async () => {
    const runId = await story.screened(csv([lineOf(fresh())]));
    const { contentHash } = await story.list(runId);
    const officer = world.by('officer');
    const hats = (role: 'reviewer' | 'approver', userId: string) => another(world.by(role), userId);
    expect(await confirmList(world.house, asked(hats('reviewer', officer.userId)), { runId, contentHash })).toMatchObject({
      code: 'four-eyes-required',
    });
    answerOf(await confirmList(world.house, asked(world.by('reviewer')), { runId, contentHash }));
    for (const userId of [officer.userId, world.by('reviewer').userId])
      await expect(approveList(world.house, asked(hats('approver', userId)), { runId, contentHash })).resolves.toMatchObject({
        code: 'four-eyes-required',
      });
    answerOf(await approveList(world.house, asked(world.by('approver')), { runId, contentHash }));
  });

  it('a list is approved once, and on the content that was confirmed', async () => {
    const runId = await story.screened(csv([lineOf(fresh())]));
    const wrong = 'ab'.repeat(32);
    expect(await confirmList(world.house, asked(world.by('reviewer')), { runId, contentHash: wrong })).toMatchObject({
      code: 'run-content-changed',
    });
    const contentHash = await story.confirmed(runId);
    expect(await approveList(world.house, asked(world.by('approver')), { runId, contentHash: wrong })).toMatchObject({
      code: 'run-content-changed',
    });
    const both = await Promise.all([1, 2].map(() => approveList(world.house, asked(world.by('approver')), { runId, contentHash })));
    expect(both.map((each) => (each.ok ? 'approved' : each.code)).sort()).toEqual(['already-decided', 'approved']);
  });

  it('a repeated request gets its first answer', async () => {
    const runId = await story.screened(csv([lineOf(fresh())]));
    const { contentHash } = await story.list(runId);
    const request = asked(world.by('reviewer'));
    const first = answerOf(await confirmList(world.house, request, { runId, contentHash }));
    expect(await confirmList(world.house, request, { runId, contentHash })).toMatchObject({ ok: true, replayed: true, answer: first });
  });
});

describe('the firm', () => {
  const enterpriseCode = async () =>
    (await world.rows<{ uscc: string }>('SELECT uscc FROM organisations WHERE id = $1', [world.seed.enterpriseId]))[0]?.uscc ?? '';

  it('opts out before the approval: its line falls off, the signed list stands', async () => {
    const runId = await story.screened(csv(sounds(2, fresh(2))));
    await story.confirmed(runId);
    answerOf(await optOut(world.house, asked(world.by('officer')), { runId, row: 2, reason: '不需要' }));
    const { contentHash } = await story.list(runId, 'confirmed');
    answerOf(await approveList(world.house, asked(world.by('approver')), { runId, contentHash }));
    await advanceRuns(world.house, 'test');
    expect((await story.lines(runId)).map(({ outcome, caseId }) => [outcome, caseId !== null])).toEqual([
      ['optedOut', false],
      ['included', true],
    ]);
  });

  it('confirms its account itself, is listed and paid; opts out afterwards by withdrawing its case, and not once more', async () => {
    const uscc = await enterpriseCode();
    const runId = await story.screened(csv([lineOf(0, { uscc, accountKnown: '否' }), lineOf(fresh())]));
    await story.approved(runId);
    await advanceRuns(world.house, 'test');
    const enterprise = world.by('enterprise');
    expect((await story.lines(runId))[0]).toMatchObject({ outcome: 'pending', caseId: null });
    expect((await readOwnLines(world.house, enterprise)).map(({ run, line }) => [run.id, line.row, line.outcome])).toEqual([
      [runId, 2, 'pending'],
    ]);
    expect(await confirmAccount(world.house, asked(enterprise), { runId, row: 3 })).toMatchObject({ code: 'not-found' });
    answerOf(await confirmAccount(world.house, asked(enterprise), { runId, row: 2 }));
    await story.approved(runId);
    await advanceRuns(world.house, 'test');
    const [line] = await story.lines(runId);
    expect(line).toMatchObject({ outcome: 'included', list: 2, caseId: expect.any(String) });
    expect(await verifyCase(world.house, systemActor('test'), line?.caseId ?? '')).toMatchObject({ ok: true });
    const out = { runId, row: 2, reason: '不需要' };
    expect(await optOut(world.house, asked(world.by('officer')), out)).toMatchObject({ ok: false, code: 'role-not-allowed' });
    answerOf(await optOut(world.house, asked(enterprise), out));
    const [row] = await world.rows('SELECT state FROM cases WHERE id = $1', [line?.caseId]);
    expect(row).toEqual({ state: 'withdrawn' });
    expect(await optOut(world.house, asked(enterprise), out)).toMatchObject({ ok: false, code: 'event-not-allowed' });
  });

  it('gives an account where there was none, through the office, and a bad one is refused', async () => {
    const runId = await story.screened(csv([lineOf(fresh(), { accountNo: '' })]));
    const given = { holderName: '样', accountNo: '6228 0000 0000 0000 099', bankNo: '102100099996', bankName: '示例银行' };
    const officer = world.by('officer');
    expect(await confirmAccount(world.house, asked(officer), { runId, row: 2 })).toMatchObject({ code: 'data-invalid' });
    expect(await confirmAccount(world.house, asked(officer), { runId, row: 2, account: { ...given, bankNo: '1' } })).toMatchObject({
      code: 'data-invalid',
    });
    answerOf(await confirmAccount(world.house, asked(officer), { runId, row: 2, account: given }));
    expect((await story.lines(runId))[0]).toMatchObject({ outcome: 'included', accountNo: '6228000000000000099' });
    expect(await confirmAccount(world.house, asked(officer), { runId, row: 2 })).toMatchObject({ code: 'run-state' });
  });
});

describe('the preview', () => {
  it('adds up by district and fund, and counts every line once', async () => {
    const from = fresh(6);
    const districts = ['210200', '210202', '210202', '210281', '210281', '210281'];
    const runId = await story.screened(csv(districts.map((district, index) => lineOf(from + index, { district }))));
    const { totals, outcomes } = await previewRun(world.house, world.by('supervisor'), runId);
    expect(totals.map(({ district, fund, lines, fen }) => [district, fund, lines, fen])).toEqual([
      ['210200', 'F2', 1, '800000'],
      ['210202', 'F2', 2, '1600000'],
      ['210281', 'F2', 3, '2400000'],
    ]);
    expect(outcomes.reduce((sum, { lines }) => sum + lines, 0)).toBe(6);
  });
});
