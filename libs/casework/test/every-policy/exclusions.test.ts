import { describe, expect, it } from '@jest/globals';
import { approveParameter, casePolicies, proposeParameter, sha256Of, verifyCase } from '@tranche/casework';
import { systemActor } from '@tranche/database';
import {
  type Facts,
  type KeyExclusion,
  loadPolicy,
  type Policy,
  policies,
  speaksOf,
  type WorkedExample,
  workExample,
  workedExamples,
} from '@tranche/policies';
import { v7 } from 'uuid';
import { AnyCase, everywhere, type Opened } from '../../../../test/support/any-case.js';
import { useBankWorld } from '../../../../test/support/bank-world.js';
import { asOwner, type World } from '../../../../test/support/world.js';

const { world } = useBankWorld();
const keyed = ({ exclusions }: Policy): readonly KeyExclusion[] => exclusions.filter((each): each is KeyExclusion => 'key' in each);

/** The first eligible example of a version that leaves the parameters as they are. */
const exampleOf = (policy: Policy): WorkedExample | undefined =>
  workedExamples(policy.id).find((each) => {
    if (each.set || !speaksOf(policy, each)) return false;
    const { eligible, inWindow, keys } = workExample(policy, each);
    return eligible === true && inWindow && (keys?.length ?? 0) > 0;
  });

/** A list whose rows name people and fen. */
const listIn = ({ facts }: Policy): { name: string; fen: string } | undefined =>
  Object.entries(facts).flatMap(([name, { type, per }]) => {
    const columns = typeof type === 'object' && !per ? Object.entries(type.list) : [];
    const fen = columns.find(([column]) => column.endsWith('Fen'))?.[0];
    return fen !== undefined && columns.some(([, kind]) => kind === 'person') ? [{ name, fen }] : [];
  })[0];

/** Policies that name people on a list, for a stretch of days or a period. */
const once = policies().find(
  (policy) =>
    keyed(policy).some(({ per, limit }) => typeof per === 'object' && limit === 1) && listIn(policy) && exampleOf(policy) !== undefined,
)!;
const byPeriod = policies().find(
  (policy) =>
    policy.jurisdiction === 'CN-2102' &&
    keyed(policy).some(({ per, key }) => per === 'period' && key.includes('person')) &&
    exampleOf(policy)?.period,
)!;

/** The same policy with a yearly cap for each person instead. */
const list = listIn(once)!;
const capped = (() => {
  const draft = JSON.parse(JSON.stringify(once)) as { -readonly [K in keyof Policy]: Policy[K] };
  const [first] = keyed(once);
  draft.id = 'capped-by-year';
  draft.parameters = [...draft.parameters, { key: 'yearlyCapFen', label: first!.reason, value: '100000', cite: first!.cite }];
  draft.exclusions = [
    {
      group: 'capped',
      key: first!.key,
      reason: first!.reason,
      cite: first!.cite,
      per: 'year',
      limit: { capFen: 'yearlyCapFen', weighs: `${list.name}.map(x, x.${list.fen})` },
    },
  ];
  return loadPolicy(draft);
})();

const all = (): World => {
  const wide = everywhere(world);
  return { ...wide, house: { ...wide.house, policies: casePolicies([...policies(), capped]) } };
};
const open = (policy: Policy, opened: Opened = {}): Promise<AnyCase> =>
  AnyCase.open(all(), policy, exampleOf(policy) ?? exampleOf(once)!, opened);
const same = (name: string) => (token: string) => `${name}-${token}`;
/** The first of one list is the first of every list, whatever the lists call their people. */
const numbered = (name: string) => (token: string) => `${name}-${/\d+$/.exec(token)?.[0] ?? token}`;
const submitted = async (policy: Policy, opened: Opened): Promise<AnyCase> => {
  const lived = await open(policy, opened);
  await lived.say('application.submitted');
  return lived;
};
const claims = (lived: AnyCase) =>
  world.rows<{ live: boolean; source: string }>('SELECT live, source FROM exclusion_claims WHERE case_id = $1 ORDER BY source', [
    lived.story.id,
  ]);

describe('what may be taken once', () => {
  it('is refused to a second case at acceptance; the refusal names the other case, the days and the clause', async () => {
    const people = same('once');
    const [first, second] = [await submitted(once, { people }), await submitted(once, { people })];
    await first.say('application.accepted');
    const answer = await second.try('application.accepted');
    expect(answer).toMatchObject({ ok: false, code: 'exclusion-conflict' });
    const said = JSON.stringify(answer);
    expect(said).toContain(await first.caseNo());
    expect(said).toMatch(/\d{4}-\d\d-\d\d 至 \d{4}-\d\d-\d\d/);
    expect(said).toContain(keyed(once)[0]!.cite.clause);
    expect(await claims(second)).toEqual([]);
  });

  it('is free again for others when the first case is rejected', async () => {
    const people = same('freed');
    const [first, second] = [await submitted(once, { people }), await submitted(once, { people })];
    await first.say('application.accepted');
    await first.say('application.rejected', { reason: '材料不实' });
    expect((await claims(first)).every(({ live }) => !live)).toBe(true);
    await second.say('application.accepted');
    expect((await claims(second)).every(({ live }) => live)).toBe(true);
  });

  it('has one winner when two offices accept at the same moment', async () => {
    const people = same('raced');
    const both = [await submitted(once, { people }), await submitted(once, { people })];
    const answers = await Promise.all(both.map((lived) => lived.try('application.accepted')));
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
    const refused = answers.find(({ ok }) => !ok);
    expect(JSON.stringify(refused)).toContain(await both[answers.findIndex(({ ok }) => ok)]!.caseNo());
  });

  it('holds by period: the same month is refused, another is not', async () => {
    const people = same('monthly');
    const [first, second] = [await open(byPeriod, { people }), await open(byPeriod, { people })];
    for (const lived of [first, second]) await lived.intake();
    await first.claim();
    const { id: period, claim = byPeriod.plan.claims![0]!.id } = exampleOf(byPeriod)!.period!;
    const facts = second.periodFacts();
    const answer = await second.try('claim.filed', { claim, period, facts });
    expect(answer).toMatchObject({ ok: false, code: 'exclusion-conflict' });
    expect(JSON.stringify(answer)).toContain(await first.caseNo());
    expect(await claims(first)).toEqual(expect.arrayContaining([{ live: true, source: `${claim}:${period}` }]));
  });

  it('is asked again in the transaction that requests the payment', async () => {
    const lived = await open(once, { people: same('released') });
    await lived.intake();
    await asOwner(world, 'UPDATE exclusion_claims SET live = false WHERE case_id = $1', [lived.story.id]);
    await lived.pay();
    expect(await world.rows('SELECT id FROM disbursements WHERE case_id = $1', [lived.story.id])).toEqual([]);
    await asOwner(world, 'UPDATE exclusion_claims SET live = true WHERE case_id = $1', [lived.story.id]);
  });
});

describe('months that a person drew before', () => {
  const dalian = (id: string): Policy => policies().find((policy) => policy.id === id && policy.jurisdiction === 'CN-2102')!;
  const [posts, insurance, flexible] = ['temp-public-post-subsidy', 'public-post-si-subsidy', 'flexible-employment-si-subsidy'].map(
    dalian,
  ) as [Policy, Policy, Policy];
  /** One month of one worker, as the example says, otherwise as given. */
  const monthOf = (lived: AnyCase, period: string, change: Facts = {}) => {
    const [row] = lived.periodFacts()['workers'] as readonly Facts[];
    const days = row!['daysOnPost'] === undefined ? {} : { daysOnPost: 1 };
    return { claim: lived.policy.plan.claims![0]!.id, period, facts: { workers: [{ ...row, ...days, ...change }] } };
  };
  const post = async (policy: Policy, name: string, startedOn: string): Promise<AnyCase> => {
    const lived = await open(policy, { people: numbered(name), facts: { startedOn } });
    await lived.intake();
    return lived;
  };
  const claim = async (lived: AnyCase, period: string, change: Facts = {}) => {
    await lived.begun(period);
    return lived.try('claim.filed', monthOf(lived, period, change));
  };
  const refusedBy = (answer: Awaited<ReturnType<AnyCase['try']>>) =>
    answer.ok ? [] : (answer.errors?.map(({ field }) => field) ?? [answer.code]);

  it('are counted across institutions and both subsidies for the same post, each month once, beside what was told from elsewhere', async () => {
    const [first, insured, next] = [
      await post(posts, 'posted', '2021-01-01'),
      await post(insurance, 'posted', '2021-01-01'),
      await post(posts, 'posted', '2021-04-01'),
    ];
    for (const period of ['2021-01', '2021-02', '2021-03'])
      for (const lived of [first, insured]) expect(refusedBy(await claim(lived, period))).toEqual([]);
    expect(refusedBy(await claim(next, '2021-05', { monthsBefore: 2 }))).toEqual(['rules.within-six-months']);
    for (const period of ['2021-04', '2021-05', '2021-06']) expect(refusedBy(await claim(next, period))).toEqual([]);
    expect(refusedBy(await claim(next, '2021-07'))).toEqual(['rules.within-six-months']);
    const told = await world.rows<{ workers: readonly Facts[] }>(
      "SELECT data->'facts'->'workers' AS workers FROM case_events WHERE case_id = $1 AND type = 'claim.filed' ORDER BY seq",
      [next.story.id],
    );
    expect(told.map(({ workers: [row] }) => [row!['monthsBefore'], row!['monthsBooked']])).toEqual([
      [0, 3],
      [0, 3],
      [0, 3],
    ]);
    // an earlier post, claimed late: the others have used up the six months
    const late = await post(posts, 'posted', '2020-12-01');
    expect(refusedBy(await claim(late, '2020-12'))).toEqual(['rules.within-six-months']);
  });

  it('count for whoever comes second, when two employers claim the last month at the same moment', async () => {
    const earlier = await post(posts, 'last', '2021-01-01');
    for (const period of ['2021-01', '2021-02', '2021-03', '2021-04', '2021-05'])
      expect(refusedBy(await claim(earlier, period))).toEqual([]);
    const both = [await post(posts, 'last', '2021-06-01'), await post(posts, 'last', '2021-07-01')];
    await both[0]!.begun('2021-07');
    const answers = await Promise.all([claim(both[0]!, '2021-06'), claim(both[1]!, '2021-07')]);
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
    expect(answers.flatMap(refusedBy)).toEqual(['rules.within-six-months']);
  });

  it('are not typed in', async () => {
    const lived = await post(posts, 'typed', '2021-01-01');
    const answer = await claim(lived, '2021-01', { monthsBooked: 0 });
    expect(answer).toMatchObject({ ok: false, code: 'data-invalid' });
  });

  it('go on under a new application: 35 before, the 36th is granted and the 37th is not; a month given back counts no more', async () => {
    const earlier = await open(flexible);
    await earlier.intake();
    const later = await open(flexible, { payee: earlier.payee });
    await later.intake();
    await asOwner(
      world,
      `INSERT INTO exclusion_claims (id, case_id, organisation_id, district, person_key, exclusion_group, period, live, kept, source, counted)
       SELECT gen_random_uuid(), c.id, c.organisation_id, c.district, o.person_key, $2,
              daterange(m::date, (m + interval '1 month')::date), true, true, 'insurance:' || to_char(m, 'YYYY-MM'), true
         FROM cases c JOIN organisations o ON o.id = c.organisation_id, generate_series('2017-01-01'::timestamp, '2019-11-01', interval '1 month') m
        WHERE c.id = $1`,
      [earlier.story.id, 'flexible-employment-months'],
    );
    const month = (period: string) => ({ claim: 'insurance', period, facts: later.periodFacts() });
    await later.begun('2021-02');
    expect(await later.try('claim.filed', month('2021-01'))).toMatchObject({ ok: true });
    expect(refusedBy(await later.try('claim.filed', month('2021-02')))).toEqual(['rules.within-term']);
    await asOwner(world, "UPDATE exclusion_claims SET live = false, kept = false WHERE case_id = $1 AND source = 'insurance:2018-05'", [
      earlier.story.id,
    ]);
    expect(await later.try('claim.filed', month('2021-02'))).toMatchObject({ ok: true });
  });
});

describe('a cap of 1,000 yuan a person and year', () => {
  const worth = (fen: string): Facts => {
    const [row] = exampleOf(once)!.facts[list.name] as readonly Record<string, unknown>[];
    return { [list.name]: [{ ...row, [list.fen]: fen }] };
  };
  const used = async () => (await world.rows<{ fen: string }>('SELECT max(used_fen)::text AS fen FROM exclusion_quotas', []))[0]?.fen;

  it('holds under ten employers at the same moment: five of 200 yuan are taken, five are refused by name', async () => {
    const people = same('capped');
    const cases: AnyCase[] = [];
    for (let at = 0; at < 10; at += 1) cases.push(await submitted(capped, { people, facts: worth('20000') }));
    const answers = await Promise.all(cases.map((lived) => lived.try('application.accepted')));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(5);
    for (const answer of answers.filter(({ ok }) => !ok)) {
      expect(answer).toMatchObject({ ok: false, code: 'exclusion-conflict' });
      expect(JSON.stringify(answer)).toContain('100000');
      expect(JSON.stringify(answer)).toMatch(/case [\d-]+/);
    }
    expect(await used()).toBe('100000');
  });

  it('is given back when a case is rejected, and exactly the rest can be taken', async () => {
    const people = same('given-back');
    const [first, second, third] = [
      await submitted(capped, { people, facts: worth('60000') }),
      await submitted(capped, { people, facts: worth('60000') }),
      await submitted(capped, { people, facts: worth('40000') }),
    ];
    await first.say('application.accepted');
    expect(await second.try('application.accepted')).toMatchObject({ ok: false });
    await third.say('application.accepted');
    await first.say('application.rejected', { reason: '材料不实' });
    await second.say('application.accepted');
    expect(await used()).toBe('100000');
  });

  it('is never passed by one case alone', async () => {
    const lived = await submitted(capped, { people: same('alone'), facts: worth('100001') });
    expect(await lived.try('application.accepted')).toMatchObject({ ok: false, code: 'exclusion-conflict' });
  });
});

/** The subsidy whose own cases stand beside each other, and one that shares a group of days with it. */
const apart = policies().find((policy) => keyed(policy).some(({ excludes }) => excludes === 'others'))!;
const shared = keyed(apart).find(({ excludes }) => excludes === 'others')!;
const rival = policies().find(
  (policy) =>
    policy.id !== apart.id &&
    policy.jurisdiction === apart.jurisdiction &&
    keyed(policy).some(({ group, per }) => group === shared.group && typeof per === 'object') &&
    exampleOf(policy),
)!;
const daysOf = (policy: Policy): readonly string[] => {
  const { per } = keyed(policy).find(({ group }) => group === shared.group)!;
  return typeof per === 'object' ? [per.from, per.until].map((name) => String(exampleOf(policy)!.facts[name])) : [];
};
const [startsOn = ''] = daysOf(rival);
let projects = 0;
/** Class hours, 10 yuan each for everybody, in a project of their own unless one is named. */
const project = (name?: string, hours = 20): Facts => {
  projects += 1;
  return {
    project: name ?? `project-${projects}`,
    startsOn,
    endsOn: startsOn,
    sessions: Array.from({ length: hours }, () => ({ heldOn: startsOn, minutes: 45 })),
  };
};

/** What the rules said of a case at its last event, fen. */
const worthOf = async ({ story }: AnyCase): Promise<string | undefined> =>
  (
    await world.rows<{ total: string }>(
      "SELECT stamp->'amounts'->>'total' AS total FROM case_events WHERE case_id = $1 ORDER BY seq DESC LIMIT 1",
      [story.id],
    )
  )[0]?.total;

describe('what other subsidies are excluded from, but not further cases of the same', () => {
  it('is taken for project after project of a person on the same days, until ten employers meet the cap of the year', async () => {
    const people = same('projects');
    const cases: AnyCase[] = [];
    for (let at = 0; at < 10; at += 1) cases.push(await submitted(apart, { people, facts: project() }));
    const answers = await Promise.all(cases.map((lived) => lived.try('application.accepted')));
    expect(answers.every(({ ok }) => ok)).toBe(true);
    // each asked our books first, one after the other: five found their 200 yuan, five found nothing left
    expect((await Promise.all(cases.map(worthOf))).sort()).toEqual([...Array(5).fill('0'), ...Array(5).fill('20000')]);
    for (const lived of cases) expect(await verifyCase(all().house, systemActor('test'), lived.story.id)).toMatchObject({ ok: true });
  });

  it('is worth what the year leaves: 600 yuan, then 400 of 600, then nothing; what is given back, the next finds again', async () => {
    const people = same('years');
    const lived = async () => submitted(apart, { people, facts: project(undefined, 60) });
    const [first, second, third] = [await lived(), await lived(), await lived()];
    for (const each of [first, second, third]) expect(await each.try('application.accepted')).toMatchObject({ ok: true });
    expect(await Promise.all([first, second, third].map(worthOf))).toEqual(['60000', '40000', '0']);
    await first.say('application.rejected', { reason: '材料不实' });
    await third.say('application.reviewed');
    expect(await Promise.all([second, third].map(worthOf))).toEqual(['40000', '60000']);
    expect(await second.try('application.reviewed')).toMatchObject({ ok: true });
    expect(await worthOf(second)).toBe('40000');
  });

  it('is asked of our books and typed in by nobody', async () => {
    const lived = await open(apart, { people: same('typed'), facts: project() });
    const [row] = exampleOf(apart)!.facts['trainees'] as readonly Facts[];
    const typed = { ...row, person: 'typed-trainee-1', paidBookedFen: '0' };
    expect(await lived.try('facts.recorded', { facts: { trainees: [typed] } })).toMatchObject({ ok: false, code: 'data-invalid' });
  });

  it('is refused for the same project, and to another subsidy on those days: with case, days and clause', async () => {
    const people = numbered('one-project');
    const first = await submitted(apart, { people, facts: project('forklift') });
    const again = await submitted(apart, { people, facts: project('forklift') });
    const other = await submitted(rival, { people });
    await first.say('application.accepted');
    for (const answer of [await again.try('application.accepted'), await other.try('application.accepted')]) {
      expect(answer).toMatchObject({ ok: false, code: 'exclusion-conflict' });
      expect(JSON.stringify(answer)).toContain(await first.caseNo());
      expect(JSON.stringify(answer)).toMatch(/"clause"|（.*）/);
    }
  });

  it('has one winner when the other subsidy is accepted at the same moment', async () => {
    const people = numbered('rivals');
    const both = [await submitted(apart, { people, facts: project() }), await submitted(rival, { people })];
    const answers = await Promise.all(both.map((lived) => lived.try('application.accepted')));
    expect(answers.map(({ ok }) => ok).sort()).toEqual([false, true]);
  });
});

describe('a place that permits a combination', () => {
  const request = (role: 'supervisor' | 'approver') => ({ actor: all().by(role), key: v7(), requestSha256: sha256Of({ key: v7() }) });
  const permit = async (value: boolean) => {
    const set = { shared: 'exclusions', key: shared.switch!, scope: 'CN-2102', effectiveFrom: await world.today(), value };
    const cite = { doc: '示例办法', clause: '第三条', basis: 'external' as const };
    const proposed = await proposeParameter(all().house, request('supervisor'), { ...set, cite, reason: '本市允许并享' });
    if (!proposed.ok) throw new Error(proposed.detail.en);
    const own = await approveParameter(all().house, request('supervisor'), proposed.answer.id);
    const done = await approveParameter(all().house, request('approver'), proposed.answer.id);
    return [own.ok, done.ok];
  };
  const pair = async (name: string): Promise<[AnyCase, AnyCase]> => {
    const people = numbered(name);
    return [await submitted(apart, { people, facts: project() }), await submitted(rival, { people })];
  };
  const stand = async (lived: AnyCase) => (await lived.try('application.accepted')).ok;

  it('lets two subsidies of cases opened from then on stand side by side; what was promised and claimed before stays as it was', async () => {
    const [claimed] = await pair('claimed-before');
    const [openedBefore] = await pair('opened-before');
    expect(await stand(claimed)).toBe(true);
    expect(await permit(false)).toEqual([false, true]);

    const [both, together] = await pair('together');
    expect([await stand(both), await stand(together)]).toEqual([true, true]);
    const sameKind = await submitted(rival, { people: numbered('together') });
    expect(await sameKind.try('application.accepted')).toMatchObject({ ok: false, code: 'exclusion-conflict' });

    const beside = await submitted(rival, { people: numbered('claimed-before') });
    const refused = await beside.try('application.accepted');
    expect(refused).toMatchObject({ ok: false, code: 'exclusion-conflict' });
    expect(JSON.stringify(refused)).toContain(await claimed.caseNo());

    const first = await submitted(rival, { people: numbered('opened-before') });
    expect([await stand(first), await stand(openedBefore)]).toEqual([true, false]);

    await permit(true);
    const [again, excluded] = await pair('excluded-again');
    expect([await stand(again), await stand(excluded)]).toEqual([true, false]);
  });
});
