import { randomBytes } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { generateKeyFile, importList, listsOf, parseKeyFile } from '@tranche/casework';
import { policies, speaksOf, workExample, workedExamples } from '@tranche/policies';
import { v7 } from 'uuid';
import { AnyCase, everywhere } from '../../../../test/support/any-case.js';
import { useBankWorld } from '../../../../test/support/bank-world.js';
import { inventNumbers, listFile } from '../../../../test/support/list-file.js';

const { world } = useBankWorld();
const parsed = parseKeyFile(generateKeyFile(randomBytes));
if (!parsed.ok) throw new Error(parsed.code);
const sealing = { keys: parsed.keys, randomBytes };

/** A city's policy whose list of people is told with every month, and an example of such a month. */
const found = policies().flatMap((policy) => {
  const fact = listsOf(policy).find((name) => policy.facts[name]?.per === 'period');
  const example = workedExamples(policy.id).find((each) => {
    if (each.set || !each.period || !speaksOf(policy, each)) return false;
    const { eligible, inWindow } = workExample(policy, each);
    return eligible === true && inWindow;
  });
  return policy.jurisdiction === 'CN-2102' && fact && example ? [{ policy, fact, example }] : [];
})[0]!;
const { policy, fact, example } = found;
const { id: period, facts: told, claim = policy.plan.claims![0]!.id } = example.period!;
const others = Object.fromEntries(Object.entries(told).filter(([name]) => name !== fact));

async function bring(lived: AnyCase, content: string, data: object = { claim, period, facts: others }) {
  const all = everywhere(world);
  const key = v7();
  return importList(all.house, sealing, all.by('officer'), {
    caseId: lived.story.id,
    fact,
    data: data as Record<string, unknown>,
    fileName: 'list.csv',
    bytes: Buffer.from(content),
    key,
    requestSha256: key.replaceAll('-', '').padEnd(64, '0'),
  });
}
async function approved(): Promise<AnyCase> {
  const lived = await AnyCase.open(everywhere(world), policy, example);
  await lived.intake();
  await lived.begun(period);
  return lived;
}

describe('a list of people told with a month', () => {
  it('claims the month with tokens; numbers stand encrypted beside the case and nowhere else', async () => {
    const lived = await approved();
    const numberOf = inventNumbers();
    const content = listFile(policy, fact, told, numberOf);
    const { answer, report } = await bring(lived, content);
    expect(answer).toMatchObject({ ok: true, type: 'claim.filed' });
    expect(report).toMatchObject({ problems: [] });
    const people = await world.rows<{ masked: string; period: string }>(
      'SELECT id_masked AS masked, period FROM listed_people WHERE case_id = $1',
      [lived.story.id],
    );
    expect(people).toHaveLength((told[fact] as readonly unknown[]).length);
    expect(people[0]).toMatchObject({ period: `${claim}:${period}`, masked: expect.stringContaining('********') });
    const number = numberOf(String((told[fact] as readonly Record<string, unknown>[])[0]!['person']));
    const written = JSON.stringify([
      await world.rows('SELECT data, stamp FROM case_events WHERE case_id = $1', [lived.story.id]),
      await world.rows('SELECT facts FROM case_facts WHERE case_id = $1', [lived.story.id]),
      await world.rows('SELECT id_masked, name_masked FROM listed_people WHERE case_id = $1', [lived.story.id]),
      report,
    ]);
    expect(written).not.toContain(number);
    expect(written).toContain('"p-');
    await lived.finish();
    expect(await lived.story.view()).toMatchObject({ standing: 'closed' });
  });

  it('knows the same person in another case, by whoever employs him', async () => {
    const numberOf = inventNumbers();
    const content = listFile(policy, fact, told, numberOf);
    const [first, second] = [await approved(), await approved()];
    expect((await bring(first, content)).answer).toMatchObject({ ok: true });
    const { answer } = await bring(second, content);
    expect(answer).toMatchObject({ ok: false, code: 'exclusion-conflict' });
    expect(JSON.stringify(answer)).toContain(await first.caseNo());
    expect(await world.rows('SELECT id FROM listed_people WHERE case_id = $1', [second.story.id])).toEqual([]);
  });

  it('is refused with its row when a number is none, masked, and nothing is stored', async () => {
    const lived = await approved();
    const { answer, report } = await bring(
      lived,
      listFile(policy, fact, told, () => '210202199001010011'),
    );
    expect(answer).toMatchObject({ ok: false, code: 'import-refused' });
    expect(report?.problems[0]).toMatchObject({
      row: 2,
      field: 'idNumber',
      code: 'id-invalid',
      value: expect.stringContaining('********'),
    });
    expect(await world.rows('SELECT id FROM listed_people WHERE case_id = $1', [lived.story.id])).toEqual([]);
  });

  it('is the only way to name people: tokens typed by hand are refused, and so is a fact that is no list', async () => {
    const lived = await approved();
    const typed = await bring(lived, listFile(policy, fact, told, inventNumbers()), { claim, period, facts: { ...others, [fact]: [] } });
    expect(typed.answer).toMatchObject({ ok: false, errors: [{ code: 'fact-from-list' }] });
    const all = everywhere(world);
    const none = await importList(all.house, sealing, all.by('officer'), {
      caseId: lived.story.id,
      fact: 'payeeKind',
      fileName: 'list.csv',
      bytes: Buffer.from('a\n'),
      key: v7(),
      requestSha256: 'ab'.repeat(32),
    });
    expect(none.answer).toMatchObject({ ok: false, errors: [{ code: 'fact-not-a-list' }] });
  });
});

describe('a fact that is one person', () => {
  const lender = policies().find(({ facts }) => Object.values(facts).some(({ type, from }) => type === 'person' && from !== 'case'))!;
  const borrower = listsOf(lender)[0]!;
  const loan = workedExamples(lender.id).find((each) => speaksOf(lender, each) && !each.set)!;

  async function name(lived: AnyCase, rows: number) {
    const all = everywhere(world);
    const key = v7();
    const numberOf = inventNumbers();
    const lines = Array.from({ length: rows }, (_, row) => `学样一,${numberOf(`p${row}`)}`);
    return importList(all.house, sealing, all.by('officer'), {
      caseId: lived.story.id,
      fact: borrower,
      event: 'application.accepted',
      fileName: 'list.csv',
      bytes: Buffer.from(`姓名,身份证号\r\n${lines.join('\r\n')}\r\n`),
      key,
      requestSha256: key.replaceAll('-', '').padEnd(64, '0'),
    });
  }

  it('is named by a list of one row, and by no longer one', async () => {
    const lived = await AnyCase.open(everywhere(world), lender, loan);
    await lived.say('application.submitted');
    const { answer } = await name(lived, 2);
    expect(answer).toMatchObject({ ok: false, code: 'facts-invalid', errors: [{ field: `facts.${borrower}`, code: 'list-of-one' }] });
    expect((await name(lived, 1)).answer).toMatchObject({ ok: true, type: 'application.accepted' });
    const told = await world.rows<{ facts: Record<string, unknown> }>('SELECT facts FROM case_facts WHERE case_id = $1', [lived.story.id]);
    expect(told.map(({ facts }) => facts[borrower])).toContainEqual(expect.stringMatching(/^p-/));
  });
});
