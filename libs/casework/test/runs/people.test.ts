import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { advanceRuns, beginFromBooks, beginRun, verifyCase } from '@tranche/casework';
import { systemActor } from '@tranche/database';
import { maskIdNumber } from '@tranche/identifiers';
import { policies, workedExamples } from '@tranche/policies';
import { AnyCase, everywhere, fund, inventId, newPayee, sealing } from '../../../../test/support/any-case.js';
import { openWorld, type World } from '../../../../test/support/world.js';
import { openField } from '../../src/field-cipher.js';
import { answerOf, asked, csv, direct, extractOf, peopleHeader, personLine, Story, sounds } from './run-world.js';

jest.setTimeout(60_000);

let world: World;
beforeAll(async () => {
  world = await openWorld();
});
afterAll(() => world.close());

describe('a price subsidy for whom our own books show to have drawn benefit in the month', () => {
  const benefit = policies().find(({ id, jurisdiction }) => id === 'unemployment-insurance-benefit' && jurisdiction === 'CN-2102')!;
  const example = workedExamples(benefit.id).find(({ period, expect: { eligible }, set }) => period && eligible === true && !set)!;
  const facts = { declaredOn: '', monthFrom: '', monthTo: '', cpiRise: 35, foodRise: 0 };
  const told = () => ({
    ...facts,
    declaredOn: `${example.period!.id}-20`,
    monthFrom: `${example.period!.id}-01`,
    monthTo: `${example.period!.id}-28`,
  });

  it('is built, checked, approved and opened in bulk as any run; declared again it is the same run, and nobody is paid twice', async () => {
    const wide = everywhere(world);
    const people = [
      await AnyCase.open(wide, benefit, example),
      await AnyCase.open(wide, benefit, example),
      await AnyCase.open(wide, benefit, example),
    ];
    for (const lived of people) await lived.intake();
    const [first, second] = people as [AnyCase, AnyCase, AnyCase];
    for (const lived of [first, second]) await lived.claim();
    const begin = (given: object) =>
      beginFromBooks(wide.house, asked(wide.by('officer')), {
        policyId: 'temporary-price-subsidy',
        jurisdiction: 'CN-2102',
        facts: { ...told(), ...given },
      });
    expect(await begin({ monthTo: '' })).toMatchObject({ ok: false, code: 'facts-invalid' });
    const { id, lineCount } = answerOf(await begin({}));
    expect(lineCount).toBe(2);
    expect(answerOf(await begin({})).id).toBe(id);
    const books = new Story(wide, wide.house);
    await advanceRuns(wide.house, 'test');
    expect((await books.lines(id)).map(({ outcome }) => outcome)).toEqual(['included', 'included']);
    await books.approved(id);
    await fund(wide, ['F11'], first.payee.actor.district ?? '210200', Number((await world.today()).slice(0, 4)));
    await advanceRuns(wide.house, 'test');
    const cases = await world.rows<{ organisationId: string; state: string }>(
      'SELECT organisation_id AS "organisationId", standing AS state FROM cases WHERE policy_id = \'temporary-price-subsidy\' ORDER BY organisation_id',
    );
    expect(cases.map(({ organisationId }) => organisationId)).toEqual([first, second].map(({ payee }) => payee.organisationId).sort());
    await first.pay();
    expect(
      await world.rows(
        "SELECT d.amount_fen::text AS fen, d.state FROM disbursements d JOIN cases c ON c.id = d.case_id WHERE c.policy_id = 'temporary-price-subsidy'",
      ),
    ).toEqual(Array(2).fill({ fen: '5000', state: expect.stringMatching(/requested|settled/) }));
    const again = answerOf(await begin({ cpiRise: 36 }));
    await advanceRuns(wide.house, 'test');
    expect((await books.lines(again.id)).map(({ outcome, reason }) => [outcome, reason?.code])).toEqual(
      Array(2).fill(['excluded', 'exclusion']),
    );
  });

  it('is never taken from another place: an office of all places names one, and where no such policy is in force there is no run', async () => {
    const wide = everywhere(world);
    const begin = (jurisdiction?: string) =>
      beginFromBooks(wide.house, asked(wide.by('officer')), {
        policyId: 'temporary-price-subsidy',
        facts: told(),
        ...(jurisdiction === undefined ? {} : { jurisdiction }),
      });
    expect(await begin()).toMatchObject({ ok: false, code: 'data-invalid', errors: [{ field: 'jurisdiction' }] });
    expect(await begin('CN-2103')).toMatchObject({ ok: false, code: 'data-invalid' });
    const elsewhere = { ...wide.by('officer'), district: '210300' };
    expect(await beginFromBooks(wide.house, asked(elsewhere), { policyId: 'temporary-price-subsidy', facts: told() })).toMatchObject({
      ok: false,
      code: 'data-invalid',
    });
  });

  describe('with an extract of people who draw elsewhere', () => {
    const header = `${peopleHeader},开户名称`;
    const begin = (text: string, given: object = {}) => {
      const wide = everywhere(world);
      const asks = {
        policyId: 'temporary-price-subsidy',
        jurisdiction: 'CN-2102',
        facts: { ...told(), ...given },
        extract: extractOf(text),
      };
      return beginRun(wide.house, asked(wide.by('officer')), asks, sealing);
    };
    const idOf = async (organisationId: string): Promise<string> => {
      const [row] = await world.rows<{ keyId: string; sealed: Buffer }>(
        'SELECT key_id AS "keyId", id_cipher AS sealed FROM citizens WHERE organisation_id = $1',
        [organisationId],
      );
      return openField(sealing.keys, row!, `citizens.id_cipher:${organisationId}`);
    };

    it('screens every line, joins our own people, opens each person once, and keeps identity numbers out of sight', async () => {
      const wide = everywhere(world);
      const books = new Story(wide, wide.house);
      const drew = await AnyCase.open(wide, benefit, example);
      await drew.intake();
      await drew.claim();
      const known = await newPayee(wide, 'citizen', '210200');
      const [own, registered] = [await idOf(drew.payee.organisationId), await idOf(known.organisationId)];
      const n = 20_000;
      const lines: readonly (readonly [string, object | string, string])[] = [
        ['sound', {}, 'included'],
        ['draws nothing', { draws: '否' }, 'rule'],
        ['not known whether', { draws: '' }, 'facts-missing'],
        ['no account', { account: '' }, 'account-missing'],
        ['slip in a card', { account: '6228001000000000074' }, 'account-check-failed'],
        ['another holder', { holder: '李样他' }, 'account-of-another'],
        ['number too short', { id: '2102021990' }, 'id-malformed'],
        ['no such birthday', { id: '210202199002301236' }, 'id-birth-date'],
        ['slip in the number', { id: inventId(n).replace(/.$/, (last) => (last === '1' ? '2' : '1')) }, 'id-check-failed'],
        ['no name', { name: 'A1' }, 'name-malformed'],
        ['the first again', { id: inventId(n), account: '955800001' }, 'duplicate-line'],
        ['account of the next', { account: '955877777' }, 'account-shared'],
        ['account of the one before', { account: '955877777' }, 'account-shared'],
        ['on our books', { id: own, name: '张小明' }, 'known-from-books'],
        ['registered, account known', { id: registered, name: '张小明', account: '' }, 'included'],
        ['a cell too few', '1,2', 'line-unreadable'],
      ];
      const text = csv(
        lines.map(([, change], at) =>
          typeof change === 'string' ? change : personLine(n + at, { holder: '张样明', ...nameIsHolder(change) }),
        ),
        header,
      );
      const { id: runId, lineCount } = answerOf(await begin(text));
      expect(lineCount).toBeGreaterThan(lines.length);
      expect(answerOf(await begin(text)).id).toBe(runId);
      await advanceRuns(wide.house, 'test');
      const screened = await books.lines(runId);
      const said = screened.slice(0, lines.length).map(({ outcome, reason }) => reason?.code ?? outcome);
      expect(lines.map(([what], at) => [what, said[at]])).toEqual(lines.map(([what, , expected]) => [what, expected]));
      const ours = screened.filter(({ fromBooks }) => fromBooks);
      expect(ours.map(({ row }) => row).every((row) => row > lines.length + 1)).toBe(true);
      expect(ours.map(({ outcome, reason }) => reason?.code ?? outcome).sort()).toEqual(['exclusion', 'exclusion', 'included']);
      const everything = JSON.stringify([screened, await world.rows('SELECT to_jsonb(l) AS line FROM no_application_lines l')]);
      for (const number of [own, registered, inventId(n)]) expect(everything).not.toContain(number);
      expect(screened[0]).toMatchObject({ idMasked: maskIdNumber(inventId(n)), name: '张**' });
      await books.approved(runId);
      await advanceRuns(wide.house, 'test');
      const opened = (await books.lines(runId)).filter(({ caseId }) => caseId !== null);
      expect(opened.map(({ row }) => row)).toEqual([2, 16, ours.find(({ outcome }) => outcome === 'included')?.row]);
      for (const { caseId } of opened) expect(await verifyCase(wide.house, systemActor('test'), caseId ?? '')).toMatchObject({ ok: true });
      const [first] = await world.rows<{ id: string }>('SELECT organisation_id AS id FROM cases WHERE id = $1', [opened[0]?.caseId]);
      expect(await idOf(first?.id ?? '')).toBe(inventId(n));
      const again = answerOf(await begin(text, { foodRise: 70 }));
      await advanceRuns(wide.house, 'test');
      expect((await books.lines(again.id)).filter(({ outcome }) => outcome === 'included')).toEqual([]);
    });

    it.each([
      ['facts that each line says', 'refund-direct-pay-micro', csv(sounds(1)), { foodRise: 1 }, 'data-invalid', 'facts'],
      [
        'no month',
        'temporary-price-subsidy',
        csv([personLine(1)], peopleHeader),
        { monthFrom: undefined },
        'facts-invalid',
        'facts.monthFrom',
      ],
      [
        'what nobody declares',
        'temporary-price-subsidy',
        csv([personLine(1)], peopleHeader),
        { payeeKey: 'p-x' },
        'facts-invalid',
        'facts.payeeKey',
      ],
      ['firms', 'temporary-price-subsidy', csv(sounds(1)), {}, 'file-invalid', undefined],
    ])('that has %s is refused, and nothing is kept', async (_, policyId, text, change, code, field) => {
      const facts = JSON.parse(JSON.stringify(policyId === direct ? change : { ...told(), ...change }));
      const before = await world.rows('SELECT id FROM no_application_runs');
      const wide = everywhere(world);
      const refused = await beginRun(
        wide.house,
        asked(wide.by('officer')),
        { policyId, jurisdiction: 'CN-2102', facts, extract: extractOf(text) },
        sealing,
      );
      expect(refused).toMatchObject({ ok: false, code, ...(field ? { errors: [{ field }] } : {}) });
      expect(await world.rows('SELECT id FROM no_application_runs')).toEqual(before);
    });

    it('comes with the generator: what its first lines show is found', async () => {
      const out = execFileSync(
        process.execPath,
        [join(__dirname, '../../../../examples/people-extract.mjs'), '--people=12', '--districts=210200'],
        {
          encoding: 'utf8',
        },
      );
      const { id } = answerOf(await begin(out));
      const wide = everywhere(world);
      await advanceRuns(wide.house, 'test');
      const found = (await new Story(wide, wide.house).lines(id)).filter(({ fromBooks }) => !fromBooks);
      expect(found.map(({ outcome, reason }) => reason?.code ?? outcome)).toEqual([
        ...['account-shared', 'rule', 'account-missing', 'account-unconfirmed', 'account-check-failed'],
        ...['account-of-another', 'id-check-failed', 'duplicate-line', 'account-shared', 'included', 'included', 'included'],
      ]);
    });
  });
});

const nameIsHolder = (change: { name?: string; holder?: string }) =>
  change.name !== undefined && change.holder === undefined ? { ...change, holder: change.name } : change;
