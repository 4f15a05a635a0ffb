import { afterEach, describe, expect, it } from '@jest/globals';
import { useBankWorld } from '../../../test/support/bank-world.js';
import { ledgerFaults } from '../../../test/support/ledger.js';
import { CaseStory, payWhatIsDue } from '../../../test/support/story.js';

const { world } = useBankWorld();
afterEach(async () => {
  expect(await ledgerFaults(world)).toEqual([]);
});

const worker = (person: string, contributionsPaid = true) => ({ person, certified: true, contract: true, contributionsPaid });
const month = (period: string, ...workers: readonly object[]) => ({ claim: 'post', period, facts: { workers } });
const employer = async () => (await CaseStory.of(world, 'hard-to-employ-post-subsidy', {})).approved();

describe('a subsidy paid by month', () => {
  it('is one payment a month, from the claim to the bank and back, under one name', async () => {
    const story = await employer();
    await story.hear('officer', 'claim.filed', month('2020-11', worker('w1')));
    await world.goTo('2020-12-01');
    await story.hear('officer', 'claim.filed', month('2020-12', worker('w1'), worker('w2')));
    await payWhatIsDue(world);
    expect((await story.view()).tranches.map(({ id, state, paidFen }) => [id, state, paidFen])).toEqual([
      ['post:2020-11', 'paid', '90500'],
      ['post:2020-12', 'paid', '181000'],
    ]);
    expect(
      await world.rows('SELECT payment, amount_fen::text AS fen, state FROM disbursements WHERE case_id = $1 ORDER BY payment', [story.id]),
    ).toEqual([
      { payment: 'post:2020-11', fen: '90500', state: 'settled' },
      { payment: 'post:2020-12', fen: '181000', state: 'settled' },
    ]);
    expect((await story.deadlines()).map(({ key, status }) => [key, status])).toEqual([
      ['payment:post:2020-11', 'met'],
      ['payment:post:2020-12', 'met'],
    ]);
    await story.hear('officer', 'claims.stopped', { claim: 'post', stop: 'contractEnded', reason: '合同终止' });
    expect(await story.view()).toMatchObject({ entitledFen: '271500', paidFen: '271500' });
    // what was paid is published once no period can follow, and then the case is done
    await story.hear('officer', 'notice.posted');
  });

  it('is granted once for a month, inside the window, where the rules of the month hold', async () => {
    const story = await employer();
    await story.hear('officer', 'claim.filed', month('2020-12', worker('v1')));
    const again = await story.tell('officer', 'claim.filed', month('2020-12', worker('v2')));
    await world.goTo('2022-01-01');
    const outside = await story.tell('officer', 'claim.filed', month('2022-01', worker('v1')));
    const unpaid = await story.tell('officer', 'claim.filed', month('2021-01', worker('v1', false)));
    const nonsense = await story.tell('officer', 'claim.filed', month('2021-13', worker('v1')));
    expect([again, outside, unpaid].map((answer) => !answer.ok && answer.code)).toEqual(Array(3).fill('event-not-allowed'));
    expect(!nonsense.ok && nonsense.code).toBe('data-invalid');
    expect((await story.view()).tranches.map(({ id }) => id)).toEqual(['post:2020-12']);
    const [{ facts = {} } = {}] = await world.rows<{ facts: Record<string, unknown> }>('SELECT facts FROM case_facts WHERE case_id = $1', [
      story.id,
    ]);
    expect(facts).not.toHaveProperty('workers');
  });

  it('may be claimed from its first day on, not on the day before: the answer names the day', async () => {
    const story = await employer();
    const claim = () => story.tell('officer', 'claim.filed', month('2022-03', worker('b1')));
    await world.goTo('2022-02-28');
    expect(await claim()).toMatchObject({
      ok: false,
      code: 'data-invalid',
      detail: { zh: expect.stringContaining('2022-03-01'), en: expect.stringContaining('2022-03-01') },
      errors: [{ field: 'data.period', code: 'period-not-begun', message: { zh: expect.any(String), en: expect.any(String) } }],
    });
    await world.goTo('2022-03-01');
    expect(await claim()).toMatchObject({ ok: false, code: 'event-not-allowed', errors: [{ code: 'outside-window' }] });
  });
});

describe('a period granted by mistake', () => {
  const rescinded = async (story: CaseStory, data: Record<string, unknown>) => {
    const correction = { type: 'decision.rescinded', data };
    const proposed = await story.tell('officer', 'correction.proposed', { correction, reason: '所列人员有误', cite: '复核' });
    if (!proposed.ok) throw new Error(proposed.detail.en);
    const decision = { ...data, proposal: proposed.seq };
    expect(await story.tell('officer', 'decision.rescinded', decision)).toMatchObject({ ok: false });
    return story.hear('supervisor', 'decision.rescinded', decision);
  };
  const held = (story: CaseStory) =>
    world.rows('SELECT live, kept FROM exclusion_claims WHERE case_id = $1 AND source LIKE $2', [story.id, 'post:%']);

  it('frees its people for others; granted anew they are claimed anew, and its payment is set off', async () => {
    const [story, other] = [await employer(), await employer()];
    const wanted = month('2020-11', worker('m1'));
    await story.hear('officer', 'claim.filed', wanted);
    await payWhatIsDue(world);
    expect(await other.tell('officer', 'claim.filed', wanted)).toMatchObject({ ok: false, code: 'exclusion-conflict' });
    await rescinded(story, { decision: 'period', claim: 'post', period: '2020-11' });
    expect(await held(story)).toEqual([{ live: false, kept: false }]);
    await other.hear('officer', 'claim.filed', wanted);
    expect(await story.tell('officer', 'claim.filed', wanted)).toMatchObject({ ok: false, code: 'exclusion-conflict' });
    await story.hear('officer', 'claim.filed', month('2020-11', worker('m2'), worker('m3')));
    expect((await story.view()).tranches).toMatchObject([{ id: 'post:2020-11', state: 'due', amountFen: '90500', paidFen: '90500' }]);
    await payWhatIsDue(world);
    await story.hear('officer', 'claims.stopped', { claim: 'post', stop: 'other', reason: '更正完毕' });
    expect(await story.view()).toMatchObject({ entitledFen: '181000', paidFen: '181000' });
  });

  it('that was paid comes back once the claims are stopped, and a stop told by mistake is rescinded', async () => {
    const story = await employer();
    await story.hear('officer', 'claim.filed', month('2020-11', worker('n1')));
    await payWhatIsDue(world);
    await story.hear('officer', 'claims.stopped', { claim: 'post', stop: 'other', reason: '合同终止' });
    await rescinded(story, { decision: 'period', claim: 'post', period: '2020-11' });
    expect(await story.view()).toMatchObject({ standing: 'active', recovery: { outstandingFen: '90500' } });
    await rescinded(story, { decision: 'stop', claim: 'post' });
    expect(await story.view()).toMatchObject({ recovery: { state: 'closed' }, entitledFen: null });
    await story.hear('officer', 'claim.filed', month('2020-11', worker('n1')));
    expect(await story.view()).toMatchObject({ payableFen: null, tranches: [{ id: 'post:2020-11', state: 'paid', amountFen: '90500' }] });
  });
});
